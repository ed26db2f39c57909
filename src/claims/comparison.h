// Two runs compared claim by claim: two seeds, or one seed at two commits.
#pragma once

#include "claims/across_seeds.h"

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace grokreport {

struct ComparedCheck {
    std::string metric;
    double before = 0, after = 0; // NaN where there is no value
    double noise = 0;             // the largest change without a meaning
    bool moved() const;           // changed by more than the noise, or from a number to none, or back
};

struct ComparedClaim {
    std::string id, statement;
    std::string before, after; // told_verdict() of claim.h; "absent" where the run does not have the claim
    std::vector<ComparedCheck> checks; // those that both runs have, in the order of the second run
    bool flipped() const { return before != after; }
    bool moved() const;
};

// By claim and metric: the difference that two seeds exceed in 1 of 20 pairs, if the values over the seeds
// are normal: 1.96 sqrt(2) standard deviations.
using Noise = std::map<std::pair<std::string, std::string>, double>;
Noise noise_of(const Robustness& robustness);

// before, after: documents claims.json. Where `noise` has no entry, a check moves when it changes by more
// than a relative 1e-9, the rounding of the last digits.
std::vector<ComparedClaim> compare(const nlohmann::ordered_json& before, const nlohmann::ordered_json& after,
                                   const Noise& noise = {});

// A value for the text and the page; "no value" where it is not finite.
std::string describe_value(double value);

// One line for each claim that flipped or moved, and a line with the number of the others.
std::string comparison_text(const std::vector<ComparedClaim>& comparison);
nlohmann::ordered_json to_json(const std::vector<ComparedClaim>& comparison);

} // namespace grokreport
