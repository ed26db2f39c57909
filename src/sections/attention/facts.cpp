#include "sections/attention/facts.h"

#include "base/json.h"
#include "base/numbers.h"
#include "base/words.h"
#include "claims/extremes.h"
#include "runs/lists.h"

#include <algorithm>
#include <iterator>
#include <set>

namespace grokreport {

namespace {

// The frequencies that heads are tuned to, ascending.
std::vector<int> tuned_frequencies(const AttentionAnalysis& analysis) {
    std::set<int> found;
    for (const HeadAttention& head : analysis.heads)
        if (head.top_share >= tuned_share) found.insert(head.top);
    return {found.begin(), found.end()};
}

// The frequencies with at least a tenth of the energy of a head, ascending.
std::vector<int> strong_frequencies(const HeadAttention& head) {
    constexpr double strong_share = 0.1;
    std::vector<int> found;
    for (Eigen::Index i = 0; i < head.shares.size(); ++i)
        if (head.shares[i] >= strong_share) found.push_back(static_cast<int>(i) + 1);
    return found;
}

// The key frequencies that are strong in no head, ascending.
std::vector<int> silent_frequencies(const AttentionAnalysis& analysis) {
    std::set<int> strong;
    for (const HeadAttention& head : analysis.heads)
        for (const int k : strong_frequencies(head))
            strong.insert(k);
    std::vector<int> silent;
    std::ranges::set_difference(analysis.key, strong, std::back_inserter(silent));
    return silent;
}

Json facts_by_head(const AttentionAnalysis& analysis) {
    const Json prototype = {{"head", ""},    {"top", ""},      {"share", ""},
                            {"tuned", true}, {"is_key", true}, {"others", ""}};
    Json items = Json::array();
    for (std::size_t i = 0; i < analysis.heads.size(); ++i) {
        const HeadAttention& head = analysis.heads[i];
        items.push_back({{"head", std::to_string(i)},
                         {"top", std::to_string(head.top)},
                         {"share", format_percent(head.top_share)},
                         {"tuned", head.top_share >= tuned_share},
                         {"is_key", std::ranges::binary_search(analysis.key, head.top)},
                         {"others", listed(strong_frequencies(head))}});
    }
    return list_of(prototype, items);
}

} // namespace

Json attention_facts(const AttentionResults& results) {
    const AttentionAnalysis& analysis = results.analysis;
    const std::vector<int> tuned = tuned_frequencies(analysis), silent = silent_frequencies(analysis);
    return {{"fixed_a", std::to_string(analysis.fixed_a)},
            {"n_samples", counted(results.samples.size())},
            {"n_heads", counted(analysis.heads.size())},
            {"n_tuned", counted(n_tuned(analysis))},
            {"tuned", listed(tuned)},
            {"has_silent", !silent.empty() && !tuned.empty()},
            {"one_silent", silent.size() == 1},
            {"silent", listed(silent)},
            {"heads", facts_by_head(analysis)},
            {"has_key", !analysis.key.empty()},
            {"covered", percent(analysis.covered)},
            {"n_expected", counted(analysis.expected.size())},
            {"covered_2d", percent(analysis.covered_2d)},
            {"null_share", percent(analysis.null_share)},
            {"null_share_2d", percent(analysis.null_share_2d)},
            {"least_spread", format_number(least_of(analysis.heads, &HeadAttention::spread))},
            {"to_equals", percent(largest_of(analysis.heads, &HeadAttention::mean_to_equals))},
            {"untrained_to_equals",
             percent(largest_of(results.untrained.heads, &HeadAttention::mean_to_equals))}};
}

} // namespace grokreport
