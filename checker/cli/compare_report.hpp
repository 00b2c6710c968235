// What `mdcd compare` prints and which exit code it comes to. Decides nothing about properties.
// Knows nothing of searching.
#pragma once

#include <iosfwd>
#include <vector>

#include "checker/cli/exit_code.hpp"
#include "checker/cli/text_table.hpp"
#include "checker/cli/trace_files.hpp"
#include "model/check/comparison.hpp"

namespace mdcd::checker::cli {

// By scope, then by rules.
using ComparedFiles = std::vector<std::vector<TraceFiles>>;

// 10: some rules break a claim that holds under the first; 11: a twin that is reached under the first; 20: something
// stayed open. A claim that fails under the first rules, too, is no mistake here.
[[nodiscard]] ExitCode exit_code_of(const model::Comparison& comparison);

struct ComparisonStyle {
    bool color = false;
    std::size_t width = 0; // of the terminal; 0: lines are not broken
    bool all_rows = false; // those that are the same in every column, too
};

void print_text(std::ostream& out, const model::Comparison& comparison, const ComparedFiles& files,
                const ComparisonStyle& style);
void print_markdown(std::ostream& out, const model::Comparison& comparison);
void print_json(std::ostream& out, const model::Comparison& comparison, const ComparedFiles& files);

// "0.84, worst 3", or "-" where it is not known.
struct CostFigure {
    const char* name;
    std::string (*text)(const model::Cost& cost);
    double (*mean)(const model::Cost& cost);
};
[[nodiscard]] std::vector<CostFigure> cost_figures();

} // namespace mdcd::checker::cli
