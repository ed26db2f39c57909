#include "drawing/axis.h"
#include "drawing/csv.h"
#include "sections/readout/figures.h"
#include "sections/readout/figures_layout.h"

#include <algorithm>
#include <array>

namespace grokreport::figures {

namespace {

// Layout in pixels.
constexpr std::size_t contrast_most_circles = 6;
constexpr double contrast_left = 56, contrast_right = 8;
constexpr double contrast_widest = 104; // of a circle
constexpr double contrast_gap = 12;
constexpr double contrast_top = 42; // below the key and the titles
constexpr double contrast_notes = 34;
constexpr double contrast_logits_gap = 26, contrast_logits_height = 118, contrast_logits_below = 36;
constexpr double contrast_small = 1.3, contrast_large = 3.6; // radii of discs
constexpr double contrast_reach = 1.35;                      // of a circle's window, in radii

struct ContrastLayout {
    std::size_t circles;
    double side;
    Size size;

    explicit ContrastLayout(const ContrastPair& pair)
        : circles(std::min(pair.circles.size(), contrast_most_circles)) {
        const auto n = static_cast<double>(std::max<std::size_t>(circles, 1));
        side = std::min(contrast_widest, (width() - (n - 1) * contrast_gap) / n);
        size = {double_column_width, logits_top() + contrast_logits_height + contrast_logits_below};
    }
    static double width() { return double_column_width - contrast_left - contrast_right; }
    double logits_top() const { return contrast_top + side + contrast_notes + contrast_logits_gap; }
    Box circle(std::size_t i) const {
        const auto n = static_cast<double>(circles);
        const double all = n * side + (n - 1) * contrast_gap;
        return {contrast_left + (width() - all) / 2 + static_cast<double>(i) * (side + contrast_gap),
                contrast_top, side, side};
    }
    Box logits(int i) const {
        const double wide = (width() - contrast_left) / 2;
        return {contrast_left + i * (wide + contrast_left), logits_top(), wide, contrast_logits_height};
    }
};

// The cosines of this pair: sum over K of A_k(a, b) cos w_k(a + b - c).
Eigen::VectorXd contrast_cosines(const ContrastPair& pair, double ContrastCircle::*amplitude) {
    const Eigen::Index p = pair.trained.size();
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(p);
    for (const ContrastCircle& circle : pair.circles) {
        const Eigen::MatrixXd waves = wave_columns({circle.k}, static_cast<int>(p));
        for (Eigen::Index c = 0; c < p; ++c)
            sum[c] += circle.*amplitude * waves((pair.a + pair.b - c + 2 * p) % p, 0);
    }
    return sum;
}

struct ContrastLogits {
    const char* name;
    const char* title;
    Eigen::VectorXd ContrastPair::*logits;
    double ContrastCircle::*amplitude;
};
constexpr std::array contrast_kinds{
    ContrastLogits{"trained", "attention as trained", &ContrastPair::trained, &ContrastCircle::trained},
    ContrastLogits{"held", "attention at its mean", &ContrastPair::held, &ContrastCircle::held}};

std::string contrast_csv(const ContrastPair& pair) {
    Csv csv({"part", "k", "n", "x", "y", "logit_trained", "logit_held", "cosines_trained", "cosines_held"});
    for (const ContrastCircle& circle : pair.circles)
        for (Eigen::Index n = 0; n < circle.numbers.rows(); ++n)
            csv.row("circle", circle.k, n, circle.numbers(n, 0), circle.numbers(n, 1), "", "", "", "");
    const Eigen::VectorXd trained = contrast_cosines(pair, &ContrastCircle::trained),
                          held = contrast_cosines(pair, &ContrastCircle::held);
    for (Eigen::Index c = 0; c < pair.trained.size(); ++c)
        csv.row("logits", "", c, "", "", pair.trained[c], pair.held[c], trained[c], held[c]);
    return csv.text();
}

void draw_circle(Plot& plot, const ContrastLayout& layout, const ContrastPair& pair, std::size_t i) {
    const ContrastCircle& circle = pair.circles[i];
    const Box box = layout.circle(i);
    const double middle = box.left + box.width / 2;
    const Eigen::RowVector2d of_a = circle.numbers.row(pair.a), of_b = circle.numbers.row(pair.b),
                             half_way = (of_a + of_b) / 2;
    std::vector<std::vector<double>> discs;
    const auto add = [&](const Eigen::RowVector2d& at, double radius, std::string_view hue) {
        discs.push_back({at[0], at[1], radius / radius_of_point_size_1, colour_number(colour(hue))});
    };
    for (Eigen::Index n = 0; n < circle.numbers.rows(); ++n)
        add(circle.numbers.row(n), contrast_small, "grey");
    add(of_a, contrast_large, "blue");
    add(of_b, contrast_large, "orange");
    add(half_way, contrast_large, "ink");
    plot.data(fmt::format("circle{}", i), discs);
    plot.data(fmt::format("chord{}", i), {{0, 0}, {half_way[0], half_way[1]}});
    plot.data(fmt::format("ends{}", i), {{of_a[0], of_a[1]}, {of_b[0], of_b[1]}});
    plot.panel(box);
    plot.line("set xrange [{0}:{1}]\nset yrange [{0}:{1}]\nset xtics ('' 9)\nset ytics ('' 9)\nset border 15 "
              "linecolor "
              "rgb '{2}'",
              -contrast_reach, contrast_reach, colour("grid"));
    write_at(plot, layout.size, {middle, box.top - 8}, fmt::format("{{/:Italic k}} = {}", circle.k));
    const double below = box.top + box.height;
    write_at(plot, layout.size, {middle, below + 12},
             "{/:Italic A}_{/:Italic k} trained " + readout::signed_number(circle.trained, 1),
             {.colour = "ink", .size = small_type_size});
    write_at(plot, layout.size, {middle, below + 26}, "held " + readout::signed_number(circle.held, 1),
             {.colour = "ink", .size = small_type_size});
    plot.line("plot $ends{0} using 1:2 with lines linewidth {2} linecolor rgb '{3}', "
              "$chord{0} using 1:2 with lines linewidth {4} linecolor rgb '{5}', $circle{0} {1}",
              i, with_discs, thin_line, colour("muted"), curve_line, colour("ink"));
    plot.line("unset label\nunset object\nunset arrow");
}

void draw_logits(Plot& plot, const ContrastLayout& layout, const ContrastPair& pair, int i, double low,
                 double high) {
    const ContrastLogits& kind = contrast_kinds[static_cast<std::size_t>(i)];
    const Eigen::VectorXd& logits = pair.*(kind.logits);
    const Eigen::VectorXd cosines = contrast_cosines(pair, kind.amplitude);
    const auto p = static_cast<int>(logits.size());
    const int answer = (pair.a + pair.b) % p, given = largest_answer(logits);
    std::vector<std::vector<double>> bars, waves;
    for (int c = 0; c < p; ++c) {
        const std::string_view hue = c == answer ? "green" : c == given ? "red" : "grey";
        bars.push_back({static_cast<double>(c), logits[c], colour_number(colour(hue))});
        waves.push_back({static_cast<double>(c), cosines[c]});
    }
    plot.data(fmt::format("bars_{}", kind.name), bars);
    plot.data(fmt::format("waves_{}", kind.name), waves);
    const Box box = layout.logits(i);
    plot.panel(box);
    plot.line("set border 3 linecolor rgb '{}'\nset xrange [-1:{}]\nset yrange [{}:{}]\n", colour("grey"), p,
              low, high);
    plot.line("set xtics {}\nset ytics {}", tick_list(whole_ticks(p - 1, 6)),
              tick_list(ticks_between(low, high, 5)));
    const double middle = box.left + box.width / 2;
    write_at(plot, layout.size, {middle, box.top - 10},
             fmt::format("{}: {}{}", kind.title, given, given == answer ? ", right" : ", wrong"));
    write_at(plot, layout.size, {middle, box.top + box.height + 30}, "answer {/:Italic c}");
    if (i == 0) write_upwards(plot, layout.size, {9, box.top + box.height / 2}, "logit less the mean");
    plot.line("plot $bars_{0} using 1:2:3 with impulses linewidth 2 linecolor rgb variable, "
              "$waves_{0} using 1:2 with lines linewidth {1} linecolor rgb '{2}'",
              kind.name, hairline, colour("purple"));
    plot.line("unset label\nunset object\nunset arrow");
}

} // namespace

Drawing readout_contrast(const std::string& id, const ReadoutResults& results) {
    const ContrastPair& pair = results.contrast;
    if (pair.circles.empty()) return nothing_to_show(id, "there is no key frequency", contrast_csv(pair));
    const ContrastLayout layout(pair);
    const double most = std::max(pair.trained.maxCoeff(), pair.held.maxCoeff()),
                 least = std::min(pair.trained.minCoeff(), pair.held.minCoeff()),
                 margin = 0.06 * (most - least);
    Plot plot(id, layout.size);
    plot.line("set multiplot");
    readout::draw_key(
        plot, layout.size, 12,
        {{fmt::format("{{/:Italic a}} = {}", pair.a), std::string(colour("blue")), contrast_left,
          readout::Swatch::disc},
         {fmt::format("{{/:Italic b}} = {}", pair.b), std::string(colour("orange")), contrast_left + 80,
          readout::Swatch::disc},
         {"half-way between them", std::string(colour("ink")), contrast_left + 160, readout::Swatch::disc},
         {"cosines of this pair", std::string(colour("purple")), contrast_left + 320,
          readout::Swatch::line}});
    for (std::size_t i = 0; i < layout.circles; ++i)
        draw_circle(plot, layout, pair, i);
    for (int i = 0; i < 2; ++i)
        draw_logits(plot, layout, pair, i, least - margin, most + margin + (most > least ? 0 : 1));
    plot.line("unset multiplot");
    return std::move(plot).finish(contrast_csv(pair));
}

} // namespace grokreport::figures
