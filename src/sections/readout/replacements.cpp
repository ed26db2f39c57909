#include "sections/readout/replacements.h"

#include "model/dataset.h"
#include "sections/readout/mixing.h"
#include "spectral/fourier.h"

#include <cmath>
#include <limits>

namespace grokreport {

namespace {

constexpr double smallest_variance = 1e-24; // over the energy: what is left of logits that do not vary

ReplacementScore no_score() {
    return {std::nan(""), std::nan("")};
}

// The logits of the p answers that depend on a + b - c alone: p^2 x p.
Eigen::MatrixXd spread_over_answers(const Eigen::VectorXd& at_offset) {
    const Eigen::Index p = at_offset.size();
    Eigen::MatrixXd logits(p * p, p);
    for (Eigen::Index a = 0; a < p; ++a)
        for (Eigen::Index b = 0; b < p; ++b)
            for (Eigen::Index c = 0; c < p; ++c)
                logits(a * p + b, c) = at_offset[(a + b - c + p) % p];
    return logits;
}

Eigen::MatrixXd relu(Eigen::MatrixXd pre) {
    pre = pre.cwiseMax(0.0); // in place: it is large
    return pre;
}

// The scale of x^2 nearest to relu(x).
double scale_of_square(const Eigen::MatrixXd& pre) {
    const double fourth = pre.array().square().square().sum();
    return (pre.array().cwiseMax(0.0) * pre.array().square()).sum() / fourth;
}

} // namespace

LogitPaths::LogitPaths(const Weights& weights, const Activations& at_equals) : W_L_(decoder(weights)) {
    const auto W_U = weights.W_U.leftCols(weights.p());
    direct_ = at_equals.resid_mid * W_U;
    b_U_ = weights.b_U.head(weights.p());
    constant_ = weights.b_out * W_U + b_U_;
}

Eigen::MatrixXd LogitPaths::mlp_path(const Eigen::MatrixXd& mlp_logits) const {
    return mlp_logits.rowwise() + constant_;
}

Eigen::MatrixXd LogitPaths::both(const Eigen::MatrixXd& mlp_logits) const {
    return direct_ + mlp_path(mlp_logits);
}

Eigen::VectorXd over_answers(const Eigen::RowVectorXd& logits) {
    return (logits.array() - logits.mean()).matrix().transpose();
}

int largest_answer(Eigen::VectorXd logits, int but_for) {
    if (but_for >= 0) logits[but_for] = -std::numeric_limits<double>::infinity();
    Eigen::Index answer = 0;
    logits.maxCoeff(&answer);
    return static_cast<int>(answer);
}

ReplacementScore score_of(const Eigen::MatrixXd& logits) {
    const int p = modulus_of(logits);
    const auto pairs = all_pairs(p);
    return {accuracy(logits, pairs, p), mean_cross_entropy(logits, pairs, p)};
}

Eigen::VectorXd CosineFit::at_offset(int p) const {
    const Eigen::MatrixXd waves = wave_columns(frequencies, p);
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(p);
    for (std::size_t i = 0; i < frequencies.size(); ++i)
        sum += amplitude[i] * waves.col(2 * static_cast<Eigen::Index>(i));
    return sum;
}

CosineFit fit_cosines(const Eigen::MatrixXd& logits, const std::vector<int>& frequencies) {
    const int p = modulus_of(logits);
    const Eigen::MatrixXd amplitudes = amplitudes_by_difference(logits, frequencies); // p x |K|
    CosineFit fit;
    fit.frequencies = frequencies;
    // Over all (a, b, c) cos w_k(a + b - c) has the squared norm p^3 / 2
    double explained = 0;
    for (Eigen::Index i = 0; i < amplitudes.cols(); ++i) {
        fit.amplitude.push_back(amplitudes.col(i).mean());
        explained += fit.amplitude.back() * fit.amplitude.back() * std::pow(p, 3) / 2;
    }
    const auto numbers = logits.leftCols(p);
    const double variation = (numbers.rowwise() - numbers.colwise().mean()).squaredNorm();
    fit.share = !frequencies.empty() && variation > smallest_variance * numbers.squaredNorm()
                    ? explained / variation
                    : std::nan("");
    fit.alone = frequencies.empty() ? no_score() : score_of(spread_over_answers(fit.at_offset(p)));
    return fit;
}

namespace {

void score_activations(Replacements& scores, const Activations& at_equals, const LogitPaths& paths) {
    const Eigen::MatrixXd& pre = at_equals.pre;
    const Eigen::MatrixXd decoded = paths.W_L().transpose(), affine = pre * decoded;
    scores.even_half = score_of(paths.both(0.5 * pre.cwiseAbs() * decoded));
    scores.affine_half = score_of(paths.both(0.5 * affine));
    scores.identity = score_of(paths.both(affine));
    scores.square_scale = scale_of_square(pre);
    scores.squared = score_of(paths.both(scores.square_scale * pre.cwiseAbs2() * decoded));
}

void score_decoders(Replacements& scores, const Activations& at_equals, const LogitPaths& paths,
                    const WrittenDecoders& decoders) {
    const auto decoded = [&](const Eigen::MatrixXd& W_L) -> Eigen::MatrixXd {
        return at_equals.post * W_L.transpose();
    };
    const Eigen::MatrixXd written = decoded(decoders.doubled.rows);
    scores.from_phases = score_of(paths.mlp_path(decoded(decoders.from_phases)));
    scores.written = score_of(paths.mlp_path(written));
    scores.written_with_direct = score_of(paths.both(written));
    scores.written_single = score_of(paths.mlp_path(decoded(decoders.single.rows)));
    scores.written_shuffled = score_of(paths.mlp_path(decoded(decoders.shuffled.rows)));
}

void score_reduced(Replacements& scores, const ReducedPre& reduced, const LogitPaths& paths,
                   const Eigen::MatrixXd& written) {
    const Eigen::MatrixXd second_order = reduced.second_order_post * paths.W_L().transpose();
    scores.one_number = score_of(paths.mlp_path(reduced.one_number_logits));
    scores.one_number_with_direct = score_of(paths.both(reduced.one_number_logits));
    scores.second_order = score_of(paths.mlp_path(second_order));
    scores.second_order_with_direct = score_of(paths.both(second_order));
    scores.second_order_written = score_of(paths.mlp_path(reduced.second_order_post * written.transpose()));
}

// All that K decides, where K is empty.
void score_nothing(Replacements& scores) {
    for (ReplacementScore* score :
         {&scores.from_phases, &scores.written, &scores.written_with_direct, &scores.written_single,
          &scores.written_shuffled, &scores.one_number, &scores.one_number_with_direct, &scores.second_order,
          &scores.second_order_with_direct, &scores.second_order_written})
        *score = no_score();
}

} // namespace

ReducedPre reduce_pre(const PairMeans& pre, const LogitPaths& paths, const std::vector<int>& frequencies) {
    return {.one_number_logits = relu(with_one_number_terms(pre, frequencies)) * paths.W_L().transpose(),
            .second_order_post = relu(with_second_order(pre, frequencies))};
}

Replacements score_replacements(const Weights& weights, const Activations& at_equals, const LogitPaths& paths,
                                const WrittenDecoders& decoders, const ReducedPre& reduced) {
    const auto logits = at_equals.logits.leftCols(weights.p());
    Replacements scores;
    scores.trained = score_of(logits);
    scores.mlp_alone = score_of(logits - paths.direct());
    scores.direct_alone = score_of(paths.direct_path());
    scores.mean_attention = score_of(logits_with_attention(weights, held_at_mean(at_equals.attention)));
    score_activations(scores, at_equals, paths);
    if (std::isfinite(decoders.doubled.scale)) {
        score_decoders(scores, at_equals, paths, decoders);
        score_reduced(scores, reduced, paths, decoders.doubled.rows);
    } else {
        score_nothing(scores);
    }
    return scores;
}

} // namespace grokreport
