// Random numbers for one purpose: each stream of a seed is independent of the others.
#pragma once

#include <cstdint>
#include <random>

namespace grokreport {

enum class RandomStream : std::uint32_t { split = 1, weights = 2, permutations = 3, samples = 4 };

inline std::mt19937_64 seeded_random(std::uint64_t seed, RandomStream stream) {
    std::seed_seq sequence{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32),
                           static_cast<std::uint32_t>(stream)};
    return std::mt19937_64(sequence);
}

} // namespace grokreport
