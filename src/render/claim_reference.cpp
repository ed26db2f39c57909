#include "render/claim_reference.h"

#include "base/json_numbers.h"
#include "base/numbers.h"
#include "base/seed_list.h"
#include "claims/claim.h"
#include "render/claim_context.h"
#include "render/html.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <optional>

namespace grokreport::render {

namespace {

// A verdict is unusual where at most this share of the reference seeds agree with it.
constexpr double unusual_share = 0.1;

const char* verb_of(const Json& claim) {
    return claim.at("kind") == to_string(Kind::observation) ? "recurs" : "holds";
}

std::string count_of(const Json& claim, const ReferenceClaim& among) {
    return fmt::format("{} on {} of {} reference seeds", verb_of(claim), among.passed, among.judged);
}

std::string interval_of(const ReferenceClaim& among) {
    return fmt::format("{} to {}", format_percent(among.interval.low), format_percent(among.interval.high));
}

double value_of(const Json& claim, std::size_t check) {
    return number_or_nan(claim.at("checks").at(check).at("value"));
}

std::string describe_place(const std::vector<double>& values, double here) {
    if (!std::isfinite(here)) return "this run has no value";
    const auto [smaller, equal, larger] = place_among(values, here);
    if (equal == static_cast<int>(values.size())) return "all seeds have the value of this run";
    return fmt::format("{} seeds are below this run, {} above{}", smaller, larger,
                       equal > 0 ? fmt::format(", {} equal", equal) : "");
}

// Whether another verdict is the rule.
bool is_unusual_verdict(const Json& claim, const ReferenceClaim& among) {
    if (claim.at("verdict") == "not-run") return false;
    const double passing = static_cast<double>(among.passed) / among.judged;
    return claim.at("verdict") == "pass" ? passing <= unusual_share : passing >= 1 - unusual_share;
}

// What is unusual about a claim in this run; nothing where nothing is.
std::optional<std::string> unusual_in(const Json& claim, const ReferenceClaim& among) {
    if (is_unusual_verdict(claim, among)) return count_of(claim, among);
    for (std::size_t i = 0; i < among.values.size(); ++i) {
        const double here = value_of(claim, i);
        if (among.values[i].size() < least_reference_seeds || !std::isfinite(here)) continue;
        if (const PlaceAmong place = place_among(among.values[i], here); place.is_outside())
            return fmt::format("{} is {}, {} those of all {} reference seeds",
                               claim.at("checks").at(i).at("metric").get<std::string>(), format_number(here),
                               place.smaller == 0 ? "below" : "above", among.values[i].size());
    }
    return std::nullopt;
}

Json unusual_claims(const Json& claims, const ReferenceTable& reference) {
    Json unusual = Json::array();
    for (const Json& claim : claims)
        if (const ReferenceClaim* among = reference.find(claim.at("id")))
            if (const auto text = unusual_in(claim, *among)) {
                const Json described = describe_claim(claim);
                unusual.push_back({{"id", claim.at("id")},
                                   {"state", described.at("state")},
                                   {"symbol", described.at("symbol")},
                                   {"verdict", described.at("verdict")},
                                   {"statement", claim.at("statement")},
                                   {"text", *text}});
            }
    return list_of(
        {{"id", ""}, {"state", ""}, {"symbol", ""}, {"verdict", ""}, {"statement", ""}, {"text", ""}},
        unusual);
}

// By chance a value of n + 1 is the least or the largest of all with probability 2 / (n + 1).
double outside_by_chance(const Json& claims, const ReferenceTable& reference) {
    double expected = 0;
    for (const Json& claim : claims)
        if (const ReferenceClaim* among = reference.find(claim.at("id")))
            for (const std::vector<double>& values : among->values)
                if (!values.empty() && values.front() < values.back())
                    expected += 2 / (static_cast<double>(values.size()) + 1);
    return expected;
}

Json claim_rows(const Json& claims, const ReferenceTable& reference) {
    Json rows = Json::array();
    for (const Json& claim : claims)
        if (const ReferenceClaim* among = reference.find(claim.at("id"))) {
            const Json described = describe_claim(claim);
            rows.push_back({{"id", claim.at("id")},
                            {"statement", claim.at("statement")},
                            {"kind", claim.at("kind")},
                            {"passed", std::to_string(among->passed)},
                            {"judged", std::to_string(among->judged)},
                            {"low", format_percent(among->interval.low)},
                            {"high", format_percent(among->interval.high)},
                            {"state", described.at("state")},
                            {"symbol", described.at("symbol")},
                            {"verdict", described.at("verdict")}});
        }
    return list_of({{"id", ""},
                    {"statement", ""},
                    {"kind", ""},
                    {"passed", ""},
                    {"judged", ""},
                    {"low", ""},
                    {"high", ""},
                    {"state", ""},
                    {"symbol", ""},
                    {"verdict", ""}},
                   rows);
}

std::string describe_calibration(const Calibration& at) {
    return fmt::format(
        "it passes on {} of {} models in which it is true by construction, and not on {} of {} in "
        "which it is false",
        at.passed, at.true_draws, at.not_passed, at.false_draws);
}

} // namespace

ComparedWith read_compared_with(const Json& document, const std::filesystem::path& table) {
    if (table.empty()) return {};
    return {reference_for(document, table), read_calibrations(table.parent_path() / "calibration.csv")};
}

std::string strip_svg(const std::vector<double>& values, double bound, double here) {
    constexpr double width = 240, height = 26, margin = 6;
    std::vector<double> all = values;
    for (const double more : {bound, here})
        if (std::isfinite(more)) all.push_back(more);
    const auto [low, high] = std::ranges::minmax(all);
    const bool is_logarithmic = low > 0 && high > 100 * low;
    const auto scaled = [&](double value) { return is_logarithmic ? std::log(value) : value; };
    const double span = scaled(high) - scaled(low), least = scaled(low);
    const auto x = [&](double value) {
        return span > 0 ? margin + (width - 2 * margin) * (scaled(value) - least) / span : width / 2;
    };
    std::string svg = fmt::format(
        R"(<svg class="strip" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">)", width,
        height, width, height,
        escape_html(fmt::format("{} reference seeds from {} to {}; bound {}; this run {}", values.size(),
                                format_number(values.front()), format_number(values.back()),
                                format_number(bound), format_number(here))));
    svg += R"(<path class="seeds" d=")";
    for (const double value : values)
        svg += fmt::format("M{:.1f} 12V22", x(value));
    svg += fmt::format(R"("/><path class="bound" d="M{:.1f} 8V26"/>)", x(bound));
    if (std::isfinite(here))
        svg += fmt::format(R"(<path class="here" d="M{0:.1f} 11L{1:.1f} 2H{2:.1f}Z"/>)", x(here), x(here) - 5,
                           x(here) + 5);
    return svg + "</svg>";
}

