// Copies a tensor out of a torch file.
#pragma once

#include "checkpoint/checkpoint.h"
#include "checkpoint/torch_file.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace grokreport {

// `first` times the sizes; 0 where one of these is 0. nullopt where a size makes it more than `most`;
// nothing overflows.
std::optional<std::uint64_t> product_within(std::uint64_t most, std::uint64_t first,
                                            const std::vector<std::int64_t>& sizes);

// The tensor that `view` describes, in row-major order. storage: the bytes of view.storage. Numbers of other
// types are rounded to float32; true is 1. The tensor may have `left` values, and its size is subtracted from
// `left`. Throws Malformed, naming the tensor, where it has more, where the view does not fit its storage,
// and where a value is not finite in float32.
Tensor read_tensor(std::string_view storage, std::string_view name, const pickle::TensorView& view,
                   std::uint64_t& left);

// The same with the storage of the file.
Tensor read_tensor(const TorchFile& file, std::string_view name, const pickle::TensorView& view,
                   std::uint64_t& left);

} // namespace grokreport
