#include "sections/paper/facts.h"

#include "base/json.h"
#include "base/numbers.h"
#include "base/words.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace grokreport {

namespace {

// Mean attention to a over all pairs. Without positions it would be half of what '=' leaves, in every head.
double mean_to_a(const HeadAttention& head) {
    return head.to_a.mean();
}
double mean_to_b(const HeadAttention& head) {
    return 1 - head.mean_to_equals - mean_to_a(head);
}

Json spectrum_facts(const PaperResults& results) {
    const double floor = noise_floor(results.spectrum), our_floor = noise_floor(results.ours);
    return {{"epoch", format_count(results.epoch)},
            {"accuracy", percent(results.test_accuracy)},
            {"has_key", !results.key.empty()},
            {"n_key", counted(results.key.size())},
            {"key", listed(results.key)},
            {"active", listed(results.spectrum.active)},
            {"n_active", std::to_string(results.spectrum.active.size())},
            {"active_share", format_percent(results.spectrum.active_share)},
            {"our_active_share", format_percent(results.ours.active_share)},
            {"gini", format_number(results.spectrum.gini_of_norms)},
            {"our_gini", format_number(results.ours.gini_of_norms)},
            {"has_floors", std::isfinite(floor) && std::isfinite(our_floor)},
            {"floor", percent(floor)},
            {"our_floor", percent(our_floor)},
            {"quieter", floor < our_floor}};
}

Json attention_facts(const PaperResults& results) {
    const std::vector<HeadAttention>& heads = results.attention.heads;
    std::set<int> tuned;
    std::size_t n_tuned = 0;
    for (const HeadAttention& head : heads)
        if (head.top_share >= tuned_share) {
            tuned.insert(head.top);
            ++n_tuned;
        }
    const HeadAttention& to_first = *std::ranges::max_element(heads, {}, mean_to_a);
    const HeadAttention& to_second = *std::ranges::max_element(heads, {}, mean_to_b);
    const HeadAttention& to_equals = *std::ranges::max_element(heads, {}, &HeadAttention::mean_to_equals);
    return {{"periodic", results.periodic.verdict == Verdict::pass},
            {"why_not_periodic", results.periodic.reason},
            {"share", percent(results.periodic.measurement.values.front())},
            {"covered", percent(results.attention.covered_2d)},
            {"null_share", percent(results.attention.null_share_2d)},
            {"n_tuned", counted(n_tuned)},
            {"n_heads", counted(heads.size())},
            {"tuned", listed({tuned.begin(), tuned.end()})},
            {"any_tuned", n_tuned > 0},
            {"most_to_a", format_percent(mean_to_a(to_first))},
            {"most_to_b", format_percent(mean_to_b(to_second))},
            {"most_to_equals", format_percent(to_equals.mean_to_equals)}};
}

// The same names with nothing to them, for the branches of a template that are not taken.
Json blank(Json facts) {
    for (Json& value : facts)
        value = value.is_boolean() ? Json(false) : Json("");
    return facts;
}

// Placeholder results of a one-head model, only to get the names of the facts.
PaperResults stand_in() {
    PaperResults results;
    results.attention.heads.emplace_back().to_a = Eigen::MatrixXd::Zero(1, 1);
    results.periodic.measurement.values = {0};
    results.periodic.verdict = Verdict::not_run;
    return results;
}

} // namespace

Json paper_facts(PaperState state, const std::optional<PaperResults>& results) {
    const PaperResults& shown = results ? *results : stand_in();
    Json facts = spectrum_facts(shown);
    facts.update(attention_facts(shown));
    if (!results) facts = blank(std::move(facts));
    facts["there"] = state == PaperState::available;
    facts["unfinished"] = state == PaperState::unfinished;
    facts["damaged"] = state == PaperState::damaged;
    return facts;
}

} // namespace grokreport
