#include "claims/comparison.h"

#include "base/json.h"
#include "base/json_numbers.h"
#include "base/numbers.h"
#include "base/undefined.h"
#include "claims/claim.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numbers>

namespace grokreport {

namespace {

constexpr double rounding = 1e-9; // relative
constexpr const char* absent = "absent";

const Json* find_by(const Json& list, const char* key, const Json& value) {
    const auto found = std::ranges::find_if(list, [&](const Json& item) { return item.at(key) == value; });
    return found == list.end() ? nullptr : &*found;
}

std::vector<ComparedCheck> compare_checks(const Json& before, const Json& after, const Noise& noise) {
    std::vector<ComparedCheck> checks;
    for (std::size_t i = 0; i < std::min(before.at("checks").size(), after.at("checks").size()); ++i) {
        const Json &old_check = before.at("checks").at(i), &new_check = after.at("checks").at(i);
        if (old_check.at("metric") != new_check.at("metric")) continue; // the definition of the check changed
        ComparedCheck check{new_check.at("metric"), number_or_nan(old_check.at("value")),
                            number_or_nan(new_check.at("value"))};
        const auto known = noise.find({after.at("id"), check.metric});
        check.noise = known != noise.end()
                          ? known->second
                          : rounding * std::max(std::abs(check.before), std::abs(check.after));
        checks.push_back(check);
    }
    return checks;
}

// The standard deviation of the finite values; NaN where there are fewer than two.
double standard_deviation(const std::vector<double>& values) {
    double sum = 0, n = 0, squares = 0;
    for (const double value : values)
        if (std::isfinite(value)) sum += value, n += 1;
    for (const double value : values)
        if (std::isfinite(value)) squares += (value - sum / n) * (value - sum / n);
    return n < 2 ? undefined : std::sqrt(squares / (n - 1));
}

} // namespace

std::string describe_value(double value) {
    return std::isfinite(value) ? format_number(value) : "no value";
}

bool ComparedCheck::moved() const {
    if (std::isfinite(before) != std::isfinite(after)) return true;
    return std::abs(after - before) > noise;
}

bool ComparedClaim::moved() const {
    return std::ranges::any_of(checks, &ComparedCheck::moved);
}

Noise noise_of(const Robustness& robustness) {
    constexpr double of_deviation = 1.96 * std::numbers::sqrt2;
    Noise noise;
    for (const ClaimAcrossSeeds& claim : robustness.claims)
        for (const CheckAcrossSeeds& check : claim.checks)
            if (const double deviation = standard_deviation(check.values); std::isfinite(deviation))
                noise[{claim.id, check.metric}] = of_deviation * deviation;
    return noise;
}

std::vector<ComparedClaim> compare(const Json& before, const Json& after, const Noise& noise) {
    std::vector<ComparedClaim> comparison;
    for (const Json& claim : after.at("claims")) {
        const Json* old = find_by(before.at("claims"), "id", claim.at("id"));
        ComparedClaim compared{claim.at("id"),
                               claim.at("statement"),
                               old ? told_verdict(*old) : absent,
                               told_verdict(claim),
                               {}};
        if (old) compared.checks = compare_checks(*old, claim, noise);
        comparison.push_back(std::move(compared));
    }
    for (const Json& claim : before.at("claims"))
        if (!find_by(after.at("claims"), "id", claim.at("id")))
            comparison.push_back({claim.at("id"), claim.at("statement"), told_verdict(claim), absent, {}});
    return comparison;
}

std::string comparison_text(const std::vector<ComparedClaim>& comparison) {
    std::string text;
    std::size_t same = 0;
    for (const ComparedClaim& claim : comparison) {
        if (!claim.flipped() && !claim.moved()) {
            ++same;
            continue;
        }
        text += claim.flipped() ? fmt::format("{:<32} {} -> {}\n", claim.id, claim.before, claim.after)
                                : fmt::format("{:<32} {}\n", claim.id, claim.after);
        for (const ComparedCheck& check : claim.checks)
            if (check.moved())
                text += fmt::format("    {}: {} -> {}\n", check.metric, describe_value(check.before),
                                    describe_value(check.after));
    }
    return text + fmt::format("{} of {} claims neither flipped nor moved\n", same, comparison.size());
}

Json to_json(const std::vector<ComparedClaim>& comparison) {
    Json claims = Json::array();
    for (const ComparedClaim& claim : comparison) {
        Json checks = Json::array();
        for (const ComparedCheck& check : claim.checks)
            checks.push_back({{"metric", check.metric},
                              {"before", finite_or_null(check.before)},
                              {"after", finite_or_null(check.after)},
                              {"noise", finite_or_null(check.noise)},
                              {"moved", check.moved()}});
        claims.push_back({{"id", claim.id},
                          {"statement", claim.statement},
                          {"before", claim.before},
                          {"after", claim.after},
                          {"flipped", claim.flipped()},
                          {"checks", checks}});
    }
    return {{"schema", 1}, {"claims", claims}};
}

} // namespace grokreport
