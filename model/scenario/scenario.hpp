// Scenarios: a run of the implementation that a person wrote down, with what must be true on the way. Steps are named
// by content, as the program prints them; docs/scenarios.md says what a line may be. Prints nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checker/path.hpp"
#include "model/claims/properties.hpp"
#include "model/inputs/rules_file.hpp"
#include "model/inputs/scope.hpp"
#include "traces/document.hpp"

namespace mdcd::model {

struct ScenarioResult {
    Scope scope;
    NamedRules rules;
    checker::Path path;
    std::size_t expectations = 0;
    std::vector<std::string> unmet;   // "FILE: line 3, column 1: ..", in order
    std::vector<PropertyId> violated; // claims that the last state violates
    std::vector<PropertyId> reached;  // twins that it reaches
    std::string report; // the run step by step, with what was noted, expected and found, and what recovery would do
};

// Scopes and rules in files are looked for in `folder`. Throws traces::FileError with line and column, the nearest
// name, and the enabled actions where a step is none of them or could be several.
[[nodiscard]] ScenarioResult run_scenario(const std::string& text, const std::string& file, const std::string& folder);

// The run as a trace about one property that the last state violates or reaches: that of the name, or else the first.
// Throws traces::FileError (with `file`) if there is none.
[[nodiscard]] traces::Trace trace_of(const ScenarioResult& result, const std::optional<std::string>& property,
                                     const std::string& tool_version, const std::string& file);

// A trace as a scenario that runs the same steps and expects the same verdict and findings. Throws traces::FileError
// (with `file`) if its scope or rules are malformed.
[[nodiscard]] std::string scenario_of(const traces::Trace& trace, const std::string& file);

} // namespace mdcd::model
