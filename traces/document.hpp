// The trace document: a run, the property it is about, and what was concluded, in full, so that it
// replays on any machine with the same version. Knows neither the protocol nor the checker: scope,
// rules and states are values, processes and messages are names.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "traces/value.hpp"

namespace mdcd::traces {

inline constexpr int format_version = 1;

// What an action did with one message; the renderers draw arrows from these.
struct MessageEvent {
    std::string message; // its identity, unique within the run: "c2" (cluster message 2), "A1.1", "A2.at1", ..
    std::string peer;    // the process at the other end, or "device"
    std::string label;   // short text for an arrow: "2", "passed_AT(2)", "to cluster"
    bool dirty = false;
    friend bool operator==(const MessageEvent&, const MessageEvent&) = default;
};

// One action, named by content.
struct Action {
    std::string process; // who acts: "L1", "S1", "A2"
    std::string kind;    // "send", "deliver", "generate", "acceptance_test", "output", ..
    std::string text;    // unique among the actions enabled in one state: "deliver passed_AT(2) from A2 to A1"
    std::optional<MessageEvent> taken; // the message it consumes
    std::vector<MessageEvent> sent;    // the messages it puts into channels
    std::vector<std::string> fired; // in words, what the implementation did and by which rule: "checkpoint 1 taken (S1,
                                    // checkpoint_trigger=published)"
    std::optional<Value>
        checkpoint_taken; // its index, which is its name: a number, or a list of one for each component
    std::vector<Value> checkpoints_dropped; // their indices
    friend bool operator==(const Action&, const Action&) = default;
};

struct Step {
    Action action;
    std::string digest;              // of the state after the step, 16 hexadecimal digits or more
    std::vector<Difference> changes; // from the state before to the state after
    std::optional<Value> state;      // the whole state after, if asked for
    friend bool operator==(const Step&, const Step&) = default;
};

// What recovery would do (or did) to one process.
struct RecoveredProcess {
    std::string process;
    std::string text;                // "rolls back to checkpoint 1, replays A2.1"
    std::optional<Value> checkpoint; // index of the checkpoint rolled back to; none: stays in its current state
    std::optional<int> after_step;   // the recovery line crosses this process after that step (0: before the first)
    friend bool operator==(const RecoveredProcess&, const RecoveredProcess&) = default;
};

// One thing that is wrong in the last state.
struct Finding {
    std::string kind;    // "orphan", "lost", "duplicate", "erroneous_dependence", "skipped", "contained", ..
    std::string process; // who suffers
    std::string message; // which message, "" if none
    std::string text;    // one sentence
    friend bool operator==(const Finding&, const Finding&) = default;
};

struct Hypothesis {       // the fault hypothesis under which the last state is wrong
    std::string text;     // "cluster messages with number >= 3 are erroneous"
    Value assignment;     // {"k": 3}
    std::string found_by; // "z3" or "native"
    friend bool operator==(const Hypothesis&, const Hypothesis&) = default;
};

struct Trace {
    int format = format_version;
    std::string tool_version;
    std::string scope_name;
    std::string rules_name;
    Value scope;                        // in full
    Value rules;                        // in full
    std::string property;               // "recoverability"
    std::string claim;                  // the property in words
    std::string verdict;                // of the last state: "violated", "reached", "holds", "not_reached", "error"
    std::vector<std::string> processes; // in display order
    std::string initial_digest;
    std::optional<Value> initial_state;
    std::vector<Step> steps;
    std::optional<Hypothesis> hypothesis;
    std::vector<RecoveredProcess> recovery;
    std::vector<Finding> findings;
    friend bool operator==(const Trace&, const Trace&) = default;
};

} // namespace mdcd::traces
