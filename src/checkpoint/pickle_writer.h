// Writes the pickle of a state dict, as torch.save does for a plain dict of contiguous float32 tensors.
#pragma once

#include "checkpoint/checkpoint.h"

#include <span>
#include <string>

namespace grokreport::pickle {

// Tensor i is a view of the whole storage "i"; the caller writes the bytes of the storages.
std::string write_state_dict(std::span<const Tensor> tensors);

} // namespace grokreport::pickle
