// Compiled with -ffast-math, which lets g++ call glibc's vector exp; nothing else stands in this file, so
// nothing else loses its rules for NaN and order of summation.
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
