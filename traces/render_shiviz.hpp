// A trace as a log that ShiViz reads: an event for each step, with a vector clock.
// Knows nothing of states: only who did what in which order, and who heard of it.
#pragma once

#include <string>

#include "traces/document.hpp"

namespace mdcd::traces {

// The first line is the regular expression of the lines, the second (empty) would separate several runs, the log
// follows: a file that ShiViz opens as it is. Names of hosts have no white space; the device is no host.
[[nodiscard]] std::string render_shiviz(const Trace& trace);

} // namespace mdcd::traces
