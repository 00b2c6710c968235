// What the signs of a space-time diagram mean.
// Knows no trace: the legend is the same for all.
#pragma once

#include "traces/svg_canvas.hpp"

namespace mdcd::traces {

// Draws the legend into a column of that width below `corner`; returns the y below it.
[[nodiscard]] double draw_legend(SvgCanvas& canvas, Point corner, double width);

// An acceptance test.
void draw_test(SvgCanvas& canvas, Point at);

} // namespace mdcd::traces
