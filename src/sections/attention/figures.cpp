#include "sections/attention/figures.h"

#include "drawing/axis.h"
#include "drawing/colour_map.h"
#include "drawing/csv.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace grokreport::figures {

namespace {

constexpr double left = 50; // of panels that have a vertical axis
constexpr double inner_width = double_column_width - left - 8;
constexpr double key_line = 9;
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
    const auto across = [&](double x) { return x / size.width; };
    const double y = 1 - key_line / size.height;
    for (const KeyEntry& entry : entries) {
        plot.line("set arrow from screen {:.6f},{:.6f} to screen {:.6f},{:.6f} nohead linewidth 4 "
                  "linecolor rgb '{}'",
                  across(entry.at), y, across(entry.at + 10), y, colour(entry.colour));
        plot.line("set label {} at screen {:.6f},{:.6f} left textcolor rgb '{}'", markup(entry.text),
                  across(entry.at + 15), y, colour("ink"));
    }
}

void name_axis(Plot& plot, Size size, double top, double height, const std::string& name) {
    plot.line("set label {} at screen {:.6f},{:.6f} center rotate by 90 textcolor rgb '{}'", markup(name),
              9 / size.width, 1 - (top + height / 2) / size.height, colour("ink"));
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
    std::vector<Tick> unlabelled = ticks;
    for (Tick& tick : unlabelled)
        tick.label = plain("");
    plot.line("set multiplot");
    plot.line("set xrange [{}:{}]", first, last);
    plot.line("set xtics {}", tick_list(unlabelled));
}

double rgb_of(double share) {
    return static_cast<double>(std::stoul(heat_colour(share).substr(1), nullptr, 16));
}

// A bar of the heat map from 0 to 1 in the lower right corner of a figure.
void draw_heat_key(Plot& plot, Size size, const std::string& name) {
    constexpr int steps = 40;
    constexpr double strip = 100, high = 8;
    const double begin = size.width - strip - 22, y = size.height - 10;
    const auto across = [&](double x) { return x / size.width; };
    const auto up = [&](double at) { return 1 - at / size.height; };
    for (int i = 0; i < steps; ++i) // each to the far end, under the next: no seams
        plot.line("set object rectangle from screen {:.6f},{:.6f} to screen {:.6f},{:.6f} fillcolor rgb '{}' "
                  "fillstyle solid 1 noborder",
                  across(begin + strip * i / steps), up(y + high / 2), across(begin + strip),
                  up(y - high / 2), heat_colour((i + 0.5) / steps));
    plot.line("set label {} at screen {:.6f},{:.6f} right textcolor rgb '{}'", markup(name + "  0"),
              across(begin - 5), up(y), colour("ink"));
    plot.line("set label '1' at screen {:.6f},{:.6f} left textcolor rgb '{}'", across(begin + strip + 5),
              up(y), colour("ink"));
}

} // namespace

