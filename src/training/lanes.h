// A cache line of floats as one value, for the few loops whose sums have to stay in registers: g++'s and
// clang's vector types, which the compiler cuts into the registers that the machine has. Buffers are
// aligned.h's.
#pragma once

#include "training/aligned.h"

namespace grokreport {

// Inlined also where nothing else is: such a value has no agreed way into a function on a narrower machine.
inline constexpr int lanes = cache_line / sizeof(float);
using Lanes = float __attribute__((vector_size(cache_line), may_alias));

[[gnu::always_inline]] inline Lanes load(const float* from) {
    return *reinterpret_cast<const Lanes*>(from);
}

[[gnu::always_inline]] inline void store(Lanes values, float* to) {
    *reinterpret_cast<Lanes*>(to) = values;
}

[[gnu::always_inline]] inline float sum_of(Lanes values) {
    float sum = 0;
#pragma omp simd reduction(+ : sum)
    for (int i = 0; i < lanes; ++i)
        sum += values[i];
    return sum;
}

} // namespace grokreport
