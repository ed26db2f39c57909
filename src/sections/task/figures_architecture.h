// Section 3 of the post: a diagram of the model with the shape of every tensor.
#pragma once

#include "drawing/plot.h"
#include "model/config.h"

#include <string>

namespace grokreport::figures {

// The one-layer transformer from the tokens (a, b, =) at the bottom to the logits at '=' at the top, along
// the residual stream. Names and shapes are those of the checkpoints (TransformerLens), sizes those of
// `config`. Without ReLU, the box between the layers of the MLP says "identity". The CSV lists every tensor
// with its shape.
Drawing architecture(const std::string& id, const Config& config);

} // namespace grokreport::figures
