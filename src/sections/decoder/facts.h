// What templates/08-mlp.md may name of the decoder: "decoder.*".
#pragma once

#include "sections/decoder/analysis.h"

#include <nlohmann/json.hpp>

namespace grokreport {

// About the weights that the figures show.
nlohmann::ordered_json decoder_facts(const DecoderResults& shown);

} // namespace grokreport
