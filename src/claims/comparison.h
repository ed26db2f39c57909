// Two runs held against each other, claim by claim: of two seeds, or of one seed at two commits.
#pragma once

#include "claims/across_seeds.h"

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace grokreport {

struct ComparedCheck {
    std::string metric;
    double before = 0, after = 0; // NaN where there is no value
    double noise = 0;             // a change that is not larger says nothing
    bool moved() const;           // changed by more than the noise, or between a number and none
};

struct ComparedClaim {
    std::string id, statement;
    std::string before, after;         // verdicts; "absent" where the run does not have the claim
    std::vector<ComparedCheck> checks; // those that both runs have, in the order of the second
    bool flipped() const { return before != after; }
    bool moved() const;
};

// By claim and metric: what the difference of two seeds stays below in 19 of 20 pairs, were the values of a
// sweep normal: 1.96 sqrt(2) of their standard deviations.
using Noise = std::map<std::pair<std::string, std::string>, double>;
Noise noise_of(const Robustness& robustness);

// before, after: documents claims.json. Where `noise` has no entry, a change counts when it is more than the
// rounding of the last digits could make.
std::vector<ComparedClaim> compare(const nlohmann::ordered_json& before, const nlohmann::ordered_json& after,
                                   const Noise& noise = {});

// A value as the text and the page show it; "no value" where it is not finite.
std::string describe_value(double value);

// A line a claim that flipped or moved, and a line that counts the rest.
std::string comparison_text(const std::vector<ComparedClaim>& comparison);
nlohmann::ordered_json to_json(const std::vector<ComparedClaim>& comparison);

} // namespace grokreport
