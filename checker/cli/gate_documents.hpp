// A gate's results in the formats of other tools: JUnit XML, SARIF, GitHub annotations and a step summary.
// Knows nothing of how these are written down (traces/), and nothing of searching.
#pragma once

#include <string>
#include <vector>

#include "checker/cli/gate_report.hpp"
#include "traces/github.hpp"
#include "traces/junit.hpp"
#include "traces/sarif.hpp"

namespace mdcd::checker::cli {

// A suite for each check; in it one test for the search and one for each property.
[[nodiscard]] std::vector<traces::TestSuite> junit_of(const model::Gate& gate, const model::GateRun& run,
                                                      const GateTraceFiles& files);

// A result for each deviation, with the steps of its counterexample.
[[nodiscard]] traces::SarifRun sarif_of(const model::Gate& gate, const model::GateRun& run,
                                        const GateTraceFiles& files);

// At most ten of each kind, which is what GitHub shows of one step; the last one says how many more there are.
[[nodiscard]] std::vector<traces::Annotation> annotations_of(const model::Gate& gate, const model::GateRun& run,
                                                             const GateTraceFiles& files);

// Markdown, less than the 1 MiB that GitHub takes from one step.
[[nodiscard]] std::string step_summary_of(const model::Gate& gate, const model::GateRun& run,
                                          const GateTraceFiles& files);

} // namespace mdcd::checker::cli
