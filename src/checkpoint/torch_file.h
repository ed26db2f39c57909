// The content of a file of torch.save: one pickled value, and the bytes of the storages that it names. Two
// formats are read: the zip archive, and the older one (before torch 1.6, or
// _use_new_zipfile_serialization=False), which is five pickles followed by the storages.
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

// The bytes of a file. Throws Error where it is not a file, cannot be read, or has more than 512 MiB, far
// more than a one-layer model with its training history.
std::string read_torch_file(const std::filesystem::path& file);

// The number of values that all tensors of a file together may have. Tensors can share a storage, as tied
// weights do, and so be larger than their file; the limit refuses a view of one number a billion times.
inline std::uint64_t most_values(std::string_view bytes) {
    return bytes.size();
}

// Bytes of one element.
std::size_t size_of(pickle::ElementType type);

// The bytes must outlive it. It executes no pickle (pickle_reader.h).
class TorchFile {
  public:
    // Throws Malformed where the bytes are not a whole file of torch.save.
    explicit TorchFile(std::string_view bytes);

    const pickle::Value& value() const { return content_->value(); }
    // storage.size elements. Throws Malformed where the file does not have the storage or has another size of
    // it.
    std::string_view bytes_of(const pickle::Storage& storage) const;

  private:
    void read_archive(std::string_view bytes);
    void read_older_format(std::string_view bytes);

    std::vector<std::string> records_;                              // of an archive
    std::map<std::string, std::string_view, std::less<>> storages_; // by key
    std::unique_ptr<const pickle::Pickle> content_;
};

} // namespace grokreport
