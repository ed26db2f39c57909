#include "sections/attention/findings.h"

#include "base/json.h"
#include "base/json_numbers.h"
#include "base/numbers.h"
#include "base/words.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <set>

namespace grokreport {

namespace {

using Member = double HeadAttention::*;

double least_over_heads(const AttentionAnalysis& analysis, Member member) {
    return (*std::ranges::min_element(analysis.heads, {}, member)).*member;
}
double largest_over_heads(const AttentionAnalysis& analysis, Member member) {
    return (*std::ranges::max_element(analysis.heads, {}, member)).*member;
}

std::size_t n_tuned(const AttentionAnalysis& analysis) {
    return static_cast<std::size_t>(std::ranges::count_if(
        analysis.heads, [](const HeadAttention& head) { return head.top_share >= tuned_share; }));
}

double share_tuned(const AttentionAnalysis& analysis) {
    return static_cast<double>(n_tuned(analysis)) / static_cast<double>(analysis.heads.size());
}

// One number a head, as details: {"head_0": ..., ...}.
template <typename Value>
Json by_head(const AttentionAnalysis& analysis, const Value& value) {
    Json details = Json::object();
    for (std::size_t head = 0; head < analysis.heads.size(); ++head)
        details[fmt::format("head_{}", head)] = value(analysis.heads[head]);
    return details;
}

Measurement not_uniform(const AttentionAnalysis& analysis, const AttentionAnalysis& untrained) {
    return {.id = "attention.not-uniform",
            .values = {least_over_heads(analysis, &HeadAttention::spread)},
            .control = {least_over_heads(untrained, &HeadAttention::spread)},
            .details = by_head(analysis, [](const HeadAttention& head) { return head.spread; })};
}

Measurement equals_ignored(const AttentionAnalysis& analysis, const AttentionAnalysis& untrained) {
    return {.id = "attention.equals-ignored",
            .values = {largest_over_heads(analysis, &HeadAttention::mean_to_equals)},
            .control = {largest_over_heads(untrained, &HeadAttention::mean_to_equals)},
            .details = by_head(analysis, [](const HeadAttention& head) { return head.mean_to_equals; })};
}

Measurement periodic_b(const AttentionAnalysis& analysis) {
    const double share = least_over_heads(analysis, &HeadAttention::periodic_share);
    Json details =
        by_head(analysis, [](const HeadAttention& head) { return finite_or_null(head.periodic_share); });
    details["fixed_a"] = analysis.fixed_a;
    details["set"] = analysis.expected;
    details["covered"] = finite_or_null(analysis.covered);
    return {.id = "attention.periodic-b",
            .values = {share, share - analysis.covered},
            .control = {analysis.null_share, analysis.null_share - analysis.covered},
            .details = std::move(details)};
}

} // namespace

Measurement periodic_in_a_and_b(const AttentionAnalysis& analysis) {
    const double share = least_over_heads(analysis, &HeadAttention::periodic_share_2d);
    Json details =
        by_head(analysis, [](const HeadAttention& head) { return finite_or_null(head.periodic_share_2d); });
    details["covered"] = finite_or_null(analysis.covered_2d);
    return {.id = "attention.periodic-a-and-b",
            .values = {share, share - analysis.covered_2d},
            .control = {analysis.null_share_2d, analysis.null_share_2d - analysis.covered_2d},
            .details = std::move(details)};
}

namespace {

Measurement heads_tuned(const AttentionAnalysis& analysis, const AttentionAnalysis& untrained) {
    return {.id = "attention.heads-tuned",
            .values = {share_tuned(analysis)},
            .control = {share_tuned(untrained)},
            .details = by_head(analysis, [](const HeadAttention& head) -> Json {
                return {{"frequency", head.top}, {"share", head.top_share}};
            })};
}

// The frequencies that heads are tuned to, ascending.
std::vector<int> tuned_frequencies(const AttentionAnalysis& analysis) {
    std::set<int> found;
    for (const HeadAttention& head : analysis.heads)
        if (head.top_share >= tuned_share) found.insert(head.top);
    return {found.begin(), found.end()};
}

// The frequencies at which some head has a tenth of its energy, ascending.
constexpr double heard_share = 0.1;
std::vector<int> heard_frequencies(const AttentionAnalysis& analysis) {
    std::set<int> found;
    for (const HeadAttention& head : analysis.heads)
        for (Eigen::Index i = 0; i < head.shares.size(); ++i)
            if (head.shares[i] >= heard_share) found.insert(static_cast<int>(i) + 1);
    return {found.begin(), found.end()};
}

std::vector<int> without(const std::vector<int>& all, const std::vector<int>& taken) {
    std::vector<int> rest;
    std::ranges::set_difference(all, taken, std::back_inserter(rest));
    return rest;
}

Json head_facts(const AttentionAnalysis& analysis) {
    const Json prototype = {{"head", ""},    {"top", ""},      {"share", ""},
                            {"tuned", true}, {"is_key", true}, {"others", ""}};
    Json items = Json::array();
    for (std::size_t i = 0; i < analysis.heads.size(); ++i) {
        const HeadAttention& head = analysis.heads[i];
        std::vector<int> strong;
        for (Eigen::Index k = 0; k < head.shares.size(); ++k)
            if (head.shares[k] >= heard_share) strong.push_back(static_cast<int>(k) + 1);
        items.push_back({{"head", std::to_string(i)},
                         {"top", std::to_string(head.top)},
                         {"share", format_percent(head.top_share)},
                         {"tuned", head.top_share >= tuned_share},
                         {"is_key", std::ranges::binary_search(analysis.key, head.top)},
                         {"others", listed(strong)}});
    }
    return {{"prototype", prototype}, {"items", items}};
}

} // namespace

std::vector<Measurement> attention_measurements(const AttentionResults& results) {
    if (!results.why_not.empty()) {
        std::vector<Measurement> measurements;
        for (const char* id : {"attention.not-uniform", "attention.equals-ignored", "attention.periodic-b",
                               "attention.periodic-a-and-b", "attention.heads-tuned"})
            measurements.push_back({.id = id, .not_run = results.why_not});
        return measurements;
    }
    const AttentionAnalysis& analysis = results.analysis;
    return {not_uniform(analysis, results.untrained), equals_ignored(analysis, results.untrained),
            periodic_b(analysis), periodic_in_a_and_b(analysis), heads_tuned(analysis, results.untrained)};
}

Json attention_facts(const AttentionResults& results) {
    const AttentionAnalysis& analysis = results.analysis;
    const std::vector<int> tuned = tuned_frequencies(analysis),
                           silent = without(analysis.key, heard_frequencies(analysis));
    return {{"fixed_a", std::to_string(analysis.fixed_a)},
            {"n_samples", counted(results.n_samples)},
            {"n_heads", counted(analysis.heads.size())},
            {"n_tuned", counted(n_tuned(analysis))},
            {"tuned", listed(tuned)},
            {"has_silent", !silent.empty() && !tuned.empty()},
            {"one_silent", silent.size() == 1},
            {"silent", listed(silent)},
            {"heads", head_facts(analysis)},
            {"has_key", !analysis.key.empty()},
            {"covered", percent(analysis.covered)},
            {"n_expected", counted(analysis.expected.size())},
            {"covered_2d", percent(analysis.covered_2d)},
            {"null_share", percent(analysis.null_share)},
            {"null_share_2d", percent(analysis.null_share_2d)},
            {"least_spread", format_number(least_over_heads(analysis, &HeadAttention::spread))},
            {"to_equals", percent(largest_over_heads(analysis, &HeadAttention::mean_to_equals))},
            {"untrained_to_equals",
             percent(largest_over_heads(results.untrained, &HeadAttention::mean_to_equals))}};
}

} // namespace grokreport
