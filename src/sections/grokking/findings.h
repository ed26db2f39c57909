// What section 4 (and the two remarks of sections 3 and 8 that need no more) found: from analysis results to
// measurements for the claims and facts for the text.
#pragma once

#include "sections/grokking/analysis.h"
#include "claims/claim.h"
#include "model/config.h"

#include <optional>
#include <vector>

namespace grokreport {

// The inputs, gathered by the pipeline. What a shorter run does not have is empty.
struct GrokkingResults {
    Config config;
    TrainingMilestones milestones;
    MetricsRow shown_row;
    HeldOut untrained;
    std::optional<HeldOut> at_10k;
    std::optional<double> train_loss_at_10k; // nats
    std::optional<HeldOut> memorised;        // at milestones.memorised_epoch
    double asymmetry = 0;
    std::size_t n_test = 0;
};

struct LinearResults {
    Config config; // of the run without ReLU
    SustainedAccuracy linear, frozen;
};

inline constexpr int headline_epoch = 10000; // the snapshot that section 4 speaks of

std::vector<Measurement> grokking_measurements(const GrokkingResults& results);
// "run.*" of the templates; `example` is the sum that section 2 shows.
nlohmann::ordered_json run_facts(const Config& config, const Split& split, Pair example);
nlohmann::ordered_json grokking_facts(const GrokkingResults& results); // "grok.*"

std::vector<Measurement> linear_measurements(const LinearResults& results);
nlohmann::ordered_json linear_facts(const LinearResults& results); // "linear.*"

} // namespace grokreport
