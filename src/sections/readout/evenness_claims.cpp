#include "sections/readout/claims.h"

#include "base/json.h"
#include "base/json_numbers.h"
#include "claims/extremes.h"

#include <functional>

namespace grokreport {

namespace {

using enum Relation;
using EvennessClaim = MeasuredClaim<ReadoutResults>;

// Least over largest amplitude: no pair is read with less than a third of the strength of another.
constexpr double even_bound = 1.0 / 3;

std::vector<Evenness> filtered(const ReadoutResults& results,
                               const std::function<bool(const Evenness&)>& hold) {
    std::vector<Evenness> found;
    for (const Evenness& at : results.evenness.by_frequency)
        if (hold(at)) found.push_back(at);
    return found;
}

std::vector<Evenness> with_double_outside_key(const ReadoutResults& results) {
    return filtered(results, [](const Evenness& at) { return !at.double_is_key; });
}

Json json_of_evenness(const Evenness& at) {
    return {{"trained", finite_or_null(at.trained.flatness)},
            {"attention_at_mean", finite_or_null(at.mean_attention.flatness)},
            {"double", at.doubled},
            {"double_removed", finite_or_null(at.double_removed.flatness)},
            {"both", finite_or_null(at.both.flatness)},
            {"likeness_to_half_turn_cosine_of_both", finite_or_null(at.both.likeness)},
            {"heads_tuned", at.heads},
            {"evened_by", to_string(at.evened_by())}};
}

EvennessClaim even() {
    const auto measure = [](const ReadoutResults& results) -> Measurement {
        Json details = Json::object();
        for (const Evenness& at : results.evenness.by_frequency)
            details[std::to_string(at.k)] = json_of_evenness(at);
        const auto flatness_of_both = [](const Evenness& at) { return at.both.flatness; };
        return {.values = {least_of(results.evenness.by_frequency,
                                    [](const Evenness& at) { return at.trained.flatness; })},
                .control = {largest_of(with_double_outside_key(results), flatness_of_both)},
                .details = {{"flatness", details}}};
    };
    return {.definition =
                {.id = "readout.even",
                 .section = "9",
                 .kind = Kind::ours,
                 .statement = "No pair of numbers is read weakly.",
                 .checks = {{"flatness of A_k over a − b, its least over its largest value, least over K",
                             at_least, even_bound, "", "|cos w_k (a − b)/2| would be nearly zero"}},
                 .control = "attention at its mean and the doubles of K removed from W_E: the largest "
                            "over those k in K whose double is not in K",
                 .figures = {"readout-evenness"},
                 .source = this_file()},
            .measure = measure};
}

EvennessClaim attention_evens() {
    constexpr double held_bound = evened_ratio;
    constexpr double others_bound = 0.5;
    const auto measure = [](const ReadoutResults& results) -> Measurement {
        const auto tuned = filtered(results, [](const Evenness& at) { return !at.heads.empty(); });
        const auto n_heads = static_cast<std::size_t>(results.evenness.score_shares.rows());
        const auto dissociated = filtered(results, [n_heads](const Evenness& at) {
            return !at.heads.empty() && at.heads.size() < n_heads;
        });
        if (!results.frequencies.empty() && tuned.empty())
            return {.not_run = "no head is tuned to a key frequency"};
        if (!tuned.empty() && dissociated.empty())
            return {.not_run =
                        "all heads are tuned to the same key frequencies: there is no other head to hold"};
        Json details = Json::object();
        for (const Evenness& at : tuned)
            details[std::to_string(at.k)] = {{"heads", at.heads},
                                             {"these_held", finite_or_null(at.heads_held_ratio())},
                                             {"others_held", finite_or_null(at.others_held_ratio())}};
        const double others = least_of(dissociated, &Evenness::others_held_ratio);
        return {.values = {largest_of(tuned, &Evenness::heads_held_ratio), others},
                .control = {others},
                .details = {{"ratio", details}}};
    };
    return {
        .definition =
            {.id = "readout.attention-evens",
             .section = "9",
             .kind = Kind::ours,
             .statement = "A head tuned to k evens the read-out at k; the other heads do not.",
             .checks = {{"flatness of k with the heads tuned to k held at their means, over the trained "
                         "one, largest over the k in K to which a head is tuned",
                         at_most, held_bound, "", "most of the flatness comes from these heads"},
                        {"flatness of k with all other heads held instead, over the trained one, least over "
                         "the same k",
                         greater, others_bound, "", "most of the flatness stays without the other heads"}},
             .control = "all other heads held instead",
             .figures = {"readout-evenness"},
             .source = this_file()},
        .measure = measure};
}

EvennessClaim idle_are_doubles() {
    constexpr double all_of_them = 1;
    constexpr double chance_bound = 0.2;
    const auto measure = [](const ReadoutResults& results) -> Measurement {
        const IdleFrequencies& idle = results.evenness.idle;
        if (idle.idle.empty()) return {.not_run = "no frequency is active in W_E alone"};
        Json doubles = Json::object();
        for (const auto& one : idle.doubles)
            doubles[std::to_string(one.idle)] = one.k;
        return {.values = {idle.share(), idle.chance()},
                .control = {idle.expected_share()},
                .details = {{"idle", idle.idle},
                            {"double_of", doubles},
                            {"frequencies_outside_K", idle.outside},
                            {"doubles_outside_K", idle.doubles_outside}}};
    };
    return {
        .definition =
            {.id = "readout.idle-are-doubles",
             .section = "9",
             .kind = Kind::ours,
             .statement = "Idle frequencies are doubles of key frequencies.",
             .checks = {{"share of the frequencies active in W_E alone that are 2k, up to sign and mod p, of "
                         "some k in K",
                         equal, all_of_them, "", "all of them"},
                        {"probability that as many frequencies, drawn from outside K, are all doubles", less,
                         chance_bound, "", "it would happen by chance in fewer than one in five models"}},
             .control = "frequencies drawn from outside K: the expected share",
             .figures = {"readout-evenness"},
             .source = this_file()},
        .measure = measure};
}

EvennessClaim idle_evens() {
    constexpr double removed_bound = evened_ratio;
    const auto measure = [](const ReadoutResults& results) -> Measurement {
        const IdleFrequencies& idle = results.evenness.idle;
        if (idle.idle.empty()) return {.not_run = "no frequency is active in W_E alone"};
        if (!results.frequencies.empty() && idle.doubles.empty())
            return {.not_run = "no idle frequency is the double of a key frequency"};
        Json details = Json::object();
        for (const auto& one : idle.doubles)
            details[std::to_string(one.idle)] = {{"k", one.k},
                                                 {"removed", finite_or_null(one.ratio)},
                                                 {"others_removed", finite_or_null(one.control_ratio)}};
        return {.values = {largest_of(idle.doubles, &IdleFrequencies::Double::ratio)},
                .control = {least_of(idle.doubles, &IdleFrequencies::Double::control_ratio)},
                .details = {{"ratio", details}, {"others", idle.others}}};
    };
    return {
        .definition =
            {.id = "readout.idle-evens",
             .section = "9",
             .kind = Kind::ours,
             .statement = "Idle frequencies even out what attention does not.",
             .checks = {{"flatness of k with the idle frequency 2k removed from W_E, over the trained one, "
                         "largest over the idle doubles",
                         at_most, removed_bound, "", "most of the flatness comes from this circle"}},
             .control =
                 "as many of the other inactive frequencies removed instead, those with most energy in "
                 "W_E: the least over those k with other heads",
             .figures = {"readout-evenness"},
             .source = this_file()},
        .measure = measure};
}

EvennessClaim second_order() {
    constexpr double second_bound = 0.99;
    constexpr double first_bound = 0.9;
    constexpr double flatness_bound = even_bound;
    const auto measure = [](const ReadoutResults& results) -> Measurement {
        const Replacements& replaced = results.replaced;
        const auto outside = with_double_outside_key(results);
        if (!results.frequencies.empty() && outside.empty())
            return {.not_run = "the double of every key frequency is a key frequency"};
        Json flatness = Json::object();
        for (const Evenness& at : results.evenness.by_frequency)
            flatness[std::to_string(at.k)] = finite_or_null(at.one_number.flatness);
        return {
            .values = {replaced.second_order.accuracy, replaced.one_number.accuracy,
                       largest_of(outside, [](const Evenness& at) { return at.one_number.flatness; })},
            .control = {replaced.one_number.accuracy},
            .details = {{"flatness_of_one_number", flatness},
                        {"beside_the_direct_path",
                         {{"one_number", finite_or_null(replaced.one_number_with_direct.accuracy)},
                          {"second_order", finite_or_null(replaced.second_order_with_direct.accuracy)}}}}};
    };
    return {
        .definition =
            {.id = "readout.second-order",
             .section = "9",
             .kind = Kind::ours,
             .statement = "What evens the read-out is the second order of the pre-activations.",
             .checks = {{"accuracy over all pairs of the MLP's path with pre reduced to K's terms of one "
                         "number, doubles, sum and difference terms",
                         at_least, second_bound, "", "as good as all of pre, up to one pair in a hundred"},
                        {"accuracy with pre reduced to K's terms of one number alone", at_most, first_bound,
                         "", "one pair in ten is lost"},
                        {"flatness with these alone, largest over the k in K whose double is not in K",
                         at_most, flatness_bound, "", "the read-out is as uneven as |cos w_k (a − b)/2|"}},
             .control = "pre reduced to K's terms of one number alone",
             .figures = {"readout-ladder"},
             .source = this_file()},
        .measure = measure};
}

} // namespace

ClaimList<ReadoutResults> evenness_claims() {
    return {even(), attention_evens(), idle_are_doubles(), idle_evens(), second_order()};
}

} // namespace grokreport
