// Everything that the appendix "Beyond the post" says: the measures of analysis.h on the trained and the
// untrained model, and how many claims pass by chance.
#pragma once

#include "claims/claim.h"
#include "sections/beyond/analysis.h"
#include "sections/models.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace grokreport {

inline constexpr int sampled_triples = 1000; // behind gradient symmetricity; Zhong et al. take 100

// One model, measured every way.
struct BeyondMeasures {
    double variance_on_answers = 0;
    double single_frequency_neurons = 0;
    double distance_irrelevance = 0;
    double gradient_symmetricity = 0;
    double accuracy = 0, accuracy_with_mean_attention = 0; // on held-out pairs; NaN where there are none
};
BeyondMeasures measure_beyond(const Weights& weights, const Split& split,
                              const std::vector<int>& key_frequencies, std::uint64_t seed);

// The negative controls of the claims, judged like the claims. Only claims that were run and whose control
// has finite values count.
struct ChanceVerdicts {
    int controls = 0;
    int passed = 0; // controls that meet every bound
};
ChanceVerdicts chance_verdicts(const BoundTable& table, const std::vector<Measurement>& measurements);

struct BeyondResults {
    int epoch = 0; // of `trained`
    std::vector<int> key_frequencies{};
    std::vector<std::pair<int, ProgressLosses>> by_epoch{};
    BeyondMeasures trained{}, untrained{};
    std::vector<double> accuracy_by_kept{}; // 1, 2, ... key frequencies
    ChanceVerdicts chance{};
};

// table and measurements: of all claims.
BeyondResults analyse_beyond(const Models& models, const BoundTable& table,
                             const std::vector<Measurement>& measurements);

} // namespace grokreport
