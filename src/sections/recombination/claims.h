// The claims of section 7.
#pragma once

#include "claims/measured_claim.h"
#include "model/config.h"
#include "sections/recombination/analysis.h"

namespace grokreport {

ClaimList<RecombinationResults> recombination_claims(const Config& config);

} // namespace grokreport
