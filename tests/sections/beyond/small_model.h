// A model of 13 numbers with weights as before a training, somewhat larger.
#pragma once

#include "model/parameters.h"
#include "model/weights.h"
#include "training/parameter_tensors.h"

#include <vector>

namespace grokreport::testing {

struct SmallModel {
    Config config;
    Parameters parameters;
    Weights weights;
};

inline SmallModel small_model() {
    Config config;
    config.p = 13;
    config.d_model = 16;
    config.n_heads = 3;
    config.d_head = 5;
    config.d_mlp = 24;
    Parameters parameters = initial_parameters(config);
    for (float& value : parameters.flat())
        value = 3 * value + 0.01F;
    std::vector<Tensor> tensors;
    append_tensors(parameters, parameters.flat(), "", tensors);
    Weights weights = to_weights(tensors, "memory");
    return {config, std::move(parameters), std::move(weights)};
}

} // namespace grokreport::testing
