#include "sections/mlp/findings.h"

#include "base/json.h"
#include "base/numbers.h"
#include "claims/extremes.h"
#include "base/frequencies_in_words.h"

#include <fmt/format.h>

namespace grokreport {

namespace {

constexpr double not_there = std::numeric_limits<double>::quiet_NaN();

double excess(const Circle& circle) {
    return circle.purity - circle.purity_null;
}

Json describe(const Circle& circle) {
    return {{"purity", circle.purity},
            {"null_99_percent", circle.purity_null},
            {"singular_value_ratio", circle.ring.singular_value_ratio},
            {"radius_cv", circle.ring.radius_cv}};
}

Measurement dihedral_measurement(const MlpResults& results) {
    const PlaneAngles& planes = results.planes;
    Json angles = Json::object();
    for (Eigen::Index i = 0; i < planes.angles.rows(); ++i)
        for (Eigen::Index j = 0; j < planes.angles.cols(); ++j)
            angles[fmt::format("W_E {} and o {}", planes.frequencies[static_cast<std::size_t>(i)],
                               planes.frequencies[static_cast<std::size_t>(j)])] = planes.angles(i, j);
    const double noisy = largest_of(planes.to_noisy_copy, [](double angle) { return angle; });
    const double itself = largest_of(planes.to_itself, [](double angle) { return angle; });
    return {.id = "subspace.dihedral",
            .values = {planes.least()},
            .control = {noisy},
            .details = {{"angles", angles},
                        {"plane_against_itself", itself},
                        {"plane_against_noisy_copy", noisy},
                        {"random_single_1_percent", planes.random.single_low},
                        {"random_least_1_percent", planes.random.least_low},
                        {"random_least_median", planes.random.least_median},
                        {"random_least_99_percent", planes.random.least_high}}};
}

Measurement biases_measurement(const MlpResults& results) {
    const Eigen::VectorXd& biases = results.signs.biases;
    return {.id = "mlp.few-negative-biases",
            .values = {static_cast<double>(results.signs.negative_biases)},
            .details = {{"least", biases.minCoeff()},
                        {"mean", biases.mean()},
                        {"largest", biases.maxCoeff()},
                        {"below_zero", (biases.array() < 0).count()},
                        {"mean_deviation_of_pre", results.signs.deviations.mean()}}};
}

Measurement columns_measurement(const MlpResults& results) {
    Json by_frequency = Json::object();
    for (const ColumnsInPlane& plane : results.columns)
        by_frequency[std::to_string(plane.k)] = {{"columns", plane.columns.radius_cv},
                                                 {"tuned_columns", plane.tuned_ring.radius_cv},
                                                 {"n_tuned_columns", plane.tuned.size()},
                                                 {"o_circle", plane.circle.radius_cv}};
    return {.id = "mlp.columns-unaligned",
            .values = {least_of(results.columns, [](const auto& at) { return at.columns.radius_cv; })},
            .control = {largest_of(results.columns, [](const auto& at) { return at.circle.radius_cv; })},
            .details = {{"radius_cv", by_frequency}}};
}

Measurement orthant_measurement(const MlpResults& results) {
    return {.id = "mlp.positive-orthant",
            .values = {results.signs.always_positive},
            .control = {results.untrained_always_positive},
            .details = {{"share_of_all_pre_activations_above_0", results.signs.positive},
                        {"least_positive_share_of_a_neuron", results.signs.positive_share.minCoeff()},
                        {"largest_positive_share_of_a_neuron", results.signs.positive_share.maxCoeff()}}};
}

Measurement affine_measurement(const MlpResults& results) {
    const Ablation& accuracy = results.ablation;
    return {.id = "mlp.affine",
            .values = {accuracy.best_affine()},
            .control = {accuracy.mean},
            .details = {{"intact", accuracy.intact},
                        {"identity", accuracy.identity},
                        {"affine_fit_of_each_neuron", accuracy.per_neuron},
                        {"best_affine_map", accuracy.affine},
                        {"mean", accuracy.mean}}};
}

Measurement circles_measurement(const MlpResults& results) {
    Json by_frequency = Json::object();
    for (const Circle& circle : results.circles)
        by_frequency[std::to_string(circle.k)] = describe(circle);
    Measurement measurement{
        .id = "mlp.circles-preserved",
        .values = {least_of(results.circles, &Circle::purity), least_of(results.circles, excess)},
        .control = {not_there, not_there},
        .details = {{"frequencies", by_frequency}}};
    if (results.other_best) {
        measurement.control = {results.other_best->purity, excess(*results.other_best)};
        measurement.details["purest_other"] = {{"k", results.other_best->k},
                                               {"circle", describe(*results.other_best)}};
    }
    return measurement;
}

Measurement superposition_measurement(const MlpResults& results) {
    const Superposition& found = results.superposition;
    return {.id = "superposition.none",
            .values = {found.answers},
            .control = {found.random},
            .details = {{"answers", found.n_answers},
                        {"dimensionality_of_fourier_directions", found.directions},
                        {"fourier_directions", found.n_directions},
                        {"rank_of_95_percent_of_the_energy", found.rank}}};
}

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
    return {{"prototype", {{"k", ""}, {"purity", ""}, {"null", ""}, {"ratio", ""}}}, {"items", circles}};
}

} // namespace

