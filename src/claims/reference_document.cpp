#include "claims/reference_document.h"

#include "base/error.h"
#include "base/numbers.h"
#include "base/seed_list.h"
#include "claims/across_seeds.h"
#include "claims/robustness_table.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

namespace grokreport {

namespace {

constexpr double moved_share = 0.1;
constexpr double mostly = 0.95; // of the seeds

// The rows of one claim, by seed; seeds with all checks only.
using RowsBySeed = std::map<std::uint64_t, std::vector<CheckRow>>;

RowsBySeed rows_of_claim(const std::vector<CheckRow>& rows, const ClaimDefinition& claim) {
    const std::string definition = definition_hash(claim);
    RowsBySeed by_seed;
    for (const CheckRow& row : rows)
        if (row.claim == claim.id && row.definition == definition) by_seed[row.seed].push_back(row);
    std::erase_if(by_seed, [&](const auto& of_seed) { return of_seed.second.size() != claim.checks.size(); });
    for (auto& [seed, of_seed] : by_seed)
        std::ranges::sort(of_seed, {}, &CheckRow::check);
    return by_seed;
}

struct Tally {
    const ClaimDefinition* claim = nullptr;
    int judged = 0, passed = 0;
    int gained = 0, lost = 0;   // seeds that pass with bounds 10 % further out, or no longer 10 % further in
    std::vector<double> values; // of the check that most seeds miss
    std::size_t shown = 0;      // that check

