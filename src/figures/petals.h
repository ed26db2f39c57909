// Section 6.2 of the post: petals, predicted beside actual.
#pragma once

#include "analysis/petals.h"
#include "figures/plot.h"

#include <string>

namespace grokreport::figures {

// Two panels on one scale: alpha(b) x_a + (1 - alpha(b)) x_b with the prediction for real b as a line, and z
// in the same plane with that line carried over by the affine fit. x_a is ringed. p: the modulus.
Drawing petal(const std::string& id, const Petal& petal, int a);

} // namespace grokreport::figures
