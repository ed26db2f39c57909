#include "sections/readout/facts.h"

#include "base/json.h"
#include "base/numbers.h"
#include "base/words.h"
#include "claims/extremes.h"
#include "runs/lists.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <functional>
#include <numbers>

namespace grokreport {

namespace {

const std::string nothing = "–"; // a number that does not exist for these weights

// In the table of the worked example: one row a key frequency.
Json example_facts(const ReadoutResults& shown, int next) {
    const WorkedExample& example = shown.example;
    const CosineFit& fit = shown.cosines;
    Json rows = Json::array();
    for (std::size_t i = 0; i < fit.frequencies.size(); ++i) {
        const int k = fit.frequencies[i];
        const double turns = static_cast<double>(k * example.c % shown.p) / shown.p;
        const double apart = 2 * std::numbers::pi * k * (example.c - next) / shown.p;
        rows.push_back({{"k", std::to_string(k)},
                        {"turns", number(turns)},
                        {"amplitude", number(fit.amplitude[i])},
                        {"to_answer", number(fit.amplitude[i])},
                        {"to_next", number(fit.amplitude[i] * std::cos(apart))}});
    }
    return list_of({{"k", ""}, {"turns", ""}, {"amplitude", ""}, {"to_answer", ""}, {"to_next", ""}}, rows);
}

std::string names_of_heads(const std::vector<int>& heads) {
    return heads.size() == 1 ? "head " + listed(heads) : "heads " + listed(heads);
}

// In words, by the test of Evenness::evened_by.
std::string way_of(const Evenness& at) {
    switch (at.evened_by()) {
    case EvenedBy::head:
        return names_of_heads(at.heads) + ", tuned to it";
    case EvenedBy::double_circle:
        return fmt::format("its double, {}", at.doubled);
    case EvenedBy::made_double: {
        const MadeDouble& made = *at.best_made_double();
        return fmt::format("a second harmonic: {} at {} times the circle of {}{}", names_of_heads(made.heads),
                           made.attended, made.circle, at.made.size() > 1 ? ", and others" : "");
    }
    case EvenedBy::nothing_found:
        if (!at.is_even()) return "it is not even";
        return at.double_is_key ? "not settled: its double is key" : "none of the three alone";
    }
    return "";
}

Json way_facts(const EvennessResults& evenness) {
    Json rows = Json::array();
    for (const Evenness& at : evenness.by_frequency)
        rows.push_back(
            {{"k", std::to_string(at.k)},
             {"trained", number(at.trained.flatness)},
             {"mean_attention", number(at.mean_attention.flatness)},
             {"without_double", at.double_is_key ? "left in: it is key" : number(at.double_removed.flatness)},
             {"bare", number(at.both.flatness)},
             {"way", way_of(at)}});
    return list_of({{"k", ""},
                    {"trained", ""},
                    {"mean_attention", ""},
                    {"without_double", ""},
                    {"bare", ""},
                    {"way", ""}},
                   rows);
}

Json snapshot_facts(const std::vector<ReadoutSnapshot>& snapshots) {
    Json rows = Json::array();
    for (const ReadoutSnapshot& at : snapshots)
        rows.push_back({{"epoch", format_count(at.epoch) + (at.memorised ? ", memorised" : "")},
                        {"accuracy", percent(at.accuracy)},
                        {"doubled", number(at.phase_doubled)},
                        {"undoubled", number(at.phase_single)},
                        {"flatness", number(at.least_flatness)},
                        {"cosine", number(at.written_cosine)},
                        {"written", percent(at.written_accuracy)}});
    return list_of({{"epoch", ""},
                    {"accuracy", ""},
                    {"doubled", ""},
                    {"undoubled", ""},
                    {"flatness", ""},
                    {"cosine", ""},
                    {"written", ""}},
                   rows);
}

// Whether the snapshot that first answers every training pair doubles its phases; at most one flag is true.
void add_memorised(const std::vector<ReadoutSnapshot>& snapshots, Json& facts) {
    const auto at = std::ranges::find_if(snapshots, &ReadoutSnapshot::memorised);
    const bool is_known = at != snapshots.end() && std::isfinite(at->phase_doubled);
    const bool is_doubled = is_known && at->phase_doubled >= phase_doubled_bound;
    const bool is_partly = is_known && !is_doubled && at->phase_doubled > at->phase_shuffled;
    facts["doubled_when_memorised"] = is_doubled;
    facts["partly_doubled_when_memorised"] = is_partly;
    facts["not_doubled_when_memorised"] = is_known && !is_doubled && !is_partly;
    facts["memorised_accuracy"] = is_known ? percent(at->accuracy) : nothing;
    facts["memorised_doubled"] = is_known ? number(at->phase_doubled) : nothing;
    facts["memorised_shuffled"] = is_known ? number(at->phase_shuffled) : nothing;
}

void add_evenness(const EvennessResults& evenness, Json& facts) {
    const auto n_heads = static_cast<std::size_t>(evenness.score_shares.rows());
    std::vector<double> bare, others, first_order;
    for (const Evenness& at : evenness.by_frequency) {
        if (!at.double_is_key && std::isfinite(at.both.flatness)) bare.push_back(at.both.flatness);
        if (!at.double_is_key && std::isfinite(at.one_number.flatness))
            first_order.push_back(at.one_number.flatness);
        if (!at.heads.empty() && at.heads.size() < n_heads) others.push_back(at.others_held_ratio());
    }
    facts["least_flatness"] =
        number(least_of(evenness.by_frequency, [](const Evenness& at) { return at.trained.flatness; }));
    facts["has_bare"] = !bare.empty();
    facts["bare_flatness"] = number(largest_of(bare, std::identity{}));
    facts["first_order_flatness"] = number(largest_of(first_order, std::identity{}));
    facts["others_held"] = number(least_of(others, std::identity{}));
    facts["ways"] = way_facts(evenness);
    facts["has_idle"] = !evenness.idle.idle.empty();
    facts["several_idle"] = evenness.idle.idle.size() > 1;
    facts["idle"] = listed(evenness.idle.idle);
    facts["idle_chance"] = percent(evenness.idle.chance());
}

} // namespace

Json readout_facts(const ReadoutResults& shown, bool has_key, const std::vector<ReadoutSnapshot>& snapshots) {
    const Replacements& replaced = shown.replaced;
    const WorkedExample& example = shown.example;
    const int next = largest_answer(example.logits, example.c);
    Json facts{{"has_key", has_key},
               {"frequencies", listed(shown.frequencies)},
               {"n_heads", counted(static_cast<std::size_t>(shown.evenness.score_shares.rows()))},
               {"example_a", std::to_string(example.a)},
               {"example_b", std::to_string(example.b)},
               {"example_c", std::to_string(example.c)},
               {"example_next", std::to_string(next)},
               {"example", example_facts(shown, next)},
               {"example_cosines_answer", number(example.cosines[example.c])},
               {"example_cosines_next", number(example.cosines[next])},
               {"contrast_errs", shown.contrast.errs},
               {"contrast_a", std::to_string(shown.contrast.a)},
               {"contrast_b", std::to_string(shown.contrast.b)},
               {"contrast_trained", std::to_string(largest_answer(shown.contrast.trained))},
               {"contrast_held", std::to_string(largest_answer(shown.contrast.held))},
               {"example_logit_answer", number(example.logits[example.c])},
               {"example_logit_next", number(example.logits[next])},
               {"sum_in_o", percent(shown.with_relu.o.sum)},
               {"sum_in_pre", percent(shown.with_relu.pre.sum)},
               {"sum_in_post", percent(shown.with_relu.hidden.sum)},
               {"sum_in_mlp_logits", percent(shown.with_relu.mlp_logits.sum)},
               {"sum_in_identity_logits", percent(shown.with_identity.mlp_logits.sum)},
               {"even_accuracy", percent(replaced.even_half.accuracy)},
               {"odd_accuracy", percent(replaced.affine_half.accuracy)},
               {"square_accuracy", percent(replaced.squared.accuracy)},
               {"phase_doubled", number(shown.phases.doubled)},
               {"phase_undoubled", number(shown.phases.single)},
               {"phase_shuffled", number(shown.phases.shuffled)},
               {"written_cosine", number(shown.decoders.doubled.cosine)},
               {"written_accuracy", percent(replaced.written.accuracy)},
               {"written_undoubled_accuracy", percent(replaced.written_single.accuracy)},
               {"written_shuffled_accuracy", percent(replaced.written_shuffled.accuracy)},
               {"mlp_accuracy", percent(replaced.mlp_alone.accuracy)},
               {"direct_accuracy", percent(replaced.direct_alone.accuracy)},
               {"cosines_share", percent(shown.cosines.share)},
               {"cosines_accuracy", percent(shown.cosines.alone.accuracy)},
               {"formulas_accuracy", percent(replaced.second_order_written.accuracy)},
               {"mean_attention_accuracy", percent(replaced.mean_attention.accuracy)},
               {"first_order_accuracy", percent(replaced.one_number.accuracy)},
               {"second_order_accuracy", percent(replaced.second_order.accuracy)},
               {"turns_pre", number(least_of(shown.turns, &Turn::pre))},
               {"turns_pre_most", number(largest_of(shown.turns, &Turn::pre))},
               {"turns_post", number(least_of(shown.turns, &Turn::hidden))},
               {"turns_logits", number(least_of(shown.turns, &Turn::mlp_logits))},
               {"turning_a", std::to_string(shown.turn_shown.a)},
               {"turning_k", std::to_string(shown.turn_shown.k)},
               {"has_snapshots", snapshots.size() > 1},
               {"snapshots", snapshot_facts(snapshots)}};
    add_memorised(snapshots, facts);
    add_evenness(shown.evenness, facts);
    return facts;
}

} // namespace grokreport
