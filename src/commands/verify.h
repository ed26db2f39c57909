// One claim computed anew, to be held against what the report says.
#pragma once

#include "cli/options.h"

namespace grokreport {

// Computes options.claim anew from the stored checkpoints and prints what was measured. Returns whether the
// verdict and the value are those of the last report on this seed. Throws Error where there is no such claim.
bool verify_claim(const Options& options);

} // namespace grokreport
