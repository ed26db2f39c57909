#include "checkpoint/foreign_kind.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace grokreport {

namespace {

constexpr std::size_t looked_at = 4096; // bytes

constexpr const char* as_state_dict =
    "give what torch.save(model.state_dict(), file) writes, or .safetensors";
constexpr const char* unpack = "unpack it first";
constexpr const char* numpy_arrays = "load it with numpy and save it anew: torch.save({name: "
                                     "torch.from_numpy(array) for name, array in arrays.items()}, file)";

// How files of other kinds begin.
struct Signature {
    std::string_view begins, what, mend;
};
constexpr std::array<Signature, 13> signatures{{
    {"\x93NUMPY", "an array of numpy (.npy)", numpy_arrays},
    {"\x89HDF\r\n\x1a\n", "an HDF5 file, as Keras writes", as_state_dict},
    {"GGUF", "a GGUF file", as_state_dict},
    {"\x1f\x8b", "packed by gzip", unpack},
    {"BZh", "packed by bzip2", unpack},
    {"\xfd"
     "7zXZ",
     "packed by xz", unpack},
    {"\x28\xb5\x2f\xfd", "packed by zstd", unpack},
    {"7z\xbc\xaf", "a 7z archive", unpack},
    {"Rar!", "a rar archive", unpack},
    {"%PDF", "a PDF document", as_state_dict},
    {"\x89PNG", "a picture (PNG)", as_state_dict},
    {"\x7f"
     "ELF",
     "a program", as_state_dict},
    {"version https://git-lfs", "a Git LFS pointer in place of the file", "fetch the file: git lfs pull"},
}};

bool is_text(std::string_view bytes) {
    return std::ranges::none_of(bytes, [](unsigned char c) {
        return (c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f') || c == 127;
    });
}

ForeignKind kind_of_text(std::string_view text) {
    constexpr std::string_view blank = "\xef\xbb\xbf \t\r\n"; // and the mark of UTF-8
    text.remove_prefix(std::min(text.find_first_not_of(blank), text.size()));
    const std::string begins = lower_case(text.substr(0, 64));
    if (begins.starts_with("<!doctype html") || begins.starts_with("<html"))
        return {"a web page (HTML)", "download the file itself: on GitHub, Download raw file"};
    if (begins.starts_with("<?xml")) return {"an XML text", as_state_dict};
    if (begins.starts_with("{") || begins.starts_with("[")) return {"a JSON text", as_state_dict};
    return {"a plain text", as_state_dict};
}

// A pickle begins with PROTO and the version. Torch's older format begins so too, with its magic number.
std::optional<ForeignKind> kind_of_pickle(std::string_view bytes) {
    constexpr std::string_view torch_magic = "\x8a\x0a\x6c\xfc\x9c\x46";
    if (bytes.size() < 3 || bytes[0] != '\x80' || bytes[1] < 2 || bytes[1] > 5 ||
        bytes.substr(2).starts_with(torch_magic))
        return std::nullopt;
    return ForeignKind{
        fmt::format("a pickle of Python (protocol {}) that torch.save did not write", int(bytes[1])),
        as_state_dict};
}

// By the names of its records, which stand uncompressed in the archive.
std::optional<ForeignKind> kind_of_archive(std::string_view bytes) {
    if (!bytes.starts_with("PK\x03\x04") && !bytes.starts_with("PK\x05\x06")) return std::nullopt;
    const std::string_view begin = bytes.substr(0, looked_at);
    const std::string_view end = bytes.substr(bytes.size() - std::min(bytes.size(), looked_at));
    const auto names = [&](std::string_view record) {
        return begin.find(record) != std::string_view::npos || end.find(record) != std::string_view::npos;
    };
    if (names("constants.pkl") || names("/code/__torch__"))
        return ForeignKind{
            "a TorchScript module, which holds code",
            "no code of a file is run: save the numbers alone, torch.save(module.state_dict(), file)"};
    if (!names("data.pkl") && names(".npy"))
        return ForeignKind{"an archive of numpy arrays (.npz)", numpy_arrays};
    return std::nullopt;
}

} // namespace

std::optional<ForeignKind> foreign_kind(std::string_view bytes) {
    for (const Signature& known : signatures)
        if (bytes.starts_with(known.begins))
            return ForeignKind{std::string(known.what), std::string(known.mend)};
    if (auto archive = kind_of_archive(bytes)) return archive;
    if (auto pickle = kind_of_pickle(bytes)) return pickle;
    constexpr std::size_t place_in_tar = 257;
    if (bytes.size() > place_in_tar && bytes.substr(place_in_tar).starts_with("ustar"))
        return ForeignKind{"a tar archive", unpack};
    const std::string_view begin = bytes.substr(0, looked_at);
    if (!begin.empty() && !begin.starts_with("PK") && is_text(begin)) return kind_of_text(begin);
    return std::nullopt;
}

} // namespace grokreport
