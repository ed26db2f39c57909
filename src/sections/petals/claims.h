// The claims of sections 6.1 and 6.2.
#pragma once

#include "claims/measured_claim.h"
#include "model/config.h"
#include "sections/petals/analysis.h"

namespace grokreport {

ClaimList<PetalsResults> petals_claims(const Config& config);

} // namespace grokreport
