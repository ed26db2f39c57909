// The figures of section 9. Waves of a frequency k are drawn over the angle on the circle of k: a number n
// stands at k n mod p, so that a wave of any frequency is one period wide. At most ten panels show
// frequencies, those with most energy.
#pragma once

#include "drawing/plot.h"
#include "sections/readout/analysis.h"

#include <string>

namespace grokreport::figures {

// Stacked shares of the variance by stage, as trained and with the ReLU replaced by the identity.
Drawing readout_ledger(const std::string& id, const ReadoutResults& results);

// The shown neurons, one a column: pre-activation and activation over all pairs, and the row of W_L over the
// answers with the wave of the written decoder.
Drawing readout_neurons(const std::string& id, const ReadoutResults& results);

// Phase out against phase in, one disc a neuron, its area its weight.
Drawing readout_phases(const std::string& id, const ReadoutResults& results);

// W_L as trained and as written down, neurons in the order of their frequency and phase.
Drawing readout_decoder(const std::string& id, const ReadoutResults& results);

// The amplitude of each key frequency over a - b: as trained and with what evens it taken away.
Drawing readout_evenness(const std::string& id, const ReadoutResults& results);

// A film: the sum planes before and after the ReLU and the logits as b runs around the circle of k. The still
// shows four positions of b at once.
Drawing readout_rotation(const std::string& id, const ReadoutResults& results);

// Accuracy and cross-entropy with one piece of the model after the other replaced by a formula.
Drawing readout_ladder(const std::string& id, const ReadoutResults& results);

// The pair of the contrast: the numbers on the circles with the point half-way between the two, and the
// logits with attention as trained and at its mean, with the cosines of that pair.
Drawing readout_contrast(const std::string& id, const ReadoutResults& results);

} // namespace grokreport::figures
