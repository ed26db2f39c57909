#include "sections/readout/claims.h"

#include "base/json.h"
#include "base/json_numbers.h"
#include "claims/extremes.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace grokreport {

namespace {

using enum Relation;
using ReadoutClaim = MeasuredClaim<ReadoutResults>;

Json json_of(const TermShares& shares) {
    return {{"sum_terms", finite_or_null(shares.sum)},
            {"difference_terms", finite_or_null(shares.difference)},
            {"terms_of_one_number", finite_or_null(shares.one_number)},
            {"doubles", finite_or_null(shares.doubles)},
            {"rest", finite_or_null(shares.rest)}};
}

Json json_of(const Ledger& ledger) {
    return {{"o", json_of(ledger.o)},
            {"pre", json_of(ledger.pre)},
            {"hidden", json_of(ledger.hidden)},
            {"mlp_logits", json_of(ledger.mlp_logits)},
            {"logits", json_of(ledger.logits)}};
}

// NaN where either is: the harder of two controls.
double larger(double one, double other) {
    return std::isnan(other) ? other : std::max(one, other);
}

ReadoutClaim multiplies_in_relu() {
    constexpr double mlp_bound = 0.9, o_bound = 0.1;
    const auto measure = [](const ReadoutResults& results) -> Measurement {
        return {.values = {results.with_relu.mlp_logits.sum, results.with_relu.o.sum},
                .control = {results.with_identity.mlp_logits.sum},
                .details = {{"with_relu", json_of(results.with_relu)},
                            {"with_identity", json_of(results.with_identity)}}};
    };
    return {
        .definition =
            {.id = "readout.multiplies-in-relu",
             .section = "9",
             .kind = Kind::ours,
             .statement =
                 "The ReLU makes the product: what attention writes has few waves in a + b, what the MLP "
                 "adds to the logits is made of them.",
             .checks = {{"share of sum terms, waves in w_k (a + b) with k in K, in the variance of the MLP's "
                         "part of the logits",
                         at_least, mlp_bound, "", "what else the MLP adds is a minor part"},
                        {"share of sum terms in o, what attention writes", at_most, o_bound, "",
                         "attention weights depend on a and b, so o has a few"}},
             .control = "the ReLU replaced by the identity",
             .figures = {"readout-ledger"},
             .source = this_file()},
        .measure = measure};
}

ReadoutClaim even_part() {
    constexpr double even_bound = 0.99;
    constexpr double affine_bound = 0.5;
    const auto measure = [](const ReadoutResults& results) -> Measurement {
        const Replacements& replaced = results.replaced;
        return {.values = {replaced.even_half.accuracy, replaced.affine_half.accuracy},
                .control = {replaced.affine_half.accuracy},
                .details = {{"trained", replaced.trained.accuracy},
                            {"identity", replaced.identity.accuracy},
                            {"square", replaced.squared.accuracy},
                            {"scale_of_square", finite_or_null(replaced.square_scale)}}};
    };
    return {.definition = {.id = "readout.even-part",
                           .section = "9",
                           .kind = Kind::ours,
                           .statement = "Of relu(x) = x/2 + |x|/2 the even half does the work.",
                           .checks = {{"accuracy over all pairs with |x|/2 in place of the ReLU", at_least,
                                       even_bound, "", "as good as the ReLU, up to one pair in a hundred"},
                                      {"accuracy over all pairs with x/2 in its place", less, affine_bound,
                                       "", "an affine MLP is wrong on more than every other pair"}},
                           .control = "x/2 in place of the ReLU, the affine half",
                           .figures = {"readout-neurons", "readout-ladder"},
                           .source = this_file()},
            .measure = measure};
}

ReadoutClaim phase_doubled() {
    const auto measure = [](const ReadoutResults& results) -> Measurement {
        const PhaseDoubling& phases = results.phases;
        Json by_frequency = Json::object();
        for (std::size_t i = 0; i < results.frequencies.size(); ++i)
            by_frequency[std::to_string(results.frequencies[i])] = finite_or_null(phases.by_frequency[i]);
        return {.values = {phases.doubled},
                .control = {larger(phases.single, phases.shuffled)},
                .details = {{"by_frequency", by_frequency},
                            {"phase_in", finite_or_null(phases.single)},
                            {"shuffled", finite_or_null(phases.shuffled)},
                            {"with_positions", results.has_positions}}};
    };
    return {
        .definition =
            {.id = "readout.phase-doubled",
             .section = "9",
             .kind = Kind::ours,
             .statement = "W_L answers with twice the phase with which a neuron sees the numbers.",
             .checks =
                 {{"weighted mean resultant of the phase of W_L less twice the phase of the "
                   "pre-activations, over K and all neurons",
                   at_least, phase_doubled_bound, "",
                   "phases are within 26 degrees of twice the phase on average, up to one angle for all"}},
             .control = "the phase itself instead of twice the phase, or neurons shuffled (99 % quantile of "
                        "200 seeded permutations), whichever is larger",
             .figures = {"readout-phases", "readout-neurons"},
             .source = this_file()},
        .measure = measure};
}

ReadoutClaim decoder_written_down() {
    constexpr double cosine_bound = 0.85;
    constexpr double accuracy_bound = 0.8;
    const auto measure = [](const ReadoutResults& results) -> Measurement {
        const WrittenDecoders& decoders = results.decoders;
        const Replacements& replaced = results.replaced;
        return {.values = {decoders.doubled.cosine, replaced.written.accuracy},
                .control = {larger(decoders.single.cosine, decoders.shuffled.cosine),
                            larger(replaced.written_single.accuracy, replaced.written_shuffled.accuracy)},
                .details = {
                    {"scale", finite_or_null(decoders.doubled.scale)},
                    {"accuracy_beside_direct_path", finite_or_null(replaced.written_with_direct.accuracy)},
                    {"phases_not_doubled",
                     {{"cosine", finite_or_null(decoders.single.cosine)},
                      {"accuracy", finite_or_null(replaced.written_single.accuracy)}}},
                    {"neurons_shuffled",
                     {{"cosine", finite_or_null(decoders.shuffled.cosine)},
                      {"accuracy", finite_or_null(replaced.written_shuffled.accuracy)}}},
                    {"trained_amplitudes_accuracy", finite_or_null(replaced.from_phases.accuracy)}}};
    };
    return {
        .definition =
            {.id = "readout.decoder-written-down",
             .section = "9",
             .kind = Kind::ours,
             .statement = "W_L can be written down from the weights before it: r_i cos(w_k c + 2 φ_i), with "
                          "the amplitude r_i and the phase φ_i of each neuron's pre-activations.",
             .checks = {{"cosine similarity of the written W_L and the trained one", at_least, cosine_bound,
                         "", "all but 28 % of the squared norm, for matrices of thousands of entries"},
                        {"accuracy over all pairs of the MLP's path with the written W_L in place of the "
                         "trained one",
                         at_least, accuracy_bound, "", "most pairs, with one number fitted, the scale"}},
             .control = "phases not doubled, or neurons shuffled (of 200 seeded permutations the one at the "
                        "99 % quantile of the cosine), for each check whichever is larger",
             .figures = {"readout-decoder", "readout-ladder"},
             .source = this_file()},
        .measure = measure};
}

ReadoutClaim mlp_alone() {
    constexpr double alone_bound = 0.99;
    const auto measure = [](const ReadoutResults& results) -> Measurement {
        const Replacements& replaced = results.replaced;
        return {.values = {replaced.mlp_alone.accuracy},
                .control = {replaced.direct_alone.accuracy},
                .details = {{"trained", replaced.trained.accuracy}}};
    };
    return {.definition = {.id = "readout.mlp-alone",
                           .section = "9",
                           .kind = Kind::ours,
                           .statement = "The MLP's path answers by itself.",
                           .checks = {{"accuracy over all pairs without the direct path (W_E[=] + o) W_U",
                                       at_least, alone_bound, "",
                                       "as good as both paths, up to one pair in a hundred"}},
                           .control = "the direct path alone",
                           .figures = {"readout-ladder"},
                           .source = this_file()},
            .measure = measure};
}

ReadoutClaim cosines() {
    constexpr double share_bound = 0.9;
    constexpr double all_pairs_right = 1;
    const auto measure = [](const ReadoutResults& results) -> Measurement {
        const CosineFit &fit = results.cosines, &untrained = results.untrained_cosines;
        Json amplitudes = Json::object();
        for (std::size_t i = 0; i < fit.frequencies.size(); ++i)
            amplitudes[std::to_string(fit.frequencies[i])] = fit.amplitude[i];
        return {.values = {fit.share, fit.alone.accuracy},
                .control = {untrained.share, untrained.alone.accuracy},
                .details = {{"amplitude", amplitudes},
                            {"cross_entropy", finite_or_null(fit.alone.cross_entropy)}}};
    };
    return {
        .definition = {.id = "readout.cosines",
                       .section = "9",
                       .kind = Kind::ours,
                       .statement = "The logits are cosines of a + b − c.",
                       .checks = {{"share of the variance of the logits over all pairs on "
                                   "A_k cos w_k (a + b − c), one amplitude A_k for each k in K",
                                   at_least, share_bound, "", "what is left over is a minor part"},
                                  {"accuracy over all pairs of these cosines alone", equal, all_pairs_right,
                                   "", "they depend on a + b − c alone: all pairs are right or none"}},
                       .control = "the model before training",
                       .figures = {"readout-ladder"},
                       .source = this_file()},
        .measure = measure};
}

ReadoutClaim turns() {
    constexpr double hidden_bound = 0.8, logits_bound = 0.9, pre_bound = 0.5;
    const auto measure = [](const ReadoutResults& results) -> Measurement {
        Json by_frequency = Json::object();
        for (const Turn& turn : results.turns)
            by_frequency[std::to_string(turn.k)] = {{"pre", finite_or_null(turn.pre)},
                                                    {"hidden", finite_or_null(turn.hidden)},
                                                    {"mlp_logits", finite_or_null(turn.mlp_logits)}};
        const double pre = least_of(results.turns, &Turn::pre);
        return {.values = {least_of(results.turns, &Turn::hidden), least_of(results.turns, &Turn::mlp_logits),
                           pre},
                .control = {pre},
                .details = {{"share", by_frequency}}};
    };
    return {.definition =
                {.id = "readout.turns",
                 .section = "9",
                 .kind = Kind::ours,
                 .statement = "From a + b to a + d the hidden layer and the logits turn by w_k (d − b).",
                 .checks = {{"share of the variance in the sum plane of k that is such a rotation, least "
                             "over K, after the ReLU",
                             at_least, hidden_bound, "", "a fifth may be anything else"},
                            {"share of the variance in the sum plane of the MLP's part of the logits that is "
                             "such a rotation, least over K",
                             at_least, logits_bound, "", "the decoder keeps what turns"},
                            {"share of the variance in the sum plane of the pre-activations that is such a "
                             "rotation, least over K",
                             less, pre_bound, "",
                             "what turns there is the lesser part, at one frequency at least"}},
                 .control = "the pre-activations",
                 .figures = {"readout-rotation"},
                 .source = this_file()},
            .measure = measure};
}

} // namespace

ClaimList<ReadoutResults> readout_claims(const Config&) {
    ClaimList<ReadoutResults> claims{multiplies_in_relu(),   even_part(), phase_doubled(),
                                     decoder_written_down(), mlp_alone(), cosines()};
    std::ranges::move(evenness_claims(), std::back_inserter(claims));
    claims.push_back(turns());
    return claims;
}

} // namespace grokreport
