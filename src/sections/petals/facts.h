// What templates/06-attention.md may name of the petals: "petals.*".
#pragma once

#include "sections/petals/analysis.h"

#include <nlohmann/json.hpp>

namespace grokreport {

nlohmann::ordered_json petals_facts(const PetalsResults& shown);

} // namespace grokreport
