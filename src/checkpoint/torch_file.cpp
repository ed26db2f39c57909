#include "checkpoint/torch_file.h"

#include "base/files.h"
#include "checkpoint/zip_archive.h"

#include <bit>
#include <cstring>
#include <fmt/format.h>

namespace grokreport {

using pickle::Dict;
using pickle::ElementType;
using pickle::List;
using pickle::Pickle;
using pickle::Storage;

namespace {

static_assert(std::endian::native == std::endian::little, "values are read as they stand in the file");

// The older format begins with this pickle of torch's magic number, an integer of 80 bits.
constexpr std::string_view older_magic("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 15);
constexpr std::int64_t older_version = 1001;

// Enough for the weights and the history of a training. Reading needs a few times this memory.
constexpr std::uintmax_t largest_file = std::uintmax_t{512} << 20;

// The name of a record without the folder of the archive, whose name the writer chooses.
std::string without_folder(const std::string& record) {
    const std::size_t slash = record.find('/');
    if (slash == std::string::npos)
        throw Malformed(fmt::format("record {} has no folder", record),
                        "torch.save did not write this zip archive: give what torch.save(model.state_dict(), "
                        "file) writes");
    return record.substr(slash + 1);
}

std::int64_t read_count(std::string_view bytes, std::size_t& position) {
    std::int64_t count = 0;
    if (bytes.size() - position < sizeof count) throw Malformed("its storages are cut short");
    std::memcpy(&count, bytes.data() + position, sizeof count);
    position += sizeof count;
    return count;
}

void require_little_endian(const pickle::Value& system) {
    for (const auto& [key, value] : pickle::expect<Dict*>(system, "a dict about the writer")->entries)
        if (key == pickle::Value(std::string_view("little_endian")) &&
            !pickle::expect<bool>(value, "true or false"))
            throw Malformed("it was written on a big-endian machine");
}

} // namespace

std::string read_torch_file(const std::filesystem::path& file) {
    std::error_code unknown;
    if (std::filesystem::exists(file, unknown) && !std::filesystem::is_regular_file(file, unknown))
        throw Error(fmt::format("checkpoint {}: it is not a file", file.string()), "name a file");
    if (const auto size = std::filesystem::file_size(file, unknown); !unknown && size > largest_file)
        throw Error(
            fmt::format("checkpoint {}: it has {} bytes, more than {}", file.string(), size, largest_file),
            "name the checkpoint of a one-layer model");
    return read_file(file);
}

std::size_t size_of(ElementType type) {
    switch (type) {
    case ElementType::boolean:
    case ElementType::uint8:
    case ElementType::int8:
        return 1;
    case ElementType::float16:
    case ElementType::bfloat16:
    case ElementType::int16:
        return 2;
    case ElementType::float32:
    case ElementType::int32:
        return 4;
    case ElementType::float64:
    case ElementType::int64:
        return 8;
    }
    throw Malformed("a storage has no element type");
}

TorchFile::TorchFile(std::string_view bytes) {
    if (bytes.starts_with(older_magic))
        read_older_format(bytes);
    else
        read_archive(bytes);
}

std::string_view TorchFile::bytes_of(const Storage& storage) const {
    const auto found = storages_.find(storage.key);
    if (found == storages_.end()) throw Malformed(fmt::format("the record data/{} is missing", storage.key));
    const std::string_view bytes = found->second;
    const std::size_t size = size_of(storage.type);
    if (bytes.size() % size != 0 || bytes.size() / size != static_cast<std::uint64_t>(storage.size))
        throw Malformed(fmt::format("its storage has {} bytes and should hold {} numbers of {} bytes",
                                    bytes.size(), storage.size, size));
    return bytes;
}

void TorchFile::read_archive(std::string_view bytes) {
    constexpr std::string_view storage_folder = "data/";
    std::map<std::string, std::string_view, std::less<>> others;
    std::vector<ZipRecord> read = read_zip(bytes);
    records_.reserve(read.size()); // storages_ has views of them
    for (ZipRecord& record : read) {
        const std::string name = without_folder(record.name);
        const std::string_view held = records_.emplace_back(std::move(record.bytes));
        const bool fresh = name.starts_with(storage_folder)
                               ? storages_.emplace(name.substr(storage_folder.size()), held).second
                               : others.emplace(name, held).second;
        if (!fresh) throw Malformed(fmt::format("record {} is there in two folders", name));
    }
    if (const auto order = others.find("byteorder"); order != others.end() && order->second != "little")
        throw Malformed("it was written on a big-endian machine");
    const auto pickled = others.find("data.pkl");
    if (pickled == others.end()) throw Malformed("the record data.pkl is missing");
    content_ = std::make_unique<const Pickle>(pickled->second);
    if (content_->size() != pickled->second.size()) throw Malformed("something follows its pickle");
}

void TorchFile::read_older_format(std::string_view bytes) {
    std::size_t position = older_magic.size();
    const auto next_pickle = [&] {
        auto read = std::make_unique<const Pickle>(bytes.substr(position));
        position += read->size();
        return read;
    };
    if (next_pickle()->value() != pickle::Value(older_version))
        throw Malformed("it is of an unknown version of torch's older format");
    require_little_endian(next_pickle()->value());
    content_ = next_pickle();
    std::map<std::string_view, Storage> named;
    for (const Storage& storage : content_->storages()) {
        const auto [known, fresh] = named.emplace(storage.key, storage);
        if (!fresh && (known->second.type != storage.type || known->second.size != storage.size))
            throw Malformed(fmt::format("storage {} is described in two ways", storage.key));
    }
    const auto keys = next_pickle();
    for (const pickle::Value& key : pickle::expect<List*>(keys->value(), "a list of storages")->items) {
        const auto found = named.find(pickle::expect<std::string_view>(key, "a storage's key"));
        if (found == named.end()) throw Malformed("it holds a storage that no tensor names");
        const auto& [name, storage] = *found;
        const auto count = static_cast<std::uint64_t>(read_count(bytes, position));
        const std::size_t size = size_of(storage.type);
        if (count > (bytes.size() - position) / size) throw Malformed("its storages are cut short");
        if (!storages_.emplace(name, bytes.substr(position, count * size)).second)
            throw Malformed(fmt::format("it holds the storage {} twice", name));
        position += count * size;
    }
    if (position != bytes.size()) throw Malformed("something follows its storages");
}

} // namespace grokreport
