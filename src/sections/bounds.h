// The table of bounds: every claim with what is measured, the bound and the reason for it, its control and
// what we expect, all fixed before any run. Nothing else in the program knows a bound.
#pragma once

#include "claims/claim.h"
#include "model/config.h"

#include <vector>

namespace grokreport {

using BoundTable = std::vector<ClaimDefinition>;

// In the order of the report. The config is that of the main model: some bounds are stated in terms of p.
BoundTable table_of_bounds(const Config& config);

// The same for a model that was trained elsewhere: nothing is known of its epochs, and where a control is our
// model before training, it is one of the same sizes with weights drawn afresh.
BoundTable table_of_imported_bounds(const Config& config);

BoundTable grokking_bounds(const Config& config);      // sections 3 and 4
BoundTable embedding_bounds(const Config& config);     // section 5
BoundTable attention_bounds(const Config& config);     // section 6
BoundTable petals_bounds(const Config& config);        // sections 6.1 and 6.2
BoundTable recombination_bounds(const Config& config); // section 7
BoundTable mlp_bounds(const Config& config);           // section 8
BoundTable decoder_bounds(const Config& config);       // section 8, the decoder

// What "groks" means for a model that spikes, linear.groks: the level, for how long, and until when.
inline constexpr double sustained_level = 0.95;
inline constexpr int sustained_span = 1000;    // epochs
inline constexpr int sustained_within = 40000; // epochs

} // namespace grokreport
