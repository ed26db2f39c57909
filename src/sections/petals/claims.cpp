#include "sections/petals/claims.h"

#include "base/json.h"
#include "claims/extremes.h"

#include <algorithm>
#include <array>
#include <functional>

namespace grokreport {

namespace {

using enum Relation;
using PetalsClaim = MeasuredClaim<PetalsResults>;

constexpr const char* permuted_control =
    "z with b permuted: 99 % quantile of 200, the best of the three pairs";

template <typename Value>
auto each(const PetalsResults& results, Value value) {
    const auto of = [&](std::size_t i) { return std::invoke(value, results.petals[i]); };
    return std::array{of(0), of(1), of(2)};
}

// Heads and frequencies of the three pairs, the beginning of every claim's details.
Json pairs_of(const PetalsResults& results) {
    return {
        {"head", each(results, [](const Petal& petal) { return petal.pair.head.head; })},
        {"attention_frequency", each(results, [](const Petal& petal) { return petal.pair.head.frequency; })},
        {"circle_frequency", each(results, [](const Petal& petal) { return petal.pair.circle; })}};
}

PetalsClaim overlap() {
    const auto measure = [](const PetalsResults& results) -> Measurement {
        if (!results.petals[0].crossings)
            return {.not_run =
                        "the model has a positional embedding, so that x_a does not lie on the circle of x_b "
                        "and the rule says nothing of it"};
        const auto as_said = [](const Petal& petal) { return petal.overlaps() == petal.overlap_expected(); };
        Json details = pairs_of(results);
        details["crossings"] = each(results, [](const Petal& petal) { return *petal.crossings; });
        return {.values = {static_cast<double>(std::ranges::count_if(results.petals, as_said))},
                .details = std::move(details)};
    };
    return {.definition =
                {.id = "petals.overlap",
                 .section = "6.1",
                 .statement = "Petals overlap exactly where the attention is slower than the circle.",
                 .checks = {{"number of the three pairs whose predicted curve crosses itself away from x_a "
                             "exactly when the attention frequency is below that of the circle",
                             equal, 3, "", "all of the pairs that are shown"}},
                 .figures = {"petals-1", "petals-2", "petals-3"},
                 .source = this_file()},
            .measure = measure};
}

PetalsClaim predicted() {
    constexpr double r2_bound = 0.8;
    const auto measure = [](const PetalsResults& results) -> Measurement {
        const auto gain = [](const Petal& petal) { return petal.r2 - petal.r2_constant; };
        Json details = pairs_of(results);
        details["r2"] = each(results, &Petal::r2);
        details["r2_constant_attention"] = each(results, &Petal::r2_constant);
        details["r2_b_permuted"] = each(results, &Petal::r2_permuted);
        details["share_of_plane_kept_by_W_V"] = each(results, &Petal::kept);
        return {.values = {least_of(results.petals, &Petal::r2), least_of(results.petals, gain)},
                .control = {largest_of(results.petals, &Petal::r2_permuted)},
                .details = std::move(details)};
    };
    return {.definition =
                {.id = "petals.predicted",
                 .section = "6.2",
                 .statement = "The heads' outputs z draw the petals that periodic attention predicts.",
                 .checks = {{"R² of α(b) x_a + (1 − α(b)) x_b against z, α the mean and one frequency of the "
                             "attention, least of the three pairs",
                             at_least, r2_bound, "",
                             "four fifths of the shape from a single frequency of attention"},
                            {"the same less the R² with constant α, least of the three pairs", greater, 0, "",
                             "the periodic attention must add something to the circle alone"}},
                 .control = permuted_control,
                 .figures = {"petals-1", "petals-2", "petals-3"},
                 .source = this_file()},
            .measure = measure};
}

PetalsClaim energy() {
    constexpr double energy_bound = 0.8;
    const auto measure = [](const PetalsResults& results) -> Measurement {
        Json details = pairs_of(results);
        details["energy_share"] = each(results, &Petal::energy);
        details["energy_share_b_permuted"] = each(results, &Petal::energy_permuted);
        return {.values = {least_of(results.petals, &Petal::energy)},
                .control = {largest_of(results.petals, &Petal::energy_permuted)},
                .details = std::move(details)};
    };
    return {.definition =
                {.id = "petals.energy",
                 .section = "6.2",
                 .statement = "Petals are made of two frequencies, that of the circle and that of the "
                              "attention.",
                 .checks = {{"share of the energy of z in the plane at f, k, k + f and |k − f|, least of the "
                             "three pairs",
                             at_least, energy_bound, "",
                             "the product of two waves has these frequencies and no others"}},
                 .control = permuted_control,
                 .figures = {"petals-1", "petals-2", "petals-3"},
                 .source = this_file()},
            .measure = measure};
}

} // namespace

ClaimList<PetalsResults> petals_claims(const Config&) {
    return {overlap(), predicted(), energy()};
}

} // namespace grokreport
