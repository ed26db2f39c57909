#include "drawing/csv.h"
#include "sections/readout/figures.h"
#include "sections/readout/figures_layout.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace grokreport::figures {

namespace {

// Layout in pixels.
constexpr double phases_left = 50;
constexpr double phases_right = 10;
constexpr double phases_top = 24;
constexpr double phases_side = column_width - phases_left - phases_right;
constexpr double phases_below = 40;
constexpr double phases_smallest = 0.8, phases_largest = 5; // radii of discs

std::size_t phases_rank(const ReadoutResults& results, int k) {
    return static_cast<std::size_t>(std::ranges::find(results.frequencies, k) - results.frequencies.begin());
}

double in_turns(double radians) {
    return radians / (2 * std::numbers::pi);
}

void draw_phases_key(Plot& plot, Size size, const ReadoutResults& results) {
    std::vector<readout::KeyEntry> entries;
    constexpr double first = 34, step = 38;
    const std::size_t named = std::min(results.frequencies.size(), readout::most_hues);
    for (std::size_t rank = 0; rank < named; ++rank)
        entries.push_back({std::to_string(results.frequencies[rank]),
                           std::string(colour(readout::hue_of_rank(rank))),
                           first + step * static_cast<double>(rank), readout::Swatch::disc});
    if (results.frequencies.size() > named)
        entries.push_back({"other", std::string(colour(readout::hue_of_rank(named))),
                           first + step * static_cast<double>(named), readout::Swatch::disc});
    write_at(plot, size, {4, 9}, "{/:Italic k} =", {.align = Align::left});
    readout::draw_key(plot, size, 9, entries);
}

// The line out = 2 in on the torus.
const std::vector<std::vector<double>>& line_of_slope_two() {
    static const std::vector<std::vector<double>> rows{{-0.5, 0},     {-0.25, 0.5}, {std::nan(""), 0},
                                                       {-0.25, -0.5}, {0.25, 0.5},  {std::nan(""), 0},
                                                       {0.25, -0.5},  {0.5, 0}};
    return rows;
}

std::string phases_csv(const ReadoutResults& results) {
    Csv csv(
        {"neuron", "k", "phase_in_turns", "phase_out_turns", "twice_in_turns", "amplitude", "out", "weight"});
    for (const TunedNeuron& neuron : results.neurons)
        csv.row(neuron.neuron, neuron.k, in_turns(neuron.phase_in), in_turns(neuron.phase_out),
                in_turns(neuron.twice_in), neuron.amplitude, neuron.out, neuron.weight());
    return csv.text();
}

} // namespace

Drawing readout_phases(const std::string& id, const ReadoutResults& results) {
    if (results.neurons.empty()) return nothing_to_show(id, "there is no key frequency", phases_csv(results));
    std::vector<TunedNeuron> neurons = results.neurons;
    std::ranges::stable_sort(neurons, std::ranges::greater{},
                             &TunedNeuron::weight); // small discs on large ones
    const double heaviest = neurons.front().weight();
    std::vector<std::vector<double>> discs;
    std::vector<std::string> names;
    for (const TunedNeuron& neuron : neurons) {
        const double share = heaviest > 0 ? neuron.weight() / heaviest : 0;
        const double radius = std::max(phases_smallest, phases_largest * std::sqrt(share));
        discs.push_back({in_turns(neuron.phase_in), in_turns(neuron.phase_out),
                         radius / radius_of_point_size_1,
                         colour_number(colour(readout::hue_of_rank(phases_rank(results, neuron.k))))});
        names.push_back(fmt::format("neuron {}, k = {}", neuron.neuron, neuron.k));
    }
    constexpr Size size{column_width, phases_top + phases_side + phases_below};
    Plot plot(id, size);
    plot.data("line", line_of_slope_two());
    plot.data("neurons", discs);
    plot.panel({phases_left, phases_top, phases_side, phases_side});
    draw_phases_key(plot, size, results);
    plot.line("set border 15");
    plot.line("set xrange [-0.5:0.5]\nset yrange [-0.5:0.5]");
    for (const char axis : {'x', 'y'})
        plot.line("set {}tics ('−0.5' -0.5, '−0.25' -0.25, '0' 0, '0.25' 0.25, '0.5' 0.5)", axis);
    plot.line("set xlabel 'phase in, φ (turns)' offset 0,0.8");
    write_upwards(plot, size, {9, phases_top + phases_side / 2}, "phase out (turns)");
    plot.line("plot $line using 1:2 with lines linewidth {} linecolor rgb '{}', $neurons {}", curve_line,
              colour("muted"), with_discs);
    Drawing drawing = std::move(plot).finish(phases_csv(results));
    drawing.point_names = std::move(names);
    return drawing;
}

} // namespace grokreport::figures
