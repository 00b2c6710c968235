// The states of a run, as far as a trace tells them.
#include "traces/states.hpp"

namespace mdcd::traces {

std::vector<Value> states_of(const Trace& trace) {
    std::vector<Value> states;
    if (!trace.initial_state) {
        return states;
    }
    states.push_back(*trace.initial_state);
    for (const Step& step : trace.steps) {
        std::optional<Value> next = step.state ? step.state : apply_differences(states.back(), step.changes);
        if (!next) {
            break;
        }
        states.push_back(std::move(*next));
    }
    return states;
}

} // namespace mdcd::traces
