// Section 3 of the post: the model, drawn once with the shape of every tensor.
#pragma once

#include "model/config.h"
#include "drawing/plot.h"

namespace grokreport::figures {

// The one-layer transformer from the tokens (a, b, =) at the bottom to the logits at '=' on top, along the
// residual stream; names and shapes are those of the checkpoints (TransformerLens), sizes those of `config`.
// A variant without ReLU is drawn without it. The CSV lists every tensor with its shape.
Drawing architecture(const std::string& id, const Config& config);

} // namespace grokreport::figures
