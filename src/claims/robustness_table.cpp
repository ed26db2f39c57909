#include "claims/robustness_table.h"

#include "base/median.h"
#include "base/numbers.h"
#include "base/seed_list.h"
#include "base/text.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace grokreport {

namespace {

// Text for a cell or a line. No part of it acts as HTML, as a link, as code, or as the end of the cell.
std::string cell(std::string_view text) {
    std::string written;
    for (const char c : one_line(text)) {
        if (std::string_view("|[]`*").find(c) != std::string_view::npos) written += '\\';
        written += c == '<' ? "&lt;" : c == '&' ? "&amp;" : c == '\\' ? "&#92;" : std::string(1, c);
    }
    return written;
}

std::string row_of(const ClaimAcrossSeeds& claim) {
    const CheckAcrossSeeds& check = claim.shown();
    return fmt::format("| `{}` {} | {} | {}{} of {}{} | {} to {} | {} | {} {}{}{} |\n", cell(claim.id),
                       cell(claim.statement), cell(claim.kind),
                       claim.expected == "pass" ? "" : "(expected to fail) ", claim.passed, claim.judged,
                       claim.inconclusive > 0 ? fmt::format(", {} inconclusive", claim.inconclusive) : "",
                       format_percent(claim.interval.low), format_percent(claim.interval.high),
                       spread_of(check.values), cell(check.relation), format_number(check.bound),
                       check.unit.empty() ? "" : " ", cell(check.unit));
}

} // namespace

std::string spread_of(std::vector<double> values) {
    std::erase_if(values, [](double value) { return !std::isfinite(value); });
    if (values.empty()) return "–";
    const auto [least, largest] = std::ranges::minmax(values);
    return fmt::format("{}, {}, {}", format_number(least), format_number(median(values)),
                       format_number(largest));
}

std::string robustness_table(const Robustness& robustness, const nlohmann::ordered_json& claims) {
    const auto& config = claims.at("config");
    std::string commits;
    for (const std::string& commit : robustness.commits)
        commits += (commits.empty() ? "" : ", ") + cell(commit);
    std::string text =
        fmt::format("# Claims of the post on {} seeds\n\nSeeds {}, p = {}, {} epochs. Trained at commit {}; "
                    "judged at commit {}, on {}.\n\n",
                    robustness.seeds.size(), describe_seeds(robustness.seeds), config.at("p").dump(),
                    format_count(config.at("epochs").get<int>()), commits,
                    cell(claims.at("provenance").at("commit").get<std::string>()),
                    cell(claims.at("provenance").at("cpu").get<std::string>()));
    text += "| claim | kind | passes | 95 % interval (Wilson) | least, median, largest value | bound "
            "|\n|---|---|---|---|---|---|\n";
    for (const ClaimAcrossSeeds& claim : robustness.claims)
        text += row_of(claim);
    text += "\nOf a claim with several checks the values are those of the check that most seeds miss.\n\n"
            "| seed | 100 % test accuracy at epoch | key frequencies |\n|---|---|---|\n";
    for (std::size_t i = 0; i < robustness.seeds.size(); ++i) {
        const auto& [known, epoch] = robustness.grokked[i];
        text += fmt::format("| {} | {} | {} |\n", robustness.seeds[i],
                            !known  ? "not known"
                            : epoch ? format_count(*epoch)
                                    : "never",
                            fmt::join(robustness.key_frequencies[i], ", "));
    }
    for (const SeedOutcome& outcome : robustness.failed)
        text += fmt::format("\nSeed {} could not be judged: {}\n", outcome.seed, cell(outcome.failure));
    return text;
}

} // namespace grokreport
