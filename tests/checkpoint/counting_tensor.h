// A tensor whose values tell their place.
#pragma once

#include "checkpoint/checkpoint.h"

#include <functional>
#include <numeric>
#include <utility>

namespace grokreport::testing {

// The values 0, 1, 2, ... in the given shape.
inline Tensor counting(const std::string& name, std::vector<std::int64_t> shape) {
    const auto size = std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
    Tensor tensor{name, std::move(shape), std::vector<float>(static_cast<std::size_t>(size))};
    std::iota(tensor.values.begin(), tensor.values.end(), 0.0F);
    return tensor;
}

} // namespace grokreport::testing
