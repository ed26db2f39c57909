#include "sections/embedding/analysis.h"

#include "base/thread_pool.h"
#include "spectral/fourier.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace grokreport {

namespace {

constexpr double undefined_ratio = std::numeric_limits<double>::quiet_NaN();

std::vector<int> without(const std::vector<int>& all, const std::vector<int>& taken) {
    std::vector<int> rest;
    std::ranges::set_difference(all, taken, std::back_inserter(rest));
    return rest;
}

std::vector<int> all_frequencies(int p) {
    std::vector<int> all;
    for (int k = 1; k <= (p - 1) / 2; ++k)
        all.push_back(k);
    return all;
}

// The nulls take nearly all of the time, and each frequency has its own random numbers.
std::vector<Circle> circles_in_parallel(const Eigen::MatrixXd& X, const std::vector<int>& frequencies,
                                        std::uint64_t seed) {
    std::vector<Circle> circles(frequencies.size());
    ThreadPool pool(static_cast<int>(std::thread::hardware_concurrency()));
    pool.for_each_block(static_cast<int>(frequencies.size()), [&](int i) {
        circles[static_cast<std::size_t>(i)] = circle_of(X, frequencies[static_cast<std::size_t>(i)], seed);
    });
    return circles;
}

} // namespace

Spectrum spectrum_of(const Eigen::MatrixXd& X) {
    const int p = static_cast<int>(X.rows()), n = (p - 1) / 2;
    const Eigen::VectorXd norms = (fourier_basis(p).transpose() * X).rowwise().norm();
    Spectrum spectrum;
    spectrum.constant_norm = norms[0];
    spectrum.cos_norms.resize(n);
    spectrum.sin_norms.resize(n);
    for (int k = 1; k <= n; ++k) {
        spectrum.cos_norms[k - 1] = norms[cos_column(k)];
        spectrum.sin_norms[k - 1] = norms[sin_column(k)];
    }
    spectrum.shares = energy_shares(X);
    spectrum.active = active_frequencies(spectrum.shares);
    spectrum.active_share = share_at(spectrum.shares, spectrum.active);
    spectrum.gini_of_norms =
        gini((spectrum.cos_norms.array().square() + spectrum.sin_norms.array().square()).sqrt());
    return spectrum;
}

double gini(Eigen::VectorXd values) {
    std::sort(values.data(), values.data() + values.size());
    const auto n = static_cast<double>(values.size());
    double weighted = 0;
    for (Eigen::Index i = 0; i < values.size(); ++i)
        weighted += (2 * static_cast<double>(i + 1) - n - 1) * values[i];
    const double sum = values.sum();
    return sum > 0 ? weighted / (n * sum) : undefined_ratio;
}

double jaccard(const std::vector<int>& left, const std::vector<int>& right) {
    std::vector<int> both;
    std::ranges::set_intersection(left, right, std::back_inserter(both));
    const std::size_t either = left.size() + right.size() - both.size();
    return either > 0 ? static_cast<double>(both.size()) / static_cast<double>(either) : undefined_ratio;
}

double share_at(const Eigen::VectorXd& shares, const std::vector<int>& frequencies) {
    double sum = 0;
    for (int k : frequencies)
        sum += shares[k - 1];
    return sum;
}

PlaneSurvey survey_planes(const Eigen::MatrixXd& X, const std::vector<int>& key, std::uint64_t seed) {
    const std::vector<int> others = without(all_frequencies(static_cast<int>(X.rows())), key);
    PlaneSurvey survey{circles_in_parallel(X, key, seed), circles_in_parallel(X, others, seed), {}};
    for (int k : others)
        survey.leaked.push_back(share_at(energy_shares(X * plane_of(X, k).orthonormal), key));
    return survey;
}

EmbeddingAnalysis analyse_embedding(const Weights& weights, std::uint64_t seed) {
    const Eigen::MatrixXd W_E = number_embeddings(weights), W_L = decoder(weights);
    EmbeddingAnalysis analysis;
    analysis.embedding = spectrum_of(W_E);
    analysis.decoder = spectrum_of(W_L);
    analysis.key = key_frequencies(weights);
    analysis.idle = without(analysis.embedding.active, analysis.key);
    analysis.inactive = without(all_frequencies(weights.p()), analysis.embedding.active);
    analysis.embedding_planes = survey_planes(W_E, analysis.key, seed);
    analysis.decoder_planes = survey_planes(W_L, analysis.key, seed);
    return analysis;
}

} // namespace grokreport
