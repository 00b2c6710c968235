// `mdcd check` of a scope of a family (model/families/family.hpp): other options, the same report and exit codes.
// Knows no family by name, and no actor.
#pragma once

#include <iosfwd>

#include "checker/cli/check_options.hpp"
#include "checker/cli/check_report.hpp"
#include "checker/cli/exit_code.hpp"
#include "model/families/family.hpp"

namespace CLI {
class App;
}

namespace mdcd::checker::cli {

// Options that mean nothing here are refused, if they were given. Throws UsageError.
[[nodiscard]] ExitCode check_family(const CLI::App& command, const CheckArguments& arguments);

// As of other checks. A property that nobody asked for is not in `check`.
[[nodiscard]] ExitCode exit_code_of(const model::FamilyCheck& check, const Expectations& expectations);

// One path for each property in order; "" where there is none.
void print_text(std::ostream& out, const model::FamilyCase& what, const model::FamilyCheck& check,
                const Expectations& expectations, const TraceFiles& files, const ReportStyle& style);
void print_json(std::ostream& out, const model::FamilyCase& what, const model::FamilyCheck& check,
                const Expectations& expectations, const TraceFiles& files);

} // namespace mdcd::checker::cli
