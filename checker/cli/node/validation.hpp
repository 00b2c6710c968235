// The logs of all processes of a run, judged together: each is run again by itself, and what one has received is what
// the other has sent, in order, once, and sent before it was received; and what its device got is what it has output.
// The logs advance together, so that only what was under way at the same time is in memory. Knows no command line.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "checker/cli/node/process_replay.hpp"

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
    std::uint64_t under_way = 0;         // sent and not received when the logs end
    std::uint64_t under_way_at_once = 0; // most in any moment of this pass
    std::uint64_t cuts = 0;              // on which claims were judged
};

// `folder` holds a folder for each process, as `mdcd run` makes them. Throws Deviation, and traces::FileError if the
// logs are none, are cut, have gaps, or do not belong together.
[[nodiscard]] Validation validate_logs(const std::string& folder);

} // namespace mdcd::checker::cli::node
