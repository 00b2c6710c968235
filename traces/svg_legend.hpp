// What the signs of a space-time diagram mean.
// Knows no trace: it looks at what is drawn.
#pragma once

#include <string>

#include "traces/svg_canvas.hpp"

namespace mdcd::traces {

// Draws the legend of the signs that occur in `drawn` (all, if that is empty) into a column of that width below
// `corner`; returns the y below it.
[[nodiscard]] double draw_legend(SvgCanvas& canvas, Point corner, double width, const std::string& drawn);

// An acceptance test.
void draw_test(SvgCanvas& canvas, Point at, bool failed);

// How far below its last event the line of a stopped process ends.
inline constexpr double stop_reach = 8;

// A stretch of a process line on which the process is "halted", "coordinating" or "stopped".
void draw_phase(SvgCanvas& canvas, const std::string& phase, Point from, Point to);

// Beside the steps that happen again and again, from one of them to the last.
void draw_loop(SvgCanvas& canvas, Point begin, Point end);

} // namespace mdcd::traces
