#include "claims/across_seeds.h"

#include "base/error.h"
#include "base/json.h"
#include "base/json_numbers.h"
#include "base/undefined.h"
#include "claims/claim.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace grokreport {

namespace {

Json json_list(const std::vector<double>& values) {
    Json list = Json::array();
    for (const double value : values)
        list.push_back(finite_or_null(value));
    return list;
}

bool was_run(const Json& claim) {
    return claim.at("verdict") != "not-run";
}

bool misses(const Json& check) {
    return !holds(number_or_nan(check.at("value")), relation_named(check.at("relation")), check.at("bound"));
}

// The same claim in the document of each seed.
using Instances = std::vector<const Json*>;

std::size_t check_missed_most(const Instances& instances) {
    const std::size_t n_checks = instances.front()->at("checks").size();
    std::size_t most = 0;
    std::ptrdiff_t most_misses = -1;
    for (std::size_t i = 0; i < n_checks; ++i) {
        const auto n = std::ranges::count_if(instances, [&](const Json* claim) {
            return was_run(*claim) && misses(claim->at("checks").at(i));
        });
        if (n > most_misses) most = i, most_misses = n;
    }
    return most;
}

std::vector<CheckAcrossSeeds> checks_across_seeds(const Instances& instances) {
    std::vector<CheckAcrossSeeds> checks;
    const Json& first = instances.front()->at("checks");
    for (std::size_t i = 0; i < first.size(); ++i) {
        const Json& check = first.at(i);
        checks.push_back({check.at("metric"), check.at("relation"), check.at("unit"), check.at("bound"), {}});
        for (const Json* claim : instances)
            checks.back().values.push_back(
                was_run(*claim) ? number_or_nan(claim->at("checks").at(i).at("value")) : undefined);
    }
    return checks;
}

ClaimAcrossSeeds claim_across_seeds(const Instances& instances, const std::vector<std::uint64_t>& seeds) {
    const Json& first = *instances.front();
    ClaimAcrossSeeds result{.id = first.at("id"),
                            .section = first.at("section"),
                            .kind = first.value("kind", to_string(Kind::law)),
                            .statement = first.at("statement"),
                            .expected = first.at("expected"),
                            .verdicts = {},
                            .interval = {},
                            .missing = {},
                            .checks = checks_across_seeds(instances),
                            .most_missed = check_missed_most(instances)};
    for (std::size_t i = 0; i < instances.size(); ++i) {
        const Json& claim = *instances[i];
        const bool passes = claim.at("verdict") == "pass";
        result.verdicts.push_back(told_verdict(claim));
        result.judged += was_run(claim) ? 1 : 0;
        result.passed += passes ? 1 : 0;
        result.inconclusive += claim.at("verdict") == "inconclusive" ? 1 : 0;
        if (was_run(claim) && !passes) result.missing.push_back(seeds[i]);
    }
    result.interval = wilson_interval(result.passed, result.judged);
    return result;
}

void add_paired_tests(const Instances& instances, const ClaimAcrossSeeds& claim,
                      std::vector<PairedTest>& tests) {
    for (std::size_t i = 0; i < claim.checks.size(); ++i) {
        if (!instances.front()->at("checks").at(i).value("paired", false)) continue;
        PairedTest test{.id = claim.id, .metric = claim.checks[i].metric};
        for (const double value : claim.checks[i].values) {
            test.positive += value > 0 ? 1 : 0;
            test.negative += value < 0 ? 1 : 0;
            test.ties += value == 0 ? 1 : 0;
        }
        test.p_value = sign_test(test.positive, test.negative);
        tests.push_back(test);
    }
}

void count_controls(const Instances& instances, Robustness& robustness) {
    for (const Json* claim : instances) {
        const Json& control = claim->at("control");
        const auto is_finite = [](const Json& value) { return value.is_number(); }; // otherwise it is null
        if (control.is_null() || !std::ranges::all_of(control.at("values"), is_finite)) continue;
        ++robustness.controls;
        robustness.green_controls += control.at("fails_as_it_must").get<bool>() ? 0 : 1;
    }
}

std::vector<int> last_key_frequencies(const Json& document) {
    const Json& by_epoch = document.at("key_frequencies");
    return by_epoch.empty() ? std::vector<int>{} : std::prev(by_epoch.end()).value().get<std::vector<int>>();
}

GrokkedEpoch grokked_epoch(const Json& document) {
    for (const Json& claim : document.at("claims")) {
        if (claim.at("id") != "grok.delayed" || !was_run(claim)) continue;
        const Json epoch = claim.at("details").value("grokked_epoch", Json());
        return {true, epoch.is_null() ? std::nullopt : std::optional(epoch.get<int>())};
    }
    return {};
}

// Adds the commits of a list "a, b" that `commits` does not have.
void add_commits(const std::string& list, std::vector<std::string>& commits) {
    constexpr std::string_view separator = ", ";
    for (std::size_t begin = 0; begin < list.size();) {
        const std::size_t end = std::min(list.find(separator, begin), list.size());
        const std::string commit = list.substr(begin, end - begin);
        if (std::ranges::find(commits, commit) == commits.end()) commits.push_back(commit);
        begin = end + separator.size();
    }
}

} // namespace

