#include "sections/beyond/analysis.h"

#include "base/seeded_random.h"
#include "base/undefined.h"
#include "spectral/fourier.h"

#include <cmath>
#include <random>
#include <span>
#include <utility>

namespace grokreport {

namespace {

double deviation(const Eigen::ArrayXd& values) {
    return std::sqrt((values - values.mean()).square().mean());
}

// The gradients of the logit of c with respect to the embeddings of a and b, where they stand in the input.
std::pair<Eigen::VectorXd, Eigen::VectorXd> input_gradients(const Weights& weights,
                                                            const ForwardPass& forward, Pair pair, int c) {
    const Activations at = forward.hidden(std::span(&pair, 1));

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

LogitSums sums_of(const PairRows& logits) {
    const int p = logits.p();
    LogitSums sums;
    sums.right.resize(p, p);
    sums.cross_entropy.resize(p, p);
    for (int a = 0; a < p; ++a) {
        const Eigen::MatrixXd of_a = logits.of_number(a).transpose(); // d_vocab x p, column b
        if (a == 0) sums.by_sum = Eigen::MatrixXd::Zero(p, of_a.rows());
        for (int b = 0; b < p; ++b) {
            const auto of_pair = of_a.col(b);
            const double largest = of_pair.maxCoeff();
            const int sum = (a + b) % p;
            sums.by_sum.row(sum) += of_pair.transpose() / p;
            sums.right(a, b) = of_pair[sum];
            sums.cross_entropy(a, b) =
                std::log((of_pair.array() - largest).exp().sum()) + largest - of_pair[sum];
            const auto numbers = of_pair.head(p).array();
            sums.variance += (numbers - numbers.mean()).square().sum();
        }
    }
    return sums;
}

Eigen::MatrixXd restricted_to_sums(const Eigen::MatrixXd& by_sum, const std::vector<int>& frequencies) {
    return at_frequencies(by_sum, frequencies).rowwise() + by_sum.colwise().mean();
}

ProgressLosses progress_losses(const Weights& weights, const LogitSums& logits, const Split& split,
                               const std::vector<int>& frequencies) {
    const int p = weights.p();
    const Eigen::MatrixXd restricted = restricted_to_sums(logits.by_sum, frequencies),
                          removed = at_frequencies(logits.by_sum, frequencies);
    const auto mean_over = [&](std::span<const Pair> pairs) {
        double sum = 0;
        for (const Pair& pair : pairs)
            sum += logits.cross_entropy(pair.a, pair.b);
        return sum / static_cast<double>(pairs.size());
    };
    ScoreSum of_restricted, of_excluded;
    of_restricted.add(restricted, pairs_of_number(0, p), p); // row s is that of the pair (0, s)
    const ForwardPass forward(weights, Variant::relu);
    for_each_part(split.train, [&](std::span<const Pair> part) {
        Eigen::MatrixXd excluded = forward.at(part).logits;
        for (std::size_t i = 0; i < part.size(); ++i)
            excluded.row(static_cast<Eigen::Index>(i)) -= removed.row(answer(part[i], p));
        of_excluded.add(excluded, part, p);
    });
    return {mean_over(split.train), mean_over(split.test), of_restricted.mean_cross_entropy(),
            of_excluded.mean_cross_entropy()};
}

double variance_on_answers(const LogitSums& logits, const std::vector<int>& frequencies) {
    const auto p = static_cast<int>(logits.by_sum.rows());
    if (logits.variance == 0) return undefined;

    // cos w_k(s - c) over p^3 triples has squared norm p^3 / 2, and p pairs share each s
    const Eigen::MatrixXd numbers = logits.by_sum.leftCols(p),
                          means = numbers.colwise() - numbers.rowwise().mean();
    double explained = 0;
    for (int k : frequencies) {
        const Eigen::VectorXd cosine = std::sqrt(p / 2.0) * fourier_pair(p, k).col(0);
        double product = 0;
        for (int s = 0; s < p; ++s)
            for (int c = 0; c < p; ++c)
                product += means(s, c) * cosine[(s - c + p) % p];
        explained += 2 * product * product / p;
    }
    return explained / logits.variance;
}

double single_frequency_neurons(const PairMeans& post, double level) {
    const auto p = static_cast<int>(post.by_a.rows());
    const Eigen::Index neurons = post.variations.size();
    Eigen::ArrayXd best = Eigen::ArrayXd::Zero(neurons);
    for (int k = 1; k <= (p - 1) / 2; ++k) {
        const Eigen::MatrixXd pair = fourier_pair(p, k);
        Eigen::ArrayXd energy = Eigen::ArrayXd::Zero(neurons);
        for (const Eigen::MatrixXd* table : {&post.by_a, &post.by_b, &post.by_sum, &post.by_difference})
            energy += p * (pair.transpose() * *table).colwise().squaredNorm().transpose().array();
        best = best.max(energy);
    }
    // Dead, or always the same: best and variation are 0
    return (best > level * post.variations.array() && post.variations.array() > 0).cast<double>().mean();
}

double distance_irrelevance(const LogitSums& logits) {
    const auto p = static_cast<int>(logits.right.rows());
    Eigen::ArrayXXd right(p, p); // by a and distance
    for (int a = 0; a < p; ++a)
        for (int distance = 0; distance < p; ++distance)
            right(a, distance) = logits.right(a, (a + distance) % p);
    double within = 0;
    for (int distance = 0; distance < p; ++distance)
        within += deviation(right.col(distance)) / p;
    return within / deviation(right.reshaped());
}

double gradient_symmetricity(const Weights& weights, std::uint64_t seed, int triples) {
    auto random = seeded_random(seed, RandomStream::samples);
    const auto draw = [&] { return static_cast<int>(random() % static_cast<std::uint64_t>(weights.p())); };
    const ForwardPass forward(weights, Variant::relu);
    double sum = 0;
    for (int i = 0; i < triples; ++i) {
        const Pair pair{draw(), draw()};
        const auto [of_a, of_b] = input_gradients(weights, forward, pair, draw());
        sum += of_a.normalized().dot(of_b.normalized());
    }
    return sum / triples;
}

double accuracy_with_mean_attention(const Weights& weights, const Split& split) {
    const int p = weights.p();
    const ForwardPass forward(weights, Variant::relu);
    const std::vector<Eigen::MatrixXd> attention = forward.attention(all_pairs(p));
    // o is a term of a plus a term of b
    Eigen::MatrixXd by_a = Eigen::MatrixXd::Zero(weights.d_vocab(), weights.d_model()), by_b = by_a;
    Eigen::RowVectorXd by_equals = Eigen::RowVectorXd::Zero(weights.d_model());
    for (std::size_t head = 0; head < attention.size(); ++head) {
        const Eigen::RowVector3d mean = attention[head].colwise().mean();
        const Eigen::MatrixXd through = weights.W_V[head] * weights.W_O[head];
        by_a += mean[0] * weights.embedded(0) * through;
        by_b += mean[1] * weights.embedded(1) * through;
        by_equals += mean[2] * weights.embedded_equals() * through;
    }
    by_equals += weights.embedded_equals() + weights.attention_constant();
    ScoreSum scores;
    for_each_part(split.test, [&](std::span<const Pair> part) {
        Activations at;
        at.resid_mid.resize(static_cast<Eigen::Index>(part.size()), weights.d_model());
        for (std::size_t i = 0; i < part.size(); ++i)
            at.resid_mid.row(static_cast<Eigen::Index>(i)) =
                by_a.row(part[i].a) + by_b.row(part[i].b) + by_equals;
        at.post = ((at.resid_mid * weights.W_in).rowwise() + weights.b_in).cwiseMax(0.0);
        scores.add(forward.logits(at), part, p);
    });
    return scores.accuracy();
}

std::vector<double> accuracy_by_frequencies_kept(const LogitSums& logits,
                                                 const std::vector<int>& frequencies) {
    const auto p = static_cast<int>(logits.by_sum.rows());
    std::vector<double> accuracies;
    std::vector<int> kept;
    for (int k : frequencies) {
        kept.push_back(k);
        // Row s is that of the pair (0, s)
        accuracies.push_back(
            accuracy(restricted_to_sums(logits.by_sum, kept).leftCols(p), pairs_of_number(0, p), p));
    }
    return accuracies;
}

} // namespace grokreport
