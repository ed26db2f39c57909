#include "sections/embedding/analysis.h"

#include "base/undefined.h"
#include "spectral/fourier.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <iterator>
#include <limits>

namespace grokreport {

namespace {

constexpr std::size_t most_circles = 10; // in a figure: those with most energy

// The epochs at which the post shows the spectrum of W_E, besides that of the claims.
constexpr int early_epoch = 5000;
constexpr int middle_epoch = 10000;

double mean_of(const std::vector<double>& values) {
    double sum = 0;
    for (double value : values)
        sum += value;
    return values.empty() ? undefined : sum / static_cast<double>(values.size());
}

// The trained snapshot nearest to an epoch: a run may be shorter than the post's.
ShownSpectrum nearest_spectrum(const Models& models, int epoch) {
    const auto nearest = std::ranges::min_element(models.snapshots, {}, [&](const auto& snapshot) {
        return snapshot.first == 0 ? std::numeric_limits<int>::max() : std::abs(snapshot.first - epoch);
    });
    return {nearest->first, spectrum_of(number_embeddings(nearest->second))};
}

// As many as `shown`, evenly by rank of energy from the strongest to the weakest of those that are not
// active, or, where all are active, that are not shown.
std::vector<int> other_frequencies(const EmbeddingAnalysis& analysis, const std::vector<int>& shown) {
    std::vector<int> candidates = without(analysis.inactive, shown);
    if (candidates.empty()) candidates = without(analysis.embedding.active, shown);
    std::ranges::stable_sort(candidates, std::greater{},
                             [&](int k) { return analysis.embedding.shares[k - 1]; });
    const std::size_t n = std::min(candidates.size(), std::max<std::size_t>(shown.size(), 3));
    std::vector<int> chosen;
    for (std::size_t i = 0; i < n; ++i)
        chosen.push_back(candidates[n == 1 ? 0 : i * (candidates.size() - 1) / (n - 1)]);
    return chosen;
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
    return sum > 0 ? weighted / (n * sum) : undefined;
}

double jaccard(const std::vector<int>& left, const std::vector<int>& right) {
    std::vector<int> both;
    std::ranges::set_intersection(left, right, std::back_inserter(both));
    const std::size_t either = left.size() + right.size() - both.size();
    return either > 0 ? static_cast<double>(both.size()) / static_cast<double>(either) : undefined;
}

double share_at(const Eigen::VectorXd& shares, const std::vector<int>& frequencies) {
    double sum = 0;
    for (int k : frequencies)
        sum += shares[k - 1];
    return sum;
}

PlaneSurvey survey_planes(const Eigen::MatrixXd& X, const std::vector<int>& key, std::uint64_t seed) {
    const std::vector<int> others = without(all_frequencies(static_cast<int>(X.rows())), key);
    PlaneSurvey survey{circles_of(X, key, seed), circles_of(X, others, seed), {}};
    const Eigen::MatrixXd at_key = at_frequencies(X, key);
    for (int k : others) {
        const Eigen::MatrixXd plane = plane_of(X, k).orthonormal;
        survey.leaked.push_back((at_key * plane).squaredNorm() / centred(X * plane).squaredNorm());
    }
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

InactivePlanes inactive_planes(const PlaneSurvey& survey, const Spectrum& spectrum) {
    InactivePlanes found;
    std::vector<double> leaked;
    for (std::size_t i = 0; i < survey.others.size(); ++i)
        if (!std::ranges::binary_search(spectrum.active, survey.others[i].k)) {
            found.circles.push_back(survey.others[i]);
            leaked.push_back(survey.leaked[i]);
        }
    found.mean_leaked = mean_of(leaked);
    return found;
}

double mean_radius(const std::vector<Circle>& circles) {
    std::vector<double> radii;
    for (const Circle& circle : circles)
        radii.push_back(circle.ring.mean_radius);
    return mean_of(radii);
}

EmbeddingResults embedding_results(const Models& models) {
    EmbeddingResults results{.p = models.config.p,
                             .untrained_embedding = spectrum_of(number_embeddings(models.untrained())),
                             .untrained_decoder = spectrum_of(decoder(models.untrained())),
                             .early = nearest_spectrum(models, early_epoch),
                             .middle = nearest_spectrum(models, middle_epoch),
                             .late = nearest_spectrum(models, judged_epoch),
                             .analysis = analyse_embedding(models.shown(), models.config.seed),
                             .epoch = models.shown_epoch(),
                             .shown = models.shown_frequencies(),
                             .shown_others = {}};
    results.shown.resize(std::min(results.shown.size(), most_circles));
    results.shown_others = other_frequencies(results.analysis, results.shown);
    return results;
}

} // namespace grokreport
