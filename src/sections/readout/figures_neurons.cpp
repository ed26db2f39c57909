#include "drawing/axis.h"
#include "drawing/csv.h"
#include "sections/readout/figures.h"
#include "sections/readout/figures_layout.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace grokreport::figures {

namespace {

// Layout in pixels.
constexpr double neurons_left = 58;
constexpr double neurons_gap = 18;
constexpr double neurons_right = 6;
constexpr double neurons_widest = 142;
constexpr double neurons_title = 32; // two lines above each column
constexpr double neurons_between = 12;
constexpr double neurons_ticks = 44; // ticks and name of b
constexpr double neurons_wave = 88;  // height of the decoder's panels
constexpr double neurons_below = 66; // ticks and name of c, and the key

struct NeuronsLayout {
    double side;
    Size size;

    explicit NeuronsLayout(std::size_t n) {
        const auto columns = static_cast<double>(n);
        const double room = double_column_width - neurons_left - neurons_right - (columns - 1) * neurons_gap;
        side = std::min(neurons_widest, room / columns);
        size = {std::max(column_width,
                         neurons_left + columns * side + (columns - 1) * neurons_gap + neurons_right),
                wave_top() + neurons_wave + neurons_below};
    }

    double left(std::size_t column) const {
        return neurons_left + static_cast<double>(column) * (side + neurons_gap);
    }
    double pre_top() const { return neurons_title; }
    double post_top() const { return pre_top() + side + neurons_between; }
    double wave_top() const { return post_top() + side + neurons_ticks; }
};

// Numbers in the order of the circle of k, every n-th where there are many.
struct NeuronOrder {
    int stride;
    std::vector<int> numbers;

