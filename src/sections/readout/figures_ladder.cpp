#include "base/numbers.h"
#include "drawing/axis.h"
#include "drawing/csv.h"
#include "sections/readout/figures.h"
#include "sections/readout/figures_layout.h"

#include <algorithm>
#include <cmath>

namespace grokreport::figures {

namespace {

// Layout in pixels.
constexpr double ladder_groups = 4; // left edge of the names of groups
constexpr double ladder_names = 292;
constexpr double ladder_top = 24;
constexpr double ladder_row = 17;
constexpr double ladder_bars = 130; // width of the panel of accuracies
constexpr double ladder_numbers = 56;
constexpr double ladder_gap = 16;
constexpr double ladder_loss_left = ladder_names + ladder_bars + ladder_numbers + ladder_gap;
constexpr double ladder_loss = double_column_width - ladder_loss_left - 16;
constexpr double ladder_below = 40;
constexpr double ladder_least_loss = 1e-9; // nats; what is smaller is drawn here

enum class LadderKind { trained, formula, control };
struct LadderRow {
    std::string_view id;
    std::string_view group; // gnuplot markup; empty where it goes on
    std::string_view name;  // gnuplot markup
    LadderKind kind;
    ReplacementScore score;
};

std::vector<LadderRow> ladder_rows(const ReadoutResults& results) {
    using enum LadderKind;
    const Replacements& with = results.replaced;
    return {
        {"trained", "nothing", "as trained", trained, with.trained},
        {"cosines", "logits", "cosines alone", formula, results.cosines.alone},
        {"even_half", "ReLU", "its even half, |{/:Italic x}| / 2", formula, with.even_half},
        {"affine_half", "", "its affine half, {/:Italic x} / 2", control, with.affine_half},
        {"mlp_alone", "direct path", "left out, here and in all below", formula, with.mlp_alone},
        {"second_order", "pre-activations", "their terms up to second order", formula, with.second_order},
        {"one_number", "", "their terms of one number", control, with.one_number},
        {"from_phases", "decoder", "trained amplitudes, phases doubled", formula, with.from_phases},
        {"written", "", "written down", formula, with.written},
        {"written_single", "", "written down, phases not doubled", control, with.written_single},
        {"written_shuffled", "", "written down, neurons shuffled", control, with.written_shuffled},
        {"second_order_written", "both", "second order, decoder written down", formula,
         with.second_order_written},
    };
}

std::string_view ladder_hue(LadderKind kind) {
    return kind == LadderKind::trained ? "green" : kind == LadderKind::formula ? "blue" : "muted";
}

double drawn_loss(double cross_entropy) {
    return std::max(cross_entropy, ladder_least_loss);
}

double row_middle(std::size_t i) {
    return static_cast<double>(i) + 0.5;
}

void name_ladder_rows(Plot& plot, Size size, const std::vector<LadderRow>& rows) {
    write_at(plot, size, {ladder_groups, ladder_top - 12}, "replaced, and by what",
             {"muted", small_type_size, Align::left});
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const double y = ladder_top + ladder_row * row_middle(i);
        if (!rows[i].group.empty())
            write_at(plot, size, {ladder_groups, y}, rows[i].group, {.align = Align::left});
        write_at(plot, size, {ladder_names - 8, y}, rows[i].name,
                 {rows[i].kind == LadderKind::control ? "muted" : "ink", type_size, Align::right});
        if (i > 0 && !rows[i].group.empty())
            plot.line("set arrow from screen {0:.6f},{2:.6f} to screen {1:.6f},{2:.6f} nohead linewidth {3} "
                      "linecolor rgb '{4}'",
                      ladder_groups / size.width, 1 - 8 / size.width,
                      1 - (ladder_top + ladder_row * static_cast<double>(i)) / size.height, hairline,
                      colour("grid"));
    }
}

void draw_ladder_accuracy(Plot& plot, Size size, const std::vector<LadderRow>& rows, int p) {
    plot.panel({ladder_names, ladder_top, ladder_bars, ladder_row * static_cast<double>(rows.size())});
    plot.line("set xrange [0:100]\nset xtics (0, 50, 100)");
    plot.line("set xlabel 'accuracy, all pairs (%)' offset 0,0.8");
    std::vector<std::vector<double>> bars;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const double accuracy = 100 * rows[i].score.accuracy, middle = row_middle(i);
        const bool is_number = std::isfinite(accuracy);
        const std::string_view hue = ladder_hue(rows[i].kind);
        write_at(plot, size, {ladder_names + ladder_bars + 7, ladder_top + ladder_row * middle},
                 is_number ? format_percent(rows[i].score.accuracy) : "no value",
                 {is_number ? hue : "muted", type_size, Align::left});
        if (is_number)
            bars.push_back({accuracy / 2, middle, 0, accuracy, middle - 0.32, middle + 0.32,
                            colour_number(colour(hue))});
    }
    mark_chance(plot, 100.0 / p);
    if (bars.empty()) {
        plot.line("plot -1 with lines");
    } else {
        plot.data("accuracy", bars);
        plot.line("plot $accuracy using 1:2:3:4:5:6:7 with boxxyerror fillstyle solid 1 noborder "
                  "linecolor rgb variable");
    }
    plot.line("unset label\nunset arrow");
}

