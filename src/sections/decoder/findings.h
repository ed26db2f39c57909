// What section 8 found about the decoder: from analysis results to measurements for the claims and facts for
// the text.
#pragma once

#include "sections/decoder/analysis.h"
#include "claims/claim.h"

#include <optional>
#include <string>
#include <vector>

namespace grokreport {

// Everything of one set of weights.
struct DecoderResults {
    std::vector<Alignment> aligned;               // at the frequencies in question
    std::vector<Alignment> elsewhere;             // at those that are not active in W_L
    std::vector<Alignment> elsewhere_without_key; // there, the components in question taken out of both
    Circles circles;
    double one_hertz_share = 0; // of the energy of W_L
    CloseUp close_up;           // on the circle of the first frequency in question
};

// `judged` has the key frequencies at 20,000 epochs; where there is none, `reason` says why.
std::vector<Measurement> decoder_measurements(const std::optional<DecoderResults>& judged,
                                              const std::string& reason);

// "decoder.*" of the templates, about the weights that the figures show.
nlohmann::ordered_json decoder_facts(const DecoderResults& shown);

} // namespace grokreport
