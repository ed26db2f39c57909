#include "sections/mlp/claims.h"

#include "base/json.h"
#include "base/undefined.h"
#include "claims/extremes.h"

#include <fmt/format.h>

namespace grokreport {

namespace {

using enum Relation;
using MlpClaim = MeasuredClaim<MlpResults>;

double largest_angle(const Eigen::VectorXd& degrees) {
    return largest_of(degrees, std::identity{});
}

Json details_of(const Circle& circle) {
    return {{"purity", circle.purity},
            {"null_99_percent", circle.purity_null},
            {"singular_value_ratio", circle.ring.singular_value_ratio},
            {"radius_cv", circle.ring.radius_cv}};
}

MlpClaim other_planes() {
    constexpr double angle_bound = 60; // degrees
    const auto measure = [](const MlpResults& results) -> Measurement {
        const PlaneAngles& planes = results.planes;
        Json angles = Json::object();
        for (Eigen::Index i = 0; i < planes.angles.rows(); ++i)
            for (Eigen::Index j = 0; j < planes.angles.cols(); ++j)
                angles[fmt::format("W_E {} and o {}", planes.frequencies[static_cast<std::size_t>(i)],
                                   planes.frequencies[static_cast<std::size_t>(j)])] = planes.angles(i, j);
        const double noisy = largest_angle(planes.to_noisy_copy);
        return {.values = {planes.least()},
                .control = {noisy},
                .details = {{"angles", angles},
                            {"plane_against_itself", largest_angle(planes.to_itself)},
                            {"plane_against_noisy_copy", noisy},
                            {"random_single_1_percent", planes.random.single_low},
                            {"random_least_1_percent", planes.random.least_low},
                            {"random_least_median", planes.random.least_median},
                            {"random_least_99_percent", planes.random.least_high}}};
    };
    return {
        .definition =
            {.id = "subspace.dihedral",
             .section = "8",
             .headline = true,
             .statement = "The circles of o lie in other planes than the circles of W_E.",
             .checks = {{"least, over all pairs of a plane of W_E and a plane of o at key frequencies, of "
                         "the smallest principal angle",
                         at_least, angle_bound, "degrees",
                         "no direction of one plane has more than a quarter of its energy in the other "
                         "(cos^2)"}},
             .control = "each plane of W_E against its own copy with 20 % noise, the largest angle",
             .figures = {"dihedral-angles"},
             .source = this_file()},
        .measure = measure};
}

MlpClaim few_negative_biases(const Config& config) {
    const auto measure = [](const MlpResults& results) -> Measurement {
        const Eigen::VectorXd& biases = results.signs.biases;
        return {.values = {static_cast<double>(results.signs.negative_biases)},
                .details = {{"least", biases.minCoeff()},
                            {"mean", biases.mean()},
                            {"largest", biases.maxCoeff()},
                            {"below_zero", (biases.array() < 0).count()},
                            {"mean_deviation_of_pre", results.signs.deviations.mean()}}};
    };
    return {.definition =
                {.id = "mlp.few-negative-biases",
                 .section = "8",
                 .statement = "Far fewer than p entries of b_up are clearly negative.",
                 .checks = {{"neurons whose bias is below -0.25 standard deviations of their pre-activation",
                             less, static_cast<double>(config.p), "neurons",
                             "p, the number of detectors that one neuron an answer would take"}},
                 .figures = {"b-up-sorted"},
                 .source = this_file()},
            .measure = measure};
}

MlpClaim no_superposition() {
    constexpr double own_axis_bound = 0.5; // dimensions a feature
    const auto measure = [](const MlpResults& results) -> Measurement {
        const Superposition& found = results.superposition;
        return {.values = {found.answers},
                .control = {found.random},
                .details = {{"answers", found.n_answers},
                            {"dimensionality_of_fourier_directions", found.directions},
                            {"fourier_directions", found.n_directions},
                            {"rank_of_95_percent_of_the_energy", found.rank}}};
    };
    return {.definition =
                {.id = "superposition.none",
                 .section = "8",
                 .statement = "The model does not hold its features in superposition.",
                 .checks = {{"mean dimensionality (Elhage et al. 2022) of the p centred rows of W_L",
                             at_least, own_axis_bound, "dimensions",
                             "a feature on an axis of its own has 1; two that share one axis have 1/2"}},
                 .control = "p random features in as many dimensions as the key frequencies span, two each",
                 .expected = Verdict::fail,
                 .source = this_file()},
            .measure = measure};
}

MlpClaim columns_unaligned() {
    constexpr double unaligned_bound = 0.35; // radius CV
    const auto measure = [](const MlpResults& results) -> Measurement {
        Json by_frequency = Json::object();
        for (const ColumnsInPlane& plane : results.columns)
            by_frequency[std::to_string(plane.k)] = {{"columns", plane.columns.radius_cv},
                                                     {"tuned_columns", plane.tuned_ring.radius_cv},
                                                     {"n_tuned_columns", plane.tuned.size()},
                                                     {"o_circle", plane.circle.radius_cv}};
        return {.values = {results.least_columns_cv()},
                .control = {results.largest_circle_cv()},
                .details = {{"radius_cv", by_frequency}}};
    };
    return {.definition =
                {.id = "mlp.columns-unaligned",
                 .section = "8",
                 .statement = "The columns of W_up form no ring in the planes of the o circles.",
                 .checks = {{"least radius CV of the columns of W_up in o's planes of the key frequencies",
                             greater, unaligned_bound, "",
                             "a ring is far below, an isotropic cloud has about 0.52"}},
                 .control = "the p vectors o themselves in the same planes",
                 .figures = {"w-up-planes"},
                 .source = this_file()},
            .measure = measure};
}

MlpClaim positive_orthant() {
    constexpr double positive_bound = 0.9; // share of neurons
    const auto measure = [](const MlpResults& results) -> Measurement {
        const HiddenSigns& signs = results.signs;
        return {.values = {signs.always_positive},
                .control = {results.untrained_always_positive},
                .details = {{"share_of_all_pre_activations_above_0", signs.positive},
                            {"least_positive_share_of_a_neuron", signs.positive_share.minCoeff()},
                            {"largest_positive_share_of_a_neuron", signs.positive_share.maxCoeff()}}};
    };
    return {
        .definition = {.id = "mlp.positive-orthant",
                       .section = "8",
                       .statement = "b_up lifts the circles clear of the ReLU, into the positive orthant.",
                       .checks = {{"share of neurons that are positive on at least 95 % of all pairs",
                                   at_least, positive_bound, "", "nearly all neurons, on nearly all pairs"}},
                       .control = "the same model before training",
                       .expected = Verdict::fail,
                       .figures = {"b-up-sorted"},
                       .source = this_file()},
        .measure = measure};
}

MlpClaim affine_layer() {
    constexpr double affine_bound = 0.99; // test accuracy
    const auto measure = [](const MlpResults& results) -> Measurement {
        const Ablation& accuracy = results.ablation;
        return {.values = {accuracy.best_affine()},
                .control = {accuracy.mean},
                .details = {{"intact", accuracy.intact},
                            {"identity", accuracy.identity},
                            {"affine_fit_of_each_neuron", accuracy.per_neuron},
                            {"best_affine_map", accuracy.affine},
                            {"mean", accuracy.mean}}};
    };
    return {
        .definition =
            {.id = "mlp.affine",
             .section = "8",
             .statement = "The MLP is just an affine map.",
             .checks = {{"best test accuracy with the hidden layer replaced by its pre-activation, by an "
                         "affine fit of each neuron, or by the best affine map of its input",
                         at_least, affine_bound, "", "what a layer that is affine would lose nothing of"}},
             .control = "the hidden layer replaced by its mean",
             .expected = Verdict::fail,
             .figures = {"relu-ablation"},
             .source = this_file()},
        .measure = measure};
}

MlpClaim circles_preserved() {
    constexpr double purity_bound = 0.9;
    const auto measure = [](const MlpResults& results) -> Measurement {
        Json by_frequency = Json::object();
        for (const Circle& circle : results.circles)
            by_frequency[std::to_string(circle.k)] = details_of(circle);
        Measurement measurement{.values = {least_of(results.circles, &Circle::purity),
                                           least_of(results.circles, &Circle::over_null)},
                                .control = {undefined, undefined},
                                .details = {{"frequencies", by_frequency}}};
        if (const auto& other = results.other_best) {
            measurement.control = {other->purity, other->over_null()};
            measurement.details["purest_other"] = {{"k", other->k}, {"circle", details_of(*other)}};
        }
        return measurement;
    };
    return {.definition =
                {.id = "mlp.circles-preserved",
                 .section = "8",
                 .statement = "The circles survive the MLP.",
                 .checks = {{"least purity over the key frequencies of the hidden layer at fixed a", at_least,
                             purity_bound, "", "at most a tenth of the curve is anything but its circle"},
                            {"least excess of that purity over its null (99 % quantile of permutations)",
                             greater, 0, "", "in many dimensions noise has a high purity of its own"}},
                 .control = "the frequencies that are neither key nor idle, best case",
                 .figures = {"circles-mlp"},
                 .source = this_file()},
            .measure = measure};
}

} // namespace

ClaimList<MlpResults> mlp_claims(const Config& config) {
    return {other_planes(),      few_negative_biases(config), no_superposition(),
            columns_unaligned(), positive_orthant(),          affine_layer(),
            circles_preserved()};
}

} // namespace grokreport
