// The pairs (a, b) of a + b mod p and their seeded split into training and test set (section 2 of the post).
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
    std::vector<Pair> test;  // ascending; together with train all p * p ordered pairs
};

// All p^2 ordered pairs, (0, 0), (0, 1), ...
std::vector<Pair> all_pairs(int p);

// The first n_train of all pairs in some order, and the rest.
Split split_after(const std::vector<Pair>& pairs, std::ptrdiff_t n_train);

// A seeded random share train_fraction of all ordered pairs, rounded down as in the paper, and the rest.
Split split_pairs(const Config& config);

// CSV for other programs: a header line, then "a,b,train" or "a,b,test".
std::string to_csv(const Split& split);

// (a, b) with a <= b standing for itself and its mirror (b, a): `weight` of the two are in the set.
struct MergedPair {
    int a = 0;
    int b = 0;
    int weight = 0;
};

// Without positions a model gives (a, b) and (b, a) the same logits, and they have the same answer, so a set
// of pairs costs no more than its unordered pairs. Does not hold with a positional embedding. Ascending.
std::vector<MergedPair> merge_mirrored(std::span<const Pair> pairs);

// The pairs that a model can tell apart: merged without positions, each for itself with a positional
// embedding.
std::vector<MergedPair> distinct_pairs(const Config& config, std::span<const Pair> pairs);

// The test pairs whose mirror is not in the training set: those that symmetry alone does not answer.
std::vector<Pair> unseen_pairs(const Split& split);

} // namespace grokreport
