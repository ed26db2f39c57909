#include "sections/robustness/facts.h"

#include "base/json.h"
#include "base/numbers.h"
#include "base/seed_list.h"
#include "base/words.h"
#include "runs/lists.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace grokreport {

namespace {

std::string count(std::size_t n) {
    return format_count(static_cast<std::int64_t>(n));
}

Json link_to(std::uint64_t seed, std::uint64_t main_seed, bool is_last) {
    return {{"seed", std::to_string(seed)},
            {"page", seed == main_seed ? "index.html" : fmt::format("seeds/seed-{}.html", seed)},
            {"last", is_last}};
}

Json claim_row(const ClaimAcrossSeeds& claim, std::uint64_t main_seed) {
    Json links = Json::array();
    for (const std::uint64_t seed : claim.missing)
        links.push_back(link_to(seed, main_seed, seed == claim.missing.back()));
    return {{"id", claim.id},
            {"statement", claim.statement},
            {"passed", std::to_string(claim.passed)},
            {"judged", std::to_string(claim.judged)},
            {"some_inconclusive", claim.inconclusive > 0},
            {"inconclusive", std::to_string(claim.inconclusive)},
            {"expected", claim.expected == "pass"},
            {"is_observation", claim.kind == "observation"},
            {"low", format_percent(claim.interval.low)},
            {"high", format_percent(claim.interval.high)},
            {"failing", list_of(link_to(0, 0, true), links)}};
}

Json seed_row(const Robustness& robustness, std::size_t i, std::uint64_t main_seed) {
    Json row = link_to(robustness.seeds[i], main_seed, false);
    row.erase("last");
    const auto& [known, epoch] = robustness.grokked[i];
    row["grokked"] = !known ? "not known" : epoch ? format_count(*epoch) : "never";
    row["frequencies"] = listed(robustness.key_frequencies[i]);
    row["n_frequencies"] = count(robustness.key_frequencies[i].size());
    return row;
}

// How many claims pass on all seeds, on none, and on some.
struct PassCounts {
    int always = 0, never = 0, some = 0, not_run = 0;
};
PassCounts pass_counts(const Robustness& robustness) {
    PassCounts counts;
    for (const ClaimAcrossSeeds& claim : robustness.claims) {
        counts.not_run += claim.judged == 0 ? 1 : 0;
        if (claim.judged == 0) continue;
        const bool all = claim.passed == claim.judged, none = claim.passed == 0;
        counts.always += all ? 1 : 0;
        counts.never += none ? 1 : 0;
        counts.some += all || none ? 0 : 1;
    }
    return counts;
}

} // namespace

Json robustness_facts(const Robustness& robustness, std::uint64_t main_seed) {
    Json claims = Json::array(), seeds = Json::array(), failed = Json::array(), paired = Json::array();
    for (const ClaimAcrossSeeds& claim : robustness.claims)
        claims.push_back(claim_row(claim, main_seed));
    for (std::size_t i = 0; i < robustness.seeds.size(); ++i)
        seeds.push_back(seed_row(robustness, i, main_seed));
    for (const SeedOutcome& outcome : robustness.failed)
        failed.push_back({{"seed", std::to_string(outcome.seed)}, {"reason", outcome.failure}});
    for (const PairedTest& test : robustness.paired)
        paired.push_back({{"id", test.id},
                          {"metric", test.metric},
                          {"positive", std::to_string(test.positive)},
                          {"negative", std::to_string(test.negative)},
                          {"ties", std::to_string(test.ties)},
                          {"p_value", format_number(test.p_value)}});
    const auto [always, never, some, not_run] = pass_counts(robustness);
    const Json no_claim = claim_row({}, 0);
    return {
        {"several", robustness.seeds.size() + robustness.failed.size() > 1},
        {"n_seeds", count(robustness.seeds.size())},
        {"many", robustness.seeds.size() > most_seeds_apart},
        {"seeds", describe_seeds(robustness.seeds)},
        {"n_claims", count(robustness.claims.size())},
        {"n_always", format_count(always)},
        {"n_never", format_count(never)},
        {"n_some", format_count(some)},
        {"some_not_run", not_run > 0},
        {"n_not_run", format_count(not_run)},
        {"has_failed", !robustness.failed.empty()},
        {"failed", list_of({{"seed", ""}, {"reason", ""}}, failed)},
        {"claims", list_of(no_claim, claims)},
        {"by_seed",
         list_of({{"seed", ""}, {"page", ""}, {"grokked", ""}, {"frequencies", ""}, {"n_frequencies", ""}},
                 seeds)},
        {"paired",
         list_of(
             {{"id", ""}, {"metric", ""}, {"positive", ""}, {"negative", ""}, {"ties", ""}, {"p_value", ""}},
             paired)},
        {"n_controls", format_count(robustness.controls)},
        {"n_green_controls", format_count(robustness.green_controls)},
        {"n_red_controls", format_count(robustness.controls - robustness.green_controls)}};
}

} // namespace grokreport
