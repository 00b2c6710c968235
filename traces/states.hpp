// The states of a run, as far as a trace tells them. Knows nothing of what a state holds.
// Knows no renderer.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "traces/document.hpp"

namespace mdcd::traces {

// The state after the step, as the trace has it or as its changes make it; none if they do not fit.
[[nodiscard]] std::optional<Value> state_after(const Value& before, const Step& step);

// The initial state and the state after each step, taken from the trace or made by applying the changes. Stops before
// the first state that cannot be known: the result is complete iff it has one entry more than there are steps.
[[nodiscard]] std::vector<Value> states_of(const Trace& trace);

// Of a run that ends in a loop: after how many steps it begins, the first time that the last state is there.
[[nodiscard]] std::optional<std::size_t> loop_begin(const Trace& trace);

} // namespace mdcd::traces
