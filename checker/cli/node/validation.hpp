// The logs of all processes of a run, judged together: each is run again by itself, and what one has received is what
// the other has sent, once, sent before it was received, and in order but for what may go past others; and what its
// device got is what it has output. The logs advance together, so that only what was under way at the same time is in
// memory. Knows no command line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checker/cli/node/process_replay.hpp"
#include "checker/cli/node/run_drawing.hpp"
#include "traces/document.hpp"

namespace mdcd::checker::cli::node {

struct ValidatedProcess {
    std::string name;
    std::uint64_t steps = 0;
    std::uint64_t restarts = 0;
    std::uint64_t outputs = 0;
    std::uint64_t recoveries = 0;
    std::string endings; // where upgrades begin and end: how each incarnation ended
};

struct Validation {
    std::string system;
    std::vector<ValidatedProcess> processes;
    std::uint64_t received = 0;          // messages, each compared with the one that was sent
    std::uint64_t went_past = 0;         // of these, taken before an older one for which there was no room
    std::uint64_t under_way = 0;         // sent and not received when the logs end
    std::uint64_t under_way_at_once = 0; // most in any moment of this pass
    std::uint64_t cuts = 0;              // on which claims were judged
};

// `folder` holds a folder for each process, as `mdcd run` makes them. Throws Deviation, and traces::FileError if the
// logs are none, are cut, have gaps, or do not belong together.
[[nodiscard]] Validation validate_logs(const std::string& folder);

// The same, with a window of its events. What is wrong is told, and ends the trace, which is then of what came before.
struct JudgedRun {
    Validation validation; // of as much as could be followed
    std::string wrong;     // "" if nothing is
    traces::Trace trace;
    std::vector<std::string> event_names; // that the run has
    bool has_event = true;                // the one that was looked for
};
[[nodiscard]] JudgedRun judged_run(const std::string& folder, const DrawingWindow& window);

} // namespace mdcd::checker::cli::node
