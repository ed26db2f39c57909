#include "sections/readout/replacements.h"

#include "model/dataset.h"
#include "spectral/fourier.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace grokreport {

namespace {

ReplacementScore no_score() {
    return {std::nan(""), std::nan("")};
}

ReplacementScore score_of(const ScoreSum& sum) {
    return {sum.accuracy(), sum.mean_cross_entropy()};
}

// Logits that depend on a + b - c alone are those of the pairs (0, b), for each a in another order.
ReplacementScore score_at_offset(const Eigen::VectorXd& at_offset) {
    const auto p = static_cast<int>(at_offset.size());
    Eigen::MatrixXd logits(p, p);
    for (int b = 0; b < p; ++b)
        for (int c = 0; c < p; ++c)
            logits(b, c) = at_offset[(b - c + p) % p];
    ScoreSum sum;
    sum.add(logits, pairs_of_number(0, p), p);
    return score_of(sum);
}

} // namespace

LogitPaths::LogitPaths(const Weights& weights)
    : W_L_(decoder(weights)),
      W_U_(weights.W_U.leftCols(weights.p())),
      W_in_to_answers_(weights.W_in * W_L_.transpose()),
      b_U_(weights.b_U.head(weights.p())),
      b_in_to_answers_(weights.b_in * W_L_.transpose()),
      constant_(weights.b_out * W_U_ + b_U_) {}

Eigen::VectorXd over_answers(const Eigen::RowVectorXd& logits) {
    return (logits.array() - logits.mean()).matrix().transpose();
}

int largest_answer(Eigen::VectorXd logits, int but_for) {
    if (but_for >= 0) logits[but_for] = -std::numeric_limits<double>::infinity();
    Eigen::Index answer = 0;
    logits.maxCoeff(&answer);
    return static_cast<int>(answer);
}

Eigen::VectorXd CosineFit::at_offset(int p) const {
    const Eigen::MatrixXd waves = wave_columns(frequencies, p);
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(p);
    for (std::size_t i = 0; i < frequencies.size(); ++i)
        sum += amplitude[i] * waves.col(2 * static_cast<Eigen::Index>(i));
    return sum;
}

CosineFit fit_cosines(const Eigen::MatrixXd& amplitudes, double variation,
                      const std::vector<int>& frequencies) {
    const auto p = static_cast<int>(amplitudes.rows());
    CosineFit fit;
    fit.frequencies = frequencies;
    // Over all (a, b, c) cos w_k(a + b - c) has the squared norm p^3 / 2
    double explained = 0;
    for (Eigen::Index i = 0; i < amplitudes.cols(); ++i) {
        fit.amplitude.push_back(amplitudes.col(i).mean());
        explained += fit.amplitude.back() * fit.amplitude.back() * std::pow(p, 3) / 2;
    }
    fit.share = !frequencies.empty() && variation > 0 ? explained / variation : std::nan("");
    fit.alone = frequencies.empty() ? no_score() : score_at_offset(fit.at_offset(p));
    return fit;
}

CosineFit fit_cosines(const PairRows& logits, const std::vector<int>& frequencies) {
    const int p = logits.p();
    AmplitudeSum amplitudes(frequencies, p);
    PairMeansSum means;
    for (int a = 0; a < p; ++a) {
        const Eigen::MatrixXd of_a = logits.of_number(a).leftCols(p);
        amplitudes.add(a, of_a * amplitudes.answer_waves());
        means.add(a, of_a);
    }
    return fit_cosines(amplitudes.mean(), means.means().variation, frequencies);
}

void SquareScale::add(const Eigen::MatrixXd& pre) {
    fourth_ += pre.array().square().square().sum();
    with_relu_ += (pre.array().cwiseMax(0.0) * pre.array().square()).sum();
}

PairLogits logits_of(const LogitPaths& paths, const Activations& at) {
    return {paths.direct(at.resid_mid), at.post * paths.W_L().transpose(), paths.identity(at.resid_mid)};
}

Eigen::MatrixXd on_waves(const Eigen::MatrixXd& waves, const Eigen::MatrixXd& decoder) {
    return 2.0 / static_cast<double>(waves.rows()) * (waves.transpose() * decoder);
}

