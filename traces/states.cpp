// The states of a run, as far as a trace tells them.
// Where a whole state is given it goes before the changes.
#include "traces/states.hpp"

#include <algorithm>
#include <string>

namespace mdcd::traces {

std::optional<Value> state_after(const Value& before, const Step& step) {
    return step.state ? step.state : apply_differences(before, step.changes);
}

std::vector<Value> states_of(const Trace& trace) {
    std::vector<Value> states;
    if (!trace.initial_state) {
        return states;
    }
    states.push_back(*trace.initial_state);
    for (const Step& step : trace.steps) {
        std::optional<Value> next = state_after(states.back(), step);
        if (!next) {
            break;
        }
        states.push_back(std::move(*next));
    }
    return states;
}

std::optional<std::size_t> loop_begin(const Trace& trace) {
    if (trace.steps.empty() || std::ranges::find(trace.findings, "loop", &Finding::kind) == trace.findings.end()) {
        return std::nullopt;
    }
    const std::string& end = trace.steps.back().digest;
    if (trace.initial_digest == end) {
        return 0;
    }
    for (std::size_t after = 1; after < trace.steps.size(); ++after) {
        if (trace.steps[after - 1].digest == end) {
            return after;
        }
    }
    return std::nullopt;
}

} // namespace mdcd::traces
