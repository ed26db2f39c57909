#include "sections/models.h"

#include "base/numbers.h"
#include "runs/paths.h"
#include "spectral/fourier.h"

#include <algorithm>
#include <fmt/format.h>

namespace grokreport {

std::string too_few_epochs(int needed, int epochs) {
    return fmt::format("needs {} epochs; this run has {}", format_count(needed), format_count(epochs));
}

std::string Models::why_not(int epoch) const {
    return has(epoch) ? "" : too_few_epochs(epoch, config.epochs);
}

std::vector<int> Models::shown_frequencies() const {
    if (!key_frequencies.empty()) return key_frequencies;
    std::vector<int> all = frequencies_by_energy(shown(), all_frequencies(config.p));
    all.resize(std::min<std::size_t>(all.size(), 3));
    return all;
}

Models load_models(const TrainedRun& run) {
    Models models;
    models.config = run.config;
    models.split = split_pairs(run.config);
    for (int epoch : snapshot_epochs(run.config))
        models.snapshots.emplace(epoch, load_weights(run.folder / snapshot_file(epoch), run.config));
    models.key_frequencies = frequencies_by_energy(models.shown(), key_frequencies(models.shown()));
    return models;
}

} // namespace grokreport
