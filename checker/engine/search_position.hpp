// Where a breadth-first search stands between two rounds: numbers of states, in the order in which they are found.
// One process and each rank of several stand there alike; a checkpoint holds it.
#pragma once

#include <cstdint>

namespace mdcd::checker::engine {

struct SearchPosition {
    std::uint64_t initial_count = 0; // the first states are the initial ones
    std::uint64_t next = 0;          // the first state not expanded
    std::uint64_t level_end = 0;     // the first state of the next level
    std::uint64_t depth = 0;         // of the level that is being expanded
};

} // namespace mdcd::checker::engine
