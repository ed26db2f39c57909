#include "sections/petals/findings.h"

#include "base/json.h"
#include "base/numbers.h"
#include "base/words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace grokreport {

namespace {

template <typename Measure>
auto each(const Petals& petals, Measure measure) {
    return std::array{measure(petals.petals[0]), measure(petals.petals[1]), measure(petals.petals[2])};
}

double least(const std::array<double, 3>& values) {
    return *std::ranges::min_element(values);
}
double largest(const std::array<double, 3>& values) {
    return *std::ranges::max_element(values);
}

// Heads and frequencies of the three pairs, the beginning of every claim's details.
Json pairs_of(const Petals& petals) {
    return {
        {"head", each(petals, [](const Petal& petal) { return petal.pair.head.head; })},
        {"attention_frequency", each(petals, [](const Petal& petal) { return petal.pair.head.frequency; })},
        {"circle_frequency", each(petals, [](const Petal& petal) { return petal.pair.circle; })}};
}

Measurement predicted(const Petals& petals) {
    const auto r2 = each(petals, [](const Petal& petal) { return petal.r2; });
    const auto constant = each(petals, [](const Petal& petal) { return petal.r2_constant; });
    const auto gain = each(petals, [](const Petal& petal) { return petal.r2 - petal.r2_constant; });
    const auto permuted = each(petals, [](const Petal& petal) { return petal.r2_permuted; });
    Json details = pairs_of(petals);
    details["r2"] = r2;
    details["r2_constant_attention"] = constant;
    details["r2_b_permuted"] = permuted;
    details["share_of_plane_kept_by_W_V"] = each(petals, [](const Petal& petal) { return petal.kept; });
    return {.id = "petals.predicted",
            .values = {least(r2), least(gain)},
            .control = {largest(permuted)},
            .details = details};
}

Measurement energy(const Petals& petals) {
    const auto energies = each(petals, [](const Petal& petal) { return petal.energy; });
    const auto permuted = each(petals, [](const Petal& petal) { return petal.energy_permuted; });
    Json details = pairs_of(petals);
    details["energy_share"] = energies;
    details["energy_share_b_permuted"] = permuted;
    return {.id = "petals.energy",
            .values = {least(energies)},
            .control = {largest(permuted)},
            .details = details};
}

Measurement overlap(const Petals& petals) {
    if (!petals.petals[0].crossings)
        return {.id = "petals.overlap",
                .not_run =
                    "the model has a positional embedding, so that x_a does not lie on the circle of x_b "
                    "and the rule says nothing of it"};
    const auto as_said = [](const Petal& petal) { return petal.overlaps() == petal.overlap_expected(); };
    Json details = pairs_of(petals);
    details["crossings"] = each(petals, [](const Petal& petal) { return *petal.crossings; });
    return {.id = "petals.overlap",
            .values = {static_cast<double>(std::ranges::count_if(petals.petals, as_said))},
            .details = details};
}

Json head_facts(const Petal& petal) {
    const AttentionWave& wave = petal.attention;
    return {{"head_share", format_percent(petal.pair.head.share)},
            {"mean_attention", format_percent(wave.mean)},
            {"least_attention", format_percent(wave.mean - wave.amplitude)},
            {"largest_attention", format_percent(wave.mean + wave.amplitude)}};
}

Json pair_facts(const Petal& petal) {
    const int f = petal.pair.head.frequency, k = petal.pair.circle;
    return {{"head", std::to_string(petal.pair.head.head)},
            {"f", std::to_string(f)},
            {"k", std::to_string(k)},
            {"slower", f < k},
            {"overlaps", petal.overlaps()},
            {"rule_holds", petal.overlaps() == petal.overlap_expected()},
            {"passes", std::to_string(k / std::gcd(f, k))},
            {"crossings", format_count(petal.crossings.value_or(0))},
            {"kept", format_percent(without_rounding(petal.kept))},
            {"r2", format_number(petal.r2)},
            {"r2_constant", format_number(petal.r2_constant)},
            {"r2_permuted", format_number(petal.r2_permuted)},
            {"lines", listed(petal.lines)},
            {"energy", format_percent(without_rounding(petal.energy))}};
}

} // namespace

std::vector<Measurement> petals_measurements(const std::optional<Petals>& judged,
                                             const std::string& why_not) {
    if (judged) return {predicted(*judged), energy(*judged), overlap(*judged)};
    std::vector<Measurement> not_run;
    for (const char* id : {"petals.predicted", "petals.energy", "petals.overlap"})
        not_run.push_back({.id = id, .not_run = why_not});
    return not_run;
}

Json petals_facts(const Petals& shown, int p) {
    const auto& [first, second, third] = shown.petals;
    Json of_first = pair_facts(first), of_second = pair_facts(second);
    of_first.update(head_facts(first)); // the third pair has the first one's head
    of_second.update(head_facts(second));
    of_second["same_frequency"] = second.pair.head.frequency == second.pair.circle;
    return {{"a", std::to_string(shown.a)},
            {"last_b", std::to_string(p - 1)},
            {"one_frequency", shown.chosen.one_frequency},
            {"first", of_first},
            {"second", of_second},
            {"third", pair_facts(third)}};
}

} // namespace grokreport
