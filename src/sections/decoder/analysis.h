// Section 8 of the post, the decoder: row c of W_L reads the answer c out of the hidden layer. Does it point
// at the embedding of c on every circle, and would one circle be enough?
//
// The embedding of c is the hidden layer (post) of the pair (a, c - a) at fixed a. Embeddings are centred
// over b, rows of W_L over answers. Not here: which frequencies W_L has (section 5).
#pragma once

#include "model/pair_rows.h"
#include "model/weights.h"

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace grokreport {

// Rows b of the hidden layer at fixed a as rows c = a + b: p x d_mlp, centred. post: p x d_mlp.
Eigen::MatrixXd answer_embeddings(const Eigen::MatrixXd& post, int fixed_a);

// Row c of W_L against the embedding of c, both projected on the plane of k of the embeddings.
struct Alignment {
    int k = 0;
    double cosine = 0; // mean over all c
};
std::vector<Alignment> alignments(const Eigen::MatrixXd& W_L, const Eigen::MatrixXd& embeddings,
                                  const std::vector<int>& frequencies);

// The same in the same planes, after the components of the frequencies `removed` were taken out of the rows
// of both: what is left of an alignment at a frequency that has no circle.
std::vector<Alignment> alignments_without(const std::vector<int>& removed, const Eigen::MatrixXd& W_L,
                                          const Eigen::MatrixXd& embeddings,
                                          const std::vector<int>& frequencies);

// The control of an alignment: the mean cosine between W_L[pi(c)] and the embedding of c for a seeded random
// permutation pi of the answers, least over the frequencies. One value a draw; none without frequencies.
std::vector<double> permuted_alignments(const Eigen::MatrixXd& W_L, const Eigen::MatrixXd& embeddings,
                                        const std::vector<int>& frequencies, std::uint64_t seed);

// Logits of the p answers for all p^2 pairs, of which only the products of cos and sin of k a with cos and
// sin of k b are kept (four components for each frequency and answer, as in the restricted loss of Nanda et
// al., "Progress measures for grokking", 2023).
class CircleLogits {
  public:
    CircleLogits(int p, const std::vector<int>& frequencies);
    // Logits of the pairs of one a: p x at least p, row b. Each a = 0..p-1 once.
    void add(int a, const Eigen::MatrixXd& of_number);
    // What is kept of the pairs of one a at the i-th frequency, after all have been added: p x p.
    Eigen::MatrixXd of_number(std::size_t i, int a) const;

  private:
    std::vector<Eigen::MatrixXd> pairs_; // of each frequency cos and sin: p x 2
    std::vector<Eigen::MatrixXd>
        coefficients_; // of each frequency, 4 x p: cos a cos b, cos a sin b, sin a ...
};

// How well logits single out the answer, over all p^2 pairs.
struct AnswerScore {
    double accuracy = 0;
    double ahead = 0; // mean number of answers whose logit is larger than that of the right one
};

struct Circles {
    std::vector<int> frequencies;
    std::vector<AnswerScore> alone;    // each on its own
    std::vector<AnswerScore> together; // the first, the first two, ... in the given order
    AnswerScore intact;                // all components

    double all_together() const; // accuracy of all frequencies; NaN where there are none
};
// logits: p^2 x at least p.
Circles scores_by_circle(const PairRows& logits, const std::vector<int>& frequencies);

// One decoder row and the embeddings that it tells apart, in the plane of k of the embeddings.
struct CloseUp {
    int k = 0;
    int c = 0;                   // 65 mod p, as in the post
    Eigen::MatrixXd embeddings;  // p x 2, row c: the embedding of answer c
    Eigen::RowVector2d decoder;  // W_L[c], of length one
    Eigen::VectorXd activations; // p: embeddings times decoder
    std::vector<int> ahead;      // answers that activate the row more than c does, the strongest first
};
CloseUp close_up(const Eigen::MatrixXd& W_L, const Eigen::MatrixXd& embeddings, int k);

// Over several frequencies; NaN where there are none.
struct MeanAndDeviation {
    double mean = 0;
    double deviation = 0; // of the population
};
MeanAndDeviation mean_cosine(const std::vector<Alignment>& alignments);

// Everything that the section says of one set of weights.
struct DecoderResults {
    std::vector<Alignment> aligned;               // at the frequencies in question
    std::vector<double> permuted;                 // permuted_alignments() there
    std::vector<Alignment> elsewhere;             // at those that are not active in W_L
    std::vector<Alignment> elsewhere_without_key; // there, the components in question taken out of both
    Circles circles;
    double one_hertz_share = 0; // of the energy of W_L
    CloseUp close_up;           // on the circle of the first frequency in question
};
DecoderResults analyse_decoder(const Weights& weights, const std::vector<int>& frequencies,
                               std::uint64_t seed);

} // namespace grokreport
