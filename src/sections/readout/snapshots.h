// When the read-out of section 9 appears in training: its main quantities in each snapshot of a run, at the
// frequencies that the section shows.
#pragma once

#include "model/weights.h"

#include <cstdint>
#include <vector>

namespace grokreport {

struct ReadoutSnapshot {
    int epoch = 0;
    bool memorised = false;    // the first weights that answer every training pair
    double accuracy = 0;       // over all p^2 pairs
    double phase_doubled = 0;  // R of phases.h; NaN where K is empty
    double phase_single = 0;   // the same with the phase not doubled
    double phase_shuffled = 0; // R with neurons shuffled: 99 % quantile
    double least_flatness = 0; // over K, evenness.h; NaN where an amplitude has no positive value
    double written_cosine = 0; // of the decoder written down with the trained one
    double written_accuracy = 0;
};
ReadoutSnapshot readout_at(int epoch, const Weights& weights, const std::vector<int>& frequencies,
                           std::uint64_t seed);

} // namespace grokreport
