// What the signs of a space-time diagram mean.
// The same classes as in the drawing, so that no sign can be explained that is not drawn like that.
#include "traces/svg_legend.hpp"

#include <string>

#include "traces/render_svg.hpp"
#include "traces/space_time.hpp"
#include "traces/svg_document.hpp"

namespace mdcd::traces {

void draw_test(SvgCanvas& canvas, Point at, bool failed) {
    const double reach = 11;
    canvas.polygon(failed ? "test failed" : "test",
                   {{at.x, at.y - reach}, {at.x + reach, at.y}, {at.x, at.y + reach}, {at.x - reach, at.y}});
    canvas.text(failed ? "small failed" : "small", {at.x, at.y + (failed ? 5 : 3.5)}, Anchor::middle,
                failed ? "\u00d7" : "AT");
}

void draw_phase(SvgCanvas& canvas, const std::string& phase, Point from, Point to) {
    if (phase == "stopped") {
        canvas.line("lane", from, {from.x, from.y + stop_reach});
        canvas.line("stop", {from.x - 9, from.y + stop_reach}, {from.x + 9, from.y + stop_reach});
        return;
    }
    canvas.rectangle(phase == "coordinating" ? "bar coordinating" : "bar", {from.x - 4, from.y}, 8, to.y - from.y);
}

void draw_loop(SvgCanvas& canvas, Point begin, Point end) {
    canvas.open_group("class=\"loop-mark\"");
    canvas.tooltip("what happens from here on happens again and again");
    canvas.path("loop", {{begin.x + 6, begin.y}, begin, end, {end.x + 6, end.y}});
    canvas.arrow_head("tip", begin, {begin.x + 9, begin.y});
    canvas.close_group();
}

double draw_legend(SvgCanvas& canvas, Point corner, double width, const std::string& drawn) {
    double x = corner.x;
    double y = corner.y;
    const auto entry = [&](const std::string& sign, const std::string& text, auto draw) {
        if (!drawn.empty() && drawn.find(" class=\"" + sign + '"') == std::string::npos)
            return;
        const double entry_width = 64 + static_cast<double>(text.size()) * SpaceTime::character_width;
        if (x > corner.x && x + entry_width > corner.x + width) {
            x = corner.x;
            y += 24;
        }
        draw(Point{x, y});
        canvas.text("", {x + 40, y + 4}, Anchor::start, text);
        x += entry_width;
    };
    const auto arrow_entry = [&](const std::string& text, const std::string& kind) {
        entry(kind == " dirty" ? "tip dirty" : "arrow" + kind, text, [&](Point at) {
            canvas.line("arrow" + kind, at, {at.x + 32, at.y});
            canvas.arrow_head("tip" + kind, at, {at.x + 32, at.y});
            if (kind == " dirty") {
                canvas.circle("tip dirty", at, 5);
            } else if (kind == " lost") {
                canvas.cross("cross", {at.x + 16, at.y}, 5, 5);
            }
        });
    };
    arrow_entry("message", "");
    arrow_entry("dirty message", " dirty");
    arrow_entry("orphan message", " orphan");
    arrow_entry("lost message", " lost");
    entry("halo", "message with a finding", [&](Point at) { canvas.line("halo", at, {at.x + 32, at.y}); });
    entry("open", "still in the channel to", [&](Point at) {
        canvas.line("arrow", at, {at.x + 28, at.y});
        canvas.circle("open", {at.x + 28, at.y}, 4);
    });
    entry("box", "checkpoint", [&](Point at) { canvas.rectangle("box", {at.x + 4, at.y - 8}, 26, 16, 2); });
    entry("box dropped", "dropped checkpoint", [&](Point at) {
        canvas.rectangle("box dropped", {at.x + 4, at.y - 8}, 26, 16, 2);
        canvas.cross("strike", {at.x + 17, at.y}, 13, 8);
    });
    entry("box restored", "restored checkpoint", [&](Point at) {
        canvas.rectangle("box restored", {at.x + 4, at.y - 8}, 26, 16, 2);
    });
    entry("test", "acceptance test", [&](Point at) { draw_test(canvas, {at.x + 18, at.y}, false); });
    entry("recovery", "recovery line", [&](Point at) { canvas.line("recovery", at, {at.x + 34, at.y}); });
    entry("lane undone", "undone by recovery", [&](Point at) { canvas.line("lane undone", at, {at.x + 32, at.y}); });
    entry("loop", "again and again", [&](Point at) {
        draw_loop(canvas, {at.x + 12, at.y - 8}, {at.x + 12, at.y + 8});
    });
    entry("test failed", "failed test", [&](Point at) { draw_test(canvas, {at.x + 18, at.y}, true); });
    const auto phase_entry = [&](const std::string& sign, const std::string& phase) {
        entry(sign, phase, [&](Point at) { draw_phase(canvas, phase, {at.x + 18, at.y - 9}, {at.x + 18, at.y + 9}); });
    };
    phase_entry("bar coordinating", "coordinating");
    phase_entry("bar", "halted");
    phase_entry("stop", "stopped");
    return y + 14;
}

std::string render_svg_legend(const std::string& drawing, double width, bool dark_too) {
    SvgCanvas canvas;
    const double bottom = draw_legend(canvas, {14, 18}, width - 28, drawing);
    return svg_document(canvas, width, bottom, "legend of the space-time diagram", dark_too);
}

} // namespace mdcd::traces
