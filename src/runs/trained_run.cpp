#include "runs/trained_run.h"

#include "base/error.h"
#include "base/files.h"
#include "runs/checksums.h"
#include "runs/paths.h"

#include <algorithm>
#include <fmt/format.h>

namespace grokreport {

bool is_complete(const Config& config, const std::filesystem::path& folder) {
    using std::filesystem::exists;
    const auto is_there = [&](int epoch) { return exists(folder / snapshot_file(epoch)); };
    return std::ranges::all_of(snapshot_epochs(config), is_there) && exists(folder / metrics_file) &&
           !exists(folder / resume_file);
}

TrainedRun load_run(const Config& config, const std::filesystem::path& folder) {
    if (!is_complete(config, folder))
        throw Error(fmt::format("run {} is not trained to its end", folder.string()),
                    "run `grokreport train` first");
    return load_curves(config, folder);
}

TrainedRun load_curves(const Config& config, const std::filesystem::path& folder) {
    check_checksums(folder);
    const std::filesystem::path curves = folder / metrics_file;
    TrainedRun run{config, folder, metrics_from_csv(read_file(curves), curves.string()), std::nullopt,
                   load_record(folder)};
    const auto memorised = std::ranges::find(run.metrics.rows, 1.0, &MetricsRow::train_accuracy);
    if (memorised != run.metrics.rows.end()) run.memorised_epoch = memorised->epoch;
    if (run.metrics.rows.empty() || run.metrics.rows.back().epoch != config.epochs)
        throw Error(fmt::format("{}: the last row is not epoch {}", curves.string(), config.epochs),
                    retrain_mend);
    return run;
}

} // namespace grokreport
