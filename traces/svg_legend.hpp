// What the signs of a space-time diagram mean.
// Knows no trace: the legend is the same for all, but for the signs of a recovery by messages.
#pragma once

#include <string>

#include "traces/svg_canvas.hpp"

namespace mdcd::traces {

// Draws the legend into a column of that width below `corner`; returns the y below it.
[[nodiscard]] double draw_legend(SvgCanvas& canvas, Point corner, double width, bool recovery_by_messages);

// An acceptance test.
void draw_test(SvgCanvas& canvas, Point at, bool failed);

// How far below its last event the line of a stopped process ends.
inline constexpr double stop_reach = 8;

// A stretch of a process line on which the process is "halted", "coordinating" or "stopped".
void draw_phase(SvgCanvas& canvas, const std::string& phase, Point from, Point to);

} // namespace mdcd::traces
