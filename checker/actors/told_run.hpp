// Follows the steps of a trace document on a system.
// Not for headers that users compile.
#pragma once

#include <cstddef>
#include <string>

#include "checker/actors/followed_run.hpp"
#include "traces/document.hpp"

namespace mdcd::checker::actors {

// Refuses a name that is no claim of the system.
[[nodiscard]] const Claim& claim_called(const SystemParts& parts, const std::string& name);

// As many of the steps as can be taken, from the initial state from which that is most.
[[nodiscard]] FollowedRun told_run(const SystemParts& parts, const traces::Trace& trace);

// From one initial state.
void take_told(FollowedRun& run, const traces::Trace& trace);

// "'x' is not enabled; enabled are ..", or why nobody knows what is.
[[nodiscard]] std::string why_not_taken(const FollowedRun& run, const std::string& text);

} // namespace mdcd::checker::actors
