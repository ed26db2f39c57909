#include "sections/attention/analysis.h"

#include "base/seeded_random.h"
#include "base/undefined.h"
#include "model/activations.h"
#include "model/fixed_number.h"
#include "spectral/fourier.h"
#include "spectral/nulls.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace grokreport {

namespace {

constexpr int n_samples = 6; // as many pairs as the post shows

// Columns of the Fourier basis: the constant, then cos and sin of each frequency. p x (1 + 2 n).
Eigen::MatrixXd basis_of(const std::vector<int>& frequencies, int p) {
    const Eigen::MatrixXd basis = fourier_basis(p);
    Eigen::MatrixXd columns(p, 1 + 2 * static_cast<Eigen::Index>(frequencies.size()));
    columns.col(0) = basis.col(0);
    for (std::size_t i = 0; i < frequencies.size(); ++i)
        columns.middleCols(1 + 2 * static_cast<Eigen::Index>(i), 2) =
            basis.middleCols(cos_column(frequencies[i]), 2);
    return columns;
}

// Share of the energy of a map over (a, b) at products of the given functions of a and of b. centred: less
// its mean.
double share_on(const Eigen::MatrixXd& centred, const Eigen::MatrixXd& of_a, const Eigen::MatrixXd& of_b) {
    return (of_a.transpose() * centred * of_b).squaredNorm() / centred.squaredNorm();
}

// Share of the energy of a curve at the given functions (constant included). centred: less its mean.
double share_on(const Eigen::VectorXd& centred, const Eigen::MatrixXd& functions) {
    return (functions.transpose() * centred).squaredNorm() / centred.squaredNorm();
}

// X less the mean of all its numbers.
template <typename Matrix>
Matrix less_mean(const Matrix& X) {
    return X.array() - X.mean();
}

void measure_nulls(AttentionAnalysis& analysis, int p, std::uint64_t seed) {
    auto random = seeded_random(seed, RandomStream::permutations);
    const Eigen::MatrixXd functions = basis_of(analysis.expected, p);
    Shuffle rows(p), columns(p);
    std::vector<Eigen::VectorXd> curves;
    std::vector<Eigen::MatrixXd> maps;
    for (const HeadAttention& head : analysis.heads) {
        curves.push_back(less_mean(Eigen::VectorXd(head.at_fixed_a.col(0))));
        maps.push_back(less_mean(head.to_a));
    }
    std::vector<double> shares, shares_2d;
    for (int i = 0; i < draws_of_a_null; ++i) {
        // Permuting the functions is permuting the tokens
        const Eigen::MatrixXd of_a = rows.draw(random) * functions, of_b = columns.draw(random) * functions;
        double least = 1, least_2d = 1;
        for (const Eigen::VectorXd& curve : curves)
            least = std::min(least, share_on(curve, of_b));
        for (const Eigen::MatrixXd& map : maps)
            least_2d = std::min(least_2d, share_on(map, of_a, of_b));
        shares.push_back(least);
        shares_2d.push_back(least_2d);
    }
    analysis.null_share = null_quantile(std::move(shares));
    analysis.null_share_2d = null_quantile(std::move(shares_2d));
}

HeadAttention describe_head(const Eigen::MatrixXd& attention, int p, int fixed_a) {
    HeadAttention head;
    head.to_a.resize(p, p);
    for (Eigen::Index a = 0; a < p; ++a)
        head.to_a.row(a) = attention.col(0).segment(a * p, p).transpose();
    head.at_fixed_a = attention.middleRows(static_cast<Eigen::Index>(fixed_a) * p, p);
    head.spread = std::sqrt((head.to_a.array() - head.to_a.mean()).square().mean());
    head.mean_to_equals = attention.col(2).mean();

    const Eigen::VectorXd curve = head.at_fixed_a.col(0);
    const Eigen::VectorXd coefficients = fourier_basis(p).transpose() * curve;
    head.norms.resize((p - 1) / 2);
    for (int k = 1; k <= (p - 1) / 2; ++k)
        head.norms[k - 1] = coefficients.segment(cos_column(k), 2).norm();
    head.shares = energy_shares(curve);
    Eigen::Index top = 0;
    head.top_share = head.shares.maxCoeff(&top);
    head.top = static_cast<int>(top) + 1;
    return head;
}

} // namespace

