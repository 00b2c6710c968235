// Where counterexamples and questions go: files under names that stay the same from run to run.
// Knows no format.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "model/check/check.hpp"

namespace mdcd::checker::cli {

// Throws UsageError naming the option.
void make_folder(const std::string& option, const std::string& directory);

// SCOPE.RULES.REST
struct FileName {
    std::string scope;
    std::string rules;
    std::string rest; // short, and without what a file name must not hold
};

// Writes DIRECTORY/NAME, with what a file name must not hold replaced; returns the path. Throws UsageError.
std::string write_into(const std::string& option, const std::string& directory, const FileName& name,
                       const std::string& text);

// One path for each property in order; "" where there is none.
using TraceFiles = std::vector<std::string>;

// SCOPE.RULES.PROPERTY.json, and for the second and later ones of a property SCOPE.RULES.PROPERTY.2.json and so on:
// the names of all but the first are those of the first with a number.
[[nodiscard]] std::string numbered(const std::string& file, std::size_t number);

// DIRECTORY/SCOPE.RULES.PROPERTY.json for each counterexample; what was reached as it should be is not written.
TraceFiles write_traces(std::span<const model::CheckedProperty> properties, const std::string& scope,
                        const std::string& rules, const std::string& directory);

// DIRECTORY/SCOPE.RULES.PROPERTY.json for one counterexample, under the names that the trace itself has. Returns the
// path.
std::string write_trace_file(const traces::Trace& trace, const std::string& directory);

} // namespace mdcd::checker::cli
