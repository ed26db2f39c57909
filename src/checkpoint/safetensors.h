// Files of the format safetensors: the size of a header in 8 bytes, the header in JSON, and raw numbers. No
// code can stand in it. Format: the README of github.com/huggingface/safetensors.
#pragma once

#include "checkpoint/checkpoint.h"
#include "checkpoint/pickle_value.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace grokreport {

// A tensor of a file: contiguous, row-major, little-endian.
struct SafeTensor {
    std::string name;
    std::string type_name;                   // "F32"
    std::optional<pickle::ElementType> type; // none of a type that cannot be read, such as F8_E4M3
    std::vector<std::int64_t> shape;
    std::string_view bytes; // of the file
};

// Whether the bytes begin as such a file does.
bool is_safetensors(std::string_view bytes);

// All tensors in the order of their places. The bytes must outlive them. Throws Malformed for everything that
// the format forbids: a header that is cut short, longer than 16 MiB, deeper than the format or with a key
// twice; an unknown type; a size that overflows or does not fit the shape; places that overlap, leave a hole
// or do not end with the file.
std::vector<SafeTensor> read_safetensors(std::string_view bytes);

// The values of one tensor. As read_tensor() in tensor_values.h: left and Malformed.
Tensor read_tensor(const SafeTensor& tensor, std::uint64_t& left);

// The bytes of a file of float32 tensors, in their order. The same tensors give the same bytes. Throws Error
// as to_checkpoint() does.
std::string to_safetensors(const std::vector<Tensor>& tensors);

} // namespace grokreport
