// The claims of section 6, first part: attention.
#pragma once

#include "claims/measured_claim.h"
#include "model/config.h"
#include "sections/attention/analysis.h"

namespace grokreport {

ClaimList<AttentionResults> attention_claims(const Config& config);

} // namespace grokreport
