#include "sections/attention/claims.h"

#include "base/json.h"
#include "base/json_numbers.h"
#include "claims/extremes.h"

#include <fmt/format.h>
#include <functional>

namespace grokreport {

namespace {

using enum Relation;
using AttentionClaim = MeasuredClaim<AttentionResults>;

constexpr double attention_share_bound = 0.8; // of the energy
constexpr double covered_bound = 0.3; // of the energy, above what a set of that size holds of any curve

// One value a head: {"head_0": ..., ...}.
template <typename Value>
Json by_head(const AttentionAnalysis& analysis, const Value& value) {
    Json details = Json::object();
    for (std::size_t head = 0; head < analysis.heads.size(); ++head)
        details[fmt::format("head_{}", head)] = std::invoke(value, analysis.heads[head]);
    return details;
}

AttentionClaim not_uniform() {
    constexpr double spread_bound = 0.05;
    const auto measure = [](const AttentionResults& results) -> Measurement {
        return {.values = {least_of(results.analysis.heads, &HeadAttention::spread)},
                .control = {least_of(results.untrained.heads, &HeadAttention::spread)},
                .details = by_head(results.analysis, &HeadAttention::spread)};
    };
    return {.definition =
                {.id = "attention.not-uniform",
                 .section = "6",
                 .statement = "No head attends equally to the two numbers.",
                 .checks = {{"standard deviation of the attention to a over all pairs, least over heads",
                             at_least, spread_bound, "", "a head that always splits evenly has none"}},
                 .control = "the model before training",
                 .figures = {"attention-samples", "attention-full"},
                 .source = this_file()},
            .measure = measure};
}

AttentionClaim equals_ignored() {
    constexpr double attention_bound = 0.05;
    const auto measure = [](const AttentionResults& results) -> Measurement {
        return {.values = {largest_of(results.analysis.heads, &HeadAttention::mean_to_equals)},
                .control = {largest_of(results.untrained.heads, &HeadAttention::mean_to_equals)},
                .details = by_head(results.analysis, &HeadAttention::mean_to_equals)};
    };
    return {.definition = {.id = "attention.equals-ignored",
                           .section = "6",
                           .statement = "The attention to a and to b sums to about 1.",
                           .checks = {{"mean attention to '=' over all pairs, largest over heads", at_most,
                                       attention_bound, "", "what the figures cannot show"}},
                           .control = "the model before training, which attends evenly to its three tokens",
                           .figures = {"attention-periodic"},
                           .source = this_file()},
            .measure = measure};
}

AttentionClaim periodic_in_b() {
    const auto measure = [](const AttentionResults& results) -> Measurement {
        const AttentionAnalysis& analysis = results.analysis;
        const double share = least_of(analysis.heads, &HeadAttention::periodic_share);
        Json details =
            by_head(analysis, [](const HeadAttention& head) { return finite_or_null(head.periodic_share); });
        details["fixed_a"] = analysis.fixed_a;
        details["set"] = analysis.expected;
        details["covered"] = finite_or_null(analysis.covered);
        return {.values = {share, share - analysis.covered},
                .control = {analysis.null_share, analysis.null_share - analysis.covered},
                .details = std::move(details)};
    };
    return {.definition =
                {.id = "attention.periodic-b",
                 .section = "6",
                 .statement = "Attention is periodic when b varies.",
                 .checks = {{"share of the energy of the attention to a, with a fixed, at K and its pairwise "
                             "sums, differences and doubles, least over heads",
                             at_least, attention_share_bound, "", "what is left over is a minor part"},
                            {"that share less the share of all frequencies that the set covers", at_least,
                             covered_bound, "", "a large set holds much of any curve's energy"}},
                 .control = "the tokens b permuted: the 99 % quantile over 200 permutations",
                 .figures = {"attention-periodic", "attention-spectrum"},
                 .source = this_file()},
            .measure = measure};
}

AttentionClaim periodic_in_a_and_b() {
    const auto measure = [](const AttentionResults& results) -> Measurement {
        const AttentionAnalysis& analysis = results.analysis;
        const double share = least_of(analysis.heads, &HeadAttention::periodic_share_2d);
        Json details = by_head(
            analysis, [](const HeadAttention& head) { return finite_or_null(head.periodic_share_2d); });
        details["covered"] = finite_or_null(analysis.covered_2d);
        return {.values = {share, share - analysis.covered_2d},
                .control = {analysis.null_share_2d, analysis.null_share_2d - analysis.covered_2d},
                .details = std::move(details)};
    };
    return {.definition =
                {.id = "attention.periodic-a-and-b",
                 .section = "6",
                 .statement = "Attention is periodic in a and in b.",
                 .checks = {{"share of the energy of the attention to a over (a, b) at pairs of these "
                             "frequencies and on both axes, least over heads",
                             at_least, attention_share_bound, "", "what is left over is a minor part"},
                            {"that share less the share of the two-dimensional spectrum that the set covers",
                             at_least, covered_bound, "", "a large set holds much of any map's energy"}},
                 .control = "rows and columns permuted: the 99 % quantile over 200 permutations",
                 .figures = {"attention-full"},
                 .source = this_file()},
            .measure = measure};
}

AttentionClaim heads_tuned() {
    constexpr double tuned_bound = 0.75; // of the heads
    const auto measure = [](const AttentionResults& results) -> Measurement {
        const auto share_tuned = [](const AttentionAnalysis& analysis) {
            return static_cast<double>(n_tuned(analysis)) / static_cast<double>(analysis.heads.size());
        };
        return {.values = {share_tuned(results.analysis)},
                .control = {share_tuned(results.untrained)},
                .details = by_head(results.analysis, [](const HeadAttention& head) -> Json {
                    return {{"frequency", head.top}, {"share", head.top_share}};
                })};
    };
    return {.definition =
                {.id = "attention.heads-tuned",
                 .section = "6",
                 .kind = Kind::observation,
                 .statement = "Three of four heads are tuned to one frequency.",
                 .checks = {{"share of heads with half of the energy of the attention to a, with a fixed, at "
                             "one frequency",
                             at_least, tuned_bound, "", "three of four, as the post counts"}},
                 .control = "the model before training",
                 .figures = {"attention-spectrum"},
                 .source = this_file()},
            .measure = measure};
}

} // namespace

ClaimList<AttentionResults> attention_claims(const Config&) {
    return {not_uniform(), equals_ignored(), periodic_in_b(), periodic_in_a_and_b(), heads_tuned()};
}

} // namespace grokreport
