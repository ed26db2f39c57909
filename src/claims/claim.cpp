#include "claims/claim.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/json_numbers.h"
#include "base/numbers.h"
#include "claims/relation_signs.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace grokreport {

namespace {

// The index of the first check that `values` misses, or the number of checks where all hold.
std::size_t first_missed(const ClaimDefinition& definition, const std::vector<double>& values) {
    std::size_t i = 0;
    while (i < values.size() && holds(values[i], definition.checks[i].relation, definition.checks[i].bound))
        ++i;
    return i == values.size() ? definition.checks.size() : i;
}

std::string explain_miss(const ClaimDefinition::Check& check, double value) {
    if (!std::isfinite(value)) return fmt::format("{}: there is no finite value", check.metric);
    return fmt::format("{} is {}, not {}{}", check.metric, format_measured(value, check.bound),
                       signs_of_relation(check.relation).words, format_number(check.bound));
}

} // namespace

std::string this_file(std::string_view path) {
    const std::size_t folder = path.rfind("/src/");
    return std::string(folder == std::string_view::npos ? path : path.substr(folder + 1));
}

const RelationSigns& signs_of_relation(Relation relation) {
    const auto* const found = std::ranges::find(relation_signs, relation, &RelationSigns::relation);
    if (found == relation_signs.end()) throw Error("unknown relation", "");
    return *found;
}

std::string to_string(Relation relation) {
    return signs_of_relation(relation).symbol;
}

std::string to_string(Verdict verdict) {
    switch (verdict) {
    case Verdict::pass:
        return "pass";
    case Verdict::fail:
        return "fail";
    case Verdict::inconclusive:
        return "inconclusive";
    case Verdict::not_run:
        return "not-run";
    }
    throw Error("unknown verdict", "");
}

std::string to_string(Kind kind) {
    switch (kind) {
    case Kind::law:
        return "law";
    case Kind::observation:
        return "observation";
    case Kind::ours:
        return "ours";
    }
    throw Error("an unknown kind of claim", "");
}

Relation relation_named(const std::string& symbol) {
    for (const RelationSigns& signs : relation_signs)
        if (signs.symbol == symbol) return signs.relation;
    throw Error(fmt::format("unknown relation '{}'", symbol),
                "run `grokreport report` to write the claims anew");
}

std::string definition_hash(const ClaimDefinition& definition) {
    std::string text = definition.id;
    for (const ClaimDefinition::Check& check : definition.checks)
        text += fmt::format("\n{} {} {}", check.metric, to_string(check.relation), check.bound);
    constexpr std::size_t digits = 12;
    return sha256_hex(text + "\n" + definition.control).substr(0, digits);
}

bool holds(double value, Relation relation, double bound) {
    if (!std::isfinite(value)) return false;
    switch (relation) {
    case Relation::at_least:
        return value >= bound;
    case Relation::greater:
        return value > bound;
    case Relation::at_most:
        return value <= bound;
    case Relation::less:
        return value < bound;
    case Relation::equal:
        return value == bound;
    }
    throw Error("unknown relation", "");
}

bool Claim::control_fails_as_it_must() const {
    const auto is_finite = [](double value) { return std::isfinite(value); };
    return std::ranges::all_of(measurement.control, is_finite) &&
           first_missed(definition, measurement.control) < definition.checks.size();
}

Claim judge(const ClaimDefinition& definition, Measurement measurement) {
    Claim claim{definition, std::move(measurement), Verdict::pass, ""};
    const Measurement& measured = claim.measurement;
    if (!measured.not_run.empty()) {
        claim.verdict = Verdict::not_run;
        claim.reason = measured.not_run;
        return claim;
    }
    if (measured.values.size() != definition.checks.size() ||
        measured.control.size() > definition.checks.size() ||
        measured.control.empty() != definition.control.empty())
        throw Error(fmt::format("claim {}: the measurement does not fit the table of bounds", definition.id),
                    "measure one value a check, and a control exactly where the table names one");

    const std::size_t missed = first_missed(definition, measured.values);
    if (missed < definition.checks.size()) {
        claim.verdict = Verdict::fail;
        claim.reason = explain_miss(definition.checks[missed], measured.values[missed]);
    } else if (!definition.control.empty() && !claim.control_fails_as_it_must()) {
        claim.verdict = Verdict::inconclusive;
        const bool was_measured = std::isfinite(measured.control.front());
        claim.reason = fmt::format("the control ({}) {}, so the measure does not discriminate",
                                   definition.control, was_measured ? "passes too" : "has no finite value");
    }
    return claim;
}

std::vector<Claim> judge_all(const std::vector<ClaimDefinition>& table,
                             std::vector<Measurement> measurements) {
    std::vector<Claim> claims;
    for (const ClaimDefinition& definition : table) {
        const auto is_this = [&](const Measurement& measurement) { return measurement.id == definition.id; };
        const auto found = std::ranges::find_if(measurements, is_this);
        if (found == measurements.end())
            throw Error(fmt::format("claim {} was not measured", definition.id),
                        "measure it, or say why it was not run");
        claims.push_back(judge(definition, std::move(*found)));
        measurements.erase(found);
    }
    if (!measurements.empty())
        throw Error(fmt::format("claim {} is measured twice or is not in the table of bounds",
                                measurements.front().id),
                    "give it one definition in the claims.cpp of its section");
    return claims;
}

Json to_json(const Claim& claim) {
    const auto& [definition, measured, verdict, reason] = claim;
    Json checks = Json::array();
    for (std::size_t i = 0; i < definition.checks.size(); ++i) {
        const auto& check = definition.checks[i];
        checks.push_back(
            {{"metric", check.metric},
             {"value", i < measured.values.size() ? finite_or_null(measured.values[i]) : Json(nullptr)},
             {"relation", to_string(check.relation)},
             {"bound", check.bound},
             {"unit", check.unit},
             {"reason", check.reason}});
        if (check.paired) checks.back()["paired"] = true;
    }
    Json control = nullptr;
    if (!measured.control.empty()) {
        Json values = Json::array();
        for (double value : measured.control)
            values.push_back(finite_or_null(value));
        control = {{"description", definition.control},
                   {"value", values.front()},
                   {"values", values},
                   {"fails_as_it_must", claim.control_fails_as_it_must()}};
    }
    return {{"id", definition.id},
            {"section", definition.section},
            {"headline", definition.headline},
            {"kind", to_string(definition.kind)},
            {"definition", definition_hash(definition)},
            {"statement", definition.statement},
            {"metric", definition.checks.front().metric},
            {"value", checks.front()["value"]},
            {"checks", checks},
            {"details", measured.details},
            {"control", control},
            {"expected", to_string(definition.expected)},
            {"verdict", to_string(verdict)},
            {"reason", reason},
            {"figures", definition.figures},
            {"source", definition.source}};
}

Json to_json(const std::vector<Claim>& claims) {
    Json elements = Json::array();
    for (const Claim& claim : claims)
        elements.push_back(to_json(claim));
    return elements;
}

namespace {

std::string told(const std::string& verdict, bool is_observation) {
    return is_observation && verdict == to_string(Verdict::fail) ? not_recurring : verdict;
}

} // namespace

std::string told_verdict(const Json& claim) {
    return told(claim.at("verdict"), claim.value("kind", "") == to_string(Kind::observation));
}

std::string told_verdict(const Claim& claim) {
    return told(to_string(claim.verdict), claim.definition.kind == Kind::observation);
}

bool is_as_expected(const Json& claim) {
    const std::string told = told_verdict(claim);
    return told == claim.at("expected") || told == not_recurring || told == to_string(Verdict::not_run);
}

} // namespace grokreport
