#include "drawing/diagram.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numbers>

namespace grokreport::figures {

namespace {

// The head is 6 pixels long, whatever the length of the shaft.
constexpr std::string_view arrow_head = "head filled size first 6,20,70 fixed";

std::string line_options(const LineStyle& style) {
    return fmt::format("linewidth {} linecolor rgb '{}'{}", style.width, colour(style.colour),
                       style.dashed ? " dashtype (4,3)" : "");
}

} // namespace

Point on_circle(Point centre, double radius, double turn) {
    const double angle = 2 * std::numbers::pi * turn;
    return {centre.x + radius * std::cos(angle), centre.y - radius * std::sin(angle)};
}

std::vector<Point> arc(Point centre, double radius, double from, double to) {
    constexpr double steps_a_turn = 120;
    const int steps = std::max(2, static_cast<int>(std::ceil(std::abs(to - from) * steps_a_turn)));
    std::vector<Point> points;
    for (int i = 0; i <= steps; ++i)
        points.push_back(on_circle(centre, radius, std::lerp(from, to, static_cast<double>(i) / steps)));
    return points;
}

Diagram::Diagram(std::string id, Size size) : plot_(std::move(id), size) {
    plot_.line("unset border");
    plot_.line("unset tics");
    plot_.line("unset grid");
    plot_.panel({0, 0, size.width, size.height});
    plot_.line("set xrange [0:{}]", size.width);
    plot_.line("set yrange [{}:0]", size.height);
}

void Diagram::polyline(const std::vector<Point>& points, LineStyle style) {
    std::vector<std::vector<double>> rows;
    rows.reserve(points.size());
    for (const Point& point : points)
        rows.push_back({point.x, point.y});
    const std::string name = fmt::format("curve{}", curves_.size());
    plot_.data(name, rows);
    curves_.push_back(fmt::format("${} with lines {}", name, line_options(style)));
}

void Diagram::arrow(const std::vector<Point>& points, LineStyle style) {
    polyline(points, style);
    const Point tip = points.back();
    const Point before = points[points.size() - 2];
    plot_.line("set arrow from {:.2f},{:.2f} to {:.2f},{:.2f} front {} linewidth {} linecolor rgb '{}'",
               before.x, before.y, tip.x, tip.y, arrow_head, style.width, colour(style.colour));
}

void Diagram::area(const std::vector<Point>& corners, std::string_view fill) {
    std::string outline;
    for (const Point& corner : corners)
        outline += fmt::format("to {:.2f},{:.2f} ", corner.x, corner.y);
    plot_.line(
        "set object {} polygon from {:.2f},{:.2f} {} behind fillcolor rgb '{}' fillstyle solid 1 noborder",
        ++objects_, corners.back().x, corners.back().y, outline, colour(fill));
}

void Diagram::box(Box place, std::string_view fill, std::string_view border) {
    plot_.line("set object {} rectangle from {:.2f},{:.2f} to {:.2f},{:.2f} front fillcolor rgb '{}' "
               "fillstyle solid 1 border linecolor rgb '{}' linewidth {}",
               ++objects_, place.left, place.top, place.left + place.width, place.top + place.height,
               colour(fill), colour(border), thin_line);
}

void Diagram::dot(Point at, double radius, std::string_view hex) {
    dots_.push_back({at.x, at.y, radius / radius_of_point_size_1, colour_number(hex)});
}

void Diagram::node(Point at, double radius, std::string_view sign) {
    dot(at, radius + thin_line / 2, colour("ink"));
    dot(at, radius - thin_line / 2, colour("page"));
    text(at, sign);
}

void Diagram::text(Point at, std::string_view text, TextStyle style) {
    const std::string_view align = style.align == Align::left    ? "left"
                                   : style.align == Align::right ? "right"
                                                                 : "center";
    plot_.line("set label {} at {:.2f},{:.2f} {} front font ',{}' textcolor rgb '{}'", markup(text), at.x,
               at.y, align, style.size, colour(style.colour));
}

Drawing Diagram::finish(std::string csv) && {
    if (!dots_.empty()) {
        plot_.data("dots", dots_);
        curves_.push_back(fmt::format("$dots {}", with_discs));
    }
    // gnuplot paints boxes and text only with a plot. A line outside of the figure makes sure that there is
    // one.
    curves_.emplace_back("-1 with lines");
    plot_.line("plot {}", fmt::join(curves_, ", "));
    return std::move(plot_).finish(std::move(csv));
}

Drawing nothing_to_show(const std::string& id, std::string_view why, std::string csv) {
    constexpr Size size{column_width, 40};
    Diagram diagram(id, size);
    diagram.text({size.width / 2, size.height / 2}, why, {.colour = "muted"});
    return std::move(diagram).finish(std::move(csv));
}

} // namespace grokreport::figures
