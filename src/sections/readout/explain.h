// One pair of numbers on its way through the model, as `grokreport explain` prints it (section 9). Angles are
// in turns.
#pragma once

#include "model/weights.h"

#include <string>
#include <vector>

namespace grokreport {

struct ExplainedFrequency {
    int k = 0;
    double turns_a = 0, turns_b = 0; // k a / p and k b / p less whole turns: the numbers on the circle of k
    double turns_sum = 0;            // their sum less whole turns: where a + b should be
    double hidden_turns = 0; // where the hidden layer is in its sum plane, pairs of sum 0 at 0 on average
    double amplitude = 0;    // A_k(a, b): (logits less their mean) . cos w_k(a + b - c) / |cos|^2
    double to_next = 0;      // A_k times the cosine at the runner-up; at the answer the cosine is 1
};

struct ExplainedPair {
    int p = 0, a = 0, b = 0;
    int answer = 0;          // a + b mod p
    int given = 0, next = 0; // the largest logit of the p numbers, and the largest but for the answer
    std::vector<std::vector<double>> attention{}; // one row a head: to a, b and '='
    std::vector<ExplainedFrequency> frequencies{};
    double logit_answer = 0, logit_next = 0; // less the mean over the p numbers
    double mlp_answer = 0, mlp_next = 0;     // the same of the MLP's path alone
};

// frequencies: at least one. a and b: 0..p-1.
ExplainedPair explain_pair(const Weights& weights, const std::vector<int>& frequencies, int a, int b);

// Three lines for each frequency, one for each head, and nine: they can be checked by hand.
std::string to_text(const ExplainedPair& pair);

} // namespace grokreport
