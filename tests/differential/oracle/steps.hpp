// Everything that can happen next in a state: sends, outputs, acceptance tests, what shadows generate, deliveries.
// Written from the documents; knows nothing of the model.
#pragma once

#include <vector>

#include "tests/differential/oracle/state.hpp"

namespace oracle {

std::vector<State> successors(const World& world, const State& state);

} // namespace oracle
