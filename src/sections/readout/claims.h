// The claims of section 9, which are ours and not the post's.
#pragma once

#include "claims/measured_claim.h"
#include "model/config.h"
#include "sections/readout/analysis.h"

namespace grokreport {

// In the order of the section. Where K is empty the claims over K have no value and fail.
ClaimList<ReadoutResults> readout_claims(const Config& config);

// Those about how evenly pairs are read, which readout_claims() includes.
ClaimList<ReadoutResults> evenness_claims();

} // namespace grokreport
