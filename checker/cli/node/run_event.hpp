// One step of a real process as events of a trace document: one for its input, and one for each thing that its
// application wanted. Knows no window and no renderer.
#pragma once

#include <string>
#include <vector>

#include "checker/cli/node/run_merge.hpp"
#include "traces/document.hpp"

namespace mdcd::checker::cli::node {

struct RunEvent {
    traces::Step step;
    std::vector<std::string> names; // by which it can be looked for: its kind, and what the handlers noted
    bool carries_changes = false;   // what its whole step changed stands with it
};

// What is shown of the state of one process: under its name, and its phase under "recovery of" it.
[[nodiscard]] traces::Value::Record state_record(const std::string& process, const impl::runtime::StateSummary& state,
                                                 std::size_t entries);

// `before`: what was true of the process before the step; `entered`: that it is in a new incarnation, and how the one
// before ended; "" if it is not.
[[nodiscard]] std::vector<RunEvent> events_of(const MergedStep& merged, const impl::runtime::StateSummary& before,
                                              const std::string& entered);

} // namespace mdcd::checker::cli::node
