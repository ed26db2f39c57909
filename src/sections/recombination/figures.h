// Section 7 of the post: what each head adds to o, and their sum.
#pragma once

#include "drawing/plot.h"
#include "model/config.h"
#include "sections/recombination/analysis.h"

#include <string>

namespace grokreport::figures {

// Diagram: the outputs of the heads, stacked, through W_O: o is a sum over heads.
Drawing wo_action(const std::string& id, const Config& config);

// Each head's curve and their sum, in one plane and on one scale.
Drawing petals_sum(const std::string& id, const Recombination& at);

// The norms of the sum's Fourier coefficients, cos and sin apart.
Drawing petals_sum_spectrum(const std::string& id, const Recombination& at);

// o in its own planes, one panel a frequency, on one scale.
Drawing circles_of_o(const std::string& id, const RecombinationResults& results);

} // namespace grokreport::figures
