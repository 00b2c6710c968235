// What `mdcd compare` prints and which exit code it comes to: several checks side by side, whatever was checked.
// Knows nothing of searching, and no scope.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "checker/cli/check_options.hpp"
#include "checker/cli/exit_code.hpp"
#include "checker/model.hpp"
#include "checker/report.hpp"
#include "traces/value.hpp"

namespace mdcd::checker::cli {

struct ComparedProperty {
    Property property;
    Verdict verdict = Verdict::inconclusive;
    std::optional<std::uint64_t> steps; // of the run that settles it
    std::string reason;                 // of `inconclusive` and `error`
    std::string file;                   // with that run; "": none
};

// A mean over so many, sum / count, and the worst of them if that means something.
struct ComparedFigure {
    std::string name;
    std::uint64_t sum = 0;
    std::uint64_t count = 0;
    std::optional<std::uint64_t> worst;
    int digits = 2;
    bool is_known = true;
};

// One scope under one set of rules.
struct ComparedCheck {
    std::vector<ComparedProperty> properties;
    Report report;
    std::vector<ComparedFigure> figures;
    traces::Value::Record facts; // for JSON: all that is said before the properties
    traces::Value cost;          // for JSON
};

struct ComparedScope {
    std::string name;
    std::string line;              // "scope tiny: 1 component, 1 active process"
    std::string states = "states"; // what is counted
    traces::Value value;           // for JSON
    std::vector<ComparedCheck> checks;
};

// Ends early if it was interrupted: later checks are missing.
struct ComparedTable {
    std::vector<std::string> rules; // in full
    std::vector<ComparedScope> scopes;
};

// "0.84, worst 3", or "-" where it is not known.
[[nodiscard]] std::string text_of(const ComparedFigure& figure);

// 10: some rules break a claim that holds under the first; 11: a twin that is reached under the first; 20: something
// stayed open. A claim that fails under the first rules, too, is no mistake here.
[[nodiscard]] ExitCode exit_code_of(const ComparedTable& table);

struct ComparisonStyle {
    bool color = false;
    std::size_t width = 0; // of the terminal; 0: lines are not broken
    bool all_rows = false; // those that are the same in every column, too
};

// To standard output, in the format that was asked for.
void print(const ComparedTable& table, const CheckArguments& arguments);

void print_text(std::ostream& out, const ComparedTable& table, const ComparisonStyle& style);
void print_markdown(std::ostream& out, const ComparedTable& table);
void print_json(std::ostream& out, const ComparedTable& table);

} // namespace mdcd::checker::cli
