// Boxes, arrows, text, dots and arcs at places in pixels, for figures that are not plots of data.
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

// The part of a text that lies at its point.
enum class Align { left, centre, right };

// `colour` is a name of the palette (style.h); sizes are in pixels.
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

// A figure without axes. Its coordinates are pixels from its top left corner. The layers have a fixed order,
// independent of the order of the calls: areas, lines, dots, boxes, arrowheads, text.
class Diagram {
  public:
    Diagram(std::string id, Size size);

    void line(Point from, Point to, LineStyle style = {}) { polyline({from, to}, style); }
    void polyline(const std::vector<Point>& points, LineStyle style = {});
    // A polyline that ends in a filled head. Precondition: at least two points.
    void arrow(const std::vector<Point>& points, LineStyle style = {});
    void area(const std::vector<Point>& corners, std::string_view fill); // a polygon behind everything else
    void box(Box place, std::string_view fill, std::string_view border);
    void dot(Point at, double radius, std::string_view hex); // "#rrggbb"
    // A small circle on a line with a sign in it, such as a plus where values are added.
    void node(Point at, double radius, std::string_view markup);
    // `markup` is gnuplot markup, so it must not come from outside the program.
    void text(Point at, std::string_view markup, TextStyle style = {});

    Drawing finish(std::string csv) &&;

  private:
    Plot plot_;
    std::vector<std::string> curves_;       // the arguments of the final plot command
    std::vector<std::vector<double>> dots_; // the rows that with_discs draws
    int objects_ = 0;                       // gnuplot paints objects in the order of their numbers
};

// The point of a circle at an angle in turns, counter-clockwise from the right.
Point on_circle(Point centre, double radius, double turn);

// A part of a circle as a polyline, from one angle in turns to another; clockwise where `to` < `from`.
std::vector<Point> arc(Point centre, double radius, double from, double to);

// A figure that says why it shows nothing.
Drawing nothing_to_show(const std::string& id, std::string_view why, std::string csv);

} // namespace grokreport::figures
