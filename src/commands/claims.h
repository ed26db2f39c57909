// `grokreport claims`: the table of bounds, which is fixed before any run.
#pragma once

#include "claims/claim.h"
#include "model/config.h"

#include <nlohmann/json.hpp>
#include <string>

namespace grokreport {

struct ClaimsRequest {
    Config config{};   // some bounds depend on p
    bool json = false; // an array instead of text
};

// Every claim of the table, a paragraph each: id, section, expected verdict, statement, checks with bounds
// and reasons, control, figures and source.
std::string claims_text(const BoundTable& table);

// The same as an array: the objects of "claims" in claims.json without what a run measures.
nlohmann::ordered_json claims_json(const BoundTable& table);

void print_claims(const ClaimsRequest& request);

} // namespace grokreport
