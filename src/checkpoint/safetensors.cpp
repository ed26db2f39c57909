#include "checkpoint/safetensors.h"

#include "base/json.h"
#include "checkpoint/malformed.h"
#include "checkpoint/tensor_values.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <fmt/format.h>
#include <set>

namespace grokreport {

using pickle::ElementType;

namespace {

static_assert(std::endian::native == std::endian::little, "values are read as they stand in the file");

constexpr std::size_t size_bytes = 8;
// The format allows 100 MB; a one-layer model has a few kilobytes.
constexpr std::uint64_t longest_header = std::uint64_t{16} << 20;
constexpr int deepest = 3; // the header, a tensor, its shape, a size
constexpr int most_values_of_header = 1'000'000;
constexpr std::string_view metadata = "__metadata__"; // texts beside the tensors

struct NamedType {
    std::string_view name;
    std::uint64_t size; // bytes
    std::optional<ElementType> type;
};
constexpr std::array<NamedType, 16> types{{
    {"F32", 4, ElementType::float32},
    {"F16", 2, ElementType::float16},
    {"BF16", 2, ElementType::bfloat16},
    {"F64", 8, ElementType::float64},
    {"BOOL", 1, ElementType::boolean},
    {"U8", 1, ElementType::uint8},
    {"I8", 1, ElementType::int8},
    {"I16", 2, ElementType::int16},
    {"I32", 4, ElementType::int32},
    {"I64", 8, ElementType::int64},
    {"U16", 2, std::nullopt},
    {"U32", 4, std::nullopt},
    {"U64", 8, std::nullopt},
    {"F8_E4M3", 1, std::nullopt},
    {"F8_E5M2", 1, std::nullopt},
    {"C64", 8, std::nullopt},
}};

std::uint64_t header_size(std::string_view bytes) {
    std::uint64_t size = 0;
    std::memcpy(&size, bytes.data(), size_bytes);
    return size;
}

// The JSON, whose keys are checked while it is read: a library would keep the last of two.
using HeaderJson = nlohmann::json; // sorted: inserting a key among many is fast

HeaderJson parse_header(std::string_view text) {
    std::vector<std::set<std::string>> keys; // of the objects that are open
    int n_values = 0;
    const auto check = [&](int depth, HeaderJson::parse_event_t event, HeaderJson& value) {
        using Event = HeaderJson::parse_event_t;
        if (++n_values > most_values_of_header)
            throw Malformed(fmt::format("its header holds more than {} values", most_values_of_header));
        if (depth > deepest) throw Malformed("its header is nested too deeply");
        if (event == Event::object_start) keys.emplace_back();
        if (event == Event::object_end) keys.pop_back();
        if (event == Event::key && !keys.back().insert(value.get<std::string>()).second)
            throw Malformed(fmt::format("its header has the key {} twice", value.get<std::string>()));
        return true;
    };
    try {
        return HeaderJson::parse(text, check);
    } catch (const HeaderJson::exception&) {
        throw Malformed("its header is not valid JSON");
    }
}

std::uint64_t count_of(const HeaderJson& value, const std::string& name, std::string_view what) {
    // Larger numbers are none of sizes, and a sum of two of these does not overflow
    constexpr std::uint64_t largest = std::uint64_t{1} << 62;
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > largest)
        throw Malformed(fmt::format("tensor {}: {} is not a size", name, what));
    return value.get<std::uint64_t>();
}

const HeaderJson& member(const HeaderJson& described, const std::string& name, const char* key) {
    const auto found = described.find(key);
    if (found == described.end()) throw Malformed(fmt::format("tensor {}: it has no {}", name, key));
    return *found;
}

SafeTensor describe(const std::string& name, const HeaderJson& described, std::string_view data) {
    if (!described.is_object() || described.size() != 3)
        throw Malformed(fmt::format("tensor {}: it is not described by dtype, shape and data_offsets", name));
    const HeaderJson &type = member(described, name, "dtype"), &shape = member(described, name, "shape"),
                     &offsets = member(described, name, "data_offsets");
    const auto* const known =
        type.is_string() ? std::ranges::find(types, type.get<std::string>(), &NamedType::name) : types.end();
    if (known == types.end()) throw Malformed(fmt::format("tensor {}: its dtype is unknown", name));
    if (!shape.is_array() || shape.size() > most_dimensions)
        throw Malformed(
            fmt::format("tensor {}: its shape is no list of at most {} sizes", name, most_dimensions));
    SafeTensor tensor{name, std::string(known->name), known->type, {}, {}};
    for (const HeaderJson& axis : shape)
        tensor.shape.push_back(static_cast<std::int64_t>(count_of(axis, name, "a part of its shape")));
    if (!offsets.is_array() || offsets.size() != 2)
        throw Malformed(fmt::format("tensor {}: its data_offsets are not two numbers", name));
    const std::uint64_t begin = count_of(offsets[0], name, "where it begins"),
                        end = count_of(offsets[1], name, "where it ends");
    if (begin > end || end > data.size())
        throw Malformed(
            fmt::format("tensor {}: it reaches from byte {} to {} of {}", name, begin, end, data.size()));
    const auto bytes = product_within(data.size(), known->size, tensor.shape);
    if (!bytes) throw Malformed(fmt::format("tensor {}: its shape is larger than its file", name));
    if (*bytes != end - begin)
        throw Malformed(fmt::format("tensor {}: its shape does not fit its {} bytes", name, end - begin));
    tensor.bytes = data.substr(begin, end - begin);
    return tensor;
}

// Throws Malformed where the tensors, in the order of their places, do not fill the data one after the other.
void require_no_gaps(const std::vector<SafeTensor>& tensors, std::string_view data) {
    const char* place = data.data();
    for (const SafeTensor& tensor : tensors) {
        if (tensor.bytes.data() != place)
            throw Malformed(
                fmt::format("tensor {}: it overlaps another, or a hole is before it", tensor.name));
        place += tensor.bytes.size();
    }
    if (place != data.data() + data.size()) throw Malformed("something follows its tensors");
}

} // namespace

