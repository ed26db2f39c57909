#include "sections/attention/figures.h"

#include "drawing/axis.h"
#include "drawing/csv.h"
#include "drawing/screen.h"

#include <algorithm>
#include <array>

namespace grokreport::figures {

namespace {

constexpr double attention_left = 50; // of panels that have a vertical axis
constexpr double attention_width = double_column_width - attention_left - 8;
constexpr double attention_key_line = 9;
constexpr double axis_room = 38; // below the last panel: ticks and name

double panel_top(std::size_t panel, double height) {
    constexpr double first = 38, gap = 23;
    return first + static_cast<double>(panel) * (height + gap);
}
Size stacked(std::size_t panels, double height) {
    return {double_column_width, panel_top(panels - 1, height) + height + axis_room};
}

struct KeyEntry {
    std::string text; // gnuplot markup
    std::string_view colour;
    double at; // pixels from the left edge
};
// Written on the screen, so it goes with the first panel alone.
void draw_key(Plot& plot, Size size, const std::vector<KeyEntry>& entries) {
    for (const KeyEntry& entry : entries) {
        line_at(plot, size, {entry.at, attention_key_line}, {entry.at + 10, attention_key_line},
                {entry.colour, 4});
        write_at(plot, size, {entry.at + 15, attention_key_line}, entry.text,
                 {.size = 0, .align = Align::left});
    }
}

void name_axis(Plot& plot, Size size, double top, double height, const std::string& name) {
    write_upwards(plot, size, {9, top + height / 2}, name, {.size = 0});
}

// The name of the horizontal axis, on the lower edge of the figure.
void name_numbers(Plot& plot, Size size, const std::string& name) {
    plot.line("set label {} at graph 0.5, screen {:.6f} center textcolor rgb '{}'", markup(name),
              7 / size.height, colour("ink"));
}

void title_panel(Plot& plot, const std::string& title, const std::string& aside) {
    plot.line("set label {} at graph 0, graph 1 offset character 0,0.75 left textcolor rgb '{}'",
              markup(title), colour("ink"));
    plot.line("set label {} at graph 1, graph 1 offset character 0,0.75 right font ',{}' textcolor rgb '{}'",
              markup(aside), small_type_size, colour("muted"));
}

std::string tuning(const HeadAttention& head) {
    return fmt::format("largest: {{/:Italic k}} = {}, {:.0f} % of the energy", head.top,
                       100 * head.top_share);
}

void next_panel(Plot& plot) {
    plot.line("unset label");
    plot.line("unset arrow");
}

void begin_stack(Plot& plot, double first, double last, const std::vector<Tick>& ticks) {
    plot.line("set multiplot");
    plot.line("set xrange [{}:{}]", first, last);
    plot.line("set xtics {}", tick_list(unlabelled(ticks)));
}

} // namespace

Drawing attention_periodic(const std::string& id, const AttentionAnalysis& attention) {
    constexpr double height = 74;
    const Size size = stacked(attention.heads.size(), height);
    const auto last_number = static_cast<double>(attention.heads.front().at_fixed_a.rows() - 1);
    const std::vector<Tick> numbers = whole_ticks(last_number, 13);
    Plot plot(id, size);
    Csv csv({"head", "a", "b", "attention_to_a", "attention_to_b", "attention_to_equals"});
    for (std::size_t i = 0; i < attention.heads.size(); ++i) {
        const Eigen::MatrixXd& weights = attention.heads[i].at_fixed_a;
        std::vector<std::vector<double>> rows;
        for (Eigen::Index b = 0; b < weights.rows(); ++b) {
            rows.push_back({static_cast<double>(b), weights(b, 0), weights(b, 1), weights(b, 2)});
            csv.row(i, attention.fixed_a, b, weights(b, 0), weights(b, 1), weights(b, 2));
        }
        plot.data(fmt::format("head{}", i), rows);
    }
    begin_stack(plot, 0, last_number, numbers);
    plot.line("set yrange [0:1]");
    plot.line("set ytics (0, 0.5, 1)");
    draw_key(plot, size,
             {{fmt::format("to {{/:Italic a}} = {}", attention.fixed_a), "blue", attention_left},
              {"to {/:Italic b}", "orange", attention_left + 90},
              {"to =", "muted", attention_left + 150}});
    for (std::size_t i = 0; i < attention.heads.size(); ++i) {
        const double top = panel_top(i, height);
        plot.panel({attention_left, top, attention_width, height});
        title_panel(plot, fmt::format("head {}", i), tuning(attention.heads[i]));
        name_axis(plot, size, top, height, "attention");
        if (i + 1 == attention.heads.size()) {
            plot.line("set xtics {}", tick_list(numbers));
            name_numbers(plot, size, "{/:Italic b}");
        }
        plot.line("plot $head{0} using 1:4 with lines linewidth {1} linecolor rgb '{2}', "
                  "$head{0} using 1:3 with linespoints pointtype 7 pointsize 0.22 linewidth {1} "
                  "linecolor rgb '{3}', "
                  "$head{0} using 1:2 with linespoints pointtype 7 pointsize 0.22 linewidth {1} "
                  "linecolor rgb '{4}'",
                  i, thin_line, colour("muted"), colour("orange"), colour("blue"));
        next_panel(plot);
    }
    plot.line("unset multiplot");
    return std::move(plot).finish(csv.text());
}

Drawing attention_spectrum(const std::string& id, const AttentionAnalysis& attention) {
    constexpr double height = 62;
    const Size size = stacked(attention.heads.size(), height);
    const auto n = static_cast<double>(attention.heads.front().norms.size());
    const std::vector<Tick> frequencies = whole_ticks(n, 13);
    constexpr std::array<std::string_view, 3> hues{"muted", "green",
                                                   key_frequency_colour}; // neither, made by the softmax, key
    Plot plot(id, size);
    Csv csv({"head", "k", "norm", "energy_share", "in_K", "made_by_softmax"});
    double highest = 0;
    for (std::size_t i = 0; i < attention.heads.size(); ++i) {
        const HeadAttention& head = attention.heads[i];
        highest = std::max(highest, head.norms.maxCoeff());
        std::vector<std::vector<double>> bars; // k, norm, rgb
        for (Eigen::Index at = 0; at < head.norms.size(); ++at) {
            const int k = static_cast<int>(at) + 1;
            const bool is_key = std::ranges::binary_search(attention.key, k);
            const bool is_made = !is_key && std::ranges::binary_search(attention.expected, k);
            bars.push_back({static_cast<double>(k), head.norms[at],
                            colour_number(colour(hues.at(is_key    ? 2
                                                         : is_made ? 1
                                                                   : 0)))});
            csv.row(i, k, head.norms[at], head.shares[at], is_key ? 1 : 0, is_made ? 1 : 0);
        }
        plot.data(fmt::format("head{}", i), bars);
    }
    if (highest <= 0) highest = 1; // frozen attention
    begin_stack(plot, 0, n + 1, frequencies);
    plot.line("unset grid");
    plot.line("set grid ytics linecolor rgb '{}' linetype 1 linewidth {} back", colour("grid"), hairline);
    plot.line("set boxwidth 0.7");
    plot.line("set yrange [0:{}]", 1.08 * highest);
    plot.line("set ytics {}", tick_list(linear_ticks(1.08 * highest, 3)));
    draw_key(plot, size,
             {{"key frequency", key_frequency_colour, attention_left},
              {"sum, difference or double of key frequencies", "green", attention_left + 108},
              {"other", "muted", attention_left + 396}});
    for (std::size_t i = 0; i < attention.heads.size(); ++i) {
        const double top = panel_top(i, height);
        plot.panel({attention_left, top, attention_width, height});
        title_panel(plot, fmt::format("head {}", i), tuning(attention.heads[i]));
        name_axis(plot, size, top, height, "norm");
        if (i + 1 == attention.heads.size()) {
            plot.line("set xtics {}", tick_list(frequencies));
            name_numbers(plot, size, "frequency {/:Italic k}");
        }
        plot.line("plot $head{} using 1:2:3 with boxes linecolor rgb variable", i);
        next_panel(plot);
    }
    plot.line("unset multiplot");
    return std::move(plot).finish(csv.text());
}

} // namespace grokreport::figures
