// The random numbers of Python's `random` module: random.seed(N) and random.shuffle(x) give the same order
// here as there (Modules/_randommodule.c and Lib/random.py of CPython 3).
#pragma once

#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace grokreport {

class PythonRandom {
  public:
    explicit PythonRandom(std::uint64_t seed);

    // random.randrange(limit): a whole number below `limit`, which is 1 or more.
    std::uint32_t below(std::uint32_t limit);

    // random.shuffle(items).
    template <typename Item>
    void shuffle(std::vector<Item>& items) {
        for (std::size_t i = items.size(); i-- > 1;)
            std::swap(items[i], items[below(static_cast<std::uint32_t>(i + 1))]);
    }

  private:
    std::mt19937 random_; // the Mersenne Twister MT19937 is what Python has, too; it is seeded in another way
};

} // namespace grokreport
