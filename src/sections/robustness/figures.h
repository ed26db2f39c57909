// Several seeds side by side: which claims hold for which of them, and by how much.
#pragma once

#include "claims/across_seeds.h"
#include "drawing/plot.h"

#include <string>

namespace grokreport::figures {

// A row a claim, a cell a seed, and on the right the share of seeds that pass with its 95 % interval.
Drawing robustness_matrix(const std::string& id, const Robustness& robustness);

// A row a claim: the values of all seeds against the bound, each row on a scale of its own.
Drawing robustness_values(const std::string& id, const Robustness& robustness);

} // namespace grokreport::figures
