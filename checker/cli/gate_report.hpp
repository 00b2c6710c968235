// What `mdcd gate` prints and which exit code it comes to. Knows nothing of searching, and no other tool's format.
// All of it but times is the same in every run.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "checker/cli/exit_code.hpp"
#include "checker/cli/trace_files.hpp"
#include "model/gate/gate.hpp"

namespace mdcd::checker::cli {

[[nodiscard]] ExitCode exit_code_of(const model::GateRun& run);

// One path for each property of each check, in order; "" where there is no counterexample.
using GateTraceFiles = std::vector<std::vector<std::string>>;

// DIRECTORY/CHECK.PROPERTY.json for each counterexample, expected or not, to be written after the report.
[[nodiscard]] GateTraceFiles add_traces(PendingFiles& pending, const model::Gate& gate, const model::GateRun& run,
                                        const std::string& directory);

// The file of a deviation's counterexample, "" if there is none.
[[nodiscard]] std::string trace_file_of(const model::GateResult& result, const model::Deviation& deviation,
                                        const std::vector<std::string>& files);

void print_text(std::ostream& out, const model::Gate& gate, const model::GateRun& run, const GateTraceFiles& files,
                bool color);
void print_json(std::ostream& out, const model::Gate& gate, const model::GateRun& run, const GateTraceFiles& files);

// "7 checks: 5 as expected (2 of them from the cache), 2 not as expected"
[[nodiscard]] std::string summary_of(const model::GateRun& run);

} // namespace mdcd::checker::cli
