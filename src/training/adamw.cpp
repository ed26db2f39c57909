#include "training/adamw.h"

#include <algorithm>
#include <cmath>

namespace grokreport {

namespace {

constexpr int values_a_block = 16384;

} // namespace

AdamW::AdamW(const Config& config, std::size_t n_values, ThreadPool& pool) : config_(config), pool_(&pool) {
    state_.first_moment.resize(n_values);
    state_.second_moment.resize(n_values);
}

void AdamW::step(std::span<float> values, std::span<const float> gradient) {
    ++state_.steps;
    const auto beta1 = static_cast<float>(config_.beta1), beta2 = static_cast<float>(config_.beta2);
    const auto rest1 = static_cast<float>(1 - config_.beta1), rest2 = static_cast<float>(1 - config_.beta2);
    const auto decay = static_cast<float>(1 - config_.learning_rate * config_.weight_decay);
    const double correction1 = 1 - std::pow(config_.beta1, state_.steps);
    const double correction2 = 1 - std::pow(config_.beta2, state_.steps);
    const auto step_size = static_cast<float>(config_.learning_rate / correction1);
    const auto second_scale = static_cast<float>(1 / std::sqrt(correction2));
    const auto epsilon = static_cast<float>(config_.epsilon);

    const int n = static_cast<int>(values.size());
    pool_->for_each_block(blocks_of(n, values_a_block), [&](int block) {
        const int first = block * values_a_block, last = std::min(n, first + values_a_block);
        float* value = values.data();
        const float* slope = gradient.data();
        float* first_moment = state_.first_moment.data();
        float* second_moment = state_.second_moment.data();
#pragma omp simd
        for (int i = first; i < last; ++i) {
            first_moment[i] = beta1 * first_moment[i] + rest1 * slope[i];
            second_moment[i] = beta2 * second_moment[i] + rest2 * slope[i] * slope[i];
            const float denominator = std::sqrt(second_moment[i]) * second_scale + epsilon;
            value[i] = decay * value[i] - step_size * first_moment[i] / denominator;
        }
    });
}

} // namespace grokreport
