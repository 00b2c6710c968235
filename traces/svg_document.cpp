// A drawing with its style sheet as one SVG document.
// Knows nothing of what is drawn.
#include "traces/svg_document.hpp"

#include <cmath>

#include "traces/markup.hpp"
#include "traces/svg_style.hpp"

namespace mdcd::traces {

std::string svg_document(const SvgCanvas& canvas, double right, double bottom, const std::string& label,
                         bool dark_too) {
    const std::string width = std::to_string(std::lround(right));
    const std::string height = std::to_string(std::lround(bottom));
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height +
           "\" viewBox=\"0 0 " + width + " " + height + "\" role=\"img\" aria-label=\"" + markup_escaped(label) +
           "\">\n<style>" + svg_style + (dark_too ? svg_dark_style : "") +
           "</style>\n<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n" + canvas.body() + "</svg>\n";
}

} // namespace mdcd::traces
