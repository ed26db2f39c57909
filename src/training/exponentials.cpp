// This file is compiled with -ffast-math, so that g++ calls the vector exp of glibc. It has one function,
// because -ffast-math drops the rules for NaN and for the order of sums.
#include "training/exponentials.h"

#include <cmath>
#include <cstddef>

namespace grokreport {

void exponentials_of(std::span<const float> logits, float shift, std::span<double> exponentials) {
    const float* logit = logits.data();
    double* exponential = exponentials.data();
    for (std::size_t i = 0; i < logits.size(); ++i)
        exponential[i] = std::exp(static_cast<double>(logit[i]) - static_cast<double>(shift));
}

} // namespace grokreport
