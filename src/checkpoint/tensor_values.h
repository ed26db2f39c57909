// The numbers of a tensor that is a view of a storage, copied out in row-major order as float32.
#pragma once

#include "checkpoint/pickle_value.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace grokreport {

// storage: the bytes that the view's storage has in the file (torch_file.h). Numbers of other types are
// rounded to float32; true is 1. Throws Malformed where the view steps out of its storage, where it has more
// than `most` values, and at a value that is not finite in float32.
std::vector<float> values_of(const pickle::TensorView& view, std::string_view storage, std::uint64_t most);

} // namespace grokreport
