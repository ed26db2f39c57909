// Checkpoints: tensors in a file that torch.load reads, also with weights_only=True. The file is a zip
// archive with a pickled dict of plain float32 tensors. The reader executes no pickle and refuses everything
// outside that subset.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace grokreport {

inline constexpr std::size_t most_dimensions = 16; // of a tensor; torch allows 64, models have four

// A contiguous row-major tensor. The shape [] is a scalar.
struct Tensor {
    std::string name;
    std::vector<std::int64_t> shape;
    std::vector<float> values;

    bool operator==(const Tensor&) const = default;
};

// "6 x 4", for messages.
std::string describe_shape(const std::vector<std::int64_t>& shape);

// Throws Error where the tensors cannot be stored so that they are read again: two of one name, a value that
// is not finite, a shape that does not fit its values.
void require_storable(const std::vector<Tensor>& tensors);

// The bytes of a checkpoint. The same tensors give the same bytes: there are no times and no random ids.
// Throws Error as require_storable() does.
std::string to_checkpoint(const std::vector<Tensor>& tensors);

// Writes the file atomically (base/files.h).
void save_checkpoint(const std::filesystem::path& file, const std::vector<Tensor>& tensors);

// The tensors of a checkpoint, in the order of the file. The bytes may also be what torch.save writes for a
// dict or an OrderedDict of tensors: views of a larger storage are copied, and other types of numbers are
// rounded to float32. name: the name of the file in errors.
//
// Throws Error with the name and the reason: a truncated file, a wrong checksum, a value that is not finite,
// an opcode or type outside the subset, a shape that does not fit its storage, two tensors of one name. Needs
// at most a few times the memory of `bytes`, and at most about 200 MB more for a hostile file.
std::vector<Tensor> from_checkpoint(std::string_view bytes, const std::string& name);

// from_checkpoint() of a file.
std::vector<Tensor> load_checkpoint(const std::filesystem::path& file);

} // namespace grokreport
