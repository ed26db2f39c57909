// What torch.save wrote, taken apart: one pickled value, and the bytes of the storages that it names. Both of
// torch's formats are read: the zip archive, and the older one (before torch 1.6, or with
// _use_new_zipfile_serialization=False), which is five pickles and then the storages, one after the other.
#pragma once

#include "checkpoint/pickle_reader.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace grokreport {

// The bytes of a file. Throws Error where it is none or is larger than any one-layer model with its training
// history would be.
std::string read_torch_file(const std::filesystem::path& file);

// How many values all tensors of a file together may have. Tensors may share storage (tied weights do), which
// makes them larger than their file; a file that says "this one number, a billion times" is refused.
inline std::uint64_t most_values(std::string_view bytes) {
    return bytes.size();
}

// Bytes of one number.
std::size_t size_of(pickle::ElementType type);

// The bytes read must outlive it. No pickle is executed (pickle_reader.h).
class TorchFile {
  public:
    // Throws Malformed.
    explicit TorchFile(std::string_view bytes);

    const pickle::Value& value() const { return content_->value(); }
    // Exactly storage.size numbers. Throws Malformed where the file has no such storage or another size.
    std::string_view bytes_of(const pickle::Storage& storage) const;

  private:
    void read_archive(std::string_view bytes);
    void read_older_format(std::string_view bytes);

    std::vector<std::string> records_;                              // of an archive
    std::map<std::string, std::string_view, std::less<>> storages_; // by key
    std::unique_ptr<const pickle::Pickle> content_;
};

} // namespace grokreport
