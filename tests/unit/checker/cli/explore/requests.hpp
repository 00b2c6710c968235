// Requests as the page makes them, for the tests of the explorer.
// Knows no test.
#pragma once

#include <string>
#include <vector>

#include "checker/cli/explore/answers.hpp"
#include "checker/cli/explore/page_run.hpp"
#include "model/inputs/library.hpp"
#include "traces/json.hpp"

namespace mdcd::tests {

inline const std::vector<std::string> lost_message_steps = {
    "L1 sends cluster message 1 to A1",
    "L1 sends cluster message 2 to A2",
    "A1 receives cluster message 1 from L1",
    "A1 sends A1.1 to A2",
    "A2 receives cluster message 2 from L1",
    "A2 receives A1.1 from A1",
    "A1 passes an acceptance test, outputs, and broadcasts passed_AT(1)"};

inline checker::cli::explore::PageRun run_of(const std::string& scope, const std::string& rules,
                                             std::vector<std::string> steps = {}) {
    checker::cli::explore::PageRun run;
    run.scope = model::load_scope(scope);
    run.rules = model::load_rules(rules);
    run.steps = std::move(steps);
    run.at = run.steps.size();
    return run;
}

// The counterexample that README.md shows.
inline checker::cli::explore::PageRun lost_message() {
    return run_of("tiny", "published", lost_message_steps);
}

inline std::string body_of(const checker::cli::explore::PageRun& run) {
    return traces::to_text(to_value(run));
}

inline std::string check_body(const checker::cli::explore::PageRun& run, int states, int seconds) {
    return traces::to_text(
        traces::Value::Record{{"run", to_value(run)}, {"max_states", states}, {"max_seconds", seconds}});
}

} // namespace mdcd::tests
