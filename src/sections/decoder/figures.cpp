#include "sections/decoder/figures.h"

#include "drawing/colour_map.h"
#include "drawing/csv.h"
#include "drawing/curves.h"

#include <algorithm>
#include <cmath>

namespace grokreport::figures {

namespace {

constexpr std::size_t named_at_most = 9;

// Layout in pixels.
constexpr double square_left = 52;
constexpr double square_right = 12;
constexpr double close_up_top = 10;
constexpr double square_width = column_width - square_left - square_right;
constexpr double square_below = 42;
constexpr double kept_top = 24; // the key
constexpr double kept_height = 140;

void draw_points(Plot& plot, const CloseUp& close_up) {
    plot.data("points", coloured_rows(close_up.embeddings, close_up.k));
    plot.data("answer", {{close_up.embeddings(close_up.c, 0), close_up.embeddings(close_up.c, 1)}});
}

// Where the number of a point stands: beside it, away from the centre.
Eigen::RowVector2d beside(const CloseUp& close_up, int c, double reach) {
    const Eigen::RowVector2d at = close_up.embeddings.row(c);
    return at + 0.085 * reach * at.normalized();
}

// The answer and the strongest of those ahead of it, as far as their numbers do not run into each other.
std::vector<int> named_answers(const CloseUp& close_up, double reach) {
    std::vector<int> named{close_up.c};
    for (const int other : close_up.ahead) {
        const bool free = std::ranges::all_of(named, [&](int before) {
            const Eigen::RowVector2d apart = beside(close_up, other, reach) - beside(close_up, before, reach);
            return std::abs(apart[0]) > 0.13 * reach || std::abs(apart[1]) > 0.08 * reach;
        });
        if (free) named.push_back(other);
        if (named.size() == named_at_most) break;
    }
    return named;
}

void name_points(Plot& plot, const CloseUp& close_up, double reach) {
    for (const int c : named_answers(close_up, reach)) {
        const Eigen::RowVector2d at = beside(close_up, c, reach);
        plot.line("set label '{}' at {},{} center front font ',{}' textcolor rgb '{}'", c, at[0], at[1],
                  c == close_up.c ? type_size : small_type_size, colour(c == close_up.c ? "red" : "ink"));
    }
}

void draw_direction(Plot& plot, const CloseUp& close_up, double reach) {
    const Eigen::RowVector2d along = close_up.decoder, across(-along[1], along[0]);
    const Eigen::RowVector2d tip = 0.62 * reach * along;
    plot.line("set arrow from 0,0 to {},{} front head filled size screen 0.022,20,70 fixed linewidth {} "
              "linecolor rgb '{}'",
              tip[0], tip[1], curve_line, colour("ink"));
    const Eigen::RowVector2d name = 0.3 * reach * along + 0.15 * reach * across;
    plot.line("set label '{{/:Italic W}}_{{/:Italic L}}[{}]' at {},{} center front", close_up.c, name[0],
              name[1]);
    // Everything beyond this line is nearer to the decoder than the answer itself
    const Eigen::RowVector2d foot = close_up.activations[close_up.c] * along;
    const Eigen::RowVector2d from = foot - 2 * reach * across, to = foot + 2 * reach * across;
    plot.data("border", {{from[0], from[1]}, {to[0], to[1]}}); // a curve, cut off at the frame
}

std::string csv_of(const CloseUp& close_up) {
    Csv csv({"frequency", "answer", "phase_turns", "x", "y", "activation", "ahead"});
    for (Eigen::Index c = 0; c < close_up.embeddings.rows(); ++c)
        csv.row(close_up.k, c, phase_turn(close_up.k, c, close_up.embeddings.rows()),
                close_up.embeddings(c, 0), close_up.embeddings(c, 1), close_up.activations[c],
                close_up.activations[c] > close_up.activations[close_up.c] ? "yes" : "no");
    return csv.text();
}

void label_kept(Plot& plot, const Circles& circles) {
    for (std::size_t i = 0; i < circles.frequencies.size(); ++i)
        plot.line("set label '{}' at {},{} center offset 0,0.75 font ',{}' textcolor rgb '{}'",
                  circles.frequencies[i], i + 1, 100 * circles.alone[i].accuracy, small_type_size,
                  colour("orange"));
}

} // namespace

Drawing decoder_close_up(const std::string& id, const CloseUp& close_up) {
    const double reach = 1.18 * close_up.embeddings.rowwise().norm().maxCoeff();
    Plot plot(id, {column_width, close_up_top + square_width + square_below});
    draw_points(plot, close_up);
    plot.panel({square_left, close_up_top, square_width, square_width});
    plot.line("set border 15\nset xrange [{0}:{1}]\nset yrange [{0}:{1}]", -reach, reach);
    plot.line("set xlabel 'plane of {{/:Italic k}} = {}, first axis' offset 0,0.8", close_up.k);
    plot.line("set ylabel 'second axis' offset 1,0");
    plot.line("set xtics auto\nset ytics auto\nset clip two");
    draw_direction(plot, close_up, reach);
    name_points(plot, close_up, reach);
    plot.line("plot $border using 1:2 with lines linewidth {0} linecolor rgb '{1}' dashtype (4,3), "
              "$points using 1:2:3 with points pointtype 7 pointsize 0.5 linecolor rgb variable, "
              "$answer using 1:2 with points pointtype 6 pointsize 1.1 linewidth {2} linecolor rgb '{3}'",
              thin_line, colour("muted"), curve_line, colour("red"));
    return std::move(plot).finish(csv_of(close_up));
}

Drawing circles_kept(const std::string& id, const Circles& circles) {
    std::vector<std::vector<double>> together, alone;
    Csv csv(
        {"kept", "frequency", "accuracy_together_percent", "accuracy_alone_percent", "answers_ahead_alone"});
    for (std::size_t i = 0; i < circles.frequencies.size(); ++i) {
        const auto kept = static_cast<double>(i + 1);
        together.push_back({kept, 100 * circles.together[i].accuracy});
        alone.push_back({kept, 100 * circles.alone[i].accuracy});
        csv.row(i + 1, circles.frequencies[i], together.back()[1], alone.back()[1], circles.alone[i].ahead);
    }
    Plot plot(id, {column_width, kept_top + kept_height + square_below});
    plot.data("together", together);
    plot.data("alone", alone);
    plot.panel({square_left, kept_top, square_width, kept_height});
    plot.line("set xrange [0.5:{}]\nset yrange [0:104]", static_cast<double>(together.size()) + 0.5);
    plot.line("set xtics 1,1\nset ytics (0, 25, 50, 75, 100)");
    plot.line("set xlabel 'circles kept, by energy' offset 0,0.8\nset ylabel 'accuracy (%)' offset 2,0");
    plot.line("set label 'kept together' at graph 0, graph 1 left offset 0,0.8 textcolor rgb '{}'",
              colour("blue"));
    plot.line("set label 'alone ({{/:Italic k}} above)' at graph 1, graph 1 right offset 0,0.8 "
              "textcolor rgb '{}'",
              colour("orange"));
    label_kept(plot, circles);
    plot.line("plot $together using 1:2 with linespoints linewidth {0} pointtype 7 pointsize 0.6 linecolor "
              "rgb '{1}', "
              "$alone using 1:2 with points pointtype 7 pointsize 0.6 linecolor rgb '{2}'",
              curve_line, colour("blue"), colour("orange"));
    return std::move(plot).finish(csv.text());
}

} // namespace grokreport::figures
