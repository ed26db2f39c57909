// The claims over several seeds as a Markdown table, for a file beside a README.
#pragma once

#include "claims/across_seeds.h"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace grokreport {

// claims: the document claims.json of the main seed. The table states its settings and provenance.
std::string robustness_table(const Robustness& robustness, const nlohmann::ordered_json& claims);

// "least, median, largest" of the finite values; "–" where there are none.
std::string spread_of(std::vector<double> values);

} // namespace grokreport
