// What a question may take for granted beside lemmas and the action: how windows hang together, and the beginning. None
// of it is proved: it is compared with states of the implementation, all of it, in every proof (tie.hpp).
#pragma once

#include <vector>

#include "model/proof/actions.hpp"
#include "model/proof/argument.hpp"

namespace mdcd::model::proof {

// Of the window before a step with what happens, and of the window after it.
[[nodiscard]] std::vector<Premise> structure_before(const Transition<Symbolic>& step);
[[nodiscard]] std::vector<Premise> structure_after(const Transition<Symbolic>& step);

// Nothing has happened yet.
[[nodiscard]] Truth initial(const Window<Symbolic>& window);

} // namespace mdcd::model::proof
