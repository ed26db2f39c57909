#include "sections/mlp/figures_subspaces.h"

#include "drawing/colour_map.h"
#include "drawing/csv.h"

#include <algorithm>

namespace grokreport::figures {

namespace {

// Layout in pixels.
constexpr double map_left = 84;
constexpr double map_right = 12;
constexpr double map_top = 38; // the frequencies of o
constexpr double map_width = column_width - map_left - map_right;
constexpr double highest_cell = 34;
constexpr double scale_gap = 34; // from the map to the scale
constexpr double scale_row = 17; // one line of the scale
constexpr double scale_rows = 3;
constexpr double scale_below = 42;

// Cells are not swapped for a dark page, so neither is what is written on them.
constexpr std::string_view on_pale = "#10141a";
constexpr std::string_view on_deep = "#fdfdfe";

struct AngleLayout {
    Eigen::Index n;

    double cell_height() const { return std::min(highest_cell, map_width / static_cast<double>(n)); }
    double map_height() const { return cell_height() * static_cast<double>(n); }
    double scale_top() const { return map_top + map_height() + scale_gap; }
    Size size() const { return {column_width, scale_top() + scale_rows * scale_row + scale_below}; }
};

std::string cell_text(double degrees, Eigen::Index n) {
    constexpr Eigen::Index most_with_decimals = 7; // cells in a row
    return n <= most_with_decimals ? fmt::format("{:.1f}°", degrees) : fmt::format("{:.0f}", degrees);
}

void draw_angle_map(Plot& plot, const PlaneAngles& planes, const AngleLayout& layout) {
    plot.panel({map_left, map_top, map_width, layout.map_height()});
    plot.line("unset border\nunset grid\nunset tics");
    plot.line("set xrange [0:{0}]\nset yrange [{0}:0]", layout.n);
    const double type = layout.n > 6 ? small_type_size : type_size;
    int object = 0;
    for (Eigen::Index row = 0; row < layout.n; ++row)
        for (Eigen::Index column = 0; column < layout.n; ++column) {
            const double share = planes.angles(row, column) / 90;
            plot.line(
                "set object {} rectangle from {},{} to {},{} fillcolor rgb '{}' fillstyle solid 1 border "
                "linecolor rgb '{}' linewidth 1",
                ++object, column, row, column + 1, row + 1, heat_colour(share), colour("page"));
            plot.line("set label '{}' at {},{} center front font ',{}' textcolor rgb '{}'",
                      cell_text(planes.angles(row, column), layout.n), static_cast<double>(column) + 0.5,
                      static_cast<double>(row) + 0.5, type, share > 0.5 ? on_deep : on_pale);
        }
    for (Eigen::Index i = 0; i < layout.n; ++i) {
        const int k = planes.frequencies[static_cast<std::size_t>(i)];
        plot.line("set label '{}' at {}, graph 1 center offset 0,0.6", k, static_cast<double>(i) + 0.5);
        plot.line("set label '{}' at graph 0, first {} right offset -0.6,0", k, static_cast<double>(i) + 0.5);
    }
    plot.line(
        "set label 'plane of {{/:Italic o}}, {{/:Italic k}} =' at graph 0.5, graph 1 center offset 0,1.7");
    plot.line(
        "set label 'plane of {{/:Italic W}}_{{/:Italic E}}, {{/:Italic k}} =' at graph 0, graph 0.5 center "
        "offset -4.6,0 rotate by 90");
    plot.line("plot -1 with lines");
    plot.line("unset label\nunset object");
}

Eigen::Index size_of(const PlaneAngles& planes) {
    return planes.angles.size();
}

void draw_angle_scale(Plot& plot, const PlaneAngles& planes, const AngleLayout& layout) {
    std::vector<std::vector<double>> measured, noisy;
    for (Eigen::Index i = 0; i < size_of(planes); ++i)
        measured.push_back({planes.angles.data()[i], 0.5});
    for (Eigen::Index i = 0; i < planes.to_noisy_copy.size(); ++i)
        noisy.push_back({planes.to_noisy_copy[i], 2.5});
    plot.data("measured", measured);
    plot.data("noisy", noisy);
    plot.panel({map_left, layout.scale_top(), map_width, scale_rows * scale_row});
    plot.line("set border 1\nset xrange [0:90]\nset yrange [{}:0]", scale_rows);
    plot.line("set xtics 0,30,90 nomirror out scale 0.5 offset 0,0.3");
    plot.line("set xlabel 'smallest principal angle (degrees)' offset 0,0.8");
    const RandomPlanes& random = planes.random;
    plot.line("set arrow from {},1.5 to {},1.5 nohead linewidth 5 linecolor rgb '{}'", random.least_low,
              random.least_high, colour("grey"));
    plot.line("set arrow from {0},1.1 to {0},1.9 nohead linewidth {1} linecolor rgb '{2}'",
              random.least_median, curve_line, colour("ink"));
    plot.line("set arrow from 60,0 to 60,{} nohead linewidth {} linecolor rgb '{}' dashtype (2,2)",
              scale_rows, thin_line, colour("ink"));
    plot.line("set label 'bound 60°' at 60, graph 1 center offset 0,0.5 font ',{}'", small_type_size);
    const char* const names[] = {"measured", "random planes", "noisy copies"};
    const char* const hues[] = {"blue", "muted", "orange"};
    for (int i = 0; i < 3; ++i)
        plot.line("set label '{}' at graph 0, first {} right offset -0.5,0 font ',{}' textcolor rgb '{}'",
                  names[i], i + 0.5, small_type_size, colour(hues[i]));
    plot.line("plot $measured using 1:2 with points pointtype 7 pointsize 0.5 linecolor rgb '{}', "
              "$noisy using 1:2 with points pointtype 7 pointsize 0.5 linecolor rgb '{}'",
              colour("blue"), colour("orange"));
}

std::string csv_of_angles(const PlaneAngles& planes) {
    Csv csv({"what", "W_E_frequency", "o_frequency", "angle_degrees"});
    for (Eigen::Index row = 0; row < planes.angles.rows(); ++row)
        for (Eigen::Index column = 0; column < planes.angles.cols(); ++column)
            csv.row("measured", planes.frequencies[static_cast<std::size_t>(row)],
                    planes.frequencies[static_cast<std::size_t>(column)], planes.angles(row, column));
    for (Eigen::Index i = 0; i < planes.to_noisy_copy.size(); ++i)
        csv.row("noisy_copy", planes.frequencies[static_cast<std::size_t>(i)], "", planes.to_noisy_copy[i]);
    csv.row("random_least_1_percent", "", "", planes.random.least_low);
    csv.row("random_least_median", "", "", planes.random.least_median);
    csv.row("random_least_99_percent", "", "", planes.random.least_high);
    return csv.text();
}

} // namespace

Drawing dihedral_angles(const std::string& id, const PlaneAngles& planes) {
    const AngleLayout layout{planes.angles.rows()};
    Plot plot(id, layout.size());
    plot.line("set multiplot");
    draw_angle_map(plot, planes, layout);
    draw_angle_scale(plot, planes, layout);
    plot.line("unset multiplot");
    return std::move(plot).finish(csv_of_angles(planes));
}

} // namespace grokreport::figures
