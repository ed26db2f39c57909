#include "sections/embedding/figures_circles.h"

#include "drawing/axis.h"
#include "drawing/colour_map.h"
#include "drawing/csv.h"
#include "drawing/curves.h"
#include "drawing/diagram.h"
#include "drawing/panel_grid.h"
#include "drawing/screen.h"
#include "spectral/planes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

namespace grokreport::figures {

namespace {

// Layout in pixels.
constexpr int most_columns = 5;
constexpr double circles_left = 16;
constexpr double circles_right = 4;
constexpr double circles_gap = 10;
constexpr double widest_panel = 180;
constexpr double title_line = 18; // above each panel: its frequency
constexpr double note_line = 38;  // below each panel: its note
constexpr double legend = 26;     // below all: scale and colours
constexpr double point_radius = 2.1;

PanelGrid grid_of(std::size_t n) {
    PanelGrid grid = few_rows(n, most_columns);
    const double side = std::min(widest_panel, width_of_panels(grid.columns, double_column_width,
                                                               circles_left, circles_right, circles_gap));
    grid.first = {circles_left, title_line, side, side};
    grid.across = side + circles_gap;
    grid.down = side + title_line + note_line;
    const double width =
        circles_left + grid.columns * side + (grid.columns - 1) * circles_gap + circles_right;
    grid.size = {std::max(width, column_width), grid.rows * grid.down + legend};
    return grid;
}

// A round length of about two fifths of `reach`.
double scale_length(double reach) {
    const std::vector<Tick> ticks = linear_ticks(reach, 4);
    return ticks.size() > 1 ? ticks[1].value : reach;
}

void draw_legend(Plot& plot, const PanelGrid& grid, double reach) {
    const Size size = grid.size;
    const double y = size.height - 9;
    const double length = scale_length(reach), pixels = grid.first.width / 2 * length / reach;
    for (const auto& [from_x, from_y, to_x, to_y] :
         {std::array{circles_left, y, circles_left + pixels, y},
          std::array{circles_left, y - 3, circles_left, y + 3},
          std::array{circles_left + pixels, y - 3, circles_left + pixels, y + 3}})
        line_at(plot, size, {from_x, from_y}, {to_x, to_y});
    constexpr TextStyle to_the_right{"ink", small_type_size, Align::left};
    write_at(plot, size, {circles_left + pixels + 6, y}, fmt::format("{:.4g}", length), to_the_right);
    constexpr double strip = 80, high = 7;
    const double begin = size.width - strip - 14;
    draw_strip(plot, size, {begin, y}, strip, high, phase_colour);
    write_at(plot, size, {begin - 4, y}, "phase {/:Italic kn}/{/:Italic p} mod 1:  0",
             {"ink", small_type_size, Align::right});
    write_at(plot, size, {begin + strip + 4, y}, "1", to_the_right);
}

void draw_panel(Plot& plot, const PanelGrid& grid, std::size_t i, const CirclePanel& panel) {
    plot.panel(grid.panel(i));
    plot.line("set label {} at graph 0.5, graph 1 offset character 0,0.8 center textcolor rgb '{}'",
              markup(fmt::format("{{/:Italic k}} = {}", panel.k)), colour("ink"));
    plot.line("set label {} at graph 0.5, graph 0 offset character 0,-1.55 center font ',{}' "
              "textcolor rgb '{}'",
              plain(panel.note), small_type_size, colour("muted"));
    plot.line("set label 'cos direction' at graph 0.5, graph 0 offset character 0,-0.6 center font ',{}' "
              "textcolor rgb '{}'",
              small_type_size, colour("muted"));
    if (grid.begins_row(i))
        plot.line("set label 'sin direction' at graph 0, graph 0.5 offset character -1,0 center rotate by 90 "
                  "font ',{}' textcolor rgb '{}'",
                  small_type_size, colour("muted"));
    plot.line("plot $panel{} using 1:2:3 with points pointtype 7 pointsize {} linecolor rgb variable", i,
              point_radius / radius_of_point_size_1);
}

std::string csv_of(const std::vector<CirclePanel>& panels) {
    Csv csv({"k", "number", "along_cos", "along_sin", "phase_turns"});
    for (const CirclePanel& panel : panels)
        for (Eigen::Index n = 0; n < panel.points.rows(); ++n)
            csv.row(panel.k, n, panel.points(n, 0), panel.points(n, 1),
                    phase_turn(panel.k, n, panel.points.rows()));
    return csv.text();
}

} // namespace

std::vector<CirclePanel> projected(const Eigen::MatrixXd& X, const std::vector<int>& frequencies) {
    std::vector<CirclePanel> panels;
    for (int k : frequencies)
        panels.push_back({k, X * plane_of(X, k).as_in_post, ""});
    return panels;
}

double reach_of(const std::vector<CirclePanel>& panels) {
    double reach = 0;
    for (const CirclePanel& panel : panels)
        reach = std::max(reach, panel.points.cwiseAbs().maxCoeff());
    return reach;
}

Drawing circles(const std::string& id, const std::vector<CirclePanel>& panels, double reach) {
    if (panels.empty()) return nothing_to_show(id, "there is no such frequency", csv_of(panels));
    const PanelGrid grid = grid_of(panels.size());
    Plot plot(id, grid.size);
    for (std::size_t i = 0; i < panels.size(); ++i)
        plot.data(fmt::format("panel{}", i), coloured_rows(panels[i].points, panels[i].k));
    const double limit = reach > 0 ? 1.06 * reach : 1;
    plot.line("set multiplot");
    plot.line("unset tics");
    plot.line("unset grid");
    plot.line("set border 15 linecolor rgb '{}' linewidth {}", colour("grid"), hairline);
    plot.line("set xrange [{0}:{1}]", -limit, limit);
    plot.line("set yrange [{0}:{1}]", -limit, limit);
    plot.line("set xzeroaxis linetype 1 linewidth {} linecolor rgb '{}'", hairline, colour("grid"));
    plot.line("set yzeroaxis linetype 1 linewidth {} linecolor rgb '{}'", hairline, colour("grid"));
    draw_legend(plot, grid, limit);
    for (std::size_t i = 0; i < panels.size(); ++i) {
        draw_panel(plot, grid, i, panels[i]);
        if (i == 0) { // what stands on the screen is drawn with the first panel alone
            plot.line("unset arrow");
            plot.line("unset object");
        }
        plot.line("unset label");
    }
    plot.line("unset multiplot");
    Drawing drawing = std::move(plot).finish(csv_of(panels));
    for (const CirclePanel& panel : panels)
        std::ranges::move(names_of_numbers(panel.points, ""), std::back_inserter(drawing.point_names));
    return drawing;
}

} // namespace grokreport::figures
