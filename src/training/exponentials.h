// The exponentials of the softmax.
#pragma once

#include <span>

namespace grokreport {

// exponentials[i] = exp(logits[i] - shift) in float64, with an error of at most 4 units in the last place.
void exponentials_of(std::span<const float> logits, float shift, std::span<double> exponentials);

} // namespace grokreport
