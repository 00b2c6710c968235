// A drawing as SVG text: shapes and words at places in pixels, classes instead of colours. Knows no trace.
// The callers order the shapes: what comes later lies above.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mdcd::traces {

struct Point {
    double x = 0;
    double y = 0;
};

enum class Anchor { start, middle, end };

class SvgCanvas {
public:
    void line(std::string_view classes, Point from, Point to);
    void path(std::string_view classes, const std::vector<Point>& points);
    void curve(std::string_view classes, Point from, Point control_1, Point control_2, Point to);
    void rectangle(std::string_view classes, Point corner, double width, double height, double radius = 0);
    void circle(std::string_view classes, Point centre, double radius);
    void polygon(std::string_view classes, const std::vector<Point>& points);
    // The head of an arrow that comes from `from`, its point at `tip`.
    void arrow_head(std::string_view classes, Point from, Point tip);
    // Two strokes across the point.
    void cross(std::string_view classes, Point centre, double half_width, double half_height);
    void text(std::string_view classes, Point at, Anchor anchor, std::string_view content);

    // Elements until the matching close belong together; `attributes` is markup, escaped by the caller.
    void open_group(std::string_view attributes);
    void close_group();
    // Shown when the pointer rests on the group.
    void tooltip(std::string_view content);

    [[nodiscard]] const std::string& body() const { return body_; }

private:
    std::string body_;
};

} // namespace mdcd::traces
