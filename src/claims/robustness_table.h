// What several seeds say together as a table in Markdown, to be kept beside a README.
#pragma once

#include "claims/across_seeds.h"

#include <nlohmann/json.hpp>
#include <string>

namespace grokreport {

// claims: the document claims.json of the main seed, whose settings and provenance the table states.
std::string robustness_table(const Robustness& robustness, const nlohmann::ordered_json& claims);

} // namespace grokreport
