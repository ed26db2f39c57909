// `grokreport verify`: computes one claim again and compares it with the report.
#pragma once

#include "pipeline/study.h"

#include <string>

namespace grokreport {

struct VerifyRequest {
    Study study{};
    Place place{};
    std::string claim{}; // its id
};

// Computes the claim from the stored checkpoints and prints what was measured. Returns whether verdict and
// value are those of the last report of this seed. Throws Error where there is no such claim.
bool verify_claim(const VerifyRequest& request);

} // namespace grokreport
