// `mdcd compare` of scopes of a family (model/families/family.hpp): other options, the same report and exit codes.
// Knows no family by name, and no actor.
#pragma once

#include <string>
#include <vector>

#include "checker/cli/check_options.hpp"
#include "checker/cli/compare_report.hpp"

namespace CLI {
class App;
}

namespace mdcd::checker::cli {

// Whether one of them is a scope of a family. Throws UsageError unless all are then, of the same one.
[[nodiscard]] bool are_of_a_family(const std::vector<std::string>& scopes);

// Options that mean nothing here are refused, if they were given. Throws UsageError. Writes what it has found to
// standard output, and the runs to files.
[[nodiscard]] ExitCode compare_family(const CLI::App& command, const CheckArguments& arguments,
                                      const std::vector<std::string>& scopes, const std::vector<std::string>& rules);

} // namespace mdcd::checker::cli
