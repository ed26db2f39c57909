// The table of bounds: every claim with what is measured, the bound and the reason for it, its control and
// what we expect, all fixed before any run. Nothing else in the program knows a bound.
#pragma once

#include "claims.h"
#include "config.h"

#include <vector>

namespace grokreport {

// In the order of the report. The config is that of the main model: some bounds are stated in terms of p.
std::vector<ClaimDefinition> table_of_bounds(const Config& config);

// The level and the length that "groks" means for a model that spikes: linear.groks.
inline constexpr double sustained_level = 0.95;
inline constexpr int sustained_span = 1000; // epochs

} // namespace grokreport