    double share() const { return static_cast<double>(passed) / judged; }
};

std::size_t most_missed_check(const RowsBySeed& by_seed, std::size_t n_checks) {
    std::vector<int> misses(n_checks, 0);
    for (const auto& [seed, rows] : by_seed)
        for (std::size_t i = 0; i < n_checks; ++i)
            misses[i] += holds(rows[i].value, relation_named(rows[i].relation), rows[i].bound) ? 0 : 1;
    return static_cast<std::size_t>(std::ranges::max_element(misses) - misses.begin());
}

Tally tally_of(const std::vector<CheckRow>& rows, const ClaimDefinition& claim) {
    const RowsBySeed by_seed = rows_of_claim(rows, claim);
    Tally tally{.claim = &claim, .values = {}, .shown = most_missed_check(by_seed, claim.checks.size())};
    for (const auto& [seed, of_seed] : by_seed) {
        const Verdict verdict = verdict_with_moved_bounds(of_seed, 0);
        if (verdict == Verdict::not_run) continue;
        const bool passes = verdict == Verdict::pass;
        ++tally.judged;
        tally.passed += passes ? 1 : 0;
        tally.gained += !passes && verdict_with_moved_bounds(of_seed, moved_share) == Verdict::pass ? 1 : 0;
        tally.lost += passes && verdict_with_moved_bounds(of_seed, -moved_share) != Verdict::pass ? 1 : 0;
        tally.values.push_back(of_seed[tally.shown].value);
    }
    return tally;
}

std::vector<Tally> tallies_of(const std::vector<CheckRow>& rows, const BoundTable& table) {
    std::vector<Tally> tallies;
    for (const ClaimDefinition& claim : table)
        tallies.push_back(tally_of(rows, claim));
    return tallies;
}

std::string table_row(const Tally& tally) {
    const ClaimDefinition& claim = *tally.claim;
    const auto& check = claim.checks[tally.shown];
    if (tally.judged == 0)
        return fmt::format("| `{}` {} | {} | not run | – | – | – | – |\n", claim.id, claim.statement,
                           to_string(claim.kind));
    const Interval interval = wilson_interval(tally.passed, tally.judged);
    return fmt::format("| `{}` {} | {} | {}{} of {} | {} to {} | {} | {} {}{}{} | +{} −{} |\n", claim.id,
                       claim.statement, to_string(claim.kind),
                       claim.expected == Verdict::pass ? "" : "(expected to fail) ", tally.passed,
                       tally.judged, format_percent(interval.low), format_percent(interval.high),
                       spread_of(tally.values), to_string(check.relation), format_number(check.bound),
                       check.unit.empty() ? "" : " ", check.unit, tally.gained, tally.lost);
}

std::string each_once(const std::vector<CheckRow>& rows, std::string CheckRow::*member) {
    std::set<std::string> found;
    for (const CheckRow& row : rows)
        found.insert(row.*member);
    return fmt::format("{}", fmt::join(found, ", "));
}

std::vector<std::uint64_t> seeds_of(const std::vector<CheckRow>& rows) {
    std::set<std::uint64_t> seeds;
    for (const CheckRow& row : rows)
        seeds.insert(row.seed);
    return {seeds.begin(), seeds.end()};
}

// "It is round (`round`)"
std::string named(const ClaimDefinition& claim) {
    std::string statement = claim.statement;
    if (statement.ends_with('.')) statement.pop_back();
    return fmt::format("{} (`{}`)", statement, claim.id);
}

// How the claims of one kind fare: "Of the post's 27 laws 18 hold on at least 95 % of the seeds. On fewer
// than half, as expected: It is round (`round`). On fewer than half, against what was expected: ..."
std::string sentences_about(const std::vector<Tally>& tallies, Kind kind) {
    const auto [whose, what, verb] = kind == Kind::law ? std::tuple("the post's", "laws", "hold")
                                     : kind == Kind::observation
                                         ? std::tuple("its", "observations on its own run", "recur")
                                         : std::tuple("our own", "claims", "hold");
    int total = 0, nearly_all = 0;
    std::vector<std::string> contradicted, seldom;
    for (const Tally& tally : tallies) {
        if (tally.claim->kind != kind || tally.judged == 0) continue;
        ++total;
        nearly_all += tally.share() >= mostly ? 1 : 0;
        if (tally.share() < 0.5)
            (tally.claim->expected == Verdict::fail ? contradicted : seldom).push_back(named(*tally.claim));
    }
    if (total == 0) return fmt::format("Of {} {} none was run.", whose, what);
    std::string text = fmt::format("Of {} {} {} **{}** {} on at least 95 % of the seeds.", whose, total, what,
                                   nearly_all, verb);
    if (!contradicted.empty())
        text += fmt::format(" On fewer than half, as expected: {}.", fmt::join(contradicted, "; "));
    if (!seldom.empty())
        text += fmt::format(" On fewer than half, against what was expected: {}.", fmt::join(seldom, "; "));
    return text;
}

} // namespace

Verdict verdict_with_moved_bounds(const std::vector<CheckRow>& rows, double share) {
    if (rows.front().verdict == to_string(Verdict::not_run)) return Verdict::not_run;
    bool passes = true, has_control = false, control_passes = true;
    for (const CheckRow& row : rows) {
        const Relation relation = relation_named(row.relation);
        const double outward = relation == Relation::at_least || relation == Relation::greater ? -1
                               : relation == Relation::equal                                   ? 0
                                                                                               : 1;
        const double bound = row.bound + outward * share * std::abs(row.bound);
        passes = passes && holds(row.value, relation, bound);
        if (std::isfinite(row.control)) {
            has_control = true;
            control_passes = control_passes && holds(row.control, relation, bound);
        }
    }
    if (!passes) return Verdict::fail;
    // A control without a finite value has empty cells, as a claim without a control has: the verdict tells
    if (!has_control && rows.front().verdict == to_string(Verdict::inconclusive))
        return Verdict::inconclusive;
    return has_control && control_passes ? Verdict::inconclusive : Verdict::pass;
}

std::string reference_document(const std::vector<CheckRow>& rows, const BoundTable& table) {
    const std::vector<std::uint64_t> seeds = seeds_of(rows);
    const std::vector<Tally> tallies = tallies_of(rows, table);
    std::string text = fmt::format(
        "# Claims on {} reference seeds\n\nWritten by `make reference` from [reference/claims.csv]"
        "(reference/claims.csv). Seeds {}, default settings. Engine {}; judged at commit {}. No definition "
        "and no "
        "bound was made after a look at these seeds.\n\n{}\n\n{}\n\n{}\n\n",
        seeds.size(), describe_seeds(seeds), each_once(rows, &CheckRow::engine),
        each_once(rows, &CheckRow::commit), sentences_about(tallies, Kind::law),
        sentences_about(tallies, Kind::observation), sentences_about(tallies, Kind::ours));
    text += "| claim | kind | holds | 95 % interval (Wilson) | least, median, largest value | bound | bounds "
            "moved "
            "by 10 % |\n|---|---|---|---|---|---|---|\n";
    for (const Tally& tally : tallies)
        text += table_row(tally);
    return text +
           "\nOf a claim with several checks the values and the bound are those of the check that most seeds "
           "miss. *Bounds moved*: +n seeds would pass besides with every bound 10 % of its size further out, "
           "−n "
           "would no longer pass with every bound 10 % further in; the controls are judged with the moved "
           "bounds "
           "too. A bound of 0, and one to be met exactly, stays.\n";
}

std::string reference_paragraph(const std::vector<CheckRow>& rows, const BoundTable& table) {
    const std::vector<std::uint64_t> seeds = seeds_of(rows);
    const std::vector<Tally> tallies = tallies_of(rows, table);
    return fmt::format(
        "Trained and judged on {} seeds ({}) that nobody had looked at when the definitions were "
        "made ([docs/robustness.md](docs/robustness.md)).\n{}\n{}\n{}\n",
        seeds.size(), describe_seeds(seeds), sentences_about(tallies, Kind::law),
        sentences_about(tallies, Kind::observation), sentences_about(tallies, Kind::ours));
}

std::string with_paragraph(const std::string& text, const std::string& paragraph) {
    const std::size_t begin = text.find(paragraph_begins), end = text.find(paragraph_ends);
    if (begin == std::string::npos || end == std::string::npos || end < begin)
        throw Error("the lines around the paragraph of the reference are missing",
                    fmt::format("put {}and {}where it is to stand", paragraph_begins, paragraph_ends));
    const std::size_t after = begin + std::string_view(paragraph_begins).size();
    return text.substr(0, after) + paragraph + text.substr(end);
}

} // namespace grokreport
