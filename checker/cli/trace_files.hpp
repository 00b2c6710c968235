// Where counterexamples go: one file for each property, under a name that stays the same from run to run.
// Knows no format.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "model/check.hpp"

namespace mdcd::checker::cli {

// One path for each property in order; "" where there is none.
using TraceFiles = std::vector<std::string>;

// DIRECTORY/SCOPE.RULES.PROPERTY.json for each counterexample; what was reached as it should be is not written.
TraceFiles write_traces(std::span<const model::CheckedProperty> properties, const std::string& scope,
                        const std::string& rules, const std::string& directory);

// DIRECTORY/SCOPE.RULES.PROPERTY.json for one counterexample, under the names that the trace itself has. Returns the
// path.
std::string write_trace_file(const traces::Trace& trace, const std::string& directory);

} // namespace mdcd::checker::cli