    NeuronOrder(int k, int p) : stride(readout::stride_for(p, readout::most_pixels)) {
        const std::vector<int> all = readout::around_circle(k, p);
        for (std::size_t i = 0; i < all.size(); i += static_cast<std::size_t>(stride))
            numbers.push_back(all[i]);
    }
};

std::vector<std::vector<double>> neuron_map(const Eigen::MatrixXd& over_pairs, const NeuronOrder& order) {
    std::vector<std::vector<double>> rows;
    for (const int a : order.numbers) {
        rows.emplace_back();
        for (const int b : order.numbers)
            rows.back().push_back(readout::rounded(over_pairs(a, b)));
    }
    return rows;
}

// k c mod p, the row of W_L, and the wave that is predicted.
std::vector<std::vector<double>> neuron_waves_rows(const NeuronMaps& neuron) {
    const auto p = static_cast<int>(neuron.decoder.size());
    std::vector<std::vector<double>> rows;
    for (const int c : readout::around_circle(neuron.tuned.k, p))
        rows.push_back({static_cast<double>(rows.size()), neuron.decoder[c], neuron.predicted[c]});
    return rows;
}

double neurons_largest(const std::vector<NeuronMaps>& neurons, bool of_decoder) {
    double largest = 0;
    for (const NeuronMaps& neuron : neurons)
        largest = std::max(largest, of_decoder ? std::max(neuron.decoder.cwiseAbs().maxCoeff(),
                                                          neuron.predicted.cwiseAbs().maxCoeff())
                                               : std::max(neuron.pre.cwiseAbs().maxCoeff(),
                                                          neuron.post.cwiseAbs().maxCoeff()));
    return largest > 0 ? largest : 1;
}

std::string neurons_angle_name(std::string_view number) {
    return fmt::format("{{/:Italic k}} {{/:Italic {}}} mod {{/:Italic p}}", number);
}

// The names of rows and axes, beside the first column.
void name_neuron_rows(Plot& plot, const NeuronsLayout& layout) {
    const auto beside = [&](double middle, const std::string& row, const std::string& axis) {
        write_upwards(plot, layout.size, {8, middle}, row);
        write_upwards(plot, layout.size, {24, middle}, axis, {"muted", small_type_size});
    };
    beside(layout.pre_top() + layout.side / 2, "before the ReLU", neurons_angle_name("a"));
    beside(layout.post_top() + layout.side / 2, "after the ReLU", neurons_angle_name("a"));
    beside(layout.wave_top() + neurons_wave / 2, "row of {/:Italic W}_{/:Italic L}", "");
}

void title_neuron(Plot& plot, const NeuronsLayout& layout, std::size_t column, const TunedNeuron& tuned) {
    const double middle = layout.left(column) + layout.side / 2;
    write_at(plot, layout.size, {middle, 8}, fmt::format("neuron {}", tuned.neuron));
    const std::string turns = readout::signed_number(tuned.phase_in / (2 * std::numbers::pi), 2);
    write_at(plot, layout.size, {middle, 22},
             fmt::format("{{/:Italic k}} = {}, φ = {} turns", tuned.k, turns), {"muted", small_type_size});
}

void draw_neuron(Plot& plot, const NeuronsLayout& layout, std::size_t column, const NeuronMaps& neuron,
                 double largest_out) {
    const auto p = static_cast<int>(neuron.decoder.size());
    const NeuronOrder order(neuron.tuned.k, p);
    const std::vector<Tick> numbers = whole_ticks(p - 1, 4);
    const double left = layout.left(column), middle = left + layout.side / 2;
    plot.data(fmt::format("pre{}", column), neuron_map(neuron.pre, order));
    plot.data(fmt::format("post{}", column), neuron_map(neuron.post, order));
    plot.data(fmt::format("wave{}", column), neuron_waves_rows(neuron));
    title_neuron(plot, layout, column, neuron.tuned);

    const std::string labels = tick_list(numbers), no_labels = tick_list(unlabelled(numbers));
    plot.line("set xrange [-0.5:{0}]\nset yrange [-0.5:{0}]", p - 0.5);
    plot.line("unset grid\nset border 15");
    plot.line("set ytics {} font ',{}'", column == 0 ? labels : no_labels, small_type_size);
    for (const bool after : {false, true}) {
        plot.line("set xtics {} font ',{}'", after ? labels : no_labels, small_type_size);
        plot.panel({left, after ? layout.post_top() : layout.pre_top(), layout.side, layout.side});
        if (after)
            write_at(plot, layout.size, {middle, layout.post_top() + layout.side + 27},
                     neurons_angle_name("b"), {"muted", small_type_size});
        plot.line("plot ${0}{1} matrix using ($1*{2}):($2*{2}):3 with image", after ? "post" : "pre", column,
                  order.stride);
        plot.line("unset label\nunset object\nunset arrow");
    }
    plot.line("set yrange [{}:{}]", -largest_out, largest_out);
    const double step = round_below(largest_out);
    if (column == 0)
        plot.line("set ytics {} font ',{}'", readout::ticks_about_zero(step), small_type_size);
    else
        plot.line("set ytics ('' -{0}, '' 0, '' {0})", step);
    plot.line("set border 3\nset grid");
    plot.line("set xtics {} font ',{}'", labels, small_type_size);
    plot.panel({left, layout.wave_top(), layout.side, neurons_wave});
    write_at(plot, layout.size, {middle, layout.wave_top() + neurons_wave + 27}, neurons_angle_name("c"),
             {"muted", small_type_size});
    plot.line("plot $wave{0} using 1:3 with lines linewidth {1} linecolor rgb '{2}', "
              "$wave{0} using 1:2 with points pointtype 7 pointsize 0.3 linecolor rgb '{3}'",
              column, curve_line, colour("orange"), colour("blue"));
    plot.line("unset label");
}

// What the maps show, pair by pair, and then what the waves show, answer by answer.
std::string neurons_csv(const std::vector<NeuronMaps>& neurons) {
    Csv csv({"neuron", "k", "phase_in", "a", "b", "pre", "post", "c", "W_L", "predicted"});
    for (const NeuronMaps& neuron : neurons) {
        const auto p = static_cast<int>(neuron.decoder.size());
        const NeuronOrder order(neuron.tuned.k, p);
        const std::vector<std::string> about{Csv::cell(neuron.tuned.neuron), Csv::cell(neuron.tuned.k),
                                             Csv::cell(readout::rounded(neuron.tuned.phase_in))};
        const auto add = [&](std::vector<std::string> cells) {
            cells.insert(cells.begin(), about.begin(), about.end());
            csv.add(cells);
        };
        for (const int a : order.numbers)
            for (const int b : order.numbers)
                add({Csv::cell(a), Csv::cell(b), Csv::cell(readout::rounded(neuron.pre(a, b))),
                     Csv::cell(readout::rounded(neuron.post(a, b))), "", "", ""});
        for (int c = 0; c < p; ++c)
            add({"", "", "", "", Csv::cell(c), Csv::cell(neuron.decoder[c]), Csv::cell(neuron.predicted[c])});
    }
    return csv.text();
}

} // namespace

Drawing readout_neurons(const std::string& id, const ReadoutResults& results) {
    const std::vector<NeuronMaps>& neurons = results.shown_neurons;
    if (neurons.empty()) return nothing_to_show(id, "there is no key frequency", neurons_csv(neurons));
    const NeuronsLayout layout(neurons.size());
    const double limit = neurons_largest(neurons, false), largest_out = 1.08 * neurons_largest(neurons, true);
    Plot plot(id, layout.size);
    plot.line("set multiplot");
    readout::set_signed_palette(plot, limit);
    name_neuron_rows(plot, layout);
    readout::draw_signed_key(plot, layout.size, limit, "activation");
    const double key = layout.size.height - 10;
    readout::draw_key(
        plot, layout.size, key,
        {{"trained", std::string(colour("blue")), neurons_left, readout::Swatch::disc},
         {"predicted", std::string(colour("orange")), neurons_left + 62, readout::Swatch::line}});
    for (std::size_t i = 0; i < neurons.size(); ++i)
        draw_neuron(plot, layout, i, neurons[i], largest_out);
    plot.line("unset multiplot");
    return std::move(plot).finish(neurons_csv(neurons));
}

} // namespace grokreport::figures