std::vector<int> softmax_frequencies(const std::vector<int>& key, int p) {
    std::set<int> found(key.begin(), key.end());
    for (int left : key)
        for (int right : key) {
            found.insert(folded(left + right, p));
            if (left != right) found.insert(std::abs(left - right));
        }
    return {found.begin(), found.end()};
}

AttentionAnalysis analyse_attention(const Weights& weights, const std::vector<int>& key, std::uint64_t seed) {
    const int p = weights.p();
    AttentionAnalysis analysis;
    analysis.fixed_a = fixed_number(p);
    analysis.key = key;
    analysis.expected = softmax_frequencies(key, p);
    for (const Eigen::MatrixXd& attention : ForwardPass(weights, Variant::relu).attention(all_pairs(p)))
        analysis.heads.push_back(describe_head(attention, p, analysis.fixed_a));

    const auto n_functions = 1 + 2 * static_cast<double>(analysis.expected.size());
    analysis.covered = (n_functions - 1) / (p - 1);
    analysis.covered_2d = (n_functions * n_functions - 1) / (static_cast<double>(p) * p - 1);
    if (key.empty()) {
        analysis.covered = analysis.covered_2d = analysis.null_share = analysis.null_share_2d = undefined;
        for (HeadAttention& head : analysis.heads)
            head.periodic_share = head.periodic_share_2d = undefined;
        return analysis;
    }
    const Eigen::MatrixXd functions = basis_of(analysis.expected, p);
    for (HeadAttention& head : analysis.heads) {
        head.periodic_share = share_on(less_mean(Eigen::VectorXd(head.at_fixed_a.col(0))), functions);
        head.periodic_share_2d = share_on(less_mean(head.to_a), functions, functions);
    }
    measure_nulls(analysis, p, seed);
    return analysis;
}

std::vector<SampledMaps> sampled_attention(const Weights& weights, int count, std::uint64_t seed) {
    const int p = weights.p();
    auto random = seeded_random(seed, RandomStream::samples);
    std::vector<Pair> pairs = all_pairs(p);
    std::shuffle(pairs.begin(), pairs.end(), random);
    std::vector<SampledMaps> samples;
    for (int i = 0; i < count; ++i) {
        SampledMaps sample{pairs[static_cast<std::size_t>(i)], {}};
        Eigen::MatrixXd x(3, weights.d_model()); // embeddings of a, b and '=', each at its place
        x << weights.W_E.row(sample.pair.a), weights.W_E.row(sample.pair.b), weights.W_E.row(p);
        x += weights.W_pos;
        for (std::size_t h = 0; h < weights.W_Q.size(); ++h) {
            const Eigen::MatrixXd queries = (x * weights.W_Q[h]).rowwise() + weights.b_Q[h],
                                  keys = (x * weights.W_K[h]).rowwise() + weights.b_K[h];
            const Eigen::Matrix3d scores = queries * keys.transpose() / std::sqrt(weights.d_head());
            Eigen::Matrix3d map = Eigen::Matrix3d::Zero();
            for (Eigen::Index from = 0; from < 3; ++from) {
                const Eigen::ArrayXd seen = scores.row(from).head(from + 1).transpose(); // causal
                const Eigen::ArrayXd weight = (seen - seen.maxCoeff()).exp();
                map.row(from).head(from + 1) = (weight / weight.sum()).transpose();
            }
            sample.heads.push_back(map);
        }
        samples.push_back(std::move(sample));
    }
    return samples;
}

std::size_t n_tuned(const AttentionAnalysis& analysis) {
    return static_cast<std::size_t>(std::ranges::count_if(
        analysis.heads, [](const HeadAttention& head) { return head.top_share >= tuned_share; }));
}

AttentionResults attention_results(const Weights& trained, const Weights& untrained, std::uint64_t seed) {
    const std::vector<int> key = key_frequencies(trained);
    return {.analysis = analyse_attention(trained, key, seed),
            .untrained = analyse_attention(untrained, key, seed),
            .samples = sampled_attention(trained, n_samples, seed)};
}

} // namespace grokreport
