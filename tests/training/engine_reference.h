// The textbook module in float64 as the measure of the engine's gradients.
#pragma once

#include "model/transformer.h"
#include "training/engine.h"

#include <random>

namespace grokreport::testing {

constexpr double gradient_tolerance = 1e-4; // relative error of each gradient tensor: float32 against float64
constexpr double loss_tolerance = 1e-6;     // relative

// Weights far from the initialisation, biases included, so that no gradient is zero by accident.
inline Parameters random_parameters(const Config& config) {
    Parameters parameters(config);
    std::mt19937_64 random(config.seed + 1);
    std::normal_distribution<float> normal(0, 0.35F);
    for (float& value : parameters.flat())
        value = normal(random);
    return parameters;
}

inline double relative_error(std::span<const float> ours, const torch::Tensor& reference) {
    const auto mine = torch::tensor(at::ArrayRef<float>(ours.data(), ours.size()))
                          .to(torch::kFloat64)
                          .view(reference.sizes());
    const double size = reference.norm().item<double>();
    const double difference = (mine - reference).norm().item<double>();
    return size == 0 ? difference : difference / size;
}

} // namespace grokreport::testing
