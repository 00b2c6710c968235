// What a trace says of its property, as the start of every rendering.
// Knows no output format.
#pragma once

#include <string>

#include "traces/document.hpp"

namespace mdcd::traces {

// "recoverability is violated", "several_roll_back is reached", "recoverability holds in the last state", ..
[[nodiscard]] std::string verdict_sentence(const Trace& trace);

} // namespace mdcd::traces
