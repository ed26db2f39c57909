// Models and weights for the tests of the engine.
#pragma once

#include "model/config.h"
#include "model/parameters.h"

#include <array>
#include <random>

namespace grokreport::testing {

constexpr double loss_tolerance = 1e-6; // relative: float32 against float64

// Weights far from the initialisation, with random biases, so that no gradient is zero by chance.
inline Parameters random_parameters(const Config& config) {
    Parameters parameters(config);
    std::mt19937_64 random(config.seed + 1);
    std::normal_distribution<float> normal(0, 0.35F);
    for (float& value : parameters.flat())
        value = normal(random);
    return parameters;
}

inline Config small_config(Variant variant) {
    Config config;
    config.variant = variant;
    config.p = 23;
    config.d_model = 24;
    config.n_heads = 3;
    config.d_head = 7;
    config.d_mlp = 50;
    config.seed = 5;
    return config;
}

inline constexpr int n_models = 24; // of random_config()

// A model of random sizes, few of them multiples of a vector register.
inline Config random_config(int model) {
    std::mt19937_64 random(static_cast<std::uint64_t>(model) + 100);
    const auto draw = [&](int least, int most) {
        return std::uniform_int_distribution<int>(least, most)(random);
    };
    constexpr std::array primes{5, 7, 11, 13, 17, 19};
    constexpr std::array variants{Variant::relu, Variant::linear, Variant::frozen, Variant::paper};
    Config config;
    config.variant = variants.at(static_cast<std::size_t>(model) % variants.size());
    config.seed = random();
    config.p = primes.at(static_cast<std::size_t>(draw(0, 5)));
    config.n_heads = draw(1, 9);
    config.d_head = draw(1, 9);
    config.d_model = draw(2, 40);
    config.d_mlp = draw(1, 90);
    config.train_fraction = 0.05 * draw(3, 19);
    return config;
}

} // namespace grokreport::testing
