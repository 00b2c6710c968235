// What `mdcd check` prints and which exit code it comes to. Decides nothing about properties.
// Knows nothing of searching.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "checker/cli/check_options.hpp"
#include "checker/cli/exit_code.hpp"
#include "checker/cli/trace_files.hpp"
#include "model/check/check.hpp"

namespace mdcd::checker::cli {

// The verdict that makes a property pass: as expected by the user, otherwise holds or reached.
[[nodiscard]] Verdict expected_verdict(const model::CheckedProperty& property, const Expectations& expectations);

// Coverage points that the run never passed although the rules in force allow them.
[[nodiscard]] std::vector<std::string> never_fired(const model::Check& check);

[[nodiscard]] ExitCode exit_code_of(const model::Check& check, const Expectations& expectations, bool strict);

struct ReportStyle {
    bool color = false;
    bool runs = true;           // every counterexample, step by step
    bool strict = false;        // as exit_code_of takes it
    std::string trace_dir = {}; // where open questions were written
};

void print_text(std::ostream& out, const model::Check& check, const Expectations& expectations, const TraceFiles& files,
                const ReportStyle& style);
void print_json(std::ostream& out, const model::Check& check, const Expectations& expectations, const TraceFiles& files,
                bool strict);

} // namespace mdcd::checker::cli
