// The model with one piece replaced by a formula (section 9): how many of all p^2 pairs it still answers.
// Everything else stays as trained. Only the logits of the p numbers count; they are the sum of two paths,
//     direct  (W_E['='] + o) W_U        MLP  (post W_out + b_out) W_U = post W_L^T + b_out W_U.
// A bias b_U of the unembedding is added once, and to either path where it is read by itself.
// Formulas in the place of pre or of W_L are judged in the MLP's path alone: the direct path, which trained
// attention makes even in a way of its own, would help them.
#pragma once

#include "model/activations.h"
#include "model/weights.h"
#include "sections/readout/phases.h"
#include "sections/readout/terms.h"

#include <Eigen/Core>
#include <vector>

namespace grokreport {

// The two paths for all pairs.
class LogitPaths {
  public:
    LogitPaths(const Weights& weights, const Activations& at_equals);

    const Eigen::MatrixXd& W_L() const { return W_L_; }                      // p x d_mlp
    const Eigen::MatrixXd& direct() const { return direct_; }                // p^2 x p, without b_U
    Eigen::MatrixXd direct_path() const { return direct_.rowwise() + b_U_; } // read by itself

    // What the MLP adds as post W_L^T, p^2 x p, with its constant, alone or beside the direct path.
    Eigen::MatrixXd mlp_path(const Eigen::MatrixXd& mlp_logits) const;
    Eigen::MatrixXd both(const Eigen::MatrixXd& mlp_logits) const;

  private:
    Eigen::MatrixXd W_L_, direct_;
    Eigen::RowVectorXd constant_, b_U_; // p: b_out W_U + b_U; b_U
};

// The logits of one pair less their mean over the answers: p.
Eigen::VectorXd over_answers(const Eigen::RowVectorXd& logits);

// The answer with the largest logit, but for the answer `but_for`.
int largest_answer(Eigen::VectorXd logits, int but_for = -1);

struct ReplacementScore {
    double accuracy = 0;      // over all p^2 pairs
    double cross_entropy = 0; // nats, over all pairs and the p answers
};
// logits: p^2 x p.
ReplacementScore score_of(const Eigen::MatrixXd& logits);

// Logits as A_k cos(w_k (a + b - c)), one number A_k a frequency, by least squares. (Nanda et al. 2023, arXiv
// 2301.05217, centre logits over c; here, as in all of section 9, they are centred over all pairs.)
struct CosineFit {
    std::vector<int> frequencies;
    std::vector<double> amplitude; // A_k, in units of the logits
    double share = 0;              // of the variance, all frequencies together; NaN where logits do not vary
    ReplacementScore alone;        // of the cosines in place of the logits; NaN without frequencies

    Eigen::VectorXd at_offset(int p) const; // sum over K of A_k cos(w_k q), row q = a + b - c mod p
};
// logits: p^2 x at least p.
CosineFit fit_cosines(const Eigen::MatrixXd& logits, const std::vector<int>& frequencies);

// Without any frequency the scores of K are NaN.
struct Replacements {
    ReplacementScore trained;
    // In place of relu(x)
    ReplacementScore even_half;   // |x| / 2
    ReplacementScore affine_half; // x / 2
    ReplacementScore squared;     // s x^2, one s for all neurons: least squares on relu(x) over all pairs
    ReplacementScore identity;    // x
    double square_scale = 0;      // s
    // Paths
    ReplacementScore mlp_alone, direct_alone;
    // Attention of each head at its mean over all pairs
    ReplacementScore mean_attention;
    // Of K, in the MLP's path alone
    ReplacementScore one_number;           // pre reduced to its mean and terms of one number
    ReplacementScore second_order;         // ... and doubles, sum and difference terms
    ReplacementScore from_phases;          // W_L with trained amplitudes, phases twice those of pre
    ReplacementScore written;              // W_L written down
    ReplacementScore written_single;       // ... with phases not doubled
    ReplacementScore written_shuffled;     // ... with neurons shuffled
    ReplacementScore second_order_written; // `second_order` and `written` together
    // Of K, beside the direct path
    ReplacementScore one_number_with_direct, second_order_with_direct, written_with_direct;
};

// What the pre-activations give when they are reduced to terms of K (terms.h).
struct ReducedPre {
    Eigen::MatrixXd one_number_logits; // p^2 x p: the MLP's part, with the mean and terms of one number alone
    Eigen::MatrixXd second_order_post; // p^2 x d_mlp: the hidden layer, with the second order of K
};
// pre: means over all pairs.
ReducedPre reduce_pre(const PairMeans& pre, const LogitPaths& paths, const std::vector<int>& frequencies);

Replacements score_replacements(const Weights& weights, const Activations& at_equals, const LogitPaths& paths,
                                const WrittenDecoders& decoders, const ReducedPre& reduced);

} // namespace grokreport
