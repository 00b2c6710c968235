// What every drawing of a trace needs: who takes part, which message went from where to where, which checkpoints were
// taken and dropped. Knows no output format. Steps are numbered from 1; 0 is before the first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "traces/document.hpp"

namespace mdcd::traces {

inline constexpr const char* device = "device";

// One message between two participants.
struct Arrow {
    std::string message; // its identity
    std::string label;
    bool dirty = false;
    std::size_t from = 0;                   // index into MessageFlow::participants
    std::size_t to = 0;                     // likewise
    std::optional<std::size_t> sent_step;   // none: it was in the channel from the start
    std::optional<std::size_t> taken_step;  // none: it still is in the channel at the end (or it went to the device)
    std::vector<std::string> finding_kinds; // "orphan", "lost", ..: what the trace's findings say of it
};

struct CheckpointMark {
    std::size_t participant = 0;
    Value index;
    std::size_t taken_step = 0;
    std::optional<std::size_t> dropped_step;
};

// While a process is not simply running, because it takes part in a recovery.
struct PhaseMark {
    std::size_t participant = 0;
    std::string phase; // "halted", "coordinating", "stopped"
    std::size_t from_step = 0;
    std::optional<std::size_t> to_step; // none: still so at the end
};

// A process that rolled back within the run.
struct RollbackMark {
    std::size_t participant = 0;
    std::size_t checkpoint = 0; // index into MessageFlow::checkpoints
    std::size_t step = 0;
};

// Where a run of a real system goes from one incarnation to the next: after a step of each process that does.
struct CutMark {
    std::string text;                                             // "incarnation 1: recovered"
    std::vector<std::pair<std::size_t, std::size_t>> after_steps; // participant, step
};

// What one step does with messages, as indices into MessageFlow::arrows.
struct StepArrows {
    std::optional<std::size_t> taken;
    std::vector<std::size_t> sent;
};

struct MessageFlow {
    std::vector<std::string> participants;   // the trace's processes, then others that it mentions, the device last
    std::vector<Arrow> arrows;               // in the order in which they were sent
    std::vector<CheckpointMark> checkpoints; // in the order in which they were taken

    std::vector<PhaseMark> phases;       // in the order in which they began
    std::vector<RollbackMark> rollbacks; // in the order in which they happened
    std::vector<CutMark> cuts;           // in the order in which the first process came to them

    std::vector<StepArrows> steps; // step 1 first

    // Index of a participant; one past the last if there is none of that name.
    [[nodiscard]] std::size_t index_of(const std::string& participant) const;
};

// Matches sending and taking by message identity and both ends, the oldest first.
[[nodiscard]] MessageFlow flow_of(const Trace& trace);

// What the step says of a rollback: "rolls back to checkpoint 2"; "" if nothing.
[[nodiscard]] std::string rollback_words(const Action& action);

// Whether the finding is about this arrow: it names the message and, if it names a process, one of its ends.
[[nodiscard]] bool concerns(const Finding& finding, const Arrow& arrow, const MessageFlow& flow);

} // namespace mdcd::traces
