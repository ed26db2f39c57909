// Section 5 of the post: the Fourier spectrum of W_E as training goes on, and the circles of W_E and W_L.
#include "sections/embedding/analysis.h"

#include "sections/embedding/circles.h"
#include "sections/embedding/spectrum.h"
#include "sections/embedding/findings.h"
#include "spectral/fourier.h"
#include "sections/sections.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fmt/format.h>
#include <functional>
#include <iterator>
#include <limits>

namespace grokreport {

namespace {

constexpr std::size_t most_panels = 10; // in a figure of circles: those with most energy

// The epochs at which the post shows the spectrum of W_E, besides that of the claims.
constexpr int early_epoch = 5000;
constexpr int middle_epoch = 10000;

// The trained snapshot nearest to an epoch: a run may be shorter than the post's.
ShownSpectrum nearest_spectrum(const Models& models, int epoch) {
    const auto nearest = std::ranges::min_element(models.snapshots, {}, [&](const auto& snapshot) {
        return snapshot.first == 0 ? std::numeric_limits<int>::max() : std::abs(snapshot.first - epoch);
    });
    return {nearest->first, spectrum_of(number_embeddings(nearest->second))};
}

// As many as the key figure shows, evenly by rank of energy from the strongest to the weakest of those that
// are not active, or, where all are active, that are not shown.
std::vector<int> other_frequencies(const EmbeddingAnalysis& analysis, const std::vector<int>& shown) {
    std::vector<int> candidates;
    for (int k : analysis.inactive)
        if (std::ranges::find(shown, k) == shown.end()) candidates.push_back(k);
    if (candidates.empty())
        for (int k : analysis.embedding.active)
            if (std::ranges::find(shown, k) == shown.end()) candidates.push_back(k);
    std::ranges::stable_sort(candidates, std::greater{},
                             [&](int k) { return analysis.embedding.shares[k - 1]; });
    const std::size_t n = std::min(candidates.size(), std::max<std::size_t>(shown.size(), 3));
    std::vector<int> chosen;
    for (std::size_t i = 0; i < n; ++i)
        chosen.push_back(candidates[n == 1 ? 0 : i * (candidates.size() - 1) / (n - 1)]);
    return chosen;
}

void note_purity(std::vector<figures::CirclePanel>& panels, const PlaneSurvey& survey) {
    for (figures::CirclePanel& panel : panels)
        for (const auto* circles : {&survey.key, &survey.others})
            for (const Circle& circle : *circles)
                if (circle.k == panel.k)
                    panel.note = fmt::format("purity {:.2f} ({:.2f})", circle.purity, circle.purity_null);
}

void draw_spectra(const EmbeddingResults& results, Findings& findings) {
    const std::array shown{std::pair{"spectrum-we-5k", &results.early},
                           std::pair{"spectrum-we-10k", &results.middle},
                           std::pair{"spectrum-we-20k", &results.late}};
    double highest = 0;
    for (const auto& [id, spectrum] : shown)
        highest = std::max(highest, figures::highest_norm(spectrum->embedding));
    for (const auto& [id, spectrum] : shown)
        findings.drawings.push_back(figures::spectrum(id, {.spectrum = spectrum->embedding,
                                                           .key = results.analysis.key,
                                                           .name = "norm in {/:Italic W}_E",
                                                           .epoch = spectrum->epoch,
                                                           .highest = highest}));
}

void draw_decoder_spectrum(const EmbeddingResults& results, std::optional<int> epoch, Findings& findings) {
    findings.drawings.push_back(
        figures::spectrum("spectrum-wl", {.spectrum = results.analysis.decoder,
                                          .key = results.analysis.key,
                                          .name = "norm in {/:Italic W}_L",
                                          .epoch = epoch,
                                          .highest = figures::highest_norm(results.analysis.decoder)}));
}

void draw_circles(const EmbeddingResults& results, const Weights& weights, Findings& findings) {
    const Eigen::MatrixXd W_E = number_embeddings(weights), W_L = decoder(weights);
    auto key = figures::projected(W_E, results.shown), others = figures::projected(W_E, results.shown_others);
    auto in_decoder = figures::projected(W_L, results.shown);
    note_purity(key, results.analysis.embedding_planes);
    note_purity(others, results.analysis.embedding_planes);
    note_purity(in_decoder, results.analysis.decoder_planes);
    const double reach = std::max(figures::reach_of(key), figures::reach_of(others));
    findings.drawings.push_back(figures::circles("circles-we", key, reach));
    findings.drawings.push_back(figures::circles("circles-we-other", others, reach));
    findings.drawings.push_back(figures::circles("circles-wl", in_decoder, figures::reach_of(in_decoder)));
}

// All but the spectra of other snapshots.
EmbeddingResults analyse_shown(const Models& models) {
    EmbeddingResults results;
    results.config = models.config;
    results.untrained_embedding = spectrum_of(number_embeddings(models.untrained()));
    results.untrained_decoder = spectrum_of(decoder(models.untrained()));
    results.analysis = analyse_embedding(models.shown(), models.config.seed);
    results.epoch = models.shown_epoch();
    results.why_not = models.why_not(judged_epoch);
    results.shown = models.shown_frequencies();
    results.shown.resize(std::min(results.shown.size(), most_panels));
    results.shown_others = other_frequencies(results.analysis, results.shown);
    return results;
}

} // namespace

void find_embedding(const Models& models, Findings& findings) {
    EmbeddingResults results = analyse_shown(models);
    results.early = nearest_spectrum(models, early_epoch);
    results.middle = nearest_spectrum(models, middle_epoch);
    results.late = nearest_spectrum(models, judged_epoch);
    std::ranges::move(embedding_measurements(results), std::back_inserter(findings.measurements));
    findings.facts["embed"] = embedding_facts(results);
    draw_spectra(results, findings);
    draw_decoder_spectrum(results, results.epoch, findings);
    draw_circles(results, models.shown(), findings);
}

void find_imported_embedding(const Models& models, Findings& findings) {
    EmbeddingResults results = analyse_shown(models);
    std::ranges::move(embedding_measurements(results), std::back_inserter(findings.measurements));
    findings.drawings.push_back(
        figures::spectrum("spectrum-we", {.spectrum = results.analysis.embedding,
                                          .key = results.analysis.key,
                                          .name = "norm in {/:Italic W}_E",
                                          .epoch = {},
                                          .highest = figures::highest_norm(results.analysis.embedding)}));
    draw_decoder_spectrum(results, {}, findings);
    draw_circles(results, models.shown(), findings);
}

} // namespace grokreport
