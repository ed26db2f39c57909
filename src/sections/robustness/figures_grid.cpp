#include "sections/robustness/figures_grid.h"

#include "base/numbers.h"
#include "drawing/csv.h"
#include "drawing/diagram.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace grokreport::figures {

namespace {

constexpr double grid_width = 200, grid_gap = 56, grid_left = 58, grid_top = 26, grid_height = 150;
constexpr double never_height = 24; // the band above the last epoch

std::vector<double> values_of(const Setting& setting, std::span<const GridCell> cells) {
    std::set<double> values;
    for (const GridCell& cell : cells)
        values.insert(setting.value(cell.config));
    return {values.begin(), values.end()};
}

int last_epoch(std::span<const GridCell> cells) {
    return std::ranges::max_element(cells, {}, [](const GridCell& cell) { return cell.config.epochs; })
        ->config.epochs;
}

std::string epoch_or_nothing(int epoch) {
    return epoch > 0 ? std::to_string(epoch) : "";
}

// Runs of one value stand side by side, in the order of their cells and seeds.
void draw_panel(Diagram& diagram, const Setting& setting, std::span<const GridCell> cells, double x0) {
    const std::vector<double> values = values_of(setting, cells);
    const double column = grid_width / static_cast<double>(values.size());
    const double bottom = grid_top + never_height + grid_height;
    const auto last = static_cast<double>(last_epoch(cells));
    const auto at = [&](double epoch) { return bottom - grid_height * epoch / last; };

    diagram.area({{x0, grid_top},
                  {x0 + grid_width, grid_top},
                  {x0 + grid_width, grid_top + never_height},
                  {x0, grid_top + never_height}},
                 "grey-tint");
    diagram.text({x0 - 6, grid_top + 5}, "never", {"muted", small_type_size, Align::right});
    diagram.text({x0, grid_top - 12}, "epoch of 100 % test accuracy",
                 {"muted", small_type_size, Align::left});
    for (int i = 0; i <= 4; ++i) {
        const double epoch = last * i / 4;
        diagram.line({x0, at(epoch)}, {x0 + grid_width, at(epoch)}, {"grid", hairline});
        diagram.text({x0 - 6, at(epoch)}, format_count(std::lround(epoch)),
                     {"muted", small_type_size, Align::right});
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        std::vector<int> epochs;
        for (const GridCell& cell : cells)
            for (const GridRun& run : cell.runs)
                if (setting.value(cell.config) == values[i] && run.failure.empty())
                    epochs.push_back(run.grokked_epoch);
        const double begin = x0 + column * static_cast<double>(i);
        for (std::size_t j = 0; j < epochs.size(); ++j) {
            const double x =
                begin + column * (static_cast<double>(j) + 1) / (static_cast<double>(epochs.size()) + 1);
            const double y = epochs[j] > 0 ? at(epochs[j]) : grid_top + never_height / 2;
            diagram.dot({x, y}, 2.6, colour(epochs[j] > 0 ? "blue" : "red"));
        }
        diagram.text({begin + column / 2, bottom + 10}, format_number(values[i]), {"ink", small_type_size});
    }
    diagram.line({x0, bottom}, {x0 + grid_width, bottom}, {"muted", hairline});
    diagram.text({x0 + grid_width / 2, bottom + 26}, setting.words);
}

} // namespace

Drawing grokking_by_setting(const std::string& id, std::span<const GridCell> cells) {
    const std::vector<const Setting*> varied = varied_settings(cells);
    const auto n = static_cast<double>(std::max<std::size_t>(varied.size(), 1));
    Diagram diagram(id, {grid_left + n * grid_width + (n - 1) * grid_gap + 10,
                         grid_top + never_height + grid_height + 38});
    for (std::size_t i = 0; i < varied.size(); ++i)
        draw_panel(diagram, *varied[i], cells, grid_left + static_cast<double>(i) * (grid_width + grid_gap));

    Csv csv({"p", "weight_decay", "train_fraction", "learning_rate", "seed", "memorised_epoch",
             "grokked_epoch", "test_accuracy", "n_key_frequencies", "failure"});
    for (const GridCell& cell : cells)
        for (const GridRun& run : cell.runs)
            csv.row(cell.config.p, cell.config.weight_decay, cell.config.train_fraction,
                    cell.config.learning_rate, run.seed, epoch_or_nothing(run.memorised_epoch),
                    epoch_or_nothing(run.grokked_epoch), run.test_accuracy, run.n_key_frequencies,
                    run.failure);
    return std::move(diagram).finish(csv.text());
}

} // namespace grokreport::figures
