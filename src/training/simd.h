// SIMD registers as values (vector types of g++ and clang), for the loops whose sums must stay in registers.
// Buffers must be those of aligned.h.
#pragma once

#include "training/aligned.h"

namespace grokreport {

// The width of the registers of this machine. g++ 12 spills wider vectors to memory at every step.
#if defined(__AVX512F__)
inline constexpr int register_bytes = 64;
#elif defined(__AVX__)
inline constexpr int register_bytes = 32;
#else
inline constexpr int register_bytes = 16;
#endif

static_assert(cache_line % register_bytes == 0); // a padded row is a whole number of vectors

inline constexpr int simd_width = register_bytes / sizeof(float);
using SimdVector = float __attribute__((vector_size(register_bytes), may_alias));

// Inlined also at -O0 and -O1, so that a value stays in its register.
[[gnu::always_inline]] inline SimdVector load(const float* from) {
    return *reinterpret_cast<const SimdVector*>(from);
}

[[gnu::always_inline]] inline void store(SimdVector values, float* to) {
    *reinterpret_cast<SimdVector*>(to) = values;
}

[[gnu::always_inline]] inline float sum_of(SimdVector values) {
    float sum = 0;
#pragma omp simd reduction(+ : sum)
    for (int i = 0; i < simd_width; ++i)
        sum += values[i];
    return sum;
}

} // namespace grokreport
