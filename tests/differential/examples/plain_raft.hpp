// Raft written once more, from the same description, without the engine: for its number of states.
// Includes nothing of the project.
#pragma once

#include "tests/differential/examples/breadth_first.hpp"

namespace mdcd::tests {

struct PlainDisk {
    int term = 0;
    int voted_for = -1;
    std::vector<int> log;
    auto operator<=>(const PlainDisk&) const = default;
};

struct PlainRaft {
    int terms = 1;
    int entries = 1;
    int crashes = 0;
    std::vector<int> candidates = {}; // of term 1, 2, ..; none: anybody
    std::vector<PlainDisk> disks = {{}, {}, {}};
    bool forgets_its_vote = false;
    bool commits_old_terms = false;
};

// Claims: "one_leader_a_term", "leaders_know_all", "same_commands", "all_commit".
[[nodiscard]] Count count_raft(const PlainRaft& setting);

} // namespace mdcd::tests
