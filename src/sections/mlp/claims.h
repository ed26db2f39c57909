// The claims of section 8 about the hidden layer.
#pragma once

#include "claims/measured_claim.h"
#include "model/config.h"
#include "sections/mlp/analysis.h"

namespace grokreport {

ClaimList<MlpResults> mlp_claims(const Config& config);

} // namespace grokreport
