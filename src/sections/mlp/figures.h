// Section 8 of the post: the biases of the hidden layer, and what its ReLU is worth.
#pragma once

#include "drawing/plot.h"
#include "sections/mlp/analysis.h"

#include <string>

namespace grokreport::figures {

// Above, the entries of b_up in ascending order, with those that are clearly negative set apart; below, for
// the neurons in the same order, the share of all pairs on which each is positive.
Drawing sorted_biases(const std::string& id, const HiddenSigns& signs);

// Test accuracy with the hidden layer replaced by something simpler, one bar each.
Drawing relu_ablation(const std::string& id, const Ablation& ablation, int p);

} // namespace grokreport::figures
