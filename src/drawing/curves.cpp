#include "drawing/curves.h"

#include "drawing/colour_map.h"
#include "drawing/panel_grid.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace grokreport::figures {

namespace {

// In pixels.
constexpr double left_margin = 48; // name and numbers of the vertical axis
constexpr double right_margin = 3;
constexpr double bottom_margin = 34; // numbers and name of the horizontal axis
constexpr double title_height = 18;
constexpr double panel_gap = 9; // between panels

double point_radius(double panel_side) {
    return panel_side > 200 ? 2.3 : 1.6;
}

// The largest round number that is at most 0.8 of half of the window's side.
double tick_step(double half) {
    const double power = std::pow(10.0, std::floor(std::log10(half)));
    for (const double factor : {5.0, 2.5, 2.0, 1.0, 0.5, 0.25})
        if (factor * power <= 0.8 * half) return factor * power;
    return 0.2 * power;
}

PanelGrid panels_of(const CurveGrid& grid, int n) {
    const double side = width_of_panels(grid.columns, grid.width, left_margin, right_margin, panel_gap);
    PanelGrid panels;
    panels.columns = grid.columns;
    panels.rows = (n + grid.columns - 1) / grid.columns;
    panels.first = {left_margin, title_height, side, side};
    panels.across = side + panel_gap;
    panels.down = title_height + side + panel_gap;
    panels.size = {grid.width, panels.rows * panels.down - panel_gap + bottom_margin};
    return panels;
}

void set_panel_axes(Plot& plot, const Window& window, bool numbers_left, bool numbers_below) {
    const double step = tick_step(window.half);
    plot.line("set xrange [{}:{}]", window.x - window.half, window.x + window.half);
    plot.line("set yrange [{}:{}]", window.y - window.half, window.y + window.half);
    plot.line("set xtics {} format '{}' font ',{}'", step, numbers_below ? "%g" : "", small_type_size);
    plot.line("set ytics {} format '{}' font ',{}'", step, numbers_left ? "%g" : "", small_type_size);
}

std::vector<std::vector<double>> disc_rows(const CurvePanel& panel, double radius) {
    std::vector<std::vector<double>> rows;
    const auto p = static_cast<int>(panel.points.rows());
    for (int b = 0; b < p; ++b)
        rows.push_back({panel.points(b, 0), panel.points(b, 1), radius / radius_of_point_size_1,
                        colour_number(phase_colour(static_cast<double>(panel.k) * b / p))});
    return rows;
}

void draw_panel(Plot& plot, const CurvePanel& panel, std::size_t number, double side) {
    plot.line("set label 1 {} at graph 0,1 offset character 0,0.7 left textcolor rgb '{}'",
              markup(panel.title), colour("ink"));
    plot.line("set label 2 {} at graph 1,1 offset character 0,0.7 right textcolor rgb '{}' font ',{}'",
              markup(panel.note), colour("muted"), small_type_size);
    std::string curves;
    if (panel.line.rows() > 0) {
        plot.data(fmt::format("line{}", number), point_rows(panel.line));
        curves = fmt::format("$line{} with lines linewidth {} linecolor rgb '{}', ", number, panel.line_width,
                             colour("grey"));
    }
    plot.data(fmt::format("points{}", number), disc_rows(panel, point_radius(side)));
    curves += fmt::format("$points{} {}", number, with_discs);
    if (panel.marked) {
        plot.data(fmt::format("marked{}", number), point_rows(*panel.marked));
        curves +=
            fmt::format(", $marked{} with points pointtype 6 pointsize 1.1 linewidth {} linecolor rgb '{}'",
                        number, curve_line, colour("ink"));
    }
    plot.line("plot {}", curves);
}

} // namespace

std::vector<std::vector<double>> point_rows(const Eigen::MatrixXd& points) {
    std::vector<std::vector<double>> rows;
    for (Eigen::Index i = 0; i < points.rows(); ++i)
        rows.push_back({points(i, 0), points(i, 1)});
    return rows;
}

std::vector<std::vector<double>> coloured_rows(const Eigen::MatrixXd& points, int k) {
    std::vector<std::vector<double>> rows = point_rows(points);
    for (std::size_t n = 0; n < rows.size(); ++n)
        rows[n].push_back(
            colour_number(phase_colour(phase_turn(k, static_cast<std::int64_t>(n), points.rows()))));
    return rows;
}

Window window_of(const std::vector<CurvePanel>& panels, bool about_origin) {
    Eigen::RowVector2d low = Eigen::RowVector2d::Constant(HUGE_VAL), high = -low;
    const auto include = [&](const Eigen::MatrixXd& points) {
        if (points.rows() == 0) return;
        low = low.cwiseMin(Eigen::RowVector2d(points.colwise().minCoeff()));
        high = high.cwiseMax(Eigen::RowVector2d(points.colwise().maxCoeff()));
    };
    for (const CurvePanel& panel : panels) {
        include(panel.points);
        include(panel.line);
    }
    constexpr double margin = 1.08;
    const Eigen::RowVector2d centre = about_origin ? Eigen::RowVector2d(0, 0) : (low + high) / 2;
    const double half = margin * std::max((high - centre).maxCoeff(), (centre - low).maxCoeff());
    // Without a finite extent the window has the side 2.
    return {centre[0], centre[1], std::isfinite(half) && half > 0 ? half : 1};
}

Eigen::MatrixXd pixels_of(const Window& window, const CurveGrid& grid, int i, int n) {
    const Box box = panels_of(grid, n).panel(static_cast<std::size_t>(i));
    const double scale = box.width / (2 * window.half);
    Eigen::MatrixXd map(3, 2);
    map << scale, 0, 0, -scale, box.left + scale * (window.half - window.x),
        box.top + scale * (window.half + window.y);
    return map;
}

Drawing draw_curves(const std::string& id, const std::vector<CurvePanel>& panels, const Window& window,
                    const CurveGrid& grid, std::string csv) {
    const auto n = static_cast<int>(panels.size());
    const PanelGrid layout = panels_of(grid, n);
    const Size size = layout.size;
    const double side = layout.first.width;

    Plot plot(id, size);
    plot.line("set border 15 linecolor rgb '{}'", colour("grey"));
    plot.line("set multiplot");
    plot.line("set label 10 {} at screen {:.6f},{:.6f} center rotate by 90 textcolor rgb '{}'",
              markup(grid.y_name), 7 / size.width, (bottom_margin + side / 2) / size.height, colour("ink"));
    plot.line("set label 11 {} at screen {:.6f},{:.6f} center textcolor rgb '{}'", markup(grid.x_name),
              (left_margin + side / 2) / size.width, 7 / size.height, colour("ink"));
    for (int i = 0; i < n; ++i) {
        plot.panel(layout.panel(static_cast<std::size_t>(i)));
        set_panel_axes(plot, window, i % layout.columns == 0, i + layout.columns >= n);
        draw_panel(plot, panels[static_cast<std::size_t>(i)], static_cast<std::size_t>(i), side);
        plot.line("unset label");
    }
    plot.line("unset multiplot");
    Drawing drawing = std::move(plot).finish(std::move(csv));
    for (const CurvePanel& panel : panels)
        std::ranges::move(names_of_numbers(panel.points, "b = "), std::back_inserter(drawing.point_names));
    return drawing;
}

} // namespace grokreport::figures
