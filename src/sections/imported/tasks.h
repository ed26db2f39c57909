// Which operation a model answers, where it does not answer a + b mod p.
#pragma once

#include "model/pair_rows.h"
#include "model/weights.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace grokreport {

struct TriedTask {
    std::string name;    // "a - b"
    double accuracy = 0; // over all pairs
};

// The share of the p^2 pairs that the model answers, for a + b, a - b, b - a and a * b mod p, in this order;
// a tie counts for the smaller token. logits: all pairs.
std::vector<TriedTask> try_tasks(const PairRows& logits);

// An accuracy up to this is no better than chance, 1/p: three times as much. A model that has only learned
// which answers are frequent stays below.
double chance_level(int p);

// The task that the model answers best, where that is at least twice the level of chance. tried: of
// try_tasks.
std::optional<TriedTask> recognised_task(const std::vector<TriedTask>& tried, int p);

// A smaller odd prime q with which the model answers most of a sample of the sums a + b mod q, token q being
// '='; none where there is none.
std::optional<int> recognised_modulus(const Weights& weights, std::uint64_t seed);

} // namespace grokreport
