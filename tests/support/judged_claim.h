// One claim of a section, measured on given results and judged.
#pragma once

#include "claims/claim.h"
#include "claims/measured_claim.h"

#include <catch2/catch.hpp>
#include <optional>
#include <string>

namespace grokreport::testing {

// `not_run` is why there are no results, where there are none.
template <typename Results>
Claim judged_claim(const ClaimList<Results>& list, const std::optional<Results>& results,
                   const std::string& id, const std::string& not_run = "") {
    for (const Claim& claim : judge_all(definitions_of(list), measure_claims(list, results, not_run)))
        if (claim.definition.id == id) return claim;
    FAIL("no claim " << id);
    throw; // not reached
}

} // namespace grokreport::testing
