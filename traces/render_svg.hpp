// A trace as a space-time diagram: a vertical line for each process with time running downwards, an arrow for each
// message, boxes for checkpoints, diamonds for acceptance tests, the recovery line across.
#pragma once

#include <string>

#include "traces/document.hpp"

namespace mdcd::traces {

// A complete SVG document with its own style. What belongs to step i is in a group with data-step="i".
[[nodiscard]] std::string render_svg(const Trace& trace);

} // namespace mdcd::traces
