// Section 6 of the post, first part: the attention from '=', and that it is periodic in a and in b. What the
// heads move is in petals/analysis.h.
#pragma once

#include "model/dataset.h"
#include "model/weights.h"

#include <Eigen/Core>
#include <cstdint>
#include <vector>

namespace grokreport {

// What a softmax makes of scores with frequencies K, to second order: K and its pairwise sums and differences
// and its doubles, each folded to 1..(p-1)/2, ascending. The constant term is left out.
std::vector<int> softmax_frequencies(const std::vector<int>& key, int p);

// One head at '='.
struct HeadAttention {
    Eigen::MatrixXd to_a;       // p x p: row a, column b
    Eigen::MatrixXd at_fixed_a; // p x 3: attention to a, b and '=' as b varies
    double spread = 0;          // standard deviation of to_a over all pairs
    double mean_to_equals = 0;  // over all pairs
    Eigen::VectorXd norms;      // of to_a at fixed a, sqrt(cos^2 + sin^2), index k - 1
    Eigen::VectorXd shares;     // of its energy
    int top = 0;                // the frequency with the largest share
    double top_share = 0;
    double periodic_share = 0;    // of the energy at fixed a: at softmax_frequencies
    double periodic_share_2d = 0; // of the energy over (a, b): at pairs of them and on both axes
};

struct AttentionAnalysis {
    int fixed_a = 0;
    std::vector<int> key;      // K, ascending
    std::vector<int> expected; // softmax_frequencies
    double covered = 0;        // share of the (p-1)/2 frequencies that `expected` covers
    double covered_2d = 0;     // share of the p^2 - 1 two-dimensional basis functions likewise
    std::vector<HeadAttention> heads;
    // The 99 % quantile, over 200 seeded permutations, of the least share over heads: of the p tokens b at
    // fixed a; of rows and, independently, columns over (a, b). One permutation serves all heads.
    double null_share = 0;
    double null_share_2d = 0;
};

// K empty: shares and nulls over K are NaN. The spectrum over (a, b) is B A B^T, centred: the energy at a
// pair (f, g) is that of the four products of cos and sin; g = 0 or f = 0 are the axes.
AttentionAnalysis analyse_attention(const Weights& weights, const std::vector<int>& key, std::uint64_t seed);

// Attention of all three positions to all three, causal: row = from, column = to, one matrix a head.
struct SampledMaps {
    Pair pair;
    std::vector<Eigen::Matrix3d> heads;
};
// Some different pairs, drawn with the seed. Precondition: count <= p^2.
std::vector<SampledMaps> sampled_attention(const Weights& weights, int count, std::uint64_t seed);

// A head is tuned to its top frequency where that holds this much of its energy at fixed a.
inline constexpr double tuned_share = 0.5;

std::size_t n_tuned(const AttentionAnalysis& analysis);

// Everything that the section says of one model.
struct AttentionResults {
    AttentionAnalysis analysis;
    AttentionAnalysis untrained; // with the K of `analysis`
    std::vector<SampledMaps> samples{};
};
// K is that of the trained weights.
AttentionResults attention_results(const Weights& trained, const Weights& untrained, std::uint64_t seed);

} // namespace grokreport
