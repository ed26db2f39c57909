#include "drawing/axis.h"
#include "drawing/colour_map.h"
#include "drawing/csv.h"
#include "drawing/panel_grid.h"
#include "sections/readout/figures.h"
#include "sections/readout/figures_layout.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace grokreport::figures {

namespace {

// Layout in pixels.
constexpr int evenness_most_columns = 4;
constexpr double evenness_left = 46;
constexpr double evenness_right = 10;
constexpr double evenness_gap = 24;
constexpr double evenness_widest = 300;
constexpr double evenness_key = 20;   // above all panels
constexpr double evenness_title = 20; // above each panel
constexpr double evenness_height = 112;
constexpr double evenness_ticks = 20; // below each panel
constexpr double evenness_name = 16;  // below all

// Few panels stand in the middle.
PanelGrid evenness_grid(std::size_t n) {
    PanelGrid grid = few_rows(n, evenness_most_columns);
    const double width =
        std::min(evenness_widest, width_of_panels(grid.columns, double_column_width, evenness_left,
                                                  evenness_right, evenness_gap));
    const double all = grid.columns * width + (grid.columns - 1) * evenness_gap;
    const double left = evenness_left + (double_column_width - evenness_left - evenness_right - all) / 2;
    grid.first = {left, evenness_key + evenness_title, width, evenness_height};
    grid.across = width + evenness_gap;
    grid.down = evenness_title + evenness_height + evenness_ticks;
    grid.size = {double_column_width, evenness_key + grid.rows * grid.down + evenness_name};
    return grid;
}

// In the order in which they are drawn. Where two lie on each other the wider one below stays in sight.
struct EvennessCurve {
    std::string_view id;
    std::string_view name;
    std::string_view hue;
    EvennessProfile Evenness::*profile;
    double width;
    readout::Swatch swatch;
    double key; // where its name stands in the key, pixels
};
constexpr std::array evenness_curves{
    EvennessCurve{"mean_attention", "attention at its mean", "orange", &Evenness::mean_attention, 3.4,
                  readout::Swatch::line, 132},
    EvennessCurve{"trained", "as trained", "green", &Evenness::trained, 2.4, readout::Swatch::line, 46},
    EvennessCurve{"double_removed", "2{/:Italic k} out of {/:Italic W}_{/:Italic E}", "blue",
                  &Evenness::double_removed, 1.1, readout::Swatch::line, 280},
    EvennessCurve{"both", "both", "purple", &Evenness::both, 1.3, readout::Swatch::dashes, 386},
};

// What amplitudes are divided by: the mean as trained, or what is largest where the mean is small or
// negative.
double evenness_unit(const Evenness& of_k) {
    constexpr double small_mean = 0.2; // over what is largest
    const Eigen::VectorXd& trained = of_k.trained.amplitude;
    if (trained.size() == 0) return 1;
    const double largest = trained.cwiseAbs().maxCoeff();
    if (trained.mean() > small_mean * largest) return trained.mean();
    return largest > 0 ? largest : 1;
}

// |cos| times what brings it nearest to the amplitude with both taken away.
Eigen::VectorXd bare_cosine(const Evenness& of_k, int p) {
    const Eigen::VectorXd wave = half_turn_cosine(of_k.k, p);
    const Eigen::VectorXd& both = of_k.both.amplitude;
    const double scale = both.size() == 0 ? 0 : wave.dot(both) / wave.squaredNorm();
    return wave * (scale > 0 ? scale : evenness_unit(of_k));
}

// The turn k q / p of a difference q, from -1/2 to 1/2, and the amplitude there.
std::vector<std::vector<double>> evenness_rows(const Eigen::VectorXd& amplitude, int k, double unit) {
    const auto p = static_cast<int>(amplitude.size());
    const std::vector<int> around = readout::around_circle(k, p);
    std::vector<std::vector<double>> rows;
    for (int i = -(p - 1) / 2; i <= (p - 1) / 2; ++i)
        rows.push_back(
            {static_cast<double>(i) / p, amplitude[around[static_cast<std::size_t>((i + p) % p)]] / unit});
    return rows;
}

struct EvennessRange {
    double low = 0, high = 0;