std::vector<Measurement> mlp_measurements(const std::optional<MlpResults>& judged,
                                          const std::string& reason) {
    if (!judged) {
        std::vector<Measurement> none;
        for (const char* id :
             {"subspace.dihedral", "mlp.few-negative-biases", "superposition.none", "mlp.columns-unaligned",
              "mlp.positive-orthant", "mlp.affine", "mlp.circles-preserved"})
            none.push_back({.id = id, .not_run = reason});
        return none;
    }
    return {dihedral_measurement(*judged), biases_measurement(*judged),  superposition_measurement(*judged),
            columns_measurement(*judged),  orthant_measurement(*judged), affine_measurement(*judged),
            circles_measurement(*judged)};
}

Json mlp_facts(const MlpResults& shown, const Config& config) {
    const auto& [frequencies, planes, signs, untrained, ablation, columns, circles, other, superposition] =
        shown;
    return {
        {"fixed_a", std::to_string(fixed_number(config.p))},
        {"frequencies", list_in_words(frequencies)},
        {"n_frequencies", format_count(static_cast<std::int64_t>(frequencies.size()))},
        {"planes", plane_facts(planes)},
        {"negative_biases", format_count(signs.negative_biases)},
        {"always_positive", format_percent(signs.always_positive)},
        {"positive", format_percent(signs.positive)},
        {"untrained_always_positive", format_percent(untrained)},
        {"answers_fit", config.p <= config.d_model},
        {"mean_deviation", format_number(signs.deviations.mean())},
        {"least_bias", format_number(signs.biases.minCoeff())},
        {"largest_bias", format_number(signs.biases.maxCoeff())},
        {"tuned_cv",
         format_number(least_of(columns, [](const auto& at) { return at.tuned_ring.radius_cv; }))},
        {"columns_cv", format_number(least_of(columns, [](const auto& at) { return at.columns.radius_cv; }))},
        {"circle_cv", format_number(largest_of(columns, [](const auto& at) { return at.circle.radius_cv; }))},
        {"intact", format_percent(ablation.intact)},
        {"identity", format_percent(ablation.identity)},
        {"per_neuron", format_percent(ablation.per_neuron)},
        {"affine", format_percent(ablation.affine)},
        {"mean", format_percent(ablation.mean)},
        {"best_affine", format_percent(ablation.best_affine())},
        {"circles", circle_facts(shown)},
        {"purity", format_number(least_of(circles, &Circle::purity))},
        {"has_other", other.has_value()},
        {"other_k", other ? std::to_string(other->k) : "–"},
        {"other_purity", other ? format_number(other->purity) : "–"},
        {"other_null", other ? format_number(other->purity_null) : "–"},
        {"answers_dimensionality", format_number(superposition.answers)},
        {"directions_dimensionality", format_number(superposition.directions)},
        {"random_dimensionality", format_number(superposition.random)},
        {"n_directions", format_count(superposition.n_directions)},
        {"rank", format_count(superposition.rank)}};
}

} // namespace grokreport
