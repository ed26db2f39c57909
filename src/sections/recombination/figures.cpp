#include "sections/recombination/figures.h"

#include "drawing/axis.h"
#include "drawing/csv.h"
#include "drawing/curves.h"
#include "drawing/diagram.h"
#include "spectral/fourier.h"

#include <algorithm>
#include <numeric>

namespace grokreport::figures {

namespace {

constexpr double tangle_line = 0.35; // pixels: dozens of loops over each other

// Purity, and in brackets the 99 % quantile of its null, as the caption says.
std::string purity_note(double purity, double null) {
    return fmt::format("{:.3f} ({:.2f})", purity, null);
}

std::string csv_of(const Recombination& at) {
    Csv csv({"part", "b", "coordinate_1", "coordinate_2"});
    const auto add = [&](const std::string& part, const Eigen::MatrixXd& curve) {
        for (Eigen::Index b = 0; b < curve.rows(); ++b)
            csv.row(part, b, curve(b, 0), curve(b, 1));
    };
    for (std::size_t head = 0; head < at.heads.size(); ++head)
        add(fmt::format("head {}", head), at.heads[head]);
    add("sum", at.sum);
    return csv.text();
}

// The rows of the diagram: every head, or the first three and the last where there are more than five.
std::vector<int> shown_heads(int n_heads) {
    if (n_heads <= 5) {
        std::vector<int> all(static_cast<std::size_t>(n_heads));
        std::iota(all.begin(), all.end(), 0);
        return all;
    }
    return {0, 1, 2, n_heads - 1};
}

} // namespace

Drawing wo_action(const std::string& id, const Config& config) {
    const std::vector<int> heads = shown_heads(config.n_heads);
    constexpr double first_row = 40, step = 36, height = 24;
    constexpr double z_left = 8, z_width = 58, W_left = 104, W_width = 92, o_left = 222, sum_x = 276;
    const auto rows = static_cast<double>(heads.size());
    const double last_row = first_row + step * (rows - 1);
    const Size size{column_width, last_row + 74};
    Diagram diagram(id, size);
    const auto aside = [&](Point at, std::string_view words) {
        diagram.text(at, words, {"muted", small_type_size});
    };
    aside({z_left + z_width / 2, 14}, "stacked {/:Italic z}");
    aside({W_left + W_width / 2, 14}, "blocks of {/:Italic W}_{O}");
    aside({sum_x, 14}, "sum");
    Csv csv({"head", "z_entries", "rows_of_W_O", "columns_of_W_O"});
    for (std::size_t i = 0; i < heads.size(); ++i) {
        const int head = heads[i];
        const double y = first_row + step * static_cast<double>(i), top = y - height / 2;
        diagram.box({z_left, top, z_width, height}, "blue-tint", "blue");
        diagram.text({z_left + z_width / 2, y}, fmt::format("{{/:Italic z}}^{{{}}}", head));
        diagram.arrow({{z_left + z_width, y}, {W_left, y}});
        diagram.box({W_left, top, W_width, height}, "blue-tint", "blue");
        diagram.text({W_left + 8, y}, fmt::format("{{/:Italic W}}@_O^{{{}}}", head),
                     {"ink", type_size, Align::left});
        diagram.text({W_left + W_width - 8, y}, fmt::format("{} × {}", config.d_head, config.d_model),
                     {"muted", small_type_size, Align::right});
        diagram.line({W_left + W_width, y}, {sum_x, y});
        diagram.text({o_left + 8, y - 10}, fmt::format("{{/:Italic o}}^{{{}}}", head));
        diagram.dot({sum_x, y}, 2.2, colour("ink"));
        csv.row(head, config.d_head, config.d_head, config.d_model);
    }
    if (config.n_heads > 5)
        aside({z_left + z_width / 2, last_row - step / 2}, fmt::format("… {} heads", config.n_heads));
    const double o_row = last_row + 48;
    diagram.arrow({{sum_x, first_row}, {sum_x, o_row - height / 2}});
    diagram.box({sum_x - 32, o_row - height / 2, 64, height}, "green-tint", "green");
    diagram.text({sum_x - 12, o_row}, "{/:Italic o}");
    diagram.text({sum_x + 24, o_row}, std::to_string(config.d_model),
                 {"muted", small_type_size, Align::right});
    aside({z_left + z_width / 2, o_row}, fmt::format("{} × {}", config.n_heads, config.d_head));
    return std::move(diagram).finish(csv.text());
}

Drawing petals_sum(const std::string& id, const Recombination& at) {
    std::vector<CurvePanel> panels;
    for (std::size_t head = 0; head < at.heads.size(); ++head)
        panels.push_back({.title = fmt::format("head {}", head),
                          .note = purity_note(at.head_purities[head], at.purity_null),
                          .points = at.heads[head],
                          .k = at.k,
                          .line = interpolated(at.heads[head]),
                          .line_width = tangle_line});
    panels.push_back({.title = "sum",
                      .note = purity_note(at.purity, at.purity_null),
                      .points = at.sum,
                      .k = at.k,
                      .line = interpolated(at.sum),
                      .line_width = tangle_line});
    return draw_curves(id, panels, window_of(panels, false),
                       {.columns = 3, .x_name = "first axis", .y_name = "second axis"}, csv_of(at));
}

Drawing petals_sum_spectrum(const std::string& id, const Recombination& at) {
    constexpr Size size{column_width, 150};
    constexpr Box inner{44, 20, column_width - 52, 92};
    const auto highest = static_cast<double>(at.norms.rows());
    std::vector<std::vector<double>> bars;
    Csv csv({"frequency", "norm_cos", "norm_sin"});
    for (Eigen::Index i = 0; i < at.norms.rows(); ++i) {
        bars.push_back({static_cast<double>(i + 1), at.norms(i, 0), at.norms(i, 1)});
        csv.row(i + 1, at.norms(i, 0), at.norms(i, 1));
    }
    const double top = std::max(1.12 * at.norms.maxCoeff(), 1e-12);

    Plot plot(id, size);
    plot.data("bars", bars);
    plot.panel(inner);
    plot.line("set xrange [0.3:{}]", highest + 0.7);
    plot.line("set yrange [0:{}]", top);
    plot.line("set xtics {}", tick_list(linear_ticks(highest, 7)));
    plot.line("set ytics {}", tick_list(linear_ticks(top, 4)));
    plot.line("unset grid");
    plot.line("set boxwidth 0.4");
    const auto label = [&](std::string_view what, double x, double y, std::string_view how,
                           std::string_view hue) {
        plot.line("set label {} at screen {:.6f},{:.6f} {} textcolor rgb '{}'", markup(what), x / size.width,
                  1 - y / size.height, how, colour(hue));
    };
    label("frequency", inner.left + inner.width / 2, size.height - 8, "center", "ink");
    label("norm", 8, inner.top + inner.height / 2, "center rotate by 90", "ink");
    label("cos", inner.left + inner.width - 32, 10, "right", "blue");
    label("sin", inner.left + inner.width, 10, "right", "orange");
    plot.line("plot $bars using ($1-0.2):2 with boxes linecolor rgb '{}', $bars using ($1+0.2):3 with boxes "
              "linecolor rgb '{}'",
              colour("blue"), colour("orange"));
    return std::move(plot).finish(csv.text());
}

Drawing circles_of_o(const std::string& id, const RecombinationResults& results) {
    std::vector<CurvePanel> panels;
    Csv csv({"frequency", "b", "coordinate_1", "coordinate_2"});
    for (const Circle& circle : results.circles) {
        const Eigen::MatrixXd curve = results.o * plane_of(results.o, circle.k).orthonormal;
        const Eigen::MatrixXd points = centred(curve);
        for (Eigen::Index b = 0; b < points.rows(); ++b)
            csv.row(circle.k, b, points(b, 0), points(b, 1));
        panels.push_back({.title = fmt::format("{{/:Italic k}} = {}", circle.k),
                          .note = purity_note(circle.purity, circle.purity_null),
                          .points = points,
                          .k = circle.k,
                          .line = {}});
    }
    return draw_curves(id, panels, window_of(panels, true),
                       {.columns = 3, .x_name = "first axis", .y_name = "second axis"}, csv.text());
}

} // namespace grokreport::figures
