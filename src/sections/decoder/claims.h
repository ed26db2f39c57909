// The claims of section 8 about the decoder.
#pragma once

#include "claims/measured_claim.h"
#include "model/config.h"
#include "sections/decoder/analysis.h"

namespace grokreport {

ClaimList<DecoderResults> decoder_claims(const Config& config);

} // namespace grokreport
