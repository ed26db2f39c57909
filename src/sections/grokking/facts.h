// What templates/04-grokking.md may name: "grok.*".
#pragma once

#include "sections/grokking/analysis.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace grokreport {

nlohmann::ordered_json grokking_facts(const GrokkingResults& results);

// A number of epochs in digits, a dash where there is none.
std::string epoch_or_dash(const std::optional<int>& epoch);

} // namespace grokreport
