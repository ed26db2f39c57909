// A claim: a statement, the bounds of its checks, the values that a run measures, and a negative control.
// judge() is the only function that derives a verdict.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace grokreport {

enum class Relation { at_least, greater, at_most, less, equal };
enum class Verdict { pass, fail, inconclusive, not_run };
// law: the post says it of such models. observation: the post says it of its own run, and another run may
// differ without contradicting it. ours: the post does not say it.
enum class Kind { law, observation, ours };

std::string to_string(Relation relation);           // ">=", ">", "<=", "<", "="
std::string to_string(Verdict verdict);             // "pass", "fail", "inconclusive", "not-run"
std::string to_string(Kind kind);                   // "law", "observation", "ours"
Relation relation_named(const std::string& symbol); // of to_string; throws Error for any other

// Whether `value` stands in `relation` to `bound`. False where `value` is not finite.
bool holds(double value, Relation relation, double bound);

// One row of the table of bounds (sections/sections.h): the part of a claim that is fixed before the run.
struct ClaimDefinition {
    struct Check {
        std::string metric; // what is measured, in words and symbols
        Relation relation;
        double bound;
        std::string unit;    // "", "epochs", "nats", "degrees", ...
        std::string reason;  // for this bound
        bool paired = false; // a difference whose sign is tested over all seeds (across_seeds.h)
    };
    std::string id;      // "grok.accuracy"
    std::string section; // of the post: "4", "5.1", ...
    bool headline = false;
    Kind kind = Kind::law;
    std::string statement; // in our words
    std::vector<Check> checks;
    std::string control{}; // describes the negative control; empty for a claim without one
    Verdict expected = Verdict::pass;
    std::vector<std::string> figures{}; // ids of the figures that show it
    std::string source{};               // the file that computes it
};

// The file that calls it (clang 14 has no std::source_location), from the root of the repository:
// "src/sections/mlp/claims.cpp".
std::string this_file(std::string_view path = __builtin_FILE());

// 12 hex digits of a SHA-256 over what a verdict depends on: metric, relation and bound of each check, and
// the description of the control. Verdicts of equal definitions can be counted together.
std::string definition_hash(const ClaimDefinition& definition);

using BoundTable = std::vector<ClaimDefinition>; // in the order of the report

// The values of one claim in one run.
struct Measurement {
    std::string id{};
    std::vector<double> values{}; // one a check, in the order of the definition
    // The values of the control, for all checks or for the first ones. The control must fail one of these
    // checks.
    std::vector<double> control{};
    nlohmann::ordered_json details = nlohmann::ordered_json::object();
    std::string not_run{}; // why there are no values; empty where there are
};

struct Claim {
    ClaimDefinition definition;
    Measurement measurement;
    Verdict verdict = Verdict::not_run;
    std::string reason; // for a verdict other than pass; empty for a pass

    bool control_fails_as_it_must() const; // false where a value of the control is not finite
};

// The verdict is the first of these that applies: not run; fail, where a value is not finite or misses its
// bound; inconclusive, where the control passes or is not finite; pass. Throws Error where the measurement
// does not fit the definition.
Claim judge(const ClaimDefinition& definition, Measurement measurement);

// Judges one measurement for each definition, in the order of the table. Throws Error where a claim is
// measured twice or not at all, or is not in the table.
std::vector<Claim> judge_all(const std::vector<ClaimDefinition>& table,
                             std::vector<Measurement> measurements);

// One element of "claims" in claims.json. Numbers that are not finite become null.
nlohmann::ordered_json to_json(const Claim& claim);
nlohmann::ordered_json to_json(const std::vector<Claim>& claims); // all of "claims"

// What a reader is told of an element of "claims": its verdict, but of an observation that fails
// not_recurring. The post said it of its own run, and another run does not contradict it.
inline constexpr const char* not_recurring = "not-recurring";
std::string told_verdict(const nlohmann::ordered_json& claim);
std::string told_verdict(const Claim& claim);

// Whether nothing speaks against what the definition expects: the claim has that verdict, was not run, or is
// an observation that does not recur.
bool is_as_expected(const nlohmann::ordered_json& claim);

} // namespace grokreport
