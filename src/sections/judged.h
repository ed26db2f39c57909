// Figures always have some frequencies to show; claims are about K alone, also where K is empty.
#pragma once

#include "sections/models.h"

#include <optional>
#include <vector>

namespace grokreport {

// The results that the claims are about, none where the run is too short: `shown`, which belongs to
// `frequencies`, or else analyse(weights, K).
template <typename Results, typename Analyse>
std::optional<Results> judged_like(const Models& models, const std::vector<int>& frequencies,
                                   const Results& shown, const Analyse& analyse) {
    if (!models.has(judged_epoch)) return {};
    if (frequencies == models.key_frequencies) return shown;
    return analyse(models.shown(), models.key_frequencies);
}

} // namespace grokreport
