#include "sections/mlp/analysis.h"

#include "base/undefined.h"
#include "claims/extremes.h"
#include "model/fixed_number.h"
#include "sections/recombination/analysis.h"
#include "spectral/decompositions.h"
#include "spectral/fourier.h"

#include <algorithm>
#include <cmath>

namespace grokreport {

namespace {

// What replaces the hidden layer, fitted on the training pairs in parts: once for the means, once for the
// rest.
struct Substitutes {
    Eigen::RowVectorXd mean_resid, mean_pre, mean_post; // d_model, d_mlp, d_mlp
    Eigen::ArrayXd slopes;                              // d_mlp: post_i on pre_i
    Eigen::MatrixXd map;                                // d_model x d_mlp: post on resid_mid

    Eigen::MatrixXd per_neuron(const Eigen::MatrixXd& pre) const {
        Eigen::MatrixXd fitted = pre.rowwise() - mean_pre;
        fitted.array().rowwise() *= slopes.transpose();
        return fitted.rowwise() + mean_post;
    }
    Eigen::MatrixXd affine(const Eigen::MatrixXd& resid_mid) const {
        return ((resid_mid.rowwise() - mean_resid) * map).rowwise() + mean_post;
    }
};

Substitutes fit_substitutes(const HiddenLayer& hidden, const Weights& weights, std::span<const Pair> train) {
    const auto n = static_cast<double>(train.size());
    Substitutes found{Eigen::RowVectorXd::Zero(weights.d_model()),
                      Eigen::RowVectorXd::Zero(weights.d_mlp()),
                      Eigen::RowVectorXd::Zero(weights.d_mlp()),
                      Eigen::ArrayXd::Zero(weights.d_mlp()),
                      {}};
    for_each_part(train, [&](std::span<const Pair> part) {
        const Activations at = hidden(part);
        found.mean_resid += at.resid_mid.colwise().sum() / n;
        found.mean_pre += at.pre.colwise().sum() / n;
        found.mean_post += at.post.colwise().sum() / n;
    });
    Eigen::ArrayXd variance = Eigen::ArrayXd::Zero(weights.d_mlp());
    LeastSquaresSum fit; // centred, the offset falls out of the least squares
    for_each_part(train, [&](std::span<const Pair> part) {
        const Activations at = hidden(part);
        const Eigen::ArrayXXd from = (at.pre.rowwise() - found.mean_pre).array();
        const Eigen::MatrixXd to = at.post.rowwise() - found.mean_post;
        variance += from.square().colwise().sum().transpose();
        found.slopes += (from * to.array()).colwise().sum().transpose();
        fit.add(at.resid_mid.rowwise() - found.mean_resid, to);
    });
    found.slopes = (variance > 0).select(found.slopes / variance, 0.0);
    found.map = fit.solution();
    return found;
}

Ring ring_of_rows(const Eigen::MatrixXd& points, const std::vector<Eigen::Index>& rows) {
    if (rows.size() < 3) return {undefined, undefined, undefined};
    return ring_of(points(rows, Eigen::all));
}

} // namespace

HiddenSigns hidden_signs(const Weights& weights, const PairRows& pre) {
    const Eigen::Index d_mlp = weights.d_mlp();
    const double n = static_cast<double>(pre.p()) * pre.p();
    Eigen::RowVectorXd about; // the mean of the first a: a large constant would cost digits of the squares
    Eigen::ArrayXd sum = Eigen::ArrayXd::Zero(d_mlp), squares = sum, above = sum;
    for (int a = 0; a < pre.p(); ++a) {
        const Eigen::MatrixXd of_a = pre.of_number(a);
        if (a == 0) about = of_a.colwise().mean();
        const Eigen::ArrayXXd from = (of_a.rowwise() - about).array();
        sum += from.colwise().sum().transpose();
        squares += from.square().colwise().sum().transpose();
        above += (of_a.array() > 0).cast<double>().colwise().sum().transpose();
    }
    HiddenSigns signs;
    signs.biases = weights.b_in.transpose();
    signs.deviations = (squares / n - (sum / n).square()).max(0.0).sqrt();
    signs.positive_share = above / n;
    signs.positive = signs.positive_share.mean();
    signs.negative_biases =
        static_cast<int>((signs.biases.array() < clearly_negative * signs.deviations.array()).count());
    signs.always_positive = (signs.positive_share.array() >= nearly_all_pairs).cast<double>().mean();
    return signs;
}

double Ablation::best_affine() const {
    return std::max({identity, per_neuron, affine});
}

Ablation ablate_relu(const Weights& weights, const Split& split) {
    const ForwardPass forward(weights, Variant::relu);
    return ablate_relu(
        weights, [&](std::span<const Pair> pairs) { return forward.hidden(pairs); }, split);
}

Ablation ablate_relu(const Weights& weights, const HiddenLayer& hidden, const Split& split) {
    if (split.train.empty()) return {undefined, undefined, undefined, undefined, undefined};
    const ForwardPass forward(weights, Variant::relu);
    const Substitutes fitted = fit_substitutes(hidden, weights, split.train);
    ScoreSum intact, identity, per_neuron, affine, mean;
    for_each_part(split.test, [&](std::span<const Pair> part) {
        Activations at = hidden(part);
        const auto add = [&](ScoreSum& scores) { scores.add(forward.logits(at), part, weights.p()); };
        add(intact);
        at.post = at.pre;
        add(identity);
        at.post = fitted.per_neuron(at.pre);
        add(per_neuron);
        at.post = fitted.affine(at.resid_mid);
        add(affine);
        at.post = fitted.mean_post.replicate(at.pre.rows(), 1);
        add(mean);
    });
    return {.intact = intact.accuracy(),
            .identity = identity.accuracy(),
            .per_neuron = per_neuron.accuracy(),
            .affine = affine.accuracy(),
            .mean = mean.accuracy()};
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
    const ForwardPass forward(weights, Variant::relu), before(untrained, Variant::relu);
    const Activations fixed = forward.hidden(pairs_at_fixed_number(weights.p()));
    return {.frequencies = frequencies,
            .planes = plane_angles(number_embeddings(weights), fixed.o, frequencies, seed),
            .signs = hidden_signs(weights, pre_of_all(forward)),
            .untrained_always_positive = hidden_signs(untrained, pre_of_all(before)).always_positive,
            .ablation = ablate_relu(weights, split),
            .columns = columns_in_planes(weights, fixed.o, frequencies),
            .circles = circles_of(fixed.post, frequencies, seed),
            .other_best = purest_other(fixed.post, with_active(frequencies, weights), seed),
            .superposition = superposition(decoder(weights), frequencies, seed),
            .o = fixed.o,
            .post = fixed.post};
}

} // namespace grokreport
