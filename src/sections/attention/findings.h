// From the analysis of section 6, first part, to measurements, one a claim, and to the facts that its text
// names.
#pragma once

#include "sections/attention/analysis.h"
#include "claims/claim.h"
#include "model/config.h"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace grokreport {

struct AttentionResults {
    AttentionAnalysis analysis;  // what figures and text show
    AttentionAnalysis untrained; // with the K of `analysis`
    std::string why_not;         // why the claims are not judged on `analysis`; empty where they are
    std::size_t n_samples = 0;
};

// A head is tuned to its top frequency when that holds this much of its energy at fixed a.
inline constexpr double tuned_share = 0.5;

std::vector<Measurement> attention_measurements(const AttentionResults& results);

// The one for attention.periodic-a-and-b.
Measurement periodic_in_a_and_b(const AttentionAnalysis& analysis);

nlohmann::ordered_json attention_facts(const AttentionResults& results);

} // namespace grokreport
