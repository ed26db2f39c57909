// The claims of section 8 are judged at 20,000 epochs, its figures and text show the last weights. In a run
// of the usual length the two are the same, and nothing is computed twice.
#pragma once

#include "fourier.h"
#include "models.h"

#include <optional>
#include <vector>

namespace grokreport {

inline constexpr int judged_epoch = 20000;

// The results that the claims are about, none where the run is too short: `shown`, which belongs to the last
// weights and `frequencies`, or else analyse(weights, key frequencies) at the judged epoch.
template <typename Results, typename Analyse>
std::optional<Results> judged_like(const Models& models, const std::vector<int>& frequencies,
                                   const Results& shown, const Analyse& analyse) {
    if (!models.has(judged_epoch)) return {};
    const bool is_last = models.snapshots.rbegin()->first == judged_epoch;
    if (is_last && frequencies == models.key_frequencies) return shown;
    const Weights& weights = models.snapshots.at(judged_epoch);
    return analyse(weights, key_frequencies(weights));
}

} // namespace grokreport
