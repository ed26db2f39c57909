// The claims of section 4, and that of section 3 about symmetry.
#pragma once

#include "claims/measured_claim.h"
#include "model/config.h"
#include "sections/grokking/analysis.h"

#include <string>

namespace grokreport {

ClaimList<GrokkingResults> grokking_claims(const Config& config);

// Why a claim that needs so many epochs cannot be judged on a run of `epochs`.
std::string too_few_epochs(int needed, int epochs);

} // namespace grokreport
