// A drawing as SVG text. Places are written with one decimal, so that the same drawing has the same bytes.
// Knows no trace and no colour.
#include "traces/svg_canvas.hpp"

#include <cmath>

#include "traces/markup.hpp"

namespace mdcd::traces {

namespace {

std::string number(double value) {
    const long long tenths = std::llround(value * 10);
    std::string text = std::to_string(std::llabs(tenths) / 10);
    if (tenths % 10 != 0) {
        text += '.' + std::to_string(std::llabs(tenths) % 10);
    }
    return tenths < 0 ? "-" + text : text;
}

std::string attribute(std::string_view name, double value) {
    return " " + std::string(name) + "=\"" + number(value) + '"';
}

std::string element(std::string_view name, std::string_view classes) {
    return "<" + std::string(name) + " class=\"" + std::string(classes) + '"';
}

std::string place(Point point) {
    return number(point.x) + "," + number(point.y);
}

std::string places(const std::vector<Point>& points) {
    std::string text;
    for (const Point& point : points) {
        text += (text.empty() ? "" : " ") + place(point);
    }
    return text;
}

} // namespace

void SvgCanvas::line(std::string_view classes, Point from, Point to) {
    body_ += element("line", classes) + attribute("x1", from.x) + attribute("y1", from.y) + attribute("x2", to.x) +
             attribute("y2", to.y) + "/>\n";
}

void SvgCanvas::path(std::string_view classes, const std::vector<Point>& points) {
    body_ += element("polyline", classes) + " points=\"" + places(points) + "\"/>\n";
}

void SvgCanvas::curve(std::string_view classes, Point from, Point control_1, Point control_2, Point to) {
    body_ += element("path", classes) + " d=\"M " + place(from) + " C " + place(control_1) + " " + place(control_2) +
             " " + place(to) + "\"/>\n";
}

void SvgCanvas::rectangle(std::string_view classes, Point corner, double width, double height, double radius) {
    body_ += element("rect", classes) + attribute("x", corner.x) + attribute("y", corner.y) +
             attribute("width", width) + attribute("height", height) + (radius > 0 ? attribute("rx", radius) : "") +
             "/>\n";
}

void SvgCanvas::circle(std::string_view classes, Point centre, double radius) {
    body_ += element("circle", classes) + attribute("cx", centre.x) + attribute("cy", centre.y) +
             attribute("r", radius) + "/>\n";
}

void SvgCanvas::polygon(std::string_view classes, const std::vector<Point>& points) {
    body_ += element("polygon", classes) + " points=\"" + places(points) + "\"/>\n";
}

void SvgCanvas::arrow_head(std::string_view classes, Point from, Point tip) {
    const double dx = tip.x - from.x;
    const double dy = tip.y - from.y;
    const double length = std::sqrt(dx * dx + dy * dy);
    if (length == 0) {
        return;
    }
    constexpr double head_length = 9;
    constexpr double half_width = 4;
    const Point back{tip.x - head_length * dx / length, tip.y - head_length * dy / length};
    const Point across{half_width * dy / length, -half_width * dx / length};
    polygon(classes, {tip, {back.x + across.x, back.y + across.y}, {back.x - across.x, back.y - across.y}});
}

void SvgCanvas::cross(std::string_view classes, Point centre, double half_width, double half_height) {
    line(classes, {centre.x - half_width, centre.y - half_height}, {centre.x + half_width, centre.y + half_height});
    line(classes, {centre.x - half_width, centre.y + half_height}, {centre.x + half_width, centre.y - half_height});
}

void SvgCanvas::text(std::string_view classes, Point at, Anchor anchor, std::string_view content) {
    static constexpr std::string_view anchors[] = {"", " text-anchor=\"middle\"", " text-anchor=\"end\""};
    body_ += element("text", classes) + attribute("x", at.x) + attribute("y", at.y);
    body_ += anchors[static_cast<std::size_t>(anchor)];
    body_ += ">" + markup_escaped(content) + "</text>\n";
}

void SvgCanvas::open_group(std::string_view attributes) {
    body_ += "<g " + std::string(attributes) + ">\n";
}

void SvgCanvas::close_group() {
    body_ += "</g>\n";
}

void SvgCanvas::tooltip(std::string_view content) {
    body_ += "<title>" + markup_escaped(content) + "</title>\n";
}

} // namespace mdcd::traces
