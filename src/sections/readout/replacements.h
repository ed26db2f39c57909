// The model with one piece replaced by a formula (section 9): how many of all p^2 pairs it still answers.
// Everything else stays as trained. Only the logits of the p numbers count; they are the sum of two paths,
//     direct  (W_E['='] + o) W_U        MLP  (post W_out + b_out) W_U = post W_L^T + b_out W_U.
// A bias b_U of the unembedding is added once, and to either path where it is read by itself.
// Formulas in the place of pre or of W_L are judged in the MLP's path alone: the direct path, which trained
// attention makes even in a way of its own, would help them.
#pragma once

#include "model/activations.h"
#include "model/weights.h"
#include "sections/readout/mixing.h"
#include "sections/readout/phases.h"
#include "sections/readout/terms.h"

#include <Eigen/Core>
#include <utility>
#include <vector>

namespace grokreport {

// The two paths, of any pairs.
class LogitPaths {
  public:
    explicit LogitPaths(const Weights& weights);

    const Eigen::MatrixXd& W_L() const { return W_L_; } // p x d_mlp
    // The direct path, pairs x p, without b_U; and read by itself.
    Eigen::MatrixXd direct(const Eigen::MatrixXd& resid_mid) const { return resid_mid * W_U_; }
    Eigen::MatrixXd direct_path(const Eigen::MatrixXd& direct) const { return direct.rowwise() + b_U_; }
    // What the MLP adds as post W_L^T, pairs x p, with its constant.
    Eigen::MatrixXd mlp_path(const Eigen::MatrixXd& mlp_logits) const {
        return mlp_logits.rowwise() + constant_;
    }

    // pre W_L^T without the hidden layer: pairs x p.
    Eigen::MatrixXd identity(const Eigen::MatrixXd& resid_mid) const {
        return (resid_mid * W_in_to_answers_).rowwise() + b_in_to_answers_;
    }

    const Eigen::MatrixXd& W_U() const { return W_U_; }              // d_model x p
    const Eigen::RowVectorXd& constant() const { return constant_; } // p: b_out W_U + b_U

  private:
    Eigen::MatrixXd W_L_, W_U_, W_in_to_answers_;
    Eigen::RowVectorXd b_U_, b_in_to_answers_, constant_;
};

// The logits of one pair less their mean over the answers: p.
Eigen::VectorXd over_answers(const Eigen::RowVectorXd& logits);

// The answer with the largest logit, but for the answer `but_for`.
int largest_answer(Eigen::VectorXd logits, int but_for = -1);

struct ReplacementScore {
    double accuracy = 0;      // over all p^2 pairs
    double cross_entropy = 0; // nats, over all pairs and the p answers
};

// Logits as A_k cos(w_k (a + b - c)), one number A_k a frequency, by least squares. (Nanda et al. 2023, arXiv
// 2301.05217, centre logits over c; here, as in all of section 9, they are centred over all pairs.)
struct CosineFit {
    std::vector<int> frequencies;
    std::vector<double> amplitude; // A_k, in units of the logits
    double share = 0;              // of the variance, all frequencies together; NaN where logits do not vary
    ReplacementScore alone;        // of the cosines in place of the logits; NaN without frequencies

    Eigen::VectorXd at_offset(int p) const; // sum over K of A_k cos(w_k q), row q = a + b - c mod p
};
// amplitudes: A_k over a - b (mixing.h), p x |K|. variation: sum of squares of the logits less their means.
CosineFit fit_cosines(const Eigen::MatrixXd& amplitudes, double variation,
                      const std::vector<int>& frequencies);
// logits: p^2 x at least p.
CosineFit fit_cosines(const PairRows& logits, const std::vector<int>& frequencies);

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

// The scale of x^2 nearest to relu(x), over pre-activations that come in parts.
class SquareScale {
  public:
    void add(const Eigen::MatrixXd& pre);
    double scale() const { return with_relu_ / fourth_; }

  private:
    double with_relu_ = 0, fourth_ = 0; // sums of relu(x) x^2 and of x^4
};

// What the replacements look at beside the pairs.
struct ReplacementParts {
    const LogitPaths& paths;
    const PairMeans& pre; // over all pairs
    const WrittenDecoders& decoders;
    const std::vector<int>& frequencies;
    double square_scale = 0;
    PairRows mean_attention; // logits with the attention of each head at its mean
};

// The pairs of one a, on all paths.
struct PairLogits {
    Eigen::MatrixXd direct;   // p x p
    Eigen::MatrixXd mlp;      // p x p: post W_L^T
    Eigen::MatrixXd identity; // p x p: pre W_L^T
};
PairLogits logits_of(const LogitPaths& paths, const Activations& at);

// The coefficients of a decoder of waves on cos and sin of each frequency: 2 |K| x d_mlp. decoder: p x d_mlp,
// in the span of `waves` (wave_columns of terms.h).
Eigen::MatrixXd on_waves(const Eigen::MatrixXd& waves, const Eigen::MatrixXd& decoder);

// Scores all replacements, the pairs of one a at a time.
class ReplacementScoring {
  public:
    // Keeps the references.
    explicit ReplacementScoring(ReplacementParts parts);

    // Each a = 0..p-1 once.
    void add(int a, const Activations& at, const PairLogits& logits);
    Replacements scores() const;
    // A_k over a - b of the MLP's part with pre reduced to its mean and terms of one number: p x |K|.
    Eigen::MatrixXd one_number_amplitudes() const { return one_number_amplitudes_.mean(); }

  private:
    // Logits of the p pairs of a in place of the model's.
    void score(ReplacementScore Replacements::*name, const Eigen::MatrixXd& logits);
    void score_mlp_path(ReplacementScore Replacements::*name, const Eigen::MatrixXd& mlp_logits);
    void score_both(ReplacementScore Replacements::*name, const Eigen::MatrixXd& mlp_logits);
    void add_decoders(const Eigen::MatrixXd& post);
    void add_reduced(int a);
    // hidden times a decoder of waves of K.
    Eigen::MatrixXd decoded(const Eigen::MatrixXd& hidden, const Eigen::MatrixXd& coefficients) const;

    ReplacementParts parts_;
    int p_;
    bool has_written_;      // else the scores of K have no value
    Eigen::MatrixXd waves_; // p x 2 |K|
    // The decoders on the waves: 2 |K| x d_mlp.
    Eigen::MatrixXd from_phases_, written_, single_, shuffled_;
    KeptTerms one_number_, second_order_;
    AmplitudeSum one_number_amplitudes_;
    std::vector<Pair> pairs_; // of the a that is being added
    Eigen::MatrixXd direct_;  // of the same
    std::vector<std::pair<ReplacementScore Replacements::*, ScoreSum>> sums_;
};

} // namespace grokreport
