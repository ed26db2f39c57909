#include "sections/mlp/analysis.h"

#include "claims/extremes.h"
#include "model/fixed_number.h"
#include "sections/recombination/analysis.h"
#include "spectral/decompositions.h"
#include "spectral/fourier.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace grokreport {

namespace {

constexpr double not_there = std::numeric_limits<double>::quiet_NaN();

// The hidden layer on the training pairs, to fit, and on the test pairs, to judge.
struct HiddenLayer {
    Eigen::MatrixXd resid_mid, pre, post; // pairs x d_model, d_mlp, d_mlp
};
HiddenLayer hidden_layer(const Activations& all, std::span<const Pair> pairs, int p) {
    return {rows_of_pairs(all.resid_mid, pairs, p), rows_of_pairs(all.pre, pairs, p),
            rows_of_pairs(all.post, pairs, p)};
}

double accuracy_with(const Eigen::MatrixXd& post, const HiddenLayer& test, const Weights& weights,
                     std::span<const Pair> pairs) {
    const Eigen::MatrixXd resid_post = (test.resid_mid + post * weights.W_out).rowwise() + weights.b_out;
    return accuracy(weights.unembedded(resid_post), pairs, weights.p());
}

Eigen::MatrixXd per_neuron_fit(const HiddenLayer& train, const Eigen::MatrixXd& pre) {
    const Eigen::RowVectorXd mean_pre = train.pre.colwise().mean(), mean_post = train.post.colwise().mean();
    const Eigen::ArrayXXd from = (train.pre.rowwise() - mean_pre).array();
    const Eigen::ArrayXXd to = (train.post.rowwise() - mean_post).array();
    const Eigen::Array<double, 1, Eigen::Dynamic> variance = from.square().colwise().sum();
    const Eigen::Array<double, 1, Eigen::Dynamic> slopes =
        (variance > 0).select((from * to).colwise().sum() / variance, 0.0);
    Eigen::MatrixXd fitted = pre.rowwise() - mean_pre;
    fitted.array().rowwise() *= slopes;
    return fitted.rowwise() + mean_post;
}

Eigen::MatrixXd affine_fit(const HiddenLayer& train, const Eigen::MatrixXd& resid_mid) {
    // Centred, the offset falls out of the least squares
    const Eigen::RowVectorXd mean_resid = train.resid_mid.colwise().mean();
    const Eigen::RowVectorXd mean_post = train.post.colwise().mean();
    const Eigen::MatrixXd from = train.resid_mid.rowwise() - mean_resid;
    const Eigen::MatrixXd to = train.post.rowwise() - mean_post;
    const Eigen::MatrixXd map = least_squares(from, to); // d_model x d_mlp
    return ((resid_mid.rowwise() - mean_resid) * map).rowwise() + mean_post;
}

Ring ring_of_rows(const Eigen::MatrixXd& points, const std::vector<Eigen::Index>& rows) {
    if (rows.size() < 3) return {not_there, not_there, not_there};
    return ring_of(points(rows, Eigen::all));
}

} // namespace

HiddenSigns hidden_signs(const Weights& weights, const Eigen::MatrixXd& pre) {
    HiddenSigns signs;
    signs.biases = weights.b_in.transpose();
    const Eigen::RowVectorXd mean = pre.colwise().mean();
    signs.deviations = (pre.rowwise() - mean).array().square().colwise().mean().sqrt().transpose();
    const Eigen::ArrayXXd above = (pre.array() > 0).cast<double>();
    signs.positive_share = above.colwise().mean().transpose();
    signs.positive = above.mean();
    signs.negative_biases =
        static_cast<int>((signs.biases.array() < clearly_negative * signs.deviations.array()).count());
    signs.always_positive = (signs.positive_share.array() >= nearly_all_pairs).cast<double>().mean();
    return signs;
}

double Ablation::best_affine() const {
    return std::max({identity, per_neuron, affine});
}

Ablation ablate_relu(const Weights& weights, const Activations& all, const Split& split) {
    if (split.train.empty()) return {not_there, not_there, not_there, not_there, not_there};
    const int p = weights.p();
    const HiddenLayer train = hidden_layer(all, split.train, p), test = hidden_layer(all, split.test, p);
    const auto with = [&](const Eigen::MatrixXd& post) {
        return accuracy_with(post, test, weights, split.test);
    };
    const Eigen::MatrixXd mean = train.post.colwise().mean().replicate(test.post.rows(), 1);
    return {.intact = with(test.post),
            .identity = with(test.pre),
            .per_neuron = with(per_neuron_fit(train, test.pre)),
            .affine = with(affine_fit(train, test.resid_mid)),
            .mean = with(mean)};
}

std::vector<ColumnsInPlane> columns_in_planes(const Weights& weights, const Eigen::MatrixXd& o,
                                              const std::vector<int>& frequencies) {
    const auto n = static_cast<Eigen::Index>(frequencies.size());
    std::vector<Eigen::MatrixXd> projected;      // n of d_mlp x 2
    Eigen::MatrixXd lengths(weights.d_mlp(), n); // of each column in each plane
    std::vector<ColumnsInPlane> planes;
    for (Eigen::Index i = 0; i < n; ++i) {
        const int k = frequencies[static_cast<std::size_t>(i)];
        const Eigen::MatrixXd plane = plane_of(o, k).orthonormal;
        projected.emplace_back(weights.W_in.transpose() * plane);
        lengths.col(i) = projected.back().rowwise().norm();
        planes.push_back({k, ring_of(projected.back()), ring_of(o * plane), {}, {}});
    }
    for (Eigen::Index neuron = 0; n > 0 && neuron < lengths.rows(); ++neuron) {
        Eigen::Index longest = 0;
        lengths.row(neuron).maxCoeff(&longest);
        planes[static_cast<std::size_t>(longest)].tuned.push_back(neuron);
    }
    for (std::size_t i = 0; i < planes.size(); ++i)
        planes[i].tuned_ring = ring_of_rows(projected[i], planes[i].tuned);
    return planes;
}

double MlpResults::least_columns_cv() const {
    return least_of(columns, [](const ColumnsInPlane& at) { return at.columns.radius_cv; });
}

double MlpResults::largest_circle_cv() const {
    return largest_of(columns, [](const ColumnsInPlane& at) { return at.circle.radius_cv; });
}

MlpResults analyse_mlp(const Weights& weights, const Weights& untrained, const Split& split,
                       const std::vector<int>& frequencies, std::uint64_t seed) {
    const std::vector<Pair> pairs = all_pairs(weights.p());
    const Activations all = activations(weights, Variant::relu, pairs);
    const Activations fixed = activations(weights, Variant::relu, pairs_at_fixed_number(weights.p()));
    const Eigen::MatrixXd untrained_pre = activations(untrained, Variant::relu, pairs).pre;
    return {.frequencies = frequencies,
            .planes = plane_angles(number_embeddings(weights), fixed.o, frequencies, seed),
            .signs = hidden_signs(weights, all.pre),
            .untrained_always_positive = hidden_signs(untrained, untrained_pre).always_positive,
            .ablation = ablate_relu(weights, all, split),
            .columns = columns_in_planes(weights, fixed.o, frequencies),
            .circles = circles_of(fixed.post, frequencies, seed),
            .other_best = purest_other(fixed.post, frequencies, seed),
            .superposition = superposition(decoder(weights), frequencies, seed),
            .o = fixed.o,
            .post = fixed.post};
}

} // namespace grokreport
