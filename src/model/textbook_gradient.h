// Loss and gradient of the textbook transformer by LibTorch's automatic differentiation in float64: what the
// factored engine is compared with (claim engine.exact).
#pragma once

#include "model/config.h"
#include "model/dataset.h"
#include "model/parameters.h"

#include <span>
#include <vector>

namespace grokreport {

struct TextbookGradient {
    double loss = 0;                          // mean cross-entropy over the pairs, nats
    std::vector<std::vector<double>> tensors; // d loss / d parameter, row-major, in the order of specs()
};

// On one thread, so that the bits do not depend on the number of cores. Loads LibTorch (textbook_module.h).
// Throws Error where it cannot be loaded. train: not empty.
TextbookGradient textbook_gradient(const Config& config, std::span<const Pair> train,
                                   const Parameters& parameters);

// What the module exports under that name.
inline constexpr const char* textbook_gradient_name = "grokreport_textbook_gradient";
using TextbookGradientFunction = void(const Config& config, std::span<const Pair> train,
                                      const Parameters& parameters, TextbookGradient& result);

} // namespace grokreport
