// Drawing by hand in pixels: boxes, arrows, text, dots and arcs, for the figures that are no plots of data.
#pragma once

#include "drawing/plot.h"

#include <string>
#include <string_view>
#include <vector>

namespace grokreport::figures {

struct Point {
    double x = 0; // pixels from the left edge
    double y = 0; // pixels from the top edge
};

// Where a text lies from its point.
enum class Align { left, centre, right };

// How a text looks; the defaults are those of most labels. `colour` names one of the palette.
struct TextStyle {
    std::string_view colour = "ink";
    double size = type_size;
    Align align = Align::centre;
};

struct LineStyle {
    std::string_view colour = "ink";
    double width = thin_line;
    bool dashed = false;
};

// A figure without axes whose coordinates are pixels from its top left corner. It is painted in layers,
// whatever the order of the calls: areas, lines, dots, boxes, arrowheads, text.
class Diagram {
  public:
    Diagram(std::string id, Size size);

    void line(Point from, Point to, LineStyle style = {}) { polyline({from, to}, style); }
    void polyline(const std::vector<Point>& points, LineStyle style = {});
    // A polyline that ends in a filled head. Precondition: at least two points.
    void arrow(const std::vector<Point>& points, LineStyle style = {});
    void area(const std::vector<Point>& corners, std::string_view fill); // a polygon behind all else
    void box(Box place, std::string_view fill, std::string_view border);
    void dot(Point at, double radius, std::string_view hex); // a colour of the palette or of a map
    // A small circle with a sign in it, on a line: where values meet.
    void node(Point at, double radius, std::string_view markup);
    // `markup` is gnuplot markup: never text from outside.
    void text(Point at, std::string_view markup, TextStyle style = {});

    Drawing finish(std::string csv) &&;

  private:
    Plot plot_;
    std::vector<std::string> curves_;       // what the final plot command draws
    std::vector<std::vector<double>> dots_; // x, y, gnuplot's point size, 0xRRGGBB
    int objects_ = 0;                       // gnuplot paints objects in the order of their numbers
};

// The point at an angle in turns on a circle, counter-clockwise from three o'clock.
Point on_circle(Point centre, double radius, double turn);

// Part of a circle as a polyline, from one angle in turns to another; clockwise where `to` < `from`.
std::vector<Point> arc(Point centre, double radius, double from, double to);

} // namespace grokreport::figures