ReplacementScoring::ReplacementScoring(ReplacementParts parts)
    : parts_(std::move(parts)),
      p_(static_cast<int>(parts_.paths.W_L().rows())),
      has_written_(std::isfinite(parts_.decoders.doubled.scale)),
      waves_(wave_columns(parts_.frequencies, p_)),
      from_phases_(on_waves(waves_, parts_.decoders.from_phases)),
      written_(on_waves(waves_, parts_.decoders.doubled.rows)),
      single_(on_waves(waves_, parts_.decoders.single.rows)),
      shuffled_(on_waves(waves_, parts_.decoders.shuffled.rows)),
      one_number_(KeptTerms::one_number(parts_.pre, parts_.frequencies)),
      second_order_(KeptTerms::second_order(parts_.pre, parts_.frequencies)),
      one_number_amplitudes_(parts_.frequencies, p_) {}

void ReplacementScoring::score(ReplacementScore Replacements::*name, const Eigen::MatrixXd& logits) {
    auto sum = std::ranges::find_if(sums_, [&](const auto& named) { return named.first == name; });
    if (sum == sums_.end()) sum = sums_.insert(sum, {name, {}});
    sum->second.add(logits, pairs_, p_);
}

void ReplacementScoring::score_mlp_path(ReplacementScore Replacements::*name,
                                        const Eigen::MatrixXd& mlp_logits) {
    score(name, parts_.paths.mlp_path(mlp_logits));
}

void ReplacementScoring::score_both(ReplacementScore Replacements::*name, const Eigen::MatrixXd& mlp_logits) {
    score(name, direct_ + parts_.paths.mlp_path(mlp_logits));
}

void ReplacementScoring::add(int a, const Activations& at, const PairLogits& logits) {
    pairs_ = pairs_of_number(a, p_);
    direct_ = logits.direct;
    score_both(&Replacements::trained, logits.mlp);
    score_mlp_path(&Replacements::mlp_alone, logits.mlp);
    score(&Replacements::direct_alone, parts_.paths.direct_path(logits.direct));
    score(&Replacements::mean_attention, parts_.mean_attention.of_number(a));
    // |x| / 2 = relu(x) - x / 2
    score_both(&Replacements::even_half, logits.mlp - 0.5 * logits.identity);
    score_both(&Replacements::affine_half, 0.5 * logits.identity);
    score_both(&Replacements::identity, logits.identity);
    score_both(&Replacements::squared,
               parts_.square_scale * at.pre.cwiseAbs2() * parts_.paths.W_L().transpose());
    add_reduced(a);
    if (has_written_) add_decoders(at.post);
}

void ReplacementScoring::add_decoders(const Eigen::MatrixXd& post) {
    const Eigen::MatrixXd written = decoded(post, written_);
    score_mlp_path(&Replacements::from_phases, decoded(post, from_phases_));
    score_mlp_path(&Replacements::written, written);
    score_both(&Replacements::written_with_direct, written);
    score_mlp_path(&Replacements::written_single, decoded(post, single_));
    score_mlp_path(&Replacements::written_shuffled, decoded(post, shuffled_));
}

void ReplacementScoring::add_reduced(int a) {
    const Eigen::MatrixXd one_number =
        one_number_.of_number(a).cwiseMax(0.0) * parts_.paths.W_L().transpose();
    one_number_amplitudes_.add(a, one_number * one_number_amplitudes_.answer_waves());
    if (!has_written_) return;
    const Eigen::MatrixXd second_order_post = second_order_.of_number(a).cwiseMax(0.0);
    const Eigen::MatrixXd second_order = second_order_post * parts_.paths.W_L().transpose();
    score_mlp_path(&Replacements::one_number, one_number);
    score_both(&Replacements::one_number_with_direct, one_number);
    score_mlp_path(&Replacements::second_order, second_order);
    score_both(&Replacements::second_order_with_direct, second_order);
    score_mlp_path(&Replacements::second_order_written, decoded(second_order_post, written_));
}

Eigen::MatrixXd ReplacementScoring::decoded(const Eigen::MatrixXd& hidden,
                                            const Eigen::MatrixXd& coefficients) const {
    return (hidden * coefficients.transpose()) * waves_.transpose();
}

Replacements ReplacementScoring::scores() const {
    Replacements scores;
    scores.square_scale = parts_.square_scale;
    for (ReplacementScore Replacements::*of_K :
         {&Replacements::from_phases, &Replacements::written, &Replacements::written_with_direct,
          &Replacements::written_single, &Replacements::written_shuffled, &Replacements::one_number,
          &Replacements::one_number_with_direct, &Replacements::second_order,
          &Replacements::second_order_with_direct, &Replacements::second_order_written})
        scores.*of_K = no_score(); // where nothing was written down
    for (const auto& [name, sum] : sums_)
        scores.*name = score_of(sum);
    return scores;
}

} // namespace grokreport
