// Writes the pickle of a state dict: what torch.save writes for a plain dict of contiguous float32 tensors.
#pragma once

#include "checkpoint/checkpoint.h"

#include <span>
#include <string>

namespace grokreport::pickle {

// Tensor i views the whole of storage "i", whose bytes go elsewhere in the file.
std::string write_state_dict(std::span<const Tensor> tensors);

} // namespace grokreport::pickle
