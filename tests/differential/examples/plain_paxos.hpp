// Single-decree Paxos written once more, from the same description, without the engine: for its number of states.
// Includes nothing of the project.
#pragma once

#include "tests/differential/examples/breadth_first.hpp"

namespace mdcd::tests {

// Claims: "agreement", "chosen_by_1", ..
[[nodiscard]] Count count_paxos(int acceptors, int proposers, bool looks_at_votes);

} // namespace mdcd::tests
