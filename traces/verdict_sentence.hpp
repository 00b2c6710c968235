// What a trace says of its property, as the start of every rendering.
// Knows no output format.
#pragma once

#include <string>

#include "traces/document.hpp"

namespace mdcd::traces {

inline constexpr const char* failed_claim = "claim"; // of a finding in the run of a real system: not of one step

// "recoverability is violated", "several_roll_back is reached", "recoverability holds in the last state", ..
[[nodiscard]] std::string verdict_sentence(const Trace& trace);

// The run of a real system, from its logs: its scope says which application ran. It was not searched for, so it is
// about no claim, unless one failed.
[[nodiscard]] bool is_of_a_system(const Trace& trace);

// The two lines below that: "The claim: ..", or of a real system "The run: ..", which says what of it is there; and
// "Scope tiny, rules published", or "System house, ..".
[[nodiscard]] std::string claim_line(const Trace& trace);
[[nodiscard]] std::string source_line(const Trace& trace);

} // namespace mdcd::traces
