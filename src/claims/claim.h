// A claim is data: what is said, what was measured, against which bound, with which control. The verdict is
// derived from it here and nowhere else.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace grokreport {

enum class Relation { at_least, greater, at_most, less, equal };
enum class Verdict { pass, fail, inconclusive, not_run };

std::string to_string(Relation relation);           // ">=", ">", "<=", "<", "="
std::string to_string(Verdict verdict);             // "pass", "fail", "inconclusive", "not-run"
Relation relation_named(const std::string& symbol); // of to_string; throws Error for any other

// False for every value that is not finite.
bool holds(double value, Relation relation, double bound);

// One row of the table of bounds (bounds.h): everything about a claim that is fixed before the run.
struct ClaimDefinition {
    struct Check {
        std::string metric; // what is measured, in words and symbols
        Relation relation;
        double bound;
        std::string unit;    // "", "epochs", "nats", "degrees", ...
        std::string reason;  // why this bound
        bool paired = false; // a difference that could as well have the other sign: tested by sign over seeds
    };
    std::string id;      // "grok.accuracy"
    std::string section; // of the post: "4", "5.1", ...
    bool headline = false;
    std::string statement; // what the post says, in our words
    std::vector<Check> checks;
    std::string control{}; // what the negative control is; empty: the claim has none
    Verdict expected = Verdict::pass;
    std::vector<std::string> figures{}; // ids of the figures that show it
    std::string source{};               // the file that computes it
};

// What a run measured for one claim.
struct Measurement {
    std::string id;
    std::vector<double> values{}; // one a check, in the order of the definition
    // The control measured by the same checks (by the first ones, where fewer); it must fail one of them.
    std::vector<double> control{};
    nlohmann::ordered_json details = nlohmann::ordered_json::object();
    std::string not_run{}; // the reason why nothing was measured; empty where something was
};

struct Claim {
    ClaimDefinition definition;
    Measurement measurement;
    Verdict verdict = Verdict::not_run;
    std::string reason; // why the verdict is no pass; empty for a pass

    bool control_fails_as_it_must() const; // false where the control has no finite value
    bool as_expected() const { return verdict == definition.expected || verdict == Verdict::not_run; }
};

// The verdict, in this order: not run; a value that is not finite or misses its bound: fail; a control that
// passes: inconclusive; else pass. Throws Error when the measurement does not fit the definition.
Claim judge(const ClaimDefinition& definition, Measurement measurement);

// Judges one measurement per definition, in the order of the table. Throws Error when a claim was measured
// twice, not at all, or is not in the table: nothing is silently left out.
std::vector<Claim> judge_all(const std::vector<ClaimDefinition>& table,
                             std::vector<Measurement> measurements);

// One element of "claims" in claims.json; numbers that are not finite become null.
nlohmann::ordered_json to_json(const Claim& claim);

} // namespace grokreport
