// The states of a run, as far as a trace tells them. Knows nothing of what a state holds.
#pragma once

#include <vector>

#include "traces/document.hpp"

namespace mdcd::traces {

// The initial state and the state after each step, taken from the trace or made by applying the changes. Stops before
// the first state that cannot be known: the result is complete iff it has one entry more than there are steps.
[[nodiscard]] std::vector<Value> states_of(const Trace& trace);

} // namespace mdcd::traces
