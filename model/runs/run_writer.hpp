// Turns a path of the model into the steps of a trace document: actions by content, what the implementation noted,
// what changed. Used to write counterexamples and to find the firing that a step of a trace names.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checker/path.hpp"
#include "model/system.hpp"
#include "traces/document.hpp"

namespace mdcd::model {

// One firing that a state enables, described.
struct Move {
    checker::Firing firing;
    checker::GlobalState after;
    traces::Action action; // message identities are filled in by RunWriter::advance
};

// Follows one run from the initial state.
class RunWriter {
public:
    explicit RunWriter(const System& system, bool whole_states = false);

    [[nodiscard]] const checker::GlobalState& state() const { return state_; }
    [[nodiscard]] const std::vector<traces::Step>& steps() const { return steps_; }

    // Every firing that the current state enables, in the model's order.
    [[nodiscard]] std::vector<Move> moves() const;

    // Takes one of them.
    void advance(const Move& move);

    // For each high-confidence process, the step after which each of its checkpoints lies (0: before the first).
    [[nodiscard]] const std::vector<int>& checkpoint_steps(impl::ProcessId process) const;

private:
    [[nodiscard]] traces::Action describe(const StepPlace& place, const checker::Outcome& outcome,
                                          std::string_view taken, const impl::Notes& notes) const;
    void name_messages(traces::Action& action, const checker::Firing& firing, const checker::Outcome& outcome);
    void note_checkpoints(impl::ProcessId process, const checker::GlobalState& after);

    struct Travelling {
        std::string bytes;
        std::string name;
    };

    const System& system_;
    bool whole_states_;
    checker::GlobalState state_;
    std::vector<traces::Step> steps_;
    std::map<checker::SlotIndex, std::vector<Travelling>> channels_; // mirrors the channels, with identities
    std::map<impl::ProcessId, std::vector<int>> checkpoint_steps_;
    std::map<std::string, int> notifications_; // by sender, so far
};

} // namespace mdcd::model
