// Coverage: which guards of the implementation a check has passed, and which it could have passed at all.
// Knows no state.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "impl/notes.hpp"
#include "impl/rules.hpp"
#include "model/inputs/scope.hpp"

namespace mdcd::model {

// The names of the notes that steps can make; recovery is applied to states, not as a step, and not counted.
[[nodiscard]] std::span<const std::string> step_coverage_points();

// Asynchronous scopes: the names of all notes, since recovery is made of steps there.
[[nodiscard]] std::span<const std::string> all_coverage_points();

// Whether the rules and budgets leave room for a coverage point; one that could fire and never did is worth a warning.
[[nodiscard]] bool can_fire(std::size_t point, const Scope& scope, const impl::Rules& rules);

} // namespace mdcd::model
