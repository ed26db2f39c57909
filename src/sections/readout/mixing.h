// The pre-activations and the direct path as a sum of terms by head and token: with attention alpha,
//     pre(a, b) = const + sum over heads of alpha_a T_a[a] + alpha_b T_b[b] + alpha_= T_=,
// T = x W_V W_O W_in. Attention and embeddings can then be changed separately, without a full forward pass
// (section 9).
#pragma once

#include "model/pair_rows.h"
#include "model/weights.h"

#include <Eigen/Core>
#include <array>
#include <vector>

namespace grokreport {

// Attention of each head at '=' to a, b and '=': n_heads of p^2 x 3, as in Activations.
using AttentionOfHeads = std::vector<Eigen::MatrixXd>;

// Each of some heads at its mean over all pairs.
AttentionOfHeads held_at_mean(AttentionOfHeads attention, const std::vector<int>& heads);
AttentionOfHeads held_at_mean(AttentionOfHeads attention); // every head

// What the heads bring through a linear map of the residual stream.
class HeadTables {
  public:
    // map: d_model x m.
    HeadTables(const Weights& weights, const Eigen::MatrixXd& map);

    // The same with some frequencies taken out of the p number rows of W_E.
    HeadTables without(const std::vector<int>& frequencies) const;

    // o times the map for the p pairs of one a: p x m, row b.
    Eigen::MatrixXd at(int a, const AttentionOfHeads& attention) const;

  private:
    std::array<std::vector<Eigen::MatrixXd>, 2> of_number_; // by position a, b; n_heads of p x m
    Eigen::MatrixXd of_equals_;                             // n_heads x m
};

// Logits of the p numbers for all pairs with other attention: p^2 x p. It keeps the attention.
PairRows logits_with_attention(const Weights& weights, AttentionOfHeads attention);

// A_k over q = a - b: the mean over the pairs of each q of what their logits have of cos w_k(a + b - c). The
// pairs come one a at a time.
class AmplitudeSum {
  public:
    AmplitudeSum(const std::vector<int>& frequencies, int p);

    // Logits times these are their amplitudes over c on cos w_k c and sin w_k c: p x 2 |K|.
    const Eigen::MatrixXd& answer_waves() const { return answer_waves_; }
    // Logits of the pairs of a times answer_waves(): p x 2 |K|, row b.
    void add(int a, const Eigen::MatrixXd& on_waves);
    Eigen::MatrixXd mean() const; // p x |K|, row q

  private:
    int p_;
    Eigen::MatrixXd waves_, answer_waves_, sum_;
};

// A model cut down to what it answers at some frequencies: from attention and numbers to A_k(a - b).
class ReadoutRun {
  public:
    ReadoutRun(const Weights& weights, const std::vector<int>& frequencies);

    // Some frequencies taken out of W_E; attention is given to amplitudes() and so stays what it is.
    ReadoutRun without(const std::vector<int>& frequencies) const;

    // A_k over q = a - b: p x |K|.
    Eigen::MatrixXd amplitudes(const AttentionOfHeads& attention) const;

  private:
    int p_ = 0;
    std::vector<int> frequencies_;
    HeadTables pre_, direct_;
    Eigen::RowVectorXd pre_constant_; // d_mlp: what '=' and the biases bring
    Eigen::MatrixXd decoder_;         // d_mlp x 2 |K|: W_L over c on cos and sin of each frequency
};

} // namespace grokreport
