// The run that a page shows: a scope, rules, and the sentences of the steps taken. It is all there is to know, so that
// the server keeps nothing between two requests. Knows no HTTP.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/inputs/rules_file.hpp"
#include "model/inputs/scope.hpp"
#include "traces/reader.hpp"
#include "traces/value.hpp"

namespace mdcd::checker::cli::explore {

inline constexpr std::size_t step_count_max = 2000;

struct PageRun {
    model::Scope scope;
    model::NamedRules rules;
    std::vector<std::string> steps; // as Action::text names them
    std::size_t at = 0;             // how many of them the page stands after
    std::string property;           // the one that the diagram is about; "": the first that is violated
};

// {"scope", "rules_name", "rules", "steps", "at", "property"?}. Throws traces::FileError with the JSON path.
[[nodiscard]] PageRun page_run_from(const traces::Reader& reader);
[[nodiscard]] traces::Value to_value(const PageRun& run);

// Any file that the program knows, by what is in it: a trace, a scope or rules. What it does not say is taken from
// `around`. `notes` gets what the user should know, such as a replay that differs. Throws traces::FileError.
[[nodiscard]] PageRun opened(const std::string& text, const std::string& file, const PageRun& around,
                             std::vector<std::string>& notes);

} // namespace mdcd::checker::cli::explore
