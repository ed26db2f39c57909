// Decomposition of the variance over all p^2 pairs (a, b) by the terms of a Fourier transform over (a, b)
// (section 9). A function of (a, b) is a sum of waves f a + g b; w_k = 2 pi k / p. With K the key
// frequencies:
//     terms of one number   (k, 0), (0, k)         a wave in a, or in b, alone
//     sum terms             (k, k)                 a wave in w_k (a + b): what an adder needs
//     difference terms      (k, -k)                a wave in w_k (a - b)
//     doubles               (2k, 0), (0, 2k)       a wave of twice the frequency in one number alone
// each with its conjugate. A double that is itself in K counts as a term of one number, once.
#pragma once

#include "spectral/fourier.h"
#include "spectral/pair_means.h"

#include <Eigen/Core>
#include <vector>

namespace grokreport {

// 2k folded into 1..(p-1)/2. k: 1..(p-1)/2.
int double_of(int k, int p);

// cos w_k t and sin w_k t for t = 0..p-1, two columns for each frequency: p x 2 |K|.
Eigen::MatrixXd wave_columns(const std::vector<int>& frequencies, int p);

bool is_among(const std::vector<int>& frequencies, int one);

// The doubles of frequencies that are not among them, in their order; each is the double of one k alone.
std::vector<int> doubles_outside(const std::vector<int>& frequencies, int p);

// Shares of the variation; they sum to one. NaN where X does not vary (beyond rounding).
struct TermShares {
    double sum = 0, difference = 0, one_number = 0, doubles = 0, rest = 0;
};
TermShares term_shares(const PairMeans& means, const std::vector<int>& frequencies);

// X of which only its mean and some terms of K are left, made one a at a time.
class KeptTerms {
  public:
    // Only terms of one number.
    static KeptTerms one_number(const PairMeans& means, const std::vector<int>& frequencies);
    // ... and doubles, sum terms and difference terms as well: the second order of K.
    static KeptTerms second_order(const PairMeans& means, const std::vector<int>& frequencies);

    // p x d, row b.
    Eigen::MatrixXd of_number(int a) const;

  private:
    Eigen::RowVectorXd mean_;                // d
    Eigen::MatrixXd of_a_, of_b_;            // p x d
    Eigen::MatrixXd of_sum_, of_difference_; // p x d; empty for terms of one number
};

// The shares of every stage on the way to the logits of the p answers.
struct Ledger {
    TermShares o;          // summed output of the heads
    TermShares pre;        // pre-activations
    TermShares hidden;     // after the ReLU, or pre where it is the identity
    TermShares mlp_logits; // hidden W_out W_U: what the MLP adds to the logits
    TermShares logits;     // with the direct path o W_U
};

} // namespace grokreport
