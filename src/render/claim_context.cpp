#include "render/claim_context.h"

#include "base/error.h"
#include "base/json_numbers.h"
#include "base/numbers.h"
#include "claims/claim.h"
#include "claims/relation_signs.h"
#include "render/named_values.h"

#include <array>
#include <cmath>
#include <fmt/format.h>
#include <string_view>

namespace grokreport::render {

namespace {

// A page never shows a verdict by colour alone.
struct VerdictSigns {
    std::string_view verdict; // told_verdict()
    const char* word;
    const char* symbol;
};
constexpr std::array verdict_signs{VerdictSigns{"pass", "pass", "✓"}, VerdictSigns{"fail", "fail", "✗"},
                                   VerdictSigns{not_recurring, "not in this run", "○"},
                                   VerdictSigns{"inconclusive", "inconclusive", "?"},
                                   VerdictSigns{"not-run", "not run", "–"}};

const VerdictSigns& signs_of(const std::string& verdict) {
    for (const VerdictSigns& signs : verdict_signs)
        if (signs.verdict == verdict) return signs;
    throw Error(fmt::format("claims.json: unknown verdict '{}'", verdict),
                "run `grokreport report` to write it anew");
}

std::string describe_margin(double value, Relation relation, double bound) {
    if (!std::isfinite(value)) return "none: there is no finite value";
    if (value == bound)
        return holds(value, relation, bound) ? "met exactly, with nothing to spare" : "just missed";
    const std::string distance = format_number(std::abs(value - bound));
    return holds(value, relation, bound) ? distance + " to spare" : "missed by " + distance;
}

// "≥ 60 degrees", with no-break spaces.
std::string describe_limit(const std::string& symbol, double bound, const std::string& unit) {
    return symbol + "\u00a0" + format_number(bound) + (unit.empty() ? "" : "\u00a0" + unit);
}

Json describe_check(const Json& check, bool ran) {
    const double value = number_or_nan(check.at("value"));
    const double bound = check.at("bound");
    const RelationSigns& signs = signs_of_relation(relation_named(check.at("relation")));
    const std::string measured = std::isfinite(value) ? format_measured(value, bound) : "no finite value";
    const std::string reason = check.value("reason", "");
    return {{"metric", check.at("metric")},
            {"value", ran ? measured : "not measured"},
            {"relation", signs.shown},
            {"bound", format_number(bound)},
            {"unit", check.at("unit")},
            {"limit", describe_limit(signs.shown, bound, check.at("unit"))},
            {"margin", ran ? describe_margin(value, signs.relation, bound) : "none"},
            {"reason", reason},
            {"has_reason", !reason.empty()},
            {"holds", ran && holds(value, signs.relation, bound)}};
}

// The value that the control has for the check at `index`.
std::string control_value(const Json& control, std::size_t index, const Json& checks) {
    const Json& values = control.at("values");
    if (index >= values.size()) return "not measured";
    return format_measured(number_or_nan(values.at(index)), checks.at(index).at("bound"));
}

Json description_of(const Json& claim) {
    const auto& [told, word, symbol] = signs_of(told_verdict(claim));
    const std::string verdict = claim.at("verdict");
    const bool ran = verdict != "not-run", recurs = told != not_recurring;
    Json checks = Json::array();
    for (const Json& check : claim.at("checks"))
        checks.push_back(describe_check(check, ran));
    const Json details = named_values(claim.at("details"));
    const Json& control = claim.at("control");
    const std::string no_control = ran ? "none" : "not measured";
    const Json& first = checks.at(0);
    const std::size_t at = deciding_check(claim);
    Json deciding = checks.at(at);
    deciding["control_value"] =
        control.is_null() ? no_control : control_value(control, at, claim.at("checks"));
    return {{"id", claim.at("id")},
            {"statement", claim.at("statement")},
            {"metric", claim.at("metric")},
            {"value", first.at("value")},
            {"relation", first.at("relation")},
            {"bound", first.at("bound")},
            {"unit", first.at("unit")},
            {"limit", first.at("limit")},
            {"margin", first.at("margin")},
            {"deciding", deciding},
            {"reason", claim.at("reason")},
            {"control", control.is_null() ? no_control : control.at("description").get<std::string>()},
            {"control_value", control.is_null() ? no_control : control_value(control, 0, claim.at("checks"))},
            {"source", claim.at("source")},
            {"verdict", word},
            {"symbol", symbol},
            {"state", std::string(told)},
            {"expected", signs_of(claim.at("expected")).word},
            {"pass", verdict == "pass"},
            {"fail", verdict == "fail"},
            {"not_recurring", !recurs},
            {"inconclusive", verdict == "inconclusive"},
            {"not_run", !ran},
            {"ran", ran},
            {"headline", claim.at("headline")},
            {"kind", claim.at("kind")},
            {"is_law", claim.at("kind") == "law"},
            {"as_expected", is_as_expected(claim)},
            {"has_reason", !claim.at("reason").get<std::string>().empty()},
            {"has_control", !control.is_null()},
            {"control_fails", !control.is_null() && control.at("fails_as_it_must").get<bool>()},
            {"has_details", !items_of(details).empty()},
            {"checks", checks},
            {"details", details}};
}

} // namespace

Json describe_claim(const Json& claim) {
    try {
        return description_of(claim);
    } catch (const nlohmann::json::exception& broken) {
        throw Error(
            fmt::format("claims.json: claim {} is damaged: {}", claim.value("id", "?"), broken.what()),
            "run `grokreport report` to write it anew");
    }
}

std::size_t deciding_check(const Json& claim) {
    const Json& checks = claim.at("checks");
    for (std::size_t i = 0; claim.at("verdict") != "not-run" && i < checks.size(); ++i) {
        const Json& check = checks.at(i);
        if (!holds(number_or_nan(check.at("value")), relation_named(check.at("relation")), check.at("bound")))
            return i;
    }
    return 0;
}

std::string verdict_word(const std::string& told) {
    for (const VerdictSigns& signs : verdict_signs)
        if (signs.verdict == told) return signs.word;
    return told;
}

void add_at_name(Json& tree, const std::string& name, Json node) {
    Json* place = &tree;
    std::size_t begin = 0;
    for (std::size_t dot = name.find('.'); dot != std::string::npos; dot = name.find('.', begin)) {
        place = &(*place)[name.substr(begin, dot - begin)];
        begin = dot + 1;
    }
    Json& leaf = (*place)[name.substr(begin)];
    if (!leaf.is_null())
        throw Error(fmt::format("the name '{}' is taken", name), "give the claim another id");
    leaf = std::move(node);
}

} // namespace grokreport::render
