#include "sections/embedding/section.h"

#include "sections/embedding/claims.h"
#include "sections/embedding/facts.h"
#include "sections/embedding/figures_circles.h"
#include "sections/embedding/figures_spectrum.h"
#include "spectral/fourier.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

namespace grokreport {

namespace {

using Drawings = std::vector<figures::Drawing>;

std::vector<Measurement> embedding_measurements(const EmbeddingResults& results, const Models& models) {
    const auto judged = models.has(judged_epoch) ? std::optional(results) : std::nullopt;
    return measure_claims(embedding_claims(models.config), judged, models.why_not(judged_epoch));
}

// The three snapshots on one scale.
Drawings embedding_spectra(const EmbeddingResults& results) {
    const std::array shown{std::pair{"spectrum-we-5k", &results.early},
                           std::pair{"spectrum-we-10k", &results.middle},
                           std::pair{"spectrum-we-20k", &results.late}};
    double highest = 0;
    for (const auto& [id, spectrum] : shown)
        highest = std::max(highest, figures::highest_norm(spectrum->embedding));
    Drawings drawings;
    for (const auto& [id, spectrum] : shown)
        drawings.push_back(figures::spectrum(id, {.spectrum = spectrum->embedding,
                                                  .key = results.analysis.key,
                                                  .name = "norm in {/:Italic W}_E",
                                                  .epoch = spectrum->epoch,
                                                  .highest = highest}));
    return drawings;
}

figures::Drawing one_spectrum(const std::string& id, std::string_view name, const Spectrum& spectrum,
                              const EmbeddingResults& results, std::optional<int> epoch) {
    return figures::spectrum(id, {.spectrum = spectrum,
                                  .key = results.analysis.key,
                                  .name = name,
                                  .epoch = epoch,
                                  .highest = figures::highest_norm(spectrum)});
}

// "purity 0.99 (0.15)" below each panel: the purity and its null.
std::vector<figures::CirclePanel> circle_panels(const Eigen::MatrixXd& X, const std::vector<int>& frequencies,
                                                const PlaneSurvey& survey) {
    std::vector<figures::CirclePanel> panels = figures::projected(X, frequencies);
    for (figures::CirclePanel& panel : panels)
        for (const auto* circles : {&survey.key, &survey.others})
            for (const Circle& circle : *circles)
                if (circle.k == panel.k)
                    panel.note = fmt::format("purity {:.2f} ({:.2f})", circle.purity, circle.purity_null);
    return panels;
}

// The spectrum of W_L, and circles in W_E and W_L.
Drawings decoder_spectrum_and_circles(const EmbeddingResults& results, const Weights& weights,
                                      std::optional<int> epoch) {
    const EmbeddingAnalysis& analysis = results.analysis;
    const Eigen::MatrixXd W_E = number_embeddings(weights), W_L = decoder(weights);
    const auto key = circle_panels(W_E, results.shown, analysis.embedding_planes);
    const auto others = circle_panels(W_E, results.shown_others, analysis.embedding_planes);
    const auto in_decoder = circle_panels(W_L, results.shown, analysis.decoder_planes);
    const double reach = std::max(figures::reach_of(key), figures::reach_of(others));
    return {one_spectrum("spectrum-wl", "norm in {/:Italic W}_L", analysis.decoder, results, epoch),
            figures::circles("circles-we", key, reach), figures::circles("circles-we-other", others, reach),
            figures::circles("circles-wl", in_decoder, figures::reach_of(in_decoder))};
}

} // namespace

SectionOutput embedding_section(const Models& models) {
    const EmbeddingResults results = embedding_results(models);
    SectionOutput output{.measurements = embedding_measurements(results, models),
                         .facts = {{"embed", embedding_facts(results)}},
                         .drawings = embedding_spectra(results)};
    std::ranges::move(decoder_spectrum_and_circles(results, models.shown(), results.epoch),
                      std::back_inserter(output.drawings));
    return output;
}

SectionOutput imported_embedding_section(const Models& models) {
    const EmbeddingResults results = embedding_results(models);
    SectionOutput output{.measurements = embedding_measurements(results, models),
                         .drawings = {one_spectrum("spectrum-we", "norm in {/:Italic W}_E",
                                                   results.analysis.embedding, results, {})}};
    std::ranges::move(decoder_spectrum_and_circles(results, models.shown(), {}),
                      std::back_inserter(output.drawings));
    return output;
}

} // namespace grokreport
