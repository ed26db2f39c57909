#include "sections/robustness/grid_facts.h"

#include "base/json.h"
#include "base/median.h"
#include "base/numbers.h"
#include "base/words.h"
#include "runs/lists.h"

#include <algorithm>
#include <fmt/format.h>

namespace grokreport {

namespace {

// "4,250 to 6,550", of epochs in ascending order.
std::string range_of(const std::vector<int>& epochs) {
    if (epochs.empty()) return "–";
    if (epochs.front() == epochs.back()) return format_count(epochs.front());
    return fmt::format("{} to {}", format_count(epochs.front()), format_count(epochs.back()));
}

Json cell_row(const GridCell& cell) {
    const std::vector<int> epochs = cell.grokked_epochs();
    std::vector<int> frequencies;
    for (const GridRun& run : cell.runs)
        if (run.failure.empty()) frequencies.push_back(run.n_key_frequencies);
    std::ranges::sort(frequencies);
    return {{"p", format_number(cell.config.p)},
            {"weight_decay", format_number(cell.config.weight_decay)},
            {"train_fraction", format_number(cell.config.train_fraction)},
            {"learning_rate", format_number(cell.config.learning_rate)},
            {"trained", std::to_string(cell.trained())},
            {"asked", std::to_string(cell.runs.size())},
            {"grokked", std::to_string(epochs.size())},
            {"median",
             epochs.empty() ? "–" : format_count(static_cast<int>(median({epochs.begin(), epochs.end()})))},
            {"range", range_of(epochs)},
            {"frequencies", range_of(frequencies)}};
}

} // namespace

Json grid_facts(std::span<const GridCell> cells) {
    Json rows = Json::array();
    std::string varied;
    for (const GridCell& cell : cells)
        rows.push_back(cell_row(cell));
    if (!cells.empty())
        for (const Setting* setting : varied_settings(cells))
            varied += (varied.empty() ? "" : ", ") + std::string(setting->words);
    return {{"several", cells.size() > 1},
            {"n_cells", counted(cells.size())},
            {"varied", varied},
            {"epochs", cells.empty() ? "–" : format_count(cells.front().config.epochs)},
            {"cells", list_of(cell_row({}), rows)}};
}

} // namespace grokreport
