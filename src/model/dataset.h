// The pairs (a, b) of a + b mod p and their seeded split into a training set and a test set (section 2 of the
// post).
#pragma once

#include "model/config.h"

#include <compare>
#include <span>
#include <string>
#include <vector>

namespace grokreport {

struct Pair {
    int a = 0;
    int b = 0;
    auto operator<=>(const Pair&) const = default;
};

inline int answer(Pair pair, int p) {
    return (pair.a + pair.b) % p;
}

struct Split {
    std::vector<Pair> train; // ascending
    std::vector<Pair> test;  // ascending; train and test together are all p^2 ordered pairs
};

// All p^2 ordered pairs, (0, 0), (0, 1), ...
std::vector<Pair> all_pairs(int p);
// Those of one a: (a, 0), ..., (a, p - 1).
std::vector<Pair> pairs_of_number(int a, int p);

// The first n_train pairs, and the rest. pairs: all p^2 in some order.
Split split_after(const std::vector<Pair>& pairs, std::ptrdiff_t n_train);

// A random part of all ordered pairs, seeded by config.seed, and the rest. Its size is train_fraction p^2
// rounded down, as in the paper.
Split split_pairs(const Config& config);

// CSV with the header "a,b,set" and lines such as "3,8,train".
std::string to_csv(const Split& split);

// A pair of a set. After merging, a <= b, and the pair stands for (a, b) and (b, a); weight is how many of
// the two are in the set.
struct MergedPair {
    int a = 0;
    int b = 0;
    int weight = 0;
};

// Merges (a, b) and (b, a). Without a positional embedding both have the same logits and the same answer, so
// that the unordered pairs are enough. The result is ascending.
std::vector<MergedPair> merge_mirrored(std::span<const Pair> pairs);

// The pairs that a model can tell apart: merged, or with a positional embedding all of them, each with
// weight 1.
std::vector<MergedPair> distinct_pairs(const Config& config, std::span<const Pair> pairs);

// The test pairs (a, b) whose mirror (b, a) is not a training pair: symmetry alone does not answer them.
std::vector<Pair> unseen_pairs(const Split& split);

} // namespace grokreport
