// `grokreport explain`: how the trained model adds one pair of numbers, in plain text.
#pragma once

#include "model/config.h"
#include "runs/paths.h"

namespace grokreport {

struct ExplainRequest {
    Config config{}; // of the model with ReLU
    Paths paths{};
    int a = 0, b = 0; // 0 to p - 1
};

// Prints what sections/readout/explain.h says about the weights that the report shows. Throws
// Error where the run is not complete or damaged.
void explain_sum(const ExplainRequest& request);

} // namespace grokreport
