// A claim of a section, whole: what is fixed before a run (its definition) stands beside how a run measures
// it. A section lists its claims once; the table of bounds and the measurements both come from that list.
#pragma once

#include "claims/claim.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace grokreport {

// Results: what the analysis of the section returns for one set of weights.
template <typename Results>
struct MeasuredClaim {
    ClaimDefinition definition;
    std::function<Measurement(const Results&)> measure; // leaves the id to measure_claims
};

template <typename Results>
using ClaimList = std::vector<MeasuredClaim<Results>>;

// The rows of the table of bounds, in the order of the list.
template <typename Results>
std::vector<ClaimDefinition> definitions_of(const ClaimList<Results>& claims) {
    std::vector<ClaimDefinition> definitions;
    for (const auto& claim : claims)
        definitions.push_back(claim.definition);
    return definitions;
}

// One measurement a claim. Without results each is not run, for the reason `why_not`.
template <typename Results>
std::vector<Measurement> measure_claims(const ClaimList<Results>& claims,
                                        const std::optional<Results>& results, const std::string& why_not) {
    std::vector<Measurement> measurements;
    for (const auto& claim : claims) {
        measurements.push_back(results ? claim.measure(*results) : Measurement{.not_run = why_not});
        measurements.back().id = claim.definition.id;
    }
    return measurements;
}

} // namespace grokreport
