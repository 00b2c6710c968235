// What a question about any number of components may take for granted beside lemmas and the action: how windows hang
// together, and the beginning. None of it is proved: it is compared with states of the implementation
// (cluster_tie.hpp).
#pragma once

#include <vector>

#include "model/proof/argument.hpp"
#include "model/proof/cluster_actions.hpp"

namespace mdcd::model::proof::cluster {

// Of the window before a step with what happens, and of the window after it.
[[nodiscard]] std::vector<Premise> structure_before(const Step& step);
[[nodiscard]] std::vector<Premise> structure_after(const Step& step);

// Nothing has happened yet.
[[nodiscard]] Truth initial(const Window<Symbolic>& window);

} // namespace mdcd::model::proof::cluster
