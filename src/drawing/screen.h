// Text, lines, boxes and strips of colour at places of the whole figure in pixels, for keys and names beside
// plots. gnuplot keeps them until `unset label`, `unset arrow` and `unset object`, so draw them with one
// panel.
#pragma once

#include "drawing/diagram.h"
#include "drawing/plot.h"

#include <string>
#include <string_view>

namespace grokreport::figures {

// Pixels as gnuplot's coordinates of the screen.
inline double screen_x(Size size, double x) {
    return x / size.width;
}
inline double screen_y(Size size, double y) {
    return 1 - y / size.height;
}

// Text in gnuplot markup; a size of 0 is that of the figure.
void write_at(Plot& plot, Size size, Point at, std::string_view text, const TextStyle& style = {});
// The same from below upwards, the middle of the text at that place: the name of a vertical axis.
void write_upwards(Plot& plot, Size size, Point at, std::string_view text, const TextStyle& style = {});

// A solid line in that style.
void line_at(Plot& plot, Size size, Point from, Point to, const LineStyle& style = {});

void fill_box(Plot& plot, Size size, Box box, std::string_view hex);

// The colours of a map from 0 at the left to 1 at the right. at: the left end, half-way up.
void draw_strip(Plot& plot, Size size, Point at, double width, double height,
                std::string (*colour_of)(double));

} // namespace grokreport::figures
