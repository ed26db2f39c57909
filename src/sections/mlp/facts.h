// What templates/08-mlp.md may name of the hidden layer: "mlp.*".
#pragma once

#include "model/config.h"
#include "sections/mlp/analysis.h"

#include <nlohmann/json.hpp>

namespace grokreport {

// About the weights that the figures show, at one frequency or more.
nlohmann::ordered_json mlp_facts(const MlpResults& shown, const Config& config);

} // namespace grokreport
