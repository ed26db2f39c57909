#include "sections/petals/section.h"

#include "sections/petals/claims.h"
#include "sections/petals/facts.h"
#include "sections/petals/figures.h"
#include "sections/petals/figures_animations.h"
#include "spectral/fourier.h"

#include <numeric>
#include <optional>

namespace grokreport {

namespace {

// All frequencies, those with most energy in W_E first.
std::vector<int> circles_by_energy(const Weights& weights) {
    std::vector<int> frequencies(static_cast<std::size_t>((weights.p() - 1) / 2));
    std::iota(frequencies.begin(), frequencies.end(), 1);
    return frequencies_by_energy(weights, std::move(frequencies));
}

// The first pair for every a, where its figure has variations.
std::optional<PetalFamily> family_of(const PetalsResults& results, const Weights& weights) {
    if (weights.p() > figures::largest_family || weights.has_positions()) return std::nullopt;
    return petal_family(weights, results.petals[0].pair);
}

} // namespace

SectionOutput petals_section(const Models& models) {
    const Weights& weights = models.shown();
    const PetalsResults results = analyse_petals(weights, circles_by_energy(weights), models.config.seed);
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
