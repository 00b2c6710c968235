// A run as the steps of a trace document, and what is said of its end.
// Not for headers that users compile.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "checker/actors/followed_run.hpp"
#include "checker/report.hpp"
#include "traces/document.hpp"

namespace mdcd::checker::actors {

// Fills in what depends on nothing but the run: processes, initial state, steps.
void write_run(const FollowedRun& run, traces::Trace& trace);

// The same for a run that ends with that verdict on the claim. `loop_begin`: as in Run. `reason`: of an error.
[[nodiscard]] std::vector<traces::Finding>
findings_of(const Claim& claim, Verdict verdict, std::optional<std::size_t> loop_begin, const std::string& reason);

// A trace of that claim without a run: what it says of a system that has no scope and no rules.
[[nodiscard]] traces::Trace empty_trace(const Claim& claim, const std::string& system_name);

} // namespace mdcd::checker::actors
