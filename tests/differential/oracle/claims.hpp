// The ten claims, each asked of one state. They use ghost state and the outcome of a recovery from that state.
// Written from the documents; knows nothing of the model.
#pragma once

#include <string>
#include <vector>

#include "tests/differential/oracle/recovery.hpp"

namespace oracle {

struct Claim {
    std::string name;
    bool (*violated)(const World& world, const State& state, const Outcome& outcome);
};

const std::vector<Claim>& claims();

bool violates_recoverability(const World& world, const State& state, const Outcome& outcome);
bool violates_no_cascading_rollback(const World& world, const State& state, const Outcome& outcome);
bool violates_minimal_rollback(const World& world, const State& state, const Outcome& outcome);
bool violates_reclamation_safety(const World& world, const State& state, const Outcome& outcome);
bool violates_reclamation_completeness(const World& world, const State& state, const Outcome& outcome);

} // namespace oracle