void draw_ladder_loss(Plot& plot, const std::vector<LadderRow>& rows, int p) {
    plot.panel({ladder_loss_left, ladder_top, ladder_loss, ladder_row * static_cast<double>(rows.size())});
    std::vector<std::vector<double>> dots;
    double least = 1, most = std::log(p);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const double loss = rows[i].score.cross_entropy;
        if (!std::isfinite(loss)) continue;
        least = std::min(least, drawn_loss(loss));
        most = std::max(most, drawn_loss(loss));
        dots.push_back({drawn_loss(loss), row_middle(i), colour_number(colour(ladder_hue(rows[i].kind)))});
    }
    const int first = static_cast<int>(std::floor(std::log10(least))),
              last = static_cast<int>(std::ceil(std::log10(most)));
    plot.line("set logscale x\nset xrange [1e{}:1e{}]", first, last);
    plot.line("set xtics {}", tick_list(decade_ticks(first, last, 4)));
    plot.line("set xlabel 'cross-entropy (nats)' offset 0,0.8");
    mark_chance(plot, std::log(p), "center offset 0,0.6");
    if (dots.empty()) {
        plot.line("plot 1e-30 with lines");
    } else {
        plot.data("loss", dots);
        plot.line("plot $loss using 1:2:3 with points pointtype 7 pointsize 0.8 linecolor rgb variable");
    }
}

} // namespace

Drawing readout_ladder(const std::string& id, const ReadoutResults& results) {
    const std::vector<LadderRow> rows = ladder_rows(results);
    const auto n = static_cast<double>(rows.size());
    const Size size{double_column_width, ladder_top + n * ladder_row + ladder_below};
    Csv csv({"model", "accuracy_percent", "cross_entropy", "kind"});
    for (const LadderRow& row : rows)
        csv.row(row.id, readout::number_or_nothing(100 * row.score.accuracy),
                readout::number_or_nothing(row.score.cross_entropy),
                row.kind == LadderKind::trained   ? "trained"
                : row.kind == LadderKind::formula ? "formula"
                                                  : "control");
    Plot plot(id, size);
    plot.line("set multiplot");
    plot.line("set border 1\nunset ytics\nset yrange [{}:0]", n);
    name_ladder_rows(plot, size, rows);
    draw_ladder_accuracy(plot, size, rows, results.p);
    draw_ladder_loss(plot, rows, results.p);
    plot.line("unset multiplot");
    return std::move(plot).finish(csv.text());
}

} // namespace grokreport::figures
