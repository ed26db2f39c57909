#include "training/token_positions.h"

#include <algorithm>

namespace grokreport {

TokenPositions::TokenPositions(const Config& config)
    : config_(config),
      first_b_(has_positions(config.variant) ? config.p : 0),
      count_(first_b_ + config.d_vocab()) {
    if (!has_positions(config.variant)) return;
    sums_.resize(static_cast<std::size_t>(count_) * config.d_model);
    sum_gradients_.resize(sums_.size());
}

TokenPositions::Place TokenPositions::place(int row) const {
    if (row == equals()) return {config_.equals_token(), 2};
    return row < first_b_ ? Place{row, 0} : Place{row - first_b_, 1};
}

void TokenPositions::build(const ParameterMatrices<const float>& weights) {
    X_ = weights.W_E;
    if (!has_positions(config_.variant)) return;
    for (int row = 0; row < count_; ++row) {
        const auto [token, position] = place(row);
        float* sum = sums_.data() + static_cast<std::size_t>(row) * config_.d_model;
        for (int i = 0; i < config_.d_model; ++i)
            sum[i] = weights.W_E.row(token)[i] + weights.W_pos.row(position)[i];
    }
    X_ = {sums_.data(), count_, config_.d_model, config_.d_model};
}

void TokenPositions::begin_backward(const ParameterMatrices<float>& gradient) {
    X_gradient_ = gradient.W_E;
    if (!has_positions(config_.variant)) return;
    std::ranges::fill(sum_gradients_, 0.0F);
    X_gradient_ = {sum_gradients_.data(), count_, config_.d_model, config_.d_model};
}

void TokenPositions::end_backward(const ParameterMatrices<float>& gradient) const {
    if (!has_positions(config_.variant)) return;
    for (int row = 0; row < count_; ++row) {
        const auto [token, position] = place(row);
        for (int i = 0; i < config_.d_model; ++i) {
            gradient.W_E.row(token)[i] += X_gradient_.row(row)[i];
            gradient.W_pos.row(position)[i] += X_gradient_.row(row)[i];
        }
    }
}

} // namespace grokreport
