// Tensors in a file that Python's torch.load reads, also with weights_only=True: a zip archive that holds a
// pickled dict of plain float32 tensors. The reader accepts that subset and nothing else: no pickle is ever
// executed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace grokreport {

// A contiguous row-major tensor. shape [] is a scalar.
struct Tensor {
    std::string name;
    std::vector<std::int64_t> shape;
    std::vector<float> values;

    bool operator==(const Tensor&) const = default;
};

// The bytes of a checkpoint: the same tensors give the same bytes (no times, no random ids).
std::string to_checkpoint(const std::vector<Tensor>& tensors);

// Writes atomically.
void save_checkpoint(const std::filesystem::path& file, const std::vector<Tensor>& tensors);

// In the order of the file. Throws Error naming the file and what is wrong with it: truncated, a checksum
// that does not match, a value that is not finite, an opcode or type outside the subset, a shape that does
// not fit its storage, a name twice.
std::vector<Tensor> load_checkpoint(const std::filesystem::path& file);

} // namespace grokreport
