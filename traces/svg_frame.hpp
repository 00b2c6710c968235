// What stands around a space-time diagram that is a picture of its own: what it is about, and what came of it.
// Knows no place of anything that is drawn.
#pragma once

#include <string>
#include <vector>

#include "traces/document.hpp"
#include "traces/svg_canvas.hpp"

namespace mdcd::traces {

inline constexpr double frame_line_height = 15;

// The lines under the title, none longer than so many characters.
[[nodiscard]] std::vector<std::string> title_lines(const Trace& trace, std::size_t characters);

void draw_title(SvgCanvas& canvas, const Trace& trace, const std::vector<std::string>& rest, Point at,
                std::size_t characters);

// What recovery would do and what is wrong, from `at` downwards; how far down that reaches.
[[nodiscard]] double draw_findings(SvgCanvas& canvas, const Trace& trace, Point at, std::size_t characters);

} // namespace mdcd::traces
