// The appendix: measures from the literature that the post does not take, on the same model. None is a claim.
//
// Nanda et al. 2023 ("Progress measures for grokking via mechanistic interpretability", arXiv 2301.05217):
// restricted and excluded loss (section 5.1), the share of the logits' variance on cos w_k(a + b - c), and
// neurons explained by one frequency (section 4). Zhong et al. 2023 ("The clock and the pizza", arXiv
// 2306.17844): distance irrelevance and gradient symmetricity (sections 3 and 4). w_k = 2 pi k / p
// throughout.
//
// Not computed: restricted and excluded loss at every epoch (only snapshots keep their weights), and the
// paper's excluded loss of single frequencies.
#pragma once

#include "model/activations.h"
#include "model/dataset.h"
#include "model/weights.h"
#include "spectral/pair_means.h"

#include <cstdint>
#include <vector>

namespace grokreport {

// What the measures below need of the logits of all p^2 pairs.
struct LogitSums {
    Eigen::MatrixXd by_sum; // p x d_vocab, row s: mean over the pairs with a + b = s mod p
    double variance = 0;    // sum of squares of the logits of the p numbers, each pair's centred over them
    Eigen::ArrayXXd right;  // p x p, row a, column b: the right answer's logit
    Eigen::ArrayXXd cross_entropy; // p x p, likewise, over all d_vocab answers
};
LogitSums sums_of(const PairRows& logits);

// The part of every logit that is its mean plus a combination of cos w_k(a + b) and sin w_k(a + b) for the
// given frequencies. It depends on a + b mod p alone: row s of the result is that of all pairs with a + b =
// s. by_sum: of LogitSums.
Eigen::MatrixXd restricted_to_sums(const Eigen::MatrixXd& by_sum,
                                   const std::vector<int>& frequencies); // p x d_vocab

// Mean cross-entropies in nats, of one snapshot.
struct ProgressLosses {
    double train = 0, test = 0;
    double restricted = 0; // of the logits restricted to the key frequencies, over all pairs
    double excluded = 0;   // of the logits less that part (their mean stays), over the training pairs
};
// logits: the sums of those weights.
ProgressLosses progress_losses(const Weights& weights, const LogitSums& logits, const Split& split,
                               const std::vector<int>& frequencies);

// Share of the variance of the logits of the p numbers, each pair's centred over them (softmax does not see
// their mean), on the functions cos w_k(a + b - c): one coefficient a frequency. NaN where they do not vary.
double variance_on_answers(const LogitSums& logits, const std::vector<int>& frequencies);

// Share of neurons more than `level` of whose variance over all pairs lies at one frequency k: on the eight
// products of {1, cos w_k a, sin w_k a} and {1, cos w_k b, sin w_k b} other than 1. A neuron that never
// varies is not explained. post: means over p^2 x d_mlp; they hold the eight products, of which those of a
// and b are waves in a + b and in a - b.
double single_frequency_neurons(const PairMeans& post, double level);
inline constexpr double explained_level = 0.85; // as in the paper

// Mean over d of the standard deviation over a of the right answer's logit of the pair (a, a + d), over its
// standard deviation over all pairs. Near 1: the distance of a and b does not matter, as in a clock; near 0:
// it is all that matters, as in a pizza.
double distance_irrelevance(const LogitSums& logits);

// Mean cosine between the gradients of the logit of c with respect to the embeddings of a and of b (at their
// places in the input), over seeded triples (a, b, c). 1 where both gradients always have the same direction.
double gradient_symmetricity(const Weights& weights, std::uint64_t seed, int triples);

// Test accuracy with the attention of each head held at its mean over all pairs.
double accuracy_with_mean_attention(const Weights& weights, const Split& split);

// Accuracy over all pairs of the logits of the p numbers restricted to the first 1, 2, ... frequencies.
std::vector<double> accuracy_by_frequencies_kept(const LogitSums& logits,
                                                 const std::vector<int>& frequencies);

} // namespace grokreport
