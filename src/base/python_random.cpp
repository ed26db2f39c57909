#include "base/python_random.h"

#include <algorithm>
#include <bit>
#include <cstddef>

namespace grokreport {

namespace {

// init_by_array of Matsumoto and Nishimura's mt19937ar.c, with which Python seeds, as a seed sequence.
// std::mt19937 takes the words that generate() writes as its state.
class PythonSeed {
  public:
    using result_type = std::uint32_t;

    explicit PythonSeed(std::uint64_t seed) : key_{static_cast<std::uint32_t>(seed)} {
        if (const auto high = static_cast<std::uint32_t>(seed >> 32); high != 0) key_.push_back(high);
    }

    template <typename Iterator>
    void generate(Iterator begin, Iterator end) const {
        const auto n = static_cast<std::uint32_t>(end - begin);
        begin[0] = 19650218;
        for (std::uint32_t i = 1; i < n; ++i)
            begin[i] = 1812433253U * mixed(begin[i - 1]) + i;
        std::uint32_t i = 1, j = 0;
        const auto step = [&] { // next word; the last word is copied before the first
            if (++i == n) {
                begin[0] = begin[n - 1];
                i = 1;
            }
        };
        for (auto k = std::max(n, static_cast<std::uint32_t>(key_.size())); k > 0; --k) {
            begin[i] = (begin[i] ^ (mixed(begin[i - 1]) * 1664525U)) + key_[j] + j;
            j = (j + 1) % static_cast<std::uint32_t>(key_.size());
            step();
        }
        for (auto k = n - 1; k > 0; --k) {
            begin[i] = (begin[i] ^ (mixed(begin[i - 1]) * 1566083941U)) - i;
            step();
        }
        begin[0] = 0x80000000U;
    }

  private:
    static std::uint32_t mixed(std::uint32_t word) { return word ^ (word >> 30); }

    std::vector<std::uint32_t> key_; // the seed in words of 32 bits, the lowest first
};

std::mt19937 seeded(std::uint64_t seed) {
    PythonSeed sequence(seed);
    return std::mt19937(sequence);
}

} // namespace

PythonRandom::PythonRandom(std::uint64_t seed) : random_(seeded(seed)) {}

std::uint32_t PythonRandom::below(std::uint32_t limit) {
    const int bits = std::bit_width(limit);
    while (true)
        if (const auto number = static_cast<std::uint32_t>(random_() >> (32 - bits)); number < limit)
            return number;
}

} // namespace grokreport
