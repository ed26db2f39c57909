#include "drawing/colour_map.h"
#include "drawing/csv.h"
#include "sections/readout/figures.h"
#include "sections/readout/figures_layout.h"
#include "sections/readout/figures_rotation_panels.h"

#include <algorithm>
#include <iterator>

namespace grokreport::figures {

namespace {

constexpr int rotation_still_positions = 4;

// The curve in the order of the circle of k, closed.
std::vector<std::vector<double>> rotation_curve(const TurnShown& shown, const Eigen::MatrixXd& points) {
    std::vector<std::vector<double>> rows;
    for (const int b : readout::rotation_positions(shown, static_cast<int>(points.rows())))
        rows.push_back({points(b, 0), points(b, 1)});
    rows.push_back(rows.front());
    return rows;
}

// What the curves show, number by number; the logits of the still alone, since the film shows a wave each.
std::string rotation_csv(const TurnShown& shown, const std::vector<int>& positions) {
    std::vector<std::string> header{"k", "a", "number", "turn", "pre_1", "pre_2", "hidden_1", "hidden_2"};
    for (const int b : positions)
        header.push_back(fmt::format("logit_of_number_at_b_{}", b));
    Csv csv(header);
    for (Eigen::Index row = 0; row < shown.hidden.rows(); ++row) {
        const auto n = static_cast<int>(row);
        std::vector<std::string> cells{Csv::cell(shown.k),
                                       Csv::cell(shown.a),
                                       Csv::cell(n),
                                       Csv::cell(readout::rotation_turn(shown, n)),
                                       Csv::cell(shown.pre(n, 0)),
                                       Csv::cell(shown.pre(n, 1)),
                                       Csv::cell(shown.hidden(n, 0)),
                                       Csv::cell(shown.hidden(n, 1))};
        for (const int b : positions)
            cells.push_back(Csv::cell(shown.logits(b, n)));
        csv.add(cells);
    }
    return csv.text();
}

void draw_rotation_key(Plot& plot, const TurnShown& shown, const std::vector<int>& positions) {
    write_at(plot, readout::rotation_size, {readout::rotation_left, readout::rotation_key},
             fmt::format("{{/:Italic k}} = {}, {{/:Italic a}} = {}, {{/:Italic b}} =", shown.k, shown.a),
             {.align = Align::left});
    std::vector<readout::KeyEntry> entries;
    for (std::size_t i = 0; i < positions.size(); ++i)
        entries.push_back(
            {std::to_string(positions[i]), phase_colour(readout::rotation_turn(shown, positions[i])),
             readout::rotation_left + 116 + 40 * static_cast<double>(i), readout::Swatch::disc});
    readout::draw_key(plot, readout::rotation_size, readout::rotation_key, entries);
}

} // namespace

Drawing readout_rotation(const std::string& id, const ReadoutResults& results) {
    const TurnShown& shown = results.turn_shown;
    if (shown.hidden.rows() == 0)
        return nothing_to_show(id, "there is no key frequency", rotation_csv(shown, {}));
    const std::vector<int> positions = readout::rotation_positions(shown, rotation_still_positions);
    std::vector<std::string> names;
    Plot plot(id, readout::rotation_size);
    plot.line("set multiplot");
    readout::begin_rotation(plot);
    draw_rotation_key(plot, shown, positions);
    for (const readout::RotationPanel& panel : readout::rotation_planes(shown)) {
        readout::NamedDiscs discs;
        const auto hex = [&](int b) { return phase_colour(readout::rotation_turn(shown, b)); };
        discs.add_all(shown, panel.points);
        for (const int b : positions)
            discs.add_marked(panel.points(b, 0), panel.points(b, 1), hex(b), b);
        plot.data(std::string(panel.name), discs.rows);
        std::ranges::move(discs.names, std::back_inserter(names));
        plot.data(fmt::format("{}_curve", panel.name), rotation_curve(shown, panel.points));
        readout::begin_rotation_plane(plot, panel);
        plot.line("plot ${0}_curve using 1:2 with lines linewidth {1} linecolor rgb '{2}', ${0} {3}",
                  panel.name, hairline, colour("grey"), with_discs);
        plot.line("unset label\nunset object");
    }
    readout::NamedDiscs answers;
    std::vector<std::string> curves;
    for (std::size_t i = 0; i < positions.size(); ++i) {
        const int b = positions[i], c = readout::rotation_answer(shown, b);
        const std::string hex = phase_colour(readout::rotation_turn(shown, b));
        std::vector<std::vector<double>> wave;
        readout::add_wave(wave, shown, b);
        plot.data(fmt::format("wave{}", i), wave);
        curves.push_back(
            fmt::format("$wave{} using 1:2 with lines linewidth {} linecolor rgb '{}'", i, curve_line, hex));
        answers.add_marked(readout::rotation_turn(shown, c), shown.logits(b, c), hex, b);
    }
    plot.data("answers", answers.rows);
    std::ranges::move(answers.names, std::back_inserter(names));
    readout::begin_rotation_waves(plot, shown);
    plot.line("plot {}, $answers {}", fmt::join(curves, ", "), with_discs);
    plot.line("unset multiplot");
    Drawing drawing = std::move(plot).finish(rotation_csv(shown, positions));
    drawing.point_names = std::move(names);
    drawing.frames = readout::rotation_frames(id, shown);
    return drawing;
}

} // namespace grokreport::figures
