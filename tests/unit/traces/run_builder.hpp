// Builds a run step by step out of edits of a state, as a model would: changes, digests and states fit together.
// Knows nothing of what the state means.
#pragma once

#include <string>
#include <vector>

#include "traces/document.hpp"

namespace mdcd::traces::examples {

class RunBuilder {
public:
    explicit RunBuilder(Value initial_state);

    // What the next step does to the state. The place must exist, or be the next item of a list.
    void set(const std::string& path, Value value);
    void append(const std::string& list_path, Value item);
    void take_first(const std::string& list_path); // of a list that is not empty
    [[nodiscard]] const Value& at(const std::string& path) const;

    // Ends the step: what changed since the last one is its changes.
    void step(Action action);

    // Puts initial state and steps into `trace`.
    void finish(Trace& trace) &&;

private:
    Value initial_;
    Value last_;
    Value state_;
    std::vector<Step> steps_;
};

} // namespace mdcd::traces::examples
