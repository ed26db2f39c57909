// The random numbers of Python's `random` module: random.seed(N) and random.shuffle(x) of CPython 3 give the
// same order (Modules/_randommodule.c, Lib/random.py).
#pragma once

#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace grokreport {

class PythonRandom {
  public:
    explicit PythonRandom(std::uint64_t seed);

    // random.randrange(limit): a whole number in [0, limit). limit: at least 1.
    std::uint32_t below(std::uint32_t limit);

    // random.shuffle(items).
    template <typename Item>
    void shuffle(std::vector<Item>& items) {
        for (std::size_t i = items.size(); i-- > 1;)
            std::swap(items[i], items[below(static_cast<std::uint32_t>(i + 1))]);
    }

  private:
    std::mt19937 random_; // Python uses MT19937, too, with another seeding
};

} // namespace grokreport
