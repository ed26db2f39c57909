#include "sections/mlp/figures_planes.h"

#include "drawing/axis.h"
#include "drawing/colour_map.h"
#include "drawing/csv.h"
#include "drawing/curves.h"
#include "drawing/panel_grid.h"
#include "spectral/fourier.h"
#include "spectral/planes.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace grokreport::figures {

namespace {

// Layout in pixels.
constexpr int most_planes_in_a_row = 5;
constexpr double largest_plane = 170;
constexpr double planes_name = 8;  // middle of the name of the vertical axis
constexpr double planes_left = 48; // ticks and the name of the vertical axis of the first panel
constexpr double planes_gap = 38;  // ticks of the next panel
constexpr double planes_right = 6;
constexpr double plane_title = 20;
constexpr double plane_below = 40; // ticks and name of the horizontal axis

PanelGrid plane_grid(std::size_t n) {
    PanelGrid grid = few_rows(n, most_planes_in_a_row);
    const double side = std::min(largest_plane, width_of_panels(grid.columns, double_column_width,
                                                                planes_left, planes_right, planes_gap));
    grid.first = {planes_left, plane_title, side, side};
    grid.across = side + planes_gap;
    grid.down = plane_title + side + plane_below;
    grid.size = {planes_left + planes_right + side * grid.columns + planes_gap * (grid.columns - 1),
                 grid.rows * grid.down};
    return grid;
}

double mean_radius(const Eigen::MatrixXd& Y) {
    return Y.rowwise().norm().mean();
}

// Axes from -reach to reach with three ticks, and the frequency above.
void begin_plane(Plot& plot, const PanelGrid& grid, std::size_t i, int k, double reach) {
    plot.panel(grid.panel(i));
    plot.line("set xrange [{0}:{1}]\nset yrange [{0}:{1}]", -reach, reach);
    const double tick = round_below(0.85 * reach);
    for (const char* axis : {"x", "y"})
        plot.line("set {0}tics ({1} {2}, '0' 0, {3} {4}) font ',{5}'", axis,
                  markup(fmt::format("−{:g}", tick)), -tick, markup(fmt::format("{:g}", tick)), tick,
                  small_type_size);
    plot.line("set label 1 {} at graph 0.5, graph 1 center offset 0,0.7",
              markup(fmt::format("{{/:Italic k}} = {}", k)));
    plot.line("set xlabel 'along cos coefficient' offset 0,0.9 font ',{}'", small_type_size);
    plot.line("unset label 2");
    if (grid.begins_row(i)) // by hand: gnuplot would place the name by the widest tick
        plot.line(
            "set label 2 'along sin coefficient' at screen {:.6f}, graph 0.5 center rotate by 90 font ',{}'",
            planes_name / grid.size.width, small_type_size);
}

double reach_of(const Eigen::MatrixXd& Y) {
    const double reach = 1.12 * Y.cwiseAbs().maxCoeff();
    return std::isfinite(reach) && reach > 0 ? reach : 1;
}

Plot begin_planes(const std::string& id, const PanelGrid& grid) {
    Plot plot(id, grid.size);
    plot.line("set multiplot");
    plot.line("set border 15");
    return plot;
}

} // namespace

Drawing circles_in_planes(const std::string& id, const Eigen::MatrixXd& X,
                          const std::vector<int>& frequencies) {
    const PanelGrid grid = plane_grid(frequencies.size());
    Plot plot = begin_planes(id, grid);
    Csv csv({"frequency", "number", "phase_turns", "x", "y"});
    std::vector<std::string> names;
    for (std::size_t i = 0; i < frequencies.size(); ++i) {
        const int k = frequencies[i];
        const Eigen::MatrixXd curve = centred(X * plane_of(X, k).as_in_post);
        for (Eigen::Index t = 0; t < curve.rows(); ++t)
            csv.row(k, t, phase_turn(k, t, curve.rows()), curve(t, 0), curve(t, 1));
        std::ranges::move(names_of_numbers(curve, "b = "), std::back_inserter(names));
        plot.data(fmt::format("circle{}", i), coloured_rows(curve, k));
        begin_plane(plot, grid, i, k, reach_of(curve));
        plot.line("plot $circle{} using 1:2:3 with points pointtype 7 pointsize 0.38 linecolor rgb variable",
                  i);
    }
    plot.line("unset multiplot");
    Drawing drawing = std::move(plot).finish(csv.text());
    drawing.point_names = std::move(names);
    return drawing;
}

Drawing columns_in_planes(const std::string& id, const Eigen::MatrixXd& columns, const Eigen::MatrixXd& o,
                          const std::vector<ColumnsInPlane>& planes) {
    const PanelGrid grid = plane_grid(planes.size());
    Plot plot = begin_planes(id, grid);
    Csv csv({"frequency", "what", "index", "x", "y"});
    for (std::size_t i = 0; i < planes.size(); ++i) {
        const auto& [k, ring, circle, tuned, tuned_ring] = planes[i];
        const Eigen::MatrixXd plane = plane_of(o, k).as_in_post;
        const Eigen::MatrixXd points = centred(columns * plane);
        Eigen::MatrixXd curve = centred(o * plane);
        const Eigen::MatrixXd own = points(tuned, Eigen::all);
        curve *= mean_radius(tuned.empty() ? points : own) / mean_radius(curve);
        for (Eigen::Index n = 0; n < points.rows(); ++n)
            csv.row(k, std::ranges::binary_search(tuned, n) ? "column_longest_here" : "column", n,
                    points(n, 0), points(n, 1));
        for (Eigen::Index t = 0; t < curve.rows(); ++t)
            csv.row(k, "o_scaled", t, curve(t, 0), curve(t, 1));
        plot.data(fmt::format("columns{}", i), point_rows(points));
        plot.data(fmt::format("own{}", i), point_rows(tuned.empty() ? points : own));
        plot.data(fmt::format("circle{}", i), coloured_rows(curve, k));
        begin_plane(plot, grid, i, k, std::max(reach_of(points), reach_of(curve)));
        plot.line("plot $columns{0} using 1:2 with points pointtype 7 pointsize 0.22 linecolor rgb '{1}', "
                  "$own{0} using 1:2 with points pointtype 7 pointsize 0.3 linecolor rgb '{2}', "
                  "$circle{0} using 1:2:3 with points pointtype 7 pointsize 0.22 linecolor rgb variable",
                  i, colour("muted"), colour("ink"));
    }
    plot.line("unset multiplot");
    return std::move(plot).finish(csv.text());
}

} // namespace grokreport::figures
