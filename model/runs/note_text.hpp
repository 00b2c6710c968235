// What a note of the implementation says to a reader who does not know the code, with the rule that decided it.
// Knows no state.
#pragma once

#include <string>

#include "impl/notes.hpp"
#include "impl/rules.hpp"

namespace mdcd::model {

// Without subject: "takes checkpoint 1 (S1: ..)"; `entries` of a vector are in use. Empty for notes that the action
// itself already tells.
[[nodiscard]] std::string note_text(const impl::Note& note, const impl::Rules& rules, std::size_t entries);

} // namespace mdcd::model
