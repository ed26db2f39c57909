// Tensors in a file that Python's torch.load reads, also with weights_only=True: a zip archive that holds a
// pickled dict of plain float32 tensors. The reader accepts that subset and nothing else: no pickle is ever
// executed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace grokreport {

// A contiguous row-major tensor. shape [] is a scalar.
struct Tensor {
    std::string name;
    std::vector<std::int64_t> shape;
    std::vector<float> values;

    bool operator==(const Tensor&) const = default;
};

// The bytes of a checkpoint: the same tensors give the same bytes (no times, no random ids). Throws Error
// where from_checkpoint would refuse them: a name twice, a value that is not finite, a shape that does not
// fit.
std::string to_checkpoint(const std::vector<Tensor>& tensors);

// Writes atomically.
void save_checkpoint(const std::filesystem::path& file, const std::vector<Tensor>& tensors);

// The tensors of those bytes, which may also be a dict or an OrderedDict of float32 and float64 tensors that
// Python's torch.save wrote (views of a larger storage are copied out, float64 is rounded). In the order of
// the file; `name` is what errors call it. Throws Error naming the file and what is wrong with it: truncated,
// a checksum that does not match, a value that is not finite, an opcode or type outside the subset, a shape
// that does not fit its storage, a name twice. Memory stays within a few times the size of `bytes`, and a
// fixed amount (about 200 MB) where a hostile file asks for it.
std::vector<Tensor> from_checkpoint(std::string_view bytes, const std::string& name);

// from_checkpoint of a whole file.
std::vector<Tensor> load_checkpoint(const std::filesystem::path& file);

} // namespace grokreport
