#include "sections/recombination/claims.h"

#include "base/json.h"
#include "base/median.h"
#include "base/undefined.h"
#include "claims/extremes.h"
#include "spectral/nulls.h"

#include <functional>

namespace grokreport {

namespace {

using enum Relation;
using RecombinationClaim = MeasuredClaim<RecombinationResults>;

template <typename Items, typename Measure>
Json each(const Items& items, Measure measure) {
    Json values = Json::array();
    for (const auto& item : items)
        values.push_back(std::invoke(measure, item));
    return values;
}

double top_of(const std::vector<double>& draws) {
    return draws.empty() ? undefined : null_quantile(draws);
}

RecombinationClaim petals_recombine() {
    constexpr double purity_bound = 0.9;
    const auto measure = [](const RecombinationResults& results) -> Measurement {
        const auto& frequencies = results.frequencies;
        Json details = {{"frequency", each(frequencies, &Recombination::k)},
                        {"purity", each(frequencies, &Recombination::purity)},
                        {"share_of_o_at_k_in_this_plane", each(frequencies, &Recombination::share_in_plane)},
                        {"null_in_this_plane", each(frequencies, &Recombination::purity_null)},
                        {"petals_left_by_cancellation", each(frequencies, &Recombination::petals_left)},
                        {"control_draws", results.shifted.least_purity.size()},
                        {"control_median", median(results.shifted.least_purity)}};
        for (const Recombination& at : frequencies)
            details["purity_of_heads_at_" + std::to_string(at.k)] = at.head_purities;
        return {.values = {least_of(frequencies, &Recombination::purity),
                           least_of(frequencies, &Recombination::lead)},
                .control = {top_of(results.shifted.least_purity), top_of(results.shifted.least_lead)},
                .details = details};
    };
    return {
        .definition =
            {.id = "petals.recombine",
             .section = "7.1",
             .statement = "The petals of the single heads add up to a circle.",
             .checks = {{"purity of the summed o in the plane that all heads share, least over K", at_least,
                         purity_bound, "", "nine tenths of the curve is a circle"},
                        {"that purity less the largest purity of a single head, least over K", greater, 0, "",
                         "the sum must be more of a circle than every one of its parts"}},
             .control = "the heads' curves shifted in b against each other at random: 99 % quantile of 200",
             .figures = {},
             .source = this_file()},
        .measure = measure};
}

RecombinationClaim o_has_circles() {
    constexpr double purity_bound = 0.9;
    const auto measure = [](const RecombinationResults& results) -> Measurement {
        return {.values = {least_of(results.circles, &Circle::purity),
                           least_of(results.circles, &Circle::over_null)},
                .control = {results.best_elsewhere.purity, results.best_elsewhere.over_null()},
                .details = {{"frequency", each(results.circles, &Circle::k)},
                            {"purity", each(results.circles, &Circle::purity)},
                            {"null", each(results.circles, &Circle::purity_null)},
                            {"control_frequency", results.best_elsewhere.k}}};
    };
    return {.definition = {.id = "o.circles",
                           .section = "7.1",
                           .statement = "o has a circle at each key frequency, in planes of its own.",
                           .checks = {{"purity in the plane of k of o, least over K", at_least, purity_bound,
                                       "", "nine tenths of the curve is a circle"},
                                      {"that purity less the 99 % quantile of its null, least over K",
                                       greater, 0, "", "a plane fitted to noise shows some circle too"}},
                           .control = "the purest of the frequencies that are neither key nor idle",
                           .figures = {"circles-o"},
                           .source = this_file()},
            .measure = measure};
}

RecombinationClaim o_is_stretched() {
    constexpr double ratio_bound = 0.8; // of singular values
    const auto measure = [](const RecombinationResults& results) -> Measurement {
        const auto ratio = [](const Circle& circle) { return circle.ring.singular_value_ratio; };
        return {.values = {least_of(results.circles, ratio)},
                .details = {{"frequency", each(results.circles, &Circle::k)},
                            {"singular_value_ratio", each(results.circles, ratio)}}};
    };
    return {.definition = {.id = "o.stretched",
                           .section = "7.1",
                           .kind = Kind::observation,
                           .statement = "One of o's circles is stretched.",
                           .checks = {{"second over first singular value of the circle, least over K", less,
                                       ratio_bound, "", "an ellipse that the eye tells from a circle"}},
                           .figures = {"circles-o"},
                           .source = this_file()},
            .measure = measure};
}

} // namespace

ClaimList<RecombinationResults> recombination_claims(const Config&) {
    return {petals_recombine(), o_has_circles(), o_is_stretched()};
}

} // namespace grokreport
