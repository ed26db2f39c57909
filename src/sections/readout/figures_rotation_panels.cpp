#include "sections/readout/figures_rotation_panels.h"

#include "drawing/axis.h"
#include "drawing/colour_map.h"
#include "sections/readout/figures_layout.h"

#include <algorithm>

namespace grokreport::figures::readout {

namespace {

// Layout in pixels.
constexpr double rotation_top = 40;
constexpr double rotation_side = 164;
constexpr double rotation_gap = 40;
constexpr double rotation_waves_left = rotation_left + 2 * (rotation_side + rotation_gap) + 16;
constexpr double rotation_waves_width = double_column_width - rotation_waves_left - 10;
constexpr double rotation_names = rotation_top + rotation_side + 31; // of the horizontal axes
constexpr double rotation_small = 1.6, rotation_large = 4;           // radii of discs

double rotation_reach(const Eigen::MatrixXd& values) {
    const double largest = values.cwiseAbs().maxCoeff();
    return largest > 0 ? 1.14 * largest : 1;
}

} // namespace

double rotation_turn(const TurnShown& shown, int n) {
    return phase_turn(shown.k, n, shown.hidden.rows());
}
int rotation_answer(const TurnShown& shown, int b) {
    return (shown.a + b) % static_cast<int>(shown.hidden.rows());
}

std::vector<int> rotation_positions(const TurnShown& shown, int most) {
    const std::vector<int> around = around_circle(shown.k, static_cast<int>(shown.hidden.rows()));
    const auto n = std::min(around.size(), static_cast<std::size_t>(most));
    std::vector<int> positions;
    for (std::size_t i = 0; i < n; ++i)
        positions.push_back(around[i * around.size() / n]);
    return positions;
}

std::array<RotationPanel, 2> rotation_planes(const TurnShown& shown) {
    return {RotationPanel{"pre", "before the ReLU", shown.pre, rotation_left},
            RotationPanel{"hidden", "after the ReLU", shown.hidden,
                          rotation_left + rotation_side + rotation_gap}};
}

void NamedDiscs::add(double x, double y, double radius, std::string_view hex, int b) {
    rows.push_back({x, y, radius / radius_of_point_size_1, colour_number(hex)});
    names.push_back(fmt::format("b = {}", b));
}

void NamedDiscs::add_all(const TurnShown& shown, const Eigen::MatrixXd& points) {
    for (int b = 0; b < static_cast<int>(points.rows()); ++b)
        add(points(b, 0), points(b, 1), rotation_small, phase_colour(rotation_turn(shown, b)), b);
}

void NamedDiscs::add_marked(double x, double y, std::string_view hex, int b) {
    add(x, y, rotation_large + thin_line, colour("ink"), b);
    add(x, y, rotation_large, hex, b);
}

void add_wave(std::vector<std::vector<double>>& rows, const TurnShown& shown, int b) {
    const auto p = static_cast<int>(shown.logits.cols());
    const std::vector<int> around = around_circle(shown.k, p);
    const auto stride = static_cast<std::size_t>(stride_for(p, most_pixels));
    for (std::size_t i = 0; i < around.size(); i += stride)
        rows.push_back({rotation_turn(shown, around[i]), shown.logits(b, around[i])});
    rows.push_back({1, shown.logits(b, 0)});
}

void begin_rotation_plane(Plot& plot, const RotationPanel& panel) {
    const double reach = rotation_reach(panel.points), step = round_below(0.9 * reach);
    plot.panel({panel.left, rotation_top, rotation_side, rotation_side});
    plot.line("set xrange [{0}:{1}]\nset yrange [{0}:{1}]", -reach, reach);
    for (const char axis : {'x', 'y'})
        plot.line("set {}tics {}", axis, ticks_about_zero(step));
    const double middle = panel.left + rotation_side / 2;
    write_at(plot, rotation_size, {middle, rotation_top - 9}, panel.title);
    write_at(plot, rotation_size, {middle, rotation_names}, "first axis");
    if (panel.left <= rotation_left)
        write_upwards(plot, rotation_size, {9, rotation_top + rotation_side / 2}, "second axis");
}

void begin_rotation_waves(Plot& plot, const TurnShown& shown) {
    const double reach = rotation_reach(shown.logits), step = round_below(0.9 * reach);
    plot.panel({rotation_waves_left, rotation_top, rotation_waves_width, rotation_side});
    plot.line("set xrange [0:1]\nset yrange [{}:{}]", -reach, reach);
    plot.line("set xtics ('0' 0, '½' 0.5, '1' 1)");
    plot.line("set ytics {}", ticks_about_zero(step));
    const double middle = rotation_waves_left + rotation_waves_width / 2;
    write_at(plot, rotation_size, {middle, rotation_top - 9},
             fmt::format("MLP's logits, {{/:Italic k}} = {}", shown.k));
    write_at(plot, rotation_size, {middle, rotation_names}, "{/:Italic k c} / {/:Italic p} less whole turns");
}

void begin_rotation(Plot& plot) {
    plot.line("set border 15 linecolor rgb '{}'", colour("grey"));
    for (const char axis : {'x', 'y'})
        plot.line("set {}zeroaxis linetype 1 linewidth {} linecolor rgb '{}'", axis, hairline,
                  colour("grid"));
}

} // namespace grokreport::figures::readout