    void include(const Eigen::VectorXd& values) {
        if (values.size() == 0 || !values.allFinite()) return;
        low = std::min(low, values.minCoeff());
        high = std::max(high, values.maxCoeff());
    }
};

EvennessRange evenness_range(const std::vector<Evenness>& shown, int p) {
    EvennessRange range;
    for (const Evenness& of_k : shown) {
        const double unit = evenness_unit(of_k);
        range.include(bare_cosine(of_k, p) / unit);
        for (const EvennessCurve& curve : evenness_curves)
            range.include((of_k.*curve.profile).amplitude / unit);
    }
    if (!(range.high > range.low)) range.high = range.low + 1;
    return range;
}

void draw_evenness_panel(Plot& plot, const PanelGrid& layout, std::size_t i, const Evenness& of_k, int p) {
    const Box box = layout.panel(i);
    const double unit = evenness_unit(of_k);
    plot.panel(box);
    write_at(plot, layout.size, {box.left, box.top - 8}, fmt::format("{{/:Italic k}} = {}", of_k.k),
             {.align = Align::left});
    if (std::isfinite(of_k.trained.flatness))
        write_at(plot, layout.size, {box.left + box.width, box.top - 8},
                 "flatness " + readout::signed_number(of_k.trained.flatness, 2),
                 {"green", small_type_size, Align::right});
    std::vector<std::string> curves;
    const auto add = [&](std::string_view name, const Eigen::VectorXd& amplitude, double width,
                         std::string_view hue, std::string_view dashes) {
        if (amplitude.size() == 0 || !amplitude.allFinite())
            return; // a double that is a key frequency stays in
        const std::string block = fmt::format("{}{}", name, i);
        plot.data(block, evenness_rows(amplitude, of_k.k, unit));
        curves.push_back(fmt::format("${} using 1:2 with lines linewidth {} linecolor rgb '{}'{}", block,
                                     width, colour(hue), dashes));
    };
    add("cosine", bare_cosine(of_k, p), 7, "grey", "");
    for (const EvennessCurve& curve : evenness_curves)
        add(curve.id, (of_k.*curve.profile).amplitude, curve.width, curve.hue,
            curve.swatch == readout::Swatch::dashes ? " dashtype (4,3)" : "");
    plot.line("plot {}", fmt::join(curves, ", "));
    plot.line("unset label\nunset object\nunset arrow");
}

void draw_evenness_key(Plot& plot, Size size) {
    std::vector<readout::KeyEntry> entries{
        {"|cos|, scaled to “both”", std::string(colour("grey")), evenness_left + 424, readout::Swatch::line}};
    for (const EvennessCurve& curve : evenness_curves)
        entries.push_back({std::string(curve.name), std::string(colour(curve.hue)), curve.key, curve.swatch});
    readout::draw_key(plot, size, 9, entries);
}

std::string evenness_csv(const std::vector<Evenness>& shown, int p) {
    Csv csv({"k", "difference", "turn", "as_trained", "attention_at_mean", "double_removed", "both",
             "cosine_scaled"});
    for (const Evenness& of_k : shown) {
        const Eigen::VectorXd bare = bare_cosine(of_k, p);
        for (int q = 0; q < p; ++q) {
            const auto at = [&](const EvennessProfile& profile) {
                return profile.amplitude.size() == 0 ? "" : readout::number_or_nothing(profile.amplitude[q]);
            };
            csv.add({Csv::cell(of_k.k), Csv::cell(q), Csv::cell(phase_turn(of_k.k, q, p)), at(of_k.trained),
                     at(of_k.mean_attention), at(of_k.double_removed), at(of_k.both), Csv::cell(bare[q])});
        }
    }
    return csv.text();
}

} // namespace

Drawing readout_evenness(const std::string& id, const ReadoutResults& results) {
    std::vector<Evenness> shown = results.evenness.by_frequency;
    if (shown.size() > readout::most_panels) shown.resize(readout::most_panels);
    if (shown.empty())
        return nothing_to_show(id, "there is no key frequency", evenness_csv(shown, results.p));
    const PanelGrid layout = evenness_grid(shown.size());
    const EvennessRange range = evenness_range(shown, results.p);
    Plot plot(id, layout.size);
    plot.line("set multiplot");
    plot.line("set xrange [-0.5:0.5]");
    const double room = 0.05 * (range.high - range.low);
    plot.line("set yrange [{}:{}]", range.low < 0 ? range.low - room : 0, range.high + room);
    const std::vector<Tick> ticks = linear_ticks(range.high - range.low, 5);
    draw_evenness_key(plot, layout.size);
    write_at(plot, layout.size, {layout.size.width / 2, layout.size.height - 7},
             "{/:Italic k} ({/:Italic a} − {/:Italic b}) / {/:Italic p} less whole turns");
    write_upwards(plot, layout.size,
                  {9, evenness_key + (layout.size.height - evenness_name - evenness_key) / 2},
                  "relative amplitude");
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const bool is_first = layout.begins_row(i);
        plot.line("set xtics ('−½' -0.5, '0' 0, '½' 0.5)");
        plot.line("set ytics {} format '{}'", ticks[1].value, is_first ? "%g" : "");
        draw_evenness_panel(plot, layout, i, shown[i], results.p);
    }
    plot.line("unset multiplot");
    return std::move(plot).finish(evenness_csv(shown, results.p));
}

} // namespace grokreport::figures
