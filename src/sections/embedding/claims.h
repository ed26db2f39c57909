// The claims of section 5.
#pragma once

#include "claims/measured_claim.h"
#include "model/config.h"
#include "sections/embedding/analysis.h"

namespace grokreport {

ClaimList<EmbeddingResults> embedding_claims(const Config& config);

} // namespace grokreport
