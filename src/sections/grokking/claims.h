// The claims of section 4, and that of section 3 about symmetry.
#pragma once

#include "claims/measured_claim.h"
#include "model/config.h"
#include "sections/grokking/analysis.h"

namespace grokreport {

ClaimList<GrokkingResults> grokking_claims(const Config& config);

} // namespace grokreport
