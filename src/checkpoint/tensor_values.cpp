#include "checkpoint/tensor_values.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstring>
#include <fmt/format.h>
#include <utility>

namespace grokreport {

using pickle::ElementType;
using pickle::TensorView;

namespace {

// Throws Malformed where the last element of the view is outside its storage. Each term is checked before it
// is added, so nothing overflows: a stride that counts is smaller than the storage, far below 2^31.
void require_in_storage(const TensorView& view, std::uint64_t values) {
    if (values == 0) return;
    std::int64_t last = view.offset;
    for (std::size_t d = 0; d < view.shape.size() && last < view.storage.size; ++d) {
        if (view.shape[d] == 1) continue;
        if (view.stride[d] >= view.storage.size) throw Malformed("its stride steps out of its storage");
        last += (view.shape[d] - 1) * view.stride[d];
    }
    if (last >= view.storage.size) throw Malformed("its shape does not fit its storage");
}

template <class Element>
float element(std::string_view storage, std::int64_t index) {
    Element value{};
    std::memcpy(&value, storage.data() + static_cast<std::size_t>(index) * sizeof value, sizeof value);
    return static_cast<float>(value);
}

// The values of the view in row-major order: the last index runs fastest.
template <class Element>
std::vector<float> gather(const TensorView& view, std::string_view storage, std::uint64_t number) {
    std::vector<float> values(number);
    std::vector<std::int64_t> index(view.shape.size(), 0);
    std::int64_t place = view.offset;
    for (float& value : values) {
        value = element<Element>(storage, place);
        if (!std::isfinite(value)) throw Malformed("it holds a value that is not finite in float32");
        for (std::size_t d = view.shape.size(); d-- > 0;) {
            if (view.shape[d] == 1) continue; // its stride does not matter
            place += view.stride[d];
            if (++index[d] < view.shape[d]) break;
            place -= view.stride[d] * std::exchange(index[d], 0);
        }
    }
    return values;
}

std::vector<float> values_of(const TensorView& view, std::string_view storage, std::uint64_t most) {
    const auto product = product_within(most, 1, view.shape);
    if (!product) throw Malformed("its shape is larger than its file");
    const std::uint64_t number = *product;
    require_in_storage(view, number);
    switch (view.storage.type) {
    case ElementType::float16:
        return gather<Eigen::half>(view, storage, number);
    case ElementType::bfloat16:
        return gather<Eigen::bfloat16>(view, storage, number);
    case ElementType::float32:
        return gather<float>(view, storage, number);
    case ElementType::float64:
        return gather<double>(view, storage, number);
    case ElementType::boolean:
    case ElementType::uint8:
        return gather<std::uint8_t>(view, storage, number);
    case ElementType::int8:
        return gather<std::int8_t>(view, storage, number);
    case ElementType::int16:
        return gather<std::int16_t>(view, storage, number);
    case ElementType::int32:
        return gather<std::int32_t>(view, storage, number);
    case ElementType::int64:
        return gather<std::int64_t>(view, storage, number);
    }
    throw Malformed("a storage has no element type");
}

} // namespace

std::optional<std::uint64_t> product_within(std::uint64_t most, std::uint64_t first,
                                            const std::vector<std::int64_t>& sizes) {
    if (std::ranges::find(sizes, 0) != sizes.end()) return 0;
    std::uint64_t product = first;
    for (const std::int64_t size : sizes) {
        if (static_cast<std::uint64_t>(size) > most / product) return std::nullopt;
        product *= static_cast<std::uint64_t>(size);
    }
    return product;
}

Tensor read_tensor(std::string_view storage, std::string_view name, const TensorView& view,
                   std::uint64_t& left) {
    try {
        Tensor tensor{std::string(name), view.shape, values_of(view, storage, left)};
        left -= tensor.values.size();
        return tensor;
    } catch (const Malformed& problem) {
        throw Malformed(fmt::format("tensor {}: {}", name, problem.what()));
    }
}

Tensor read_tensor(const TorchFile& file, std::string_view name, const TensorView& view,
                   std::uint64_t& left) {
    std::string_view storage;
    try {
        storage = file.bytes_of(view.storage);
    } catch (const Malformed& problem) {
        throw Malformed(fmt::format("tensor {}: {}", name, problem.what()));
    }
    return read_tensor(storage, name, view, left);
}

} // namespace grokreport
