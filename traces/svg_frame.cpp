// Title and findings of a space-time diagram.
// Long texts are broken into lines, the title alone is cut.
#include "traces/svg_frame.hpp"

#include <algorithm>

#include "traces/characters.hpp"
#include "traces/markup.hpp"
#include "traces/verdict_sentence.hpp"

namespace mdcd::traces {

std::vector<std::string> title_lines(const Trace& trace, std::size_t characters) {
    std::vector<std::string> lines;
    const auto add = [&](const std::string& text) {
        for (std::string& line : wrapped(printable(text), characters)) {
            lines.push_back(std::move(line));
        }
    };
    add(claim_line(trace));
    add(source_line(trace));
    if (trace.hypothesis) {
        add("Fault hypothesis: " + trace.hypothesis->text);
    }
    return lines;
}

void draw_title(SvgCanvas& canvas, const Trace& trace, const std::vector<std::string>& rest, Point at,
                std::size_t characters) {
    canvas.text("title", at, Anchor::start, shortened(verdict_sentence(trace), characters * 2 / 3));
    double y = at.y + 4;
    for (const std::string& line : rest) {
        canvas.text("", {at.x, y += frame_line_height}, Anchor::start, line);
    }
}

double draw_findings(SvgCanvas& canvas, const Trace& trace, Point at, std::size_t characters) {
    const auto add = [&](const std::string& text, const char* classes) {
        for (const std::string& line : wrapped(printable(text), characters)) {
            canvas.text(classes, {at.x, at.y += frame_line_height}, Anchor::start, line);
        }
    };
    for (const RecoveredProcess& recovered : trace.recovery) {
        add("Recovery: " + recovered.process + " " + recovered.text, "");
    }
    for (const Finding& finding : trace.findings) {
        std::string kind = finding.kind;
        std::ranges::replace(kind, '_', ' ');
        add(kind + (finding.process.empty() ? "" : " at " + finding.process) +
                (finding.text.empty() ? "" : ": " + finding.text),
            "bold");
    }
    return at.y;
}

} // namespace mdcd::traces
