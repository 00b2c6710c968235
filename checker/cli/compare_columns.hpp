// A comparison of scopes and rules of model/ as what its report is made of. Judges nothing.
// Knows nothing of searching.
#pragma once

#include <vector>

#include "checker/cli/compare_report.hpp"
#include "checker/cli/trace_files.hpp"
#include "model/check/comparison.hpp"

namespace mdcd::checker::cli {

// By scope, then by rules.
using ComparedFiles = std::vector<std::vector<TraceFiles>>;

[[nodiscard]] ComparedTable table_of(const model::Comparison& comparison, const ComparedFiles& files);

// What rules cost, each figure with its text.
[[nodiscard]] std::vector<ComparedFigure> figures_of(const model::Cost& cost);

} // namespace mdcd::checker::cli
