#include "sections/beyond/analysis.h"

#include "base/seeded_random.h"
#include "spectral/fourier.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>
#include <utility>

namespace grokreport {

namespace {

constexpr double rounding = 1e-24; // of an energy: what is left of a constant after its transform

// Mean over the p pairs with a + b = s mod p, for every s: p x columns.
Eigen::MatrixXd mean_by_sum(const Eigen::MatrixXd& by_pair, int p) {
    Eigen::MatrixXd means = Eigen::MatrixXd::Zero(p, by_pair.cols());
    for (int a = 0; a < p; ++a)
        for (int b = 0; b < p; ++b)
            means.row((a + b) % p) += by_pair.row(a * p + b);
    return means / p;
}

double deviation(const Eigen::ArrayXd& values) {
    return std::sqrt((values - values.mean()).square().mean());
}

Eigen::MatrixXd logits_of(const Weights& weights, const Eigen::MatrixXd& resid_mid) {
    const Eigen::MatrixXd post = ((resid_mid * weights.W_in).rowwise() + weights.b_in).cwiseMax(0.0);
    return weights.unembedded((resid_mid + post * weights.W_out).rowwise() + weights.b_out);
}

// Row s of `by_sum` for every pair with a + b = s mod p.
Eigen::MatrixXd spread_over_pairs(const Eigen::MatrixXd& by_sum) {
    const auto p = by_sum.rows();
    Eigen::MatrixXd by_pair(p * p, by_sum.cols());
    for (Eigen::Index a = 0; a < p; ++a)
        for (Eigen::Index b = 0; b < p; ++b)
            by_pair.row(a * p + b) = by_sum.row((a + b) % p);
    return by_pair;
}

// The gradients of the logit of c with respect to the embeddings of a and b, where they stand in the input.
std::pair<Eigen::VectorXd, Eigen::VectorXd> input_gradients(const Weights& weights, Pair pair, int c) {
    const std::vector<Pair> one{pair};
    const Activations at = activations(weights, Variant::relu, one);

    // Back through the MLP and the residual stream
    const Eigen::VectorXd unembedding = weights.W_U.col(c);
    const Eigen::VectorXd open = (at.pre.row(0).array() > 0).cast<double>().matrix().transpose();
    const Eigen::VectorXd resid_mid =
        unembedding + weights.W_in * (weights.W_out * unembedding).cwiseProduct(open); // d_model

    // Back through each head: the value that a token brings, and the attention that it draws to itself
    Eigen::VectorXd of_a = Eigen::VectorXd::Zero(weights.d_model()), of_b = of_a;
    for (int head = 0; head < weights.n_heads(); ++head) {
        const Eigen::VectorXd z = weights.W_O[head] * resid_mid; // d_head
        const double mixed = at.z[head].row(0).dot(z);
        const Eigen::VectorXd key_direction =
            weights.W_K[head] * weights.query(head).transpose() / std::sqrt(weights.d_head());
        const auto add = [&](Eigen::VectorXd& gradient, int token, int position) {
            const Eigen::RowVectorXd x = weights.W_E.row(token) + weights.W_pos.row(position);
            const double value = (x * weights.W_V[head] + weights.b_V[head]).dot(z);
            gradient +=
                at.attention[head](0, position) * (weights.W_V[head] * z + (value - mixed) * key_direction);
        };
        add(of_a, pair.a, 0);
        add(of_b, pair.b, 1);
    }
    return {of_a, of_b};
}

} // namespace

Eigen::MatrixXd restricted_to_sums(const Eigen::MatrixXd& logits, const std::vector<int>& frequencies) {
    const int p = modulus_of(logits);
    const Eigen::MatrixXd means = mean_by_sum(logits, p), basis = fourier_basis(p);
    Eigen::MatrixXd restricted = means.colwise().mean().replicate(p, 1);
    for (int k : frequencies) {
        const auto pair = basis.middleCols(cos_column(k), 2);
        restricted += pair * (pair.transpose() * means);
    }
    return restricted;
}

ProgressLosses progress_losses(const Weights& weights, const Split& split,
                               const std::vector<int>& frequencies) {
    const int p = weights.p();
    const auto pairs = all_pairs(p);
    const Eigen::MatrixXd logits = activations(weights, Variant::relu, pairs).logits;
    const Eigen::MatrixXd restricted = spread_over_pairs(restricted_to_sums(logits, frequencies));
    const Eigen::MatrixXd mean = spread_over_pairs(restricted_to_sums(logits, {}));
    const Eigen::MatrixXd excluded = logits - (restricted - mean);
    return {mean_cross_entropy(rows_of_pairs(logits, split.train, p), split.train, p),
            mean_cross_entropy(rows_of_pairs(logits, split.test, p), split.test, p),
            mean_cross_entropy(restricted, pairs, p),
            mean_cross_entropy(rows_of_pairs(excluded, split.train, p), split.train, p)};
}

double variance_on_answers(const Eigen::MatrixXd& logits, const std::vector<int>& frequencies) {
    const int p = modulus_of(logits);
    const Eigen::MatrixXd numbers = logits.leftCols(p);
    const Eigen::MatrixXd centred = numbers.colwise() - numbers.rowwise().mean();
    const double variance = centred.squaredNorm();
    if (variance == 0) return std::numeric_limits<double>::quiet_NaN();

    // cos w_k(s - c) over p^3 triples has squared norm p^3 / 2, and p pairs share each s
    const Eigen::MatrixXd means = mean_by_sum(centred, p);
    double explained = 0;
    for (int k : frequencies) {
        double product = 0;
        for (int s = 0; s < p; ++s)
            for (int c = 0; c < p; ++c)
                product += means(s, c) * std::cos(2 * std::numbers::pi * k * (s - c) / p);
        explained += 2 * product * product / p;
    }
    return explained / variance;
}

double single_frequency_neurons(const Eigen::MatrixXd& post, int p, double level) {
    const Eigen::MatrixXd basis = fourier_basis(p);
    int explained = 0;
    for (Eigen::Index neuron = 0; neuron < post.cols(); ++neuron) {
        const Eigen::Map<const Eigen::MatrixXd> over_pairs(post.col(neuron).data(), p, p);
        Eigen::ArrayXXd energy = (basis.transpose() * over_pairs * basis).array().square();
        const double constant = std::exchange(energy(0, 0), 0);
        const double variance = energy.sum();
        if (variance <= rounding * constant) continue; // dead, or always the same
        double best = 0;
        for (int k = 1; k <= (p - 1) / 2; ++k) {
            const auto at = cos_column(k);
            best = std::max(best, energy.col(0).segment(at, 2).sum() + energy.row(0).segment(at, 2).sum() +
                                      energy.block(at, at, 2, 2).sum());
        }
        explained += best > level * variance ? 1 : 0;
    }
    return static_cast<double>(explained) / static_cast<double>(post.cols());
}

double distance_irrelevance(const Eigen::MatrixXd& logits) {
    const int p = modulus_of(logits);
    Eigen::ArrayXXd right(p, p); // the right answer's logit, by a and distance
    for (int a = 0; a < p; ++a)
        for (int distance = 0; distance < p; ++distance) {
            const int b = (a + distance) % p;
            right(a, distance) = logits(a * p + b, (a + b) % p);
        }
    double within = 0;
    for (int distance = 0; distance < p; ++distance)
        within += deviation(right.col(distance)) / p;
    return within / deviation(right.reshaped());
}

double gradient_symmetricity(const Weights& weights, std::uint64_t seed, int triples) {
    auto random = seeded_random(seed, RandomStream::samples);
    const auto draw = [&] { return static_cast<int>(random() % static_cast<std::uint64_t>(weights.p())); };
    double sum = 0;
    for (int i = 0; i < triples; ++i) {
        const Pair pair{draw(), draw()};
        const auto [of_a, of_b] = input_gradients(weights, pair, draw());
        sum += of_a.normalized().dot(of_b.normalized());
    }
    return sum / triples;
}

double accuracy_with_mean_attention(const Weights& weights, const Split& split) {
    const int p = weights.p();
    const Activations over_all = activations(weights, Variant::relu, all_pairs(p));
    const auto n = static_cast<Eigen::Index>(split.test.size());
    Eigen::MatrixXd resid_mid = (weights.embedded_equals() + weights.attention_constant()).replicate(n, 1);
    for (int head = 0; head < weights.n_heads(); ++head) {
        const Eigen::RowVector3d mean = over_all.attention[head].colwise().mean();
        const auto brought = [&](int position) -> Eigen::MatrixXd { // d_vocab x d_model
            return weights.embedded(position) * weights.W_V[head] * weights.W_O[head];
        };
        const Eigen::MatrixXd by_a = brought(0), by_b = brought(1);
        const Eigen::RowVectorXd by_equals =
            weights.embedded_equals() * weights.W_V[head] * weights.W_O[head];
        for (Eigen::Index i = 0; i < n; ++i) {
            const Pair pair = split.test[static_cast<std::size_t>(i)];
            resid_mid.row(i) += mean[0] * by_a.row(pair.a) + mean[1] * by_b.row(pair.b) + mean[2] * by_equals;
        }
    }
    return accuracy(logits_of(weights, resid_mid), split.test, p);
}

std::vector<double> accuracy_by_frequencies_kept(const Eigen::MatrixXd& logits,
                                                 const std::vector<int>& frequencies) {
    const int p = modulus_of(logits);
    std::vector<double> accuracies;
    std::vector<int> kept;
    for (int k : frequencies) {
        kept.push_back(k);
        const Eigen::MatrixXd by_sum = restricted_to_sums(logits, kept).leftCols(p);
        int right = 0;
        for (int s = 0; s < p; ++s) {
            Eigen::Index largest = 0;
            by_sum.row(s).maxCoeff(&largest);
            right += largest == s ? 1 : 0;
        }
        accuracies.push_back(static_cast<double>(right) / p);
    }
    return accuracies;
}

} // namespace grokreport
