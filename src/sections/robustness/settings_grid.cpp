#include "sections/robustness/settings_grid.h"

#include "base/json.h"
#include "model/weights.h"
#include "runs/paths.h"
#include "sections/grokking/analysis.h"
#include "spectral/fourier.h"

#include <algorithm>

namespace grokreport {

std::vector<int> GridCell::grokked_epochs() const {
    std::vector<int> epochs;
    for (const GridRun& run : runs)
        if (run.grokked_epoch > 0) epochs.push_back(run.grokked_epoch);
    std::ranges::sort(epochs);
    return epochs;
}

int GridCell::trained() const {
    return static_cast<int>(std::ranges::count(runs, std::string{}, &GridRun::failure));
}

GridRun grid_run(const TrainedRun& run) {
    const TrainingMilestones milestones = training_milestones(run.metrics);
    const Weights last = load_weights(run.folder / snapshot_file(run.config.epochs), run.config);
    return {.seed = run.config.seed,
            .memorised_epoch = milestones.memorised_epoch.value_or(0),
            .grokked_epoch = milestones.grokked_epoch.value_or(0),
            .test_accuracy = run.metrics.rows.back().test_accuracy,
            .n_key_frequencies = static_cast<int>(key_frequencies(last).size())};
}

std::vector<const Setting*> varied_settings(std::span<const GridCell> cells) {
    std::vector<const Setting*> varied;
    for (const Setting& setting : settings)
        if (std::ranges::any_of(cells, [&](const GridCell& cell) {
                return setting.value(cell.config) != setting.value(cells.front().config);
            }))
            varied.push_back(&setting);
    return varied;
}

Json to_json(std::span<const GridCell> cells) {
    Json document = Json::array();
    for (const GridCell& cell : cells) {
        Json runs = Json::array();
        for (const GridRun& run : cell.runs) {
            if (!run.failure.empty()) {
                runs.push_back({{"seed", run.seed}, {"failure", run.failure}});
                continue;
            }
            const auto epoch = [](int value) { return value > 0 ? Json(value) : Json(nullptr); };
            runs.push_back({{"seed", run.seed},
                            {"memorised_epoch", epoch(run.memorised_epoch)},
                            {"grokked_epoch", epoch(run.grokked_epoch)},
                            {"test_accuracy", run.test_accuracy},
                            {"n_key_frequencies", run.n_key_frequencies}});
        }
        Json values;
        for (const Setting& setting : settings)
            values[setting.name] = setting.value(cell.config);
        document.push_back({{"settings", values}, {"epochs", cell.config.epochs}, {"runs", runs}});
    }
    return {{"schema", 1}, {"cells", document}};
}

} // namespace grokreport
