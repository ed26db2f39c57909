// Sections 6.1, 6.2 and 7 of the post: what periodic attention does to circles, and how the heads' petals
// become circles again.
#include "sections/petals/analysis.h"
#include "sections/recombination/analysis.h"
#include "sections/petals/animations.h"
#include "sections/petals/figures.h"
#include "sections/recombination/figures.h"
#include "sections/petals/findings.h"
#include "sections/recombination/findings.h"
#include "spectral/fourier.h"
#include "sections/judged.h"
#include "sections/sections.h"

#include <algorithm>
#include <iterator>
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

Petals petals_at(const Weights& weights, std::uint64_t seed) {
    return petals_of(weights, circles_by_energy(weights), seed);
}

void add(std::vector<Measurement> measurements, Findings& findings) {
    std::ranges::move(measurements, std::back_inserter(findings.measurements));
}

} // namespace

void find_petals(const Models& models, Findings& findings) {
    const std::uint64_t seed = models.config.seed;
    const Petals shown = petals_at(models.shown(), seed);
    const auto analyse = [&](const Weights& weights, const std::vector<int>&) {
        return petals_at(weights, seed);
    };
    const auto judged = judged_like(models, models.key_frequencies, shown, analyse);

    add(petals_measurements(judged, models.why_not(judged_epoch)), findings);
    findings.facts["petals"] = petals_facts(shown, models.config.p);
    findings.drawings.push_back(figures::moving_offsets("anim-offsets"));
    findings.drawings.push_back(figures::moving_family("anim-family"));
    findings.drawings.push_back(figures::moving_frequencies("anim-frequencies"));
    // The first for every a
    std::optional<PetalFamily> family;
    if (models.config.p <= figures::largest_family && !models.shown().has_positions())
        family = petal_family(models.shown(), shown.petals[0].pair);
    for (std::size_t i = 0; i < shown.petals.size(); ++i)
        findings.drawings.push_back(figures::petal("petals-" + std::to_string(i + 1), shown.petals[i],
                                                   shown.a, i == 0 && family ? &*family : nullptr));
}

void find_recombination(const Models& models, Findings& findings) {
    const std::uint64_t seed = models.config.seed;
    const std::vector<int> frequencies = models.shown_frequencies();
    const RecombinationResults shown = recombination_of(models.shown(), frequencies, seed);
    const auto analyse = [&](const Weights& weights, const std::vector<int>& key) {
        return recombination_of(weights, key, seed);
    };
    const auto judged = judged_like(models, frequencies, shown, analyse);

    add(recombination_measurements(judged, models.why_not(judged_epoch)), findings);
    findings.facts["sum"] = recombination_facts(shown, !models.key_frequencies.empty());
    findings.drawings.push_back(figures::wo_action("wo-action", models.config));
    for (std::size_t i = 0; i < std::min(shown.frequencies.size(), most_drawn_sums); ++i) {
        const std::string rank = std::to_string(i + 1);
        findings.drawings.push_back(figures::petals_sum("petals-sum-" + rank, shown.frequencies[i]));
        findings.drawings.push_back(
            figures::petals_sum_spectrum("petals-sum-spectrum-" + rank, shown.frequencies[i]));
    }
    findings.drawings.push_back(figures::circles_of_o("circles-o", shown));
}

} // namespace grokreport
