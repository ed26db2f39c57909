// From the spectrum and the attention of a model of the paper's kind to the facts that sections 5 and 6 name.
// It has no claims of its own.
#pragma once

#include "sections/attention/analysis.h"
#include "sections/embedding/analysis.h"
#include "claims/claim.h"
#include "sections/paper/model.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

namespace grokreport {

// How still the frequencies are that are not active: the mean of their norms, sqrt(cos^2 + sin^2), over that
// of the active ones. NaN where there are none of either.
double noise_floor(const Spectrum& spectrum);

struct PaperResults {
    int epoch = 0;
    double test_accuracy = 0; // at that epoch
    std::vector<int> key;     // K, ascending
    Spectrum spectrum;        // of W_E
    Spectrum ours;            // of the post's model, as shown
    AttentionAnalysis attention;
    Claim periodic; // attention.periodic-a-and-b, judged on this model; in no list of claims
};

// No results: what is left to say of a model that is not there.
nlohmann::ordered_json paper_facts(PaperState state, const std::optional<PaperResults>& results);

} // namespace grokreport
