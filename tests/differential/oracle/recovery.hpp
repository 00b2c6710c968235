// Recovery as one step, asked of a state: "if it were invoked now". What it leaves is what the claims look at.
// Written from the documents; knows nothing of the model.
#pragma once

#include <vector>

#include "tests/differential/oracle/state.hpp"

namespace oracle {

// One active process or shadow after recovery.
struct Recovered {
    Process process;
    bool rolled_back = false;
    Application line;              // the state that recovery put it into, before replay
    std::size_t line_position = 0; // among the checkpoints kept before recovery, or their count for the current state
};

// A message that will still reach a process, or a device, after recovery.
struct Arriving {
    Identity id;
    int receiver = 0; // of which process; of devices nothing is asked
    Number depends{};
};

struct Outcome {
    std::vector<Recovered> shadow;
    std::vector<Recovered> active;
    std::vector<Arriving> in_transit;            // let through
    std::vector<std::vector<Suppressed>> resent; // of each component: internal messages of its shadow, in order
    std::vector<std::vector<Suppressed>> resent_external;
    std::vector<ClusterMessage> generated; // later, by a shadow in service, and not suppressed
};

Outcome recover(const World& world, const State& state);

} // namespace oracle