bool all_as_expected(const nlohmann::ordered_json& claims) {
    return std::ranges::all_of(claims, is_as_expected);
}

Interval wilson_interval(int k, int n) {
    constexpr double z = 1.959963984540054; // the 97.5 % quantile of the normal distribution
    if (n == 0) return {0, 1};
    const double share = static_cast<double>(k) / n, spread = z * z / n;
    const double centre = (share + spread / 2) / (1 + spread);
    const double half = std::sqrt(share * (1 - share) * spread + spread * spread / 4) / (1 + spread);
    return {k == 0 ? 0 : centre - half, k == n ? 1 : centre + half}; // no rounding at 0 and 1
}

double sign_test(int positive, int negative) {
    const int n = positive + negative;
    // The tail of the binomial distribution: the sum of (n over i) / 2^n.
    double tail = 0;
    for (int i = 0; i <= std::min(positive, negative); ++i)
        tail += std::exp(std::lgamma(n + 1.0) - std::lgamma(i + 1.0) - std::lgamma(n - i + 1.0) -
                         n * std::log(2.0));
    return std::min(1.0, 2 * tail);
}

Robustness robustness_of(std::span<const SeedOutcome> outcomes) {
    Robustness result;
    std::vector<const Json*> documents;
    for (const SeedOutcome& outcome : outcomes) {
        if (outcome.document.is_null()) {
            result.failed.push_back({outcome.seed, nullptr, outcome.failure, outcome.commit});
            continue;
        }
        result.seeds.push_back(outcome.seed);
        documents.push_back(&outcome.document);
        result.key_frequencies.push_back(last_key_frequencies(outcome.document));
        result.grokked.push_back(grokked_epoch(outcome.document));
        add_commits(outcome.commit, result.commits);
    }
    if (documents.empty()) return result;

    const Json& first = documents.front()->at("claims");
    for (std::size_t i = 0; i < first.size(); ++i) {
        Instances instances;
        for (const Json* document : documents) {
            const Json& claims = document->at("claims");
            if (claims.size() != first.size() || claims.at(i).at("id") != first.at(i).at("id"))
                throw Error(fmt::format("seed {} was judged by another table of bounds than seed {}",
                                        document->at("seed").dump(), documents.front()->at("seed").dump()),
                            "report both anew with this program");
            instances.push_back(&claims.at(i));
        }
        result.claims.push_back(claim_across_seeds(instances, result.seeds));
        add_paired_tests(instances, result.claims.back(), result.paired);
        count_controls(instances, result);
    }
    return result;
}

Json to_json(const Robustness& robustness) {
    Json failed = Json::array(), claims = Json::array(), paired = Json::array(), epochs = Json::array();
    for (const SeedOutcome& outcome : robustness.failed)
        failed.push_back({{"seed", outcome.seed}, {"reason", outcome.failure}});
    for (const ClaimAcrossSeeds& claim : robustness.claims) {
        Json checks = Json::array();
        for (const CheckAcrossSeeds& check : claim.checks)
            checks.push_back({{"metric", check.metric},
                              {"relation", check.relation},
                              {"bound", check.bound},
                              {"unit", check.unit},
                              {"values", json_list(check.values)}});
        claims.push_back({{"id", claim.id},
                          {"section", claim.section},
                          {"kind", claim.kind},
                          {"statement", claim.statement},
                          {"expected", claim.expected},
                          {"passed", claim.passed},
                          {"judged", claim.judged},
                          {"wilson_95", {claim.interval.low, claim.interval.high}},
                          {"verdicts", claim.verdicts},
                          {"failing_seeds", claim.missing},
                          {"checks", checks}});
    }
    for (const GrokkedEpoch& grokked : robustness.grokked)
        epochs.push_back(!grokked.known  ? Json("not known")
                         : grokked.epoch ? Json(*grokked.epoch)
                                         : Json("never"));
    for (const PairedTest& test : robustness.paired)
        paired.push_back({{"id", test.id},
                          {"metric", test.metric},
                          {"positive", test.positive},
                          {"negative", test.negative},
                          {"ties", test.ties},
                          {"sign_test_p", test.p_value}});
    return {{"schema", 1},
            {"seeds", robustness.seeds},
            {"trained_at", robustness.commits},
            {"failed", failed},
            {"key_frequencies", robustness.key_frequencies},
            {"grokked_epochs", epochs},
            {"controls", {{"measured", robustness.controls}, {"green", robustness.green_controls}}},
            {"paired", paired},
            {"claims", claims}};
}

} // namespace grokreport
