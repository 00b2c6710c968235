// A trace as a space-time diagram: a vertical line for each process with time running downwards, an arrow for each
// message, boxes for checkpoints, diamonds for acceptance tests, the recovery line across.
#pragma once

#include <string>

#include "traces/document.hpp"

namespace mdcd::traces {

struct SvgOptions {
    bool frame = true;     // title, legend and findings around the drawing
    bool dark_too = false; // dark where the reader prefers it
};

// A complete SVG document with its own style. What belongs to step i is in a group with data-step="i".
[[nodiscard]] std::string render_svg(const Trace& trace, const SvgOptions& options = {});

// What the signs of a drawing mean, of all signs if it is empty, as a drawing of that width in pixels.
[[nodiscard]] std::string render_svg_legend(const std::string& drawing, double width, bool dark_too);

} // namespace mdcd::traces
