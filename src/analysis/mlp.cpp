#include "analysis/mlp.h"

#include <Eigen/QR>
#include <algorithm>
#include <cmath>

namespace grokreport {

namespace {

// The rows of X that belong to `pairs`, where X has one row for each of all p^2 pairs.
Eigen::MatrixXd rows_of(const Eigen::MatrixXd& X, std::span<const Pair> pairs, int p) {
    Eigen::MatrixXd rows(static_cast<Eigen::Index>(pairs.size()), X.cols());
    for (std::size_t i = 0; i < pairs.size(); ++i)
        rows.row(static_cast<Eigen::Index>(i)) =
            X.row(static_cast<Eigen::Index>(pairs[i].a) * p + pairs[i].b);
    return rows;
}

// The hidden layer on the training pairs, to fit, and on the test pairs, to judge.
struct HiddenLayer {
    Eigen::MatrixXd resid_mid, pre, post; // pairs x d_model, d_mlp, d_mlp
};
HiddenLayer hidden_layer(const Activations& all, std::span<const Pair> pairs, int p) {
    return {rows_of(all.resid_mid, pairs, p), rows_of(all.pre, pairs, p), rows_of(all.post, pairs, p)};
}

double accuracy_with(const Eigen::MatrixXd& post, const HiddenLayer& test, const Weights& weights,
                     std::span<const Pair> pairs) {
    const Eigen::MatrixXd resid_post = (test.resid_mid + post * weights.W_out).rowwise() + weights.b_out;
    return accuracy(resid_post * weights.W_U, pairs, weights.p());
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
    const Eigen::MatrixXd map = from.completeOrthogonalDecomposition().solve(to); // d_model x d_mlp
    return ((resid_mid.rowwise() - mean_resid) * map).rowwise() + mean_post;
}

} // namespace

int fixed_number(int p) {
    return 70 % p;
}

std::vector<Pair> pairs_at_fixed_number(int p) {
    std::vector<Pair> pairs;
    for (int b = 0; b < p; ++b)
        pairs.push_back({fixed_number(p), b});
    return pairs;
}

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
    std::vector<ColumnsInPlane> planes;
    for (const int k : frequencies) {
        const Eigen::MatrixXd plane = plane_of(o, k).orthonormal;
        planes.push_back({k, ring_of(weights.W_in.transpose() * plane), ring_of(o * plane)});
    }
    return planes;
}

} // namespace grokreport
