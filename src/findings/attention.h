// From the analysis of section 6, first part, to measurements, one a claim, and to the facts that its text
// names.
#pragma once

#include "analysis/attention.h"
#include "claims.h"
#include "config.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

namespace grokreport {

struct AttentionResults {
    std::optional<AttentionAnalysis> claimed; // at 20,000 epochs, where the run goes so far
    std::string why_not;                      // why there is no `claimed`
    AttentionAnalysis untrained;              // with the K of `claimed`, or of `last`
    AttentionAnalysis last;                   // of the last snapshot: what figures and text show
    std::size_t n_samples = 0;
};

// A head is tuned to its top frequency when that holds this much of its energy at fixed a.
inline constexpr double tuned_share = 0.5;

std::vector<Measurement> attention_measurements(const AttentionResults& results);

nlohmann::ordered_json attention_facts(const AttentionResults& results);

} // namespace grokreport
