#include "sections/mlp/facts.h"

#include "base/json.h"
#include "base/numbers.h"
#include "base/words.h"
#include "claims/extremes.h"
#include "model/fixed_number.h"
#include "runs/lists.h"

namespace grokreport {

namespace {

std::string angle(double degrees) {
    return format_number(degrees, 3) + "°";
}

Json plane_facts(const PlaneAngles& planes) {
    const double least = planes.least();
    return {{"least", angle(least)},
            {"largest", angle(planes.angles.maxCoeff())},
            {"noisy", angle(planes.to_noisy_copy.maxCoeff())},
            {"pairs", format_count(planes.angles.size())},
            {"random_single", angle(planes.random.single_low)},
            {"random_low", angle(planes.random.least_low)},
            {"random_median", angle(planes.random.least_median)},
            {"random_high", angle(planes.random.least_high)},
            {"nearer_than_random", least < planes.random.least_low},
            {"as_random", least >= planes.random.least_low && least <= planes.random.least_high},
            {"farther_than_random", least > planes.random.least_high}};
}

Json circle_facts(const MlpResults& shown) {
    Json circles = Json::array();
    for (const Circle& circle : shown.circles)
        circles.push_back({{"k", std::to_string(circle.k)},
                           {"purity", format_number(circle.purity)},
                           {"null", format_number(circle.purity_null)},
                           {"ratio", format_number(circle.ring.singular_value_ratio)}});
    return list_of({{"k", ""}, {"purity", ""}, {"null", ""}, {"ratio", ""}}, circles);
}

} // namespace

Json mlp_facts(const MlpResults& shown, const Config& config) {
    const HiddenSigns& signs = shown.signs;
    const Ablation& ablation = shown.ablation;
    const Superposition& superposed = shown.superposition;
    const auto& other = shown.other_best;
    return {{"fixed_a", std::to_string(fixed_number(config.p))},
            {"frequencies", listed(shown.frequencies)},
            {"n_frequencies", format_count(static_cast<std::int64_t>(shown.frequencies.size()))},
            {"planes", plane_facts(shown.planes)},
            {"negative_biases", format_count(signs.negative_biases)},
            {"always_positive", format_percent(signs.always_positive)},
            {"positive", format_percent(signs.positive)},
            {"untrained_always_positive", format_percent(shown.untrained_always_positive)},
            {"answers_fit", config.p <= config.d_model},
            {"mean_deviation", format_number(signs.deviations.mean())},
            {"least_bias", format_number(signs.biases.minCoeff())},
            {"largest_bias", format_number(signs.biases.maxCoeff())},
            {"tuned_cv",
             format_number(least_of(shown.columns, [](const auto& at) { return at.tuned_ring.radius_cv; }))},
            {"columns_cv", format_number(shown.least_columns_cv())},
            {"circle_cv", format_number(shown.largest_circle_cv())},
            {"intact", format_percent(ablation.intact)},
            {"identity", format_percent(ablation.identity)},
            {"per_neuron", format_percent(ablation.per_neuron)},
            {"affine", format_percent(ablation.affine)},
            {"mean", format_percent(ablation.mean)},
            {"best_affine", format_percent(ablation.best_affine())},
            {"circles", circle_facts(shown)},
            {"purity", format_number(least_of(shown.circles, &Circle::purity))},
            {"has_other", other.has_value()},
            {"other_k", other ? std::to_string(other->k) : "–"},
            {"other_purity", other ? format_number(other->purity) : "–"},
            {"other_null", other ? format_number(other->purity_null) : "–"},
            {"answers_dimensionality", format_number(superposed.answers)},
            {"directions_dimensionality", format_number(superposed.directions)},
            {"random_dimensionality", format_number(superposed.random)},
            {"n_directions", format_count(superposed.n_directions)},
            {"rank", format_count(superposed.rank)}};
}

} // namespace grokreport
