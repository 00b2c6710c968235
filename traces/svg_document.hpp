// A drawing with its style sheet as one SVG document.
// Knows nothing of what is drawn.
#pragma once

#include <string>

#include "traces/svg_canvas.hpp"

namespace mdcd::traces {

// Pixels from 0 to `right` and `bottom`; `label` is for those who do not see it; `dark_too` adds colours for readers
// who prefer dark.
[[nodiscard]] std::string svg_document(const SvgCanvas& canvas, double right, double bottom, const std::string& label,
                                       bool dark_too);

} // namespace mdcd::traces
