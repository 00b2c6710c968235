// Seeded random walks through a scope that is too large to exhaust: what `mdcd simulate` does, as a library call.
// Prints nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checker/random_walk.hpp"
#include "model/check/check.hpp"

namespace mdcd::model {

struct SimulationOptions {
    checker::WalkOptions walk;
    bool minimize = true; // counterexamples, by leaving out steps
    std::string tool_version;
};

struct Simulation {
    Scope scope;
    NamedRules rules;
    checker::WalkReport report;
    std::vector<CheckedProperty> properties; // never `holds`
    std::vector<std::size_t> walked_steps;   // for each property the length of its run before it was minimized
    std::vector<std::string> coverage_points;
};

// Throws std::invalid_argument for options that leave nothing to do.
[[nodiscard]] Simulation simulate(const Scope& scope, const NamedRules& rules, const SimulationOptions& options);

} // namespace mdcd::model
