#include "sections/attention/figures.h"

#include "drawing/axis.h"
#include "drawing/colour_map.h"
#include "drawing/csv.h"
#include "drawing/panel_grid.h"
#include "drawing/screen.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace grokreport::figures {

namespace {

// A bar of the heat map from 0 to 1 in the lower right corner of a figure.
void draw_heat_key(Plot& plot, Size size, const std::string& name) {
    constexpr double strip = 100, high = 8;
    const double begin = size.width - strip - 22, y = size.height - 10;
    draw_strip(plot, size, {begin, y}, strip, high, heat_colour);
    write_at(plot, size, {begin - 5, y}, name + "  0", {.size = 0, .align = Align::right});
    write_at(plot, size, {begin + strip + 5, y}, "1", {.size = 0, .align = Align::left});
}

// Attention to a, one data block a head: rows of b, a and the attention.
void add_maps(Plot& plot, const AttentionAnalysis& attention) {
    const Eigen::Index p = attention.heads.front().to_a.rows();
    for (std::size_t i = 0; i < attention.heads.size(); ++i) {
        std::vector<std::vector<double>> pixels;
        for (Eigen::Index a = 0; a < p; ++a)
            for (Eigen::Index b = 0; b < p; ++b)
                pixels.push_back(
                    {static_cast<double>(b), static_cast<double>(a), attention.heads[i].to_a(a, b)});
        plot.data(fmt::format("head{}", i), pixels);
    }
}

// A column a head, and to four decimals: a sixth of the bytes of one row a head with all digits.
std::string csv_of(const AttentionAnalysis& attention) {
    const Eigen::Index p = attention.heads.front().to_a.rows();
    std::vector<std::string> columns_of_csv{"a", "b"};
    for (std::size_t i = 0; i < attention.heads.size(); ++i)
        columns_of_csv.push_back(fmt::format("head_{}", i));
    Csv csv(columns_of_csv);
    for (Eigen::Index a = 0; a < p; ++a)
        for (Eigen::Index b = 0; b < p; ++b) {
            std::vector<std::string> cells{Csv::cell(a), Csv::cell(b)};
            for (const HeadAttention& head : attention.heads)
                cells.push_back(Csv::cell(std::round(1e4 * head.to_a(a, b)) / 1e4));
            csv.add(cells);
        }
    return csv.text();
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
                                     above + 0.5, above + cell - 0.5, colour_number(heat_colour(weight))});
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

Drawing attention_full(const std::string& id, const AttentionAnalysis& attention) {
    constexpr int most_columns = 2;
    constexpr double from_left = 38, gap = 14, above = 20, below = 20, legend = 38;
    PanelGrid grid = few_rows(attention.heads.size(), most_columns);
    const double side =
        std::min(226.0, width_of_panels(grid.columns, double_column_width, from_left, 6, gap));
    grid.first = {from_left, above, side, side};
    grid.across = side + gap;
    grid.down = side + above + below;
    const Size size{std::max(from_left + grid.columns * side + (grid.columns - 1) * gap + 6, column_width),
                    grid.rows * grid.down + legend};
    const Eigen::Index p = attention.heads.front().to_a.rows();
    const std::vector<Tick> numbers = whole_ticks(static_cast<double>(p - 1), 4);

    Plot plot(id, size);
    add_maps(plot, attention);
    plot.line("set multiplot");
    plot.line("unset grid");
    plot.line("{}", heat_palette_command());
    plot.line("set palette maxcolors 64"); // steps below visible difference, and half the bytes
    plot.line("unset colorbox");
    plot.line("set cbrange [0:1]");
    plot.line("set xrange [-0.5:{}]", static_cast<double>(p) - 0.5);
    plot.line("set yrange [-0.5:{}]", static_cast<double>(p) - 0.5);
    plot.line("set xtics {}", tick_list(numbers));
    draw_heat_key(plot, size, "attention to {/:Italic a}");
    for (std::size_t i = 0; i < attention.heads.size(); ++i) {
        plot.panel(grid.panel(i));
        plot.line("set label {} at graph 0.5, graph 1 offset character 0,0.75 center textcolor rgb '{}'",
                  plain(fmt::format("head {}", i)), colour("ink"));
        if (static_cast<int>(i) / grid.columns + 1 == grid.rows)
            plot.line("set label {} at graph 0.5, graph 0 offset character 0,-1.9 center textcolor rgb '{}'",
                      markup("{/:Italic b}"), colour("ink"));
        if (grid.begins_row(i)) {
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
    return std::move(plot).finish(csv_of(attention));
}

} // namespace grokreport::figures
