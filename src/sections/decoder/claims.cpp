#include "sections/decoder/claims.h"

#include "base/json.h"
#include "base/undefined.h"
#include "claims/extremes.h"
#include "spectral/nulls.h"

namespace grokreport {

namespace {

using enum Relation;
using DecoderClaim = MeasuredClaim<DecoderResults>;

DecoderClaim aligned() {
    constexpr double cosine_bound = 0.9;
    const auto measure = [](const DecoderResults& results) -> Measurement {
        Json by_frequency = Json::object();
        for (const Alignment& at : results.aligned)
            by_frequency[std::to_string(at.k)] = at.cosine;
        const double permuted = results.permuted.empty() ? undefined : null_quantile(results.permuted);
        const auto [mean, deviation] = mean_cosine(results.elsewhere);
        return {.values = {least_of(results.aligned, &Alignment::cosine)},
                .control = {permuted},
                .details = {{"mean_cosine", by_frequency},
                            {"not_active_mean", mean},
                            {"not_active_standard_deviation", deviation},
                            {"not_active_least", least_of(results.elsewhere, &Alignment::cosine)},
                            {"not_active_largest", largest_of(results.elsewhere, &Alignment::cosine)},
                            {"not_active_count", results.elsewhere.size()},
                            {"not_active_mean_without_key_components",
                             mean_cosine(results.elsewhere_without_key).mean}}};
    };
    return {.definition = {.id = "decoder.aligned",
                           .section = "8",
                           .statement = "Row c of W_L points at the embedding of c on every circle.",
                           .checks = {{"least over the key frequencies of the mean cosine, over all c, "
                                       "between W_L[c] and the embedding of c in the plane of the frequency",
                                       at_least, cosine_bound, "", "within 26 degrees on average"}},
                           .control = "the answers permuted: 99 % quantile of 200",
                           .figures = {"decoder-closeup"},
                           .source = this_file()},
            .measure = measure};
}

DecoderClaim one_circle_is_not_enough() {
    constexpr double one_circle_bound = 0.5; // accuracy
    constexpr double ahead_bound = 1;        // answers
    constexpr double all_circles_bound = 0.95;
    const auto measure = [](const DecoderResults& results) -> Measurement {
        const Circles& circles = results.circles;
        Json by_frequency = Json::object();
        for (std::size_t i = 0; i < circles.frequencies.size(); ++i)
            by_frequency[std::to_string(circles.frequencies[i])] = {
                {"accuracy", circles.alone[i].accuracy}, {"answers_ahead", circles.alone[i].ahead}};
        return {.values = {largest_of(circles.alone, &AnswerScore::accuracy),
                           least_of(circles.alone, &AnswerScore::ahead), circles.all_together()},
                .control = {circles.all_together()},
                .details = {{"alone", by_frequency},
                            {"all_together", circles.all_together()},
                            {"intact", circles.intact.accuracy}}};
    };
    return {
        .definition =
            {.id = "decoder.one-circle-is-not-enough",
             .section = "8",
             .statement = "On a single circle other numbers activate W_L[c] more than c does.",
             .checks = {{"largest accuracy, over the key frequencies, of the logits restricted to one "
                         "frequency",
                         at_most, one_circle_bound, "", "one circle is wrong on at least every other pair"},
                        {"least, over the key frequencies, of the mean number of answers ahead of the "
                         "right one",
                         at_least, ahead_bound, "answers", "on average some other answer is ahead"},
                        {"accuracy of all key frequencies together", at_least, all_circles_bound, "",
                         "else the logits of one circle would be poor for another reason"}},
             .control = "all key frequencies together",
             .figures = {"decoder-closeup", "decoder-circles-kept"},
             .source = this_file()},
        .measure = measure};
}

DecoderClaim no_one_hertz() {
    constexpr double one_hertz_bound = 0.05;
    const auto measure = [](const DecoderResults& results) -> Measurement {
        return {.values = {results.one_hertz_share}};
    };
    return {
        .definition =
            {.id = "decoder.no-one-hertz",
             .section = "8",
             .kind = Kind::observation,
             .statement = "W_L has no component at frequency 1.",
             .checks = {{"share of the energy of W_L at k = 1", at_most, one_hertz_bound, "",
                         "no more than a key frequency of least weight; false where 1 happens to be one"}},
             .source = this_file()},
        .measure = measure};
}

} // namespace

ClaimList<DecoderResults> decoder_claims(const Config&) {
    return {aligned(), one_circle_is_not_enough(), no_one_hertz()};
}

} // namespace grokreport