bool is_safetensors(std::string_view bytes) {
    // The upper bytes of the size are zero in a file of any real length
    return bytes.size() > size_bytes && bytes[size_bytes] == '{' &&
           bytes.substr(5, 3) == std::string_view("\0\0\0", 3);
}

std::vector<SafeTensor> read_safetensors(std::string_view bytes) {
    if (!is_safetensors(bytes)) throw Malformed("it is not a file of safetensors");
    const std::uint64_t size = header_size(bytes);
    if (size > bytes.size() - size_bytes) throw Malformed("its header is cut short");
    if (size > longest_header)
        throw Malformed(fmt::format("its header has {} bytes, more than {}", size, longest_header));
    const HeaderJson header = parse_header(bytes.substr(size_bytes, size));
    if (!header.is_object()) throw Malformed("its header is not an object of tensors");
    const std::string_view data = bytes.substr(size_bytes + size);
    std::vector<SafeTensor> tensors;
    for (const auto& [name, described] : header.items())
        if (name != metadata) tensors.push_back(describe(name, described, data));
    // Empty tensors before the one that begins at the same byte
    std::ranges::stable_sort(tensors, [](const SafeTensor& left, const SafeTensor& right) {
        return std::pair(left.bytes.data(), left.bytes.size()) <
               std::pair(right.bytes.data(), right.bytes.size());
    });
    require_no_gaps(tensors, data);
    return tensors;
}

Tensor read_tensor(const SafeTensor& tensor, std::uint64_t& left) {
    if (!tensor.type)
        throw Malformed(
            fmt::format("tensor {}: numbers of type {} are not read", tensor.name, tensor.type_name),
            "save it in float32");
    std::vector<std::int64_t> stride(tensor.shape.size(), 1);
    const bool is_empty = std::ranges::find(tensor.shape, 0) != tensor.shape.end();
    for (std::size_t d = tensor.shape.size(); d-- > 1 && !is_empty;)
        stride[d - 1] = stride[d] * tensor.shape[d];
    const auto elements = static_cast<std::int64_t>(tensor.bytes.size() / size_of(*tensor.type));
    return read_tensor(tensor.bytes, tensor.name, {{*tensor.type, {}, elements}, 0, tensor.shape, stride},
                       left);
}

std::string to_safetensors(const std::vector<Tensor>& tensors) {
    require_storable(tensors);
    Json header{{std::string(metadata), {{"format", "pt"}}}};
    std::uint64_t place = 0;
    for (const Tensor& tensor : tensors) {
        const std::uint64_t end = place + tensor.values.size() * sizeof(float);
        header[tensor.name] = {{"dtype", "F32"}, {"shape", tensor.shape}, {"data_offsets", {place, end}}};
        place = end;
    }
    std::string text = header.dump();
    text.resize((text.size() + size_bytes - 1) / size_bytes * size_bytes, ' '); // the numbers begin at 8 n
    const std::uint64_t size = text.size();
    std::string bytes(size_bytes, '\0');
    std::memcpy(bytes.data(), &size, size_bytes);
    bytes += text;
    for (const Tensor& tensor : tensors)
        bytes.append(reinterpret_cast<const char*>(tensor.values.data()),
                     tensor.values.size() * sizeof(float));
    return bytes;
}

} // namespace grokreport
