#include "models.h"

#include "base/numbers.h"
#include "fourier.h"
#include "paths.h"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>

namespace grokreport {

namespace {

void sort_by_share(std::vector<int>& frequencies, const Eigen::VectorXd& shares) {
    std::ranges::stable_sort(frequencies,
                             [&](int left, int right) { return shares[left - 1] > shares[right - 1]; });
}

} // namespace

std::string Models::why_not(int epoch) const {
    if (has(epoch)) return "";
    return fmt::format("needs {} epochs; this run has {}", format_count(epoch), format_count(config.epochs));
}

std::vector<int> Models::shown_frequencies() const {
    if (!key_frequencies.empty()) return key_frequencies;
    const Eigen::VectorXd shares = energy_shares(number_embeddings(shown()));
    std::vector<int> all(static_cast<std::size_t>(shares.size()));
    std::iota(all.begin(), all.end(), 1);
    sort_by_share(all, shares);
    all.resize(std::min<std::size_t>(all.size(), 3));
    return all;
}

Models load_models(const TrainedRun& run) {
    Models models;
    models.config = run.config;
    models.split = split_pairs(run.config);
    for (int epoch : snapshot_epochs(run.config))
        models.snapshots.emplace(epoch, load_weights(run.folder / snapshot_file(epoch), run.config));
    models.key_frequencies = key_frequencies(models.shown());
    sort_by_share(models.key_frequencies, energy_shares(number_embeddings(models.shown())));
    return models;
}

} // namespace grokreport
