#include "drawing/axis.h"
#include "drawing/csv.h"
#include "sections/readout/figures.h"
#include "sections/readout/figures_layout.h"

#include <algorithm>
#include <cmath>

namespace grokreport::figures {

namespace {

// Layout in pixels.
constexpr double decoder_left = 50;
constexpr double decoder_right = 8;
constexpr double decoder_top = 36; // the title, and the frequencies
constexpr double decoder_width = double_column_width - decoder_left - decoder_right;
constexpr double decoder_height = 130;
constexpr double decoder_between = 24;
constexpr double decoder_below = 26;
constexpr Size decoder_size{double_column_width,
                            decoder_top + 2 * decoder_height + decoder_between + decoder_below};
constexpr int decoder_most_columns = 620;
constexpr double decoder_label_room = 22; // pixels that the number of a frequency needs

// Maps are not swapped for a dark page, so neither is what is drawn on them.
constexpr std::string_view decoder_border = "#10141a";

// The neurons of one frequency.
struct DecoderBlock {
    int k = 0;
    int first = 0; // column of the map
    int n = 0;     // columns
};

struct DecoderColumns {
    std::vector<int> neurons; // by column
    std::vector<DecoderBlock> blocks;
    int stride = 1;
};

DecoderColumns columns_of_decoder(const ReadoutResults& results) {
    DecoderColumns columns;
    const auto n = static_cast<int>(results.neuron_order.size());
    columns.stride = readout::stride_for(n, decoder_most_columns);
    for (int i = 0; i < n; i += columns.stride) {
        const int neuron = results.neuron_order[static_cast<std::size_t>(i)];
        const int k = results.neurons[static_cast<std::size_t>(neuron)].k;
        if (columns.blocks.empty() || columns.blocks.back().k != k)
            columns.blocks.push_back({k, static_cast<int>(columns.neurons.size()), 0});
        ++columns.blocks.back().n;
        columns.neurons.push_back(neuron);
    }
    return columns;
}

// Row i of a column shows the answer c with k c mod p = i times the stride.
std::vector<std::vector<double>> decoder_map(const Eigen::MatrixXd& rows_of_answers,
                                             const DecoderColumns& columns, int row_stride) {
    const auto p = static_cast<int>(rows_of_answers.rows());
    std::vector<std::vector<double>> map(static_cast<std::size_t>((p + row_stride - 1) / row_stride));
    for (const DecoderBlock& block : columns.blocks) {
        const std::vector<int> answers = readout::around_circle(block.k, p);
        for (std::size_t i = 0; i < map.size(); ++i) {
            const int c = answers[i * static_cast<std::size_t>(row_stride)];
            for (int column = block.first; column < block.first + block.n; ++column)
                map[i].push_back(
                    readout::rounded(rows_of_answers(c, columns.neurons[static_cast<std::size_t>(column)])));
        }
    }
    return map;
}

void name_decoder_blocks(Plot& plot, const DecoderColumns& columns) {
    const double a_column = decoder_width / static_cast<double>(columns.neurons.size());
    double free_from = decoder_left - 20;
    for (const DecoderBlock& block : columns.blocks) {
        const double middle = decoder_left + a_column * (block.first + block.n / 2.0);
        if (middle - decoder_label_room / 2 < free_from) continue;
        free_from = middle + decoder_label_room / 2;
        write_at(plot, decoder_size, {middle, decoder_top - 9}, std::to_string(block.k),
                 {.size = small_type_size});
    }
    write_at(plot, decoder_size, {decoder_left - 8, decoder_top - 9},
             "{/:Italic k} =", {"ink", small_type_size, Align::right});
}

void draw_decoder_map(Plot& plot, const DecoderColumns& columns, const std::string& name, double top, int p,
                      int row_stride) {
    plot.panel({decoder_left, top, decoder_width, decoder_height});
    for (std::size_t i = 1; i < columns.blocks.size(); ++i)
        plot.line("set arrow from {0},graph 0 to {0},graph 1 nohead front linewidth {1} linecolor rgb '{2}'",
                  columns.blocks[i].first - 0.5, thin_line, decoder_border);
    write_upwards(plot, decoder_size, {9, top + decoder_height / 2},
                  "{/:Italic k} {/:Italic c} mod {/:Italic p}");
    plot.line("set xrange [-0.5:{}]\nset yrange [-0.5:{}]", static_cast<double>(columns.neurons.size()) - 0.5,
              p - 0.5);
    plot.line("plot ${} matrix using 1:($2*{}):3 with image", name, row_stride);
    plot.line("unset label\nunset object\nunset arrow");
}

// Two rows a neuron, in the order of the columns; only what the maps show.
std::string decoder_csv(const ReadoutResults& results, const DecoderColumns& columns, int row_stride) {
    std::vector<std::string> header{"neuron", "k", "phase_in", "decoder"};
    for (int c = 0; c < results.p; ++c)
        header.push_back(fmt::format("c_{}", c));
    Csv csv(header);
    for (const int neuron : columns.neurons) {
        const TunedNeuron& tuned = results.neurons[static_cast<std::size_t>(neuron)];
        for (const auto& [name, rows] :
             {std::pair<std::string, const Eigen::MatrixXd&>{"trained", results.W_L},
              {"written", results.decoders.doubled.rows}}) {
            std::vector<std::string> cells{Csv::cell(neuron), Csv::cell(tuned.k),
                                           Csv::cell(readout::rounded(tuned.phase_in)), name};
            for (int c = 0; c < results.p; ++c) {
                const bool is_shown = static_cast<long long>(tuned.k) * c % results.p % row_stride == 0;
                cells.push_back(is_shown ? Csv::cell(readout::rounded(rows(c, neuron))) : "");
            }
            csv.add(cells);
        }
    }
    return csv.text();
}

} // namespace

Drawing readout_decoder(const std::string& id, const ReadoutResults& results) {
    const DecoderColumns columns = columns_of_decoder(results);
    const int row_stride = readout::stride_for(results.p, readout::most_pixels);
    if (columns.neurons.empty())
        return nothing_to_show(id, "there is no key frequency", decoder_csv(results, columns, row_stride));
    const Eigen::MatrixXd &trained = results.W_L, &written = results.decoders.doubled.rows;
    const double largest = std::max(trained.cwiseAbs().maxCoeff(), written.cwiseAbs().maxCoeff());
    const double limit = largest > 0 ? largest : 1;
    const double second = decoder_top + decoder_height + decoder_between;
    Plot plot(id, decoder_size);
    plot.data("trained", decoder_map(trained, columns, row_stride));
    plot.data("written", decoder_map(written, columns, row_stride));
    plot.line("set multiplot");
    plot.line("unset grid\nset border 15\nunset xtics");
    readout::set_signed_palette(plot, limit);
    plot.line("set ytics {}", tick_list(whole_ticks(results.p - 1, 4)));
    readout::draw_signed_key(plot, decoder_size, limit, "entry");
    const double cosine = results.decoders.doubled.cosine;
    const auto title = [&](double y, std::string_view text) {
        write_at(plot, decoder_size, {decoder_left, y}, text, {.align = Align::left});
    };
    title(8, "{/:Italic W}_{/:Italic L} as trained");
    title(second - 11, std::isfinite(cosine)
                           ? "written down: cosine similarity " + readout::signed_number(cosine, 3)
                           : std::string("written down"));
    title(decoder_size.height - 10,
          columns.stride == 1
              ? std::string("neurons, by frequency and phase in")
              : fmt::format("neurons, by frequency and phase in (one of {} shown)", columns.stride));
    name_decoder_blocks(plot, columns);
    draw_decoder_map(plot, columns, "trained", decoder_top, results.p, row_stride);
    draw_decoder_map(plot, columns, "written", second, results.p, row_stride);
    plot.line("unset multiplot");
    return std::move(plot).finish(decoder_csv(results, columns, row_stride));
}

} // namespace grokreport::figures
