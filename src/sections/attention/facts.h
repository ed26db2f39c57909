// What templates/06-attention.md may name of the attention: "attention.*".
#pragma once

#include "sections/attention/analysis.h"

#include <nlohmann/json.hpp>

namespace grokreport {

nlohmann::ordered_json attention_facts(const AttentionResults& results);

} // namespace grokreport
