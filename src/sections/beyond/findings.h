// What the appendix "Beyond the post" tells: measures beside each other, no claims.
#pragma once

#include "sections/beyond/analysis.h"
#include "claims/claim.h"

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

namespace grokreport {

// One model, measured every way.
struct BeyondMeasures {
    double variance_on_answers = 0;
    double single_frequency_neurons = 0;
    double distance_irrelevance = 0;
    double gradient_symmetricity = 0;
    double accuracy = 0, accuracy_with_mean_attention = 0; // on held-out pairs
};

// The negative controls of the claims, judged like the claims. Only claims that were run and whose control
// has finite values count.
struct ChanceVerdicts {
    int controls = 0;
    int green = 0; // controls that meet every bound
};
ChanceVerdicts chance_verdicts(const std::vector<ClaimDefinition>& table,
                               const std::vector<Measurement>& measurements);

struct BeyondResults {
    int epoch = 0; // of `trained`
    std::vector<int> key_frequencies{};
    std::vector<std::pair<int, ProgressLosses>> by_epoch{};
    BeyondMeasures trained{}, untrained{};
    std::vector<double> accuracy_by_kept{}; // 1, 2, ... key frequencies
    ChanceVerdicts chance{};
    int n_triples = 0; // behind gradient symmetricity
};

nlohmann::ordered_json beyond_facts(const BeyondResults& results); // "beyond.*"

} // namespace grokreport
