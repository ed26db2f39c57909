#include "sections/petals/section.h"

#include "sections/petals/claims.h"
#include "sections/petals/facts.h"
#include "sections/petals/figures.h"
#include "sections/petals/figures_animations.h"
#include "spectral/fourier.h"

#include <optional>

namespace grokreport {

namespace {

// The first pair for every a, where its figure has variations.
std::optional<PetalFamily> family_of(const PetalsResults& results, const Weights& weights) {
    if (weights.p() > figures::largest_family || weights.has_positions()) return std::nullopt;
    return petal_family(weights, results.petals[0].pair);
}

} // namespace

SectionOutput petals_section(const Models& models) {
    const Weights& weights = models.shown();
    const std::vector<int> circles = frequencies_by_energy(weights, all_frequencies(weights.p()));
    const PetalsResults results = analyse_petals(weights, circles, models.config.seed);
    const auto judged = models.has(judged_epoch) ? std::optional(results) : std::nullopt;
    SectionOutput output{
        .measurements = measure_claims(petals_claims(models.config), judged, models.why_not(judged_epoch)),
        .facts = {{"petals", petals_facts(results)}},
        .drawings = {figures::moving_offsets("anim-offsets"), figures::moving_family("anim-family"),
                     figures::moving_frequencies("anim-frequencies")}};
    const std::optional<PetalFamily> family = family_of(results, weights);
    for (std::size_t i = 0; i < results.petals.size(); ++i)
        output.drawings.push_back(figures::petal("petals-" + std::to_string(i + 1), results.petals[i],
                                                 results.a, i == 0 && family ? &*family : nullptr));
    return output;
}

} // namespace grokreport
