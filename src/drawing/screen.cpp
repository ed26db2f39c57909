#include "drawing/screen.h"

namespace grokreport::figures {

namespace {

void write(Plot& plot, Size size, Point at, std::string_view text, const TextStyle& style,
           std::string_view turned) {
    const std::string_view align = style.align == Align::left    ? "left"
                                   : style.align == Align::right ? "right"
                                                                 : "center";
    plot.line("set label {} at screen {:.6f},{:.6f} {}{}{} textcolor rgb '{}'", markup(text),
              screen_x(size, at.x), screen_y(size, at.y), align, turned,
              style.size > 0 ? fmt::format(" font ',{}'", style.size) : "", colour(style.colour));
}

} // namespace

void write_at(Plot& plot, Size size, Point at, std::string_view text, const TextStyle& style) {
    write(plot, size, at, text, style, "");
}

void write_upwards(Plot& plot, Size size, Point at, std::string_view text, const TextStyle& style) {
    write(plot, size, at, text, style, " rotate by 90");
}

void line_at(Plot& plot, Size size, Point from, Point to, const LineStyle& style) {
    plot.line("set arrow from screen {:.6f},{:.6f} to screen {:.6f},{:.6f} nohead linewidth {} "
              "linecolor rgb '{}'",
              screen_x(size, from.x), screen_y(size, from.y), screen_x(size, to.x), screen_y(size, to.y),
              style.width, colour(style.colour));
}

void fill_box(Plot& plot, Size size, Box box, std::string_view hex) {
    plot.line("set object rectangle from screen {:.6f},{:.6f} to screen {:.6f},{:.6f} fillcolor rgb '{}' "
              "fillstyle solid 1 noborder",
              screen_x(size, box.left), screen_y(size, box.top + box.height),
              screen_x(size, box.left + box.width), screen_y(size, box.top), hex);
}

void draw_strip(Plot& plot, Size size, Point at, double width, double height,
                std::string (*colour_of)(double)) {
    constexpr int steps = 40;
    for (int i = 0; i < steps; ++i) { // each to the far end, under the next: no seams
        const double begun = width * i / steps;
        fill_box(plot, size, {at.x + begun, at.y - height / 2, width - begun, height},
                 colour_of((i + 0.5) / steps));
    }
}

} // namespace grokreport::figures