Drawing attention_samples(const std::string& id, const std::vector<SampledMaps>& samples) {
    constexpr double top = 34, from_left = 66, cell = 22, gap_across = 32, gap_down = 12;
    const std::size_t n_heads = samples.front().heads.size();
    const auto n = static_cast<double>(samples.size()), heads = static_cast<double>(n_heads);
    const Size size{from_left + n * (3 * cell + gap_across), top + heads * (3 * cell + gap_down) + 24};
    Plot plot(id, size);
    Csv csv({"a", "b", "head", "from", "to", "attention"});
    constexpr std::array tokens{"a", "b", "="};
    std::vector<std::vector<double>> cells; // x, y, x low, x high, y low, y high, rgb
    const auto write = [&](double x, double y, const std::string& text, const char* hue) {
        plot.line("set label {} at {:.2f},{:.2f} center font ',{}' textcolor rgb '{}'", plain(text), x, y,
                  small_type_size, colour(hue));
    };
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const auto& [pair, maps] = samples[i];
        const double x = from_left + static_cast<double>(i) * (3 * cell + gap_across);
        write(x + 1.5 * cell, 9, fmt::format("{} + {}", pair.a, pair.b), "ink");
        const std::array names{std::to_string(pair.a), std::to_string(pair.b), std::string("=")};
        for (std::size_t to = 0; to < 3; ++to)
            write(x + (static_cast<double>(to) + 0.5) * cell, top - 7, names[to], "muted");
        for (std::size_t head = 0; head < n_heads; ++head) {
            const double y = top + static_cast<double>(head) * (3 * cell + gap_down);
            if (i == 0) write(22, y + 1.5 * cell, fmt::format("head {}", head), "ink");
            for (int from = 0; from < 3; ++from) {
                write(x - 10, y + (from + 0.5) * cell, names[static_cast<std::size_t>(from)], "muted");
                for (int to = 0; to <= from; ++to) {
                    const double weight = maps[head](from, to), low = x + to * cell, above = y + from * cell;
                    cells.push_back({low + cell / 2, above + cell / 2, low + 0.5, low + cell - 0.5,
                                     above + 0.5, above + cell - 0.5, rgb_of(weight)});
                    csv.row(pair.a, pair.b, head, tokens.at(static_cast<std::size_t>(from)),
                            tokens.at(static_cast<std::size_t>(to)), weight);
                }
            }
        }
    }
    plot.data("cells", cells);
    plot.line("unset border");
    plot.line("unset tics");
    plot.line("unset grid");
    plot.panel({0, 0, size.width, size.height});
    plot.line("set xrange [0:{}]", size.width);
    plot.line("set yrange [{}:0]", size.height);
    draw_heat_key(plot, size, "attention");
    plot.line("plot $cells using 1:2:3:4:5:6:7 with boxxyerror fillstyle solid 1 noborder "
              "linecolor rgb variable");
    return std::move(plot).finish(csv.text());
}

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
             {{fmt::format("to {{/:Italic a}} = {}", attention.fixed_a), "blue", left},
              {"to {/:Italic b}", "orange", left + 90},
              {"to =", "muted", left + 150}});
    for (std::size_t i = 0; i < attention.heads.size(); ++i) {
        const double top = panel_top(i, height);
        plot.panel({left, top, inner_width, height});
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
    constexpr std::array hues{"muted", "green", "blue"}; // neither, made by the softmax, key
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
            const std::string hex(colour(hues.at(is_key ? 2 : is_made ? 1 : 0)));
            bars.push_back({static_cast<double>(k), head.norms[at],
                            static_cast<double>(std::stoul(hex.substr(1), nullptr, 16))});
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
             {{"key frequency", "blue", left},
              {"sum, difference or double of key frequencies", "green", left + 108},
              {"other", "muted", left + 396}});
    for (std::size_t i = 0; i < attention.heads.size(); ++i) {
        const double top = panel_top(i, height);
        plot.panel({left, top, inner_width, height});
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

Drawing attention_full(const std::string& id, const AttentionAnalysis& attention) {
    constexpr int most_columns = 2;
    constexpr double from_left = 38, gap = 14, above = 20, below = 20, legend = 38;
    const int n = static_cast<int>(attention.heads.size());
    const int columns = std::min(n, most_columns), rows = (n + columns - 1) / columns;
    const double side =
        std::min(226.0, (double_column_width - from_left - 6 - (columns - 1) * gap) / columns);
    const Size size{std::max(from_left + columns * side + (columns - 1) * gap + 6, column_width),
                    rows * (above + side + below) + legend};
    const Eigen::Index p = attention.heads.front().to_a.rows();
    const std::vector<Tick> numbers = whole_ticks(static_cast<double>(p - 1), 4);

    Plot plot(id, size);
    for (std::size_t i = 0; i < attention.heads.size(); ++i) {
        std::vector<std::vector<double>> pixels;
        for (Eigen::Index a = 0; a < p; ++a)
            for (Eigen::Index b = 0; b < p; ++b)
                pixels.push_back(
                    {static_cast<double>(b), static_cast<double>(a), attention.heads[i].to_a(a, b)});
        plot.data(fmt::format("head{}", i), pixels);
    }
    std::vector<std::string> columns_of_csv{"a", "b"};
    for (std::size_t i = 0; i < attention.heads.size(); ++i)
        columns_of_csv.push_back(fmt::format("head_{}", i));
    // Wide, and to four decimals: a sixth of the bytes of one row a head with all digits
    Csv csv(columns_of_csv);
    for (Eigen::Index a = 0; a < p; ++a)
        for (Eigen::Index b = 0; b < p; ++b) {
            std::vector<std::string> cells{Csv::cell(a), Csv::cell(b)};
            for (const HeadAttention& head : attention.heads)
                cells.push_back(Csv::cell(std::round(1e4 * head.to_a(a, b)) / 1e4));
            csv.add(cells);
        }

    plot.line("set multiplot");
    plot.line("unset grid");
    plot.line("{}", heat_palette_command());
    plot.line("set palette maxcolors 64"); // steps that no eye tells apart, and half the bytes
    plot.line("unset colorbox");
    plot.line("set cbrange [0:1]");
    plot.line("set xrange [-0.5:{}]", static_cast<double>(p) - 0.5);
    plot.line("set yrange [-0.5:{}]", static_cast<double>(p) - 0.5);
    plot.line("set xtics {}", tick_list(numbers));
    draw_heat_key(plot, size, "attention to {/:Italic a}");
    for (int i = 0; i < n; ++i) {
        const int row = i / columns, column = i % columns;
        plot.panel({from_left + column * (side + gap), above + row * (side + above + below), side, side});
        plot.line("set label {} at graph 0.5, graph 1 offset character 0,0.75 center textcolor rgb '{}'",
                  plain(fmt::format("head {}", i)), colour("ink"));
        if (row + 1 == rows)
            plot.line("set label {} at graph 0.5, graph 0 offset character 0,-1.9 center textcolor rgb '{}'",
                      markup("{/:Italic b}"), colour("ink"));
        if (column == 0) {
            plot.line("set ytics {}", tick_list(numbers));
            plot.line("set label {} at graph 0, graph 0.5 offset character -3.6,0 center rotate by 90 "
                      "textcolor rgb '{}'",
                      markup("{/:Italic a}"), colour("ink"));
        } else {
            plot.line("set format y ''");
            plot.line("set ytics ({})", "'' 0");
        }
        plot.line("plot $head{} using 1:2:3 with image", i);
        plot.line("unset label");
        plot.line("unset object");
    }
    plot.line("unset multiplot");
    return std::move(plot).finish(csv.text());
}

} // namespace grokreport::figures
