#include "sections/mlp/figures.h"

#include "drawing/axis.h"
#include "drawing/csv.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace grokreport::figures {

namespace {

// Layout of the sorted biases in pixels.
constexpr double biases_left = 56;
constexpr double biases_right = 10;
constexpr double biases_width = column_width - biases_left - biases_right;
constexpr double bias_top = 8;
constexpr double bias_height = 96;
constexpr double biases_gap = 14;
constexpr double share_height = 84;
constexpr double biases_name = 11; // middle of the names of the vertical axes
constexpr Size biases_size{column_width, bias_top + bias_height + biases_gap + share_height + 42};

// Layout of the bars in pixels.
constexpr double bar_names = 128;
constexpr double bar_row = 24;
constexpr double bars_top = 18;
constexpr double bars_width = column_width - bar_names - 56;

struct Neuron {
    double bias, share;
    double threshold; // a bias below it is clearly negative

    bool negative() const { return bias < threshold; }
};

std::vector<Neuron> sorted_neurons(const HiddenSigns& signs) {
    std::vector<Neuron> neurons;
    for (Eigen::Index i = 0; i < signs.biases.size(); ++i)
        neurons.push_back({signs.biases[i], signs.positive_share[i], clearly_negative * signs.deviations[i]});
    std::ranges::stable_sort(neurons, {}, &Neuron::bias);
    return neurons;
}

void name_biases_axis(Plot& plot, std::string_view name) {
    plot.line("set label 101 {} at screen {:.6f}, graph 0.5 center rotate by 90", markup(name),
              biases_name / column_width);
}

void draw_biases(Plot& plot, const std::vector<Neuron>& neurons) {
    std::vector<std::vector<double>> rows;
    for (std::size_t i = 0; i < neurons.size(); ++i)
        rows.push_back({static_cast<double>(i + 1), neurons[i].bias,
                        colour_number(colour(neurons[i].negative() ? "orange" : "blue"))});
    plot.data("biases", rows);
    plot.panel({biases_left, bias_top, biases_width, bias_height});
    const double least = std::ranges::min(neurons, {}, &Neuron::threshold).threshold;
    const double low = std::min(least, neurons.front().bias), high = std::max(0.0, neurons.back().bias);
    const double room = high > low ? 0.08 * (high - low) : 1;
    plot.line("set yrange [{}:{}]", low - room, high + 3 * room);
    plot.line("set ytics auto");
    name_biases_axis(plot, "bias {/:Italic b}_{up}");
    plot.line("set arrow 1 from graph 0, first 0 to graph 1, first 0 nohead linewidth {} linecolor rgb '{}'",
              hairline, colour("ink"));
    plot.line("set label 1 'as it is' at graph 0.02, graph 0.93 left textcolor rgb '{}'", colour("blue"));
    plot.line(
        "set label 2 'where it would be clearly negative' at graph 0.02, graph 0.1 left textcolor rgb '{}'",
        colour("muted"));
    std::vector<std::vector<double>> thresholds;
    for (std::size_t n = 0; n < neurons.size(); ++n)
        thresholds.push_back({static_cast<double>(n + 1), neurons[n].threshold});
    plot.data("thresholds", thresholds);
    plot.line("plot $thresholds using 1:2 with points pointtype 7 pointsize 0.16 linecolor rgb '{}', "
              "$biases using 1:2:3 with points pointtype 7 pointsize 0.28 linecolor rgb variable",
              colour("muted"));
    plot.line("unset arrow 1\nunset label 1\nunset label 2");
}

void draw_shares(Plot& plot, const std::vector<Neuron>& neurons) {
    std::vector<std::vector<double>> rows;
    for (std::size_t i = 0; i < neurons.size(); ++i)
        rows.push_back({static_cast<double>(i + 1), 100 * neurons[i].share});
    plot.data("shares", rows);
    plot.panel({biases_left, bias_top + bias_height + biases_gap, biases_width, share_height});
    plot.line("set yrange [0:104]\nset ytics (0, 25, 50, 75, 100)");
    name_biases_axis(plot, "positive on (%)");
    plot.line("set xlabel 'neurons, by bias' offset 0,0.8");
    plot.line("set xtics {}", tick_list(linear_ticks(static_cast<double>(neurons.size()), 6)));
    plot.line(
        "set arrow 1 from graph 0, first {0} to graph 1, first {0} nohead linewidth {1} linecolor rgb '{2}' "
        "dashtype (2,2)",
        100 * nearly_all_pairs, thin_line, colour("ink"));
    plot.line("plot $shares using 1:2 with points pointtype 7 pointsize 0.28 linecolor rgb '{}'",
              colour("green"));
}

struct Bar {
    std::string name; // gnuplot markup
    double accuracy;
    std::string_view hue;
};

std::vector<Bar> bars_of(const Ablation& ablation) {
    return {{"ReLU, as trained", ablation.intact, "green"},
            {"best affine map", ablation.affine, "blue"},
            {"affine fit a neuron", ablation.per_neuron, "blue"},
            {"no ReLU (identity)", ablation.identity, "blue"},
            {"mean of the layer", ablation.mean, "muted"}};
}

} // namespace

Drawing sorted_biases(const std::string& id, const HiddenSigns& signs) {
    const std::vector<Neuron> neurons = sorted_neurons(signs);
    Csv csv({"rank", "b_up", "clearly_negative_below", "positive_share_percent"});
    for (std::size_t i = 0; i < neurons.size(); ++i)
        csv.row(i + 1, neurons[i].bias, neurons[i].threshold, 100 * neurons[i].share);
    Plot plot(id, biases_size);
    plot.line("set multiplot");
    plot.line("set xrange [0:{}]", neurons.size() + 1);
    plot.line("set format x ''");
    draw_biases(plot, neurons);
    plot.line("set format x '%g'");
    draw_shares(plot, neurons);
    plot.line("unset multiplot");
    return std::move(plot).finish(csv.text());
}

Drawing relu_ablation(const std::string& id, const Ablation& ablation, int p) {
    const std::vector<Bar> bars = bars_of(ablation);
    const auto n = static_cast<double>(bars.size());
    Csv csv({"hidden_layer", "test_accuracy_percent"});
    Plot plot(id, {column_width, bars_top + n * bar_row + 42});
    plot.panel({bar_names, bars_top, bars_width, n * bar_row});
    plot.line("set xrange [0:100]\nset yrange [{}:0]", n);
    plot.line("set border 1\nunset ytics\nset xtics (0, 25, 50, 75, 100)");
    plot.line("set xlabel 'test accuracy (%)' offset 0,0.8");
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const auto& [name, accuracy, hue] = bars[i];
        const double middle = static_cast<double>(i) + 0.5;
        csv.row(name, 100 * accuracy);
        plot.line("set label {} at graph 0, first {} right offset -0.7,0", plain(name), middle);
        if (!std::isfinite(accuracy)) continue;
        plot.line("set object {} rectangle from 0,{} to {},{} fillcolor rgb '{}' fillstyle solid 1 noborder",
                  i + 1, middle - 0.3, 100 * accuracy, middle + 0.3, colour(hue));
        plot.line("set label '{:.1f} %' at {},{} left offset 0.4,0 textcolor rgb '{}'", 100 * accuracy,
                  100 * accuracy, middle, colour(hue));
    }
    mark_chance(plot, 100.0 / p);
    plot.line("plot -1 with lines");
    return std::move(plot).finish(csv.text());
}

} // namespace grokreport::figures