void add_reference(const Json& claim, const ComparedWith& with, Json& card) {
    const ReferenceClaim* among = with.reference.find(claim.at("id"));
    card["has_reference"] = among != nullptr;
    card["reference"] = among ? count_of(claim, *among) : "";
    card["reference_interval"] = among ? interval_of(*among) : "";
    const std::size_t check = deciding_check(claim);
    const bool has_values = among && !among->values[check].empty();
    card["has_strip"] = has_values;
    card["reference_place"] =
        has_values ? describe_place(among->values[check], value_of(claim, check)) : "there are no values";
    card["strip"] =
        own_html(has_values ? strip_svg(among->values[check], claim.at("checks").at(check).at("bound"),
                                        value_of(claim, check))
                            : "");
    const auto known = with.calibrations.find(claim.at("id").get<std::string>());
    const bool is_told = known != with.calibrations.end() && known->second.true_draws > 0 &&
                         known->second.false_draws > 0 &&
                         std::min(known->second.sensitivity(), known->second.specificity()) < calibrated;
    card["has_calibration"] = is_told;
    card["calibration"] = is_told ? describe_calibration(known->second) : "";
}

Json reference_context(const Json& document, const ComparedWith& with) {
    const Json& claims = document.at("claims");
    const ReferenceTable& reference = with.reference;
    const Json rows = claim_rows(claims, reference), unusual = unusual_claims(claims, reference);
    return {{"shown", !items_of(rows).empty()},
            {"n_seeds", std::to_string(reference.seeds.size())},
            {"seeds", describe_seeds(reference.seeds)},
            {"has_unusual", !items_of(unusual).empty()},
            {"unusual", unusual},
            {"chance", format_number(outside_by_chance(claims, reference), 2)},
            {"claims", rows}};
}

} // namespace grokreport::render
