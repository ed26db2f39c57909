#include "training/tables.h"

#include "base/thread_pool.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace grokreport {

namespace {

constexpr int columns_a_block = 128; // of a sum over tokens
constexpr int tokens_a_block = 32;

// to += factor * from.
void add_scaled(ConstMatrix from, float factor, Matrix to) {
    for (int i = 0; i < to.rows; ++i)
        for (int j = 0; j < to.cols; ++j)
            to.row(i)[j] += factor * from.row(i)[j];
}

// to += column row, the outer product of two vectors.
void add_outer(const float* column, const float* row, Matrix to) {
    for (int i = 0; i < to.rows; ++i)
        for (int j = 0; j < to.cols; ++j)
            to.row(i)[j] += column[i] * row[j];
}

Matrix head_block(AlignedFloats& buffer, int head, int d_head, int width, int stride) {
    return {buffer.data() + static_cast<std::size_t>(head) * d_head * stride, d_head, width, stride};
}

} // namespace

TokenTables::TokenTables(const Config& config, int width)
    : config_(config), tokens_(config), width_(width), stride_(row_stride(width)) {
    const std::size_t rows = static_cast<std::size_t>(tokens_.count()) * config.n_heads;
    differences_.resize(rows * stride_);
    difference_gradients_.resize(rows * stride_);
    constant_.resize(stride_);
    constant_gradient_.resize(stride_);
    values_.resize(rows * config.d_head);
    value_gradients_.resize(rows * config.d_head);
    outputs_.resize(static_cast<std::size_t>(config.heads_width()) * stride_);
    output_gradients_.resize(outputs_.size());
    queries_.resize(static_cast<std::size_t>(config.n_heads) * config.d_head);
    score_directions_.resize(static_cast<std::size_t>(config.n_heads) * config.d_model);
    numerators_.resize(rows);
    score_gradients_.resize(rows);
}

void TokenTables::build(const ParameterMatrices<const float>& weights, ConstMatrix B, ConstMatrix bias,
                        ThreadPool& pool) {
    const int d_head = config_.d_head, equals = tokens_.equals();
    tokens_.build(weights);
    build_scores(weights);

    // T^h = (X W_V^h) (W_O^h B): the cheapest order, because d_head is small
    pool.for_each_block(config_.n_heads, [&](int head) {
        const Matrix V = head_values(values_, head);
        const Matrix O = head_block(outputs_, head, d_head, width_, stride_);
        multiply(tokens_.X(), weights.W_V[head], V);
        multiply(weights.W_O.row_block(head * d_head, d_head), B, O);
        const Matrix T = head_rows(differences_.data(), head);
        multiply(V, O, T);
        for (int token = 0; token < equals; ++token)
            add_scaled(T.row_block(equals, 1), -1.0F, T.row_block(token, 1));
    });

    // constant = x_= B + bias + sum over h of T^h[=]
    const Matrix constant{constant_.data(), 1, width_, stride_};
    multiply(tokens_.X().row_block(equals, 1), B, constant);
    add_scaled(bias, 1.0F, constant);
    for (int head = 0; head < config_.n_heads; ++head)
        add_scaled(differences(equals).row_block(head, 1), 1.0F, constant);
}

void TokenTables::build_scores(const ParameterMatrices<const float>& weights) {
    const int d_model = config_.d_model, d_head = config_.d_head;
    const ConstMatrix X = tokens_.X();
    const auto scale = static_cast<float>(1.0 / std::sqrt(d_head));
    for (int head = 0; head < config_.n_heads; ++head) {
        // s[t] = X[t] . direction, direction = W_K q, q = x_= W_Q
        const Matrix q{queries_.data() + static_cast<std::size_t>(head) * d_head, 1, d_head, d_head};
        const Matrix direction{score_directions_.data() + static_cast<std::size_t>(head) * d_model, 1,
                               d_model, d_model};
        multiply(X.row_block(tokens_.equals(), 1), weights.W_Q[head], q);
        multiply(q, transposed(weights.W_K[head]), direction);

        double largest = -std::numeric_limits<double>::infinity();
        for (int token = 0; token < tokens_.count(); ++token) {
            double score = 0;
            for (int i = 0; i < d_model; ++i)
                score += X.row(token)[i] * direction.data[i];
            numerators_[at(token, head)] = score * scale;
            largest = std::max(largest, score * scale);
        }
        for (int token = 0; token < tokens_.count(); ++token)
            numerators_[at(token, head)] = std::exp(numerators_[at(token, head)] - largest);
    }
}

void TokenTables::backward(const ParameterMatrices<const float>& weights, ConstMatrix B,
                           const ParameterMatrices<float>& gradient, Matrix B_gradient, ThreadPool& pool) {
    const int n_tokens = tokens_.count(), d_head = config_.d_head, equals = tokens_.equals();
    const ConstMatrix X = tokens_.X();
    tokens_.begin_backward(gradient);
    pool.for_each_block(blocks_of(width_, columns_a_block), [&](int block) {
        const int first = block * columns_a_block;
        fill_equals_gradients(first, std::min(columns_a_block, width_ - first));
    });

    // Chain rule of T^h = V^h O^h, V^h = X W_V^h, O^h = W_O^h B for each head
    pool.for_each_block(config_.n_heads, [&](int head) {
        const Matrix V = head_values(values_, head), V_gradient = head_values(value_gradients_, head);
        const Matrix O_gradient = head_block(output_gradients_, head, d_head, width_, stride_);
        const ConstMatrix T_gradient = head_rows(difference_gradients_.data(), head);
        multiply(T_gradient, transposed(head_block(outputs_, head, d_head, width_, stride_)), V_gradient);
        multiply(transposed(V), T_gradient, O_gradient);
        multiply(transposed(X), V_gradient, gradient.W_V[head], Into::add);
        multiply(O_gradient, transposed(B), gradient.W_O.row_block(head * d_head, d_head), Into::add);
    });
    const ConstMatrix O_gradients{output_gradients_.data(), config_.heads_width(), width_, stride_};
    multiply_in_parallel(transposed(weights.W_O), O_gradients, B_gradient, pool);
    const Matrix X_gradient = tokens_.X_gradient();
    pool.for_each_block(blocks_of(n_tokens, tokens_a_block), [&](int block) {
        const int first = block * tokens_a_block, count = std::min(tokens_a_block, n_tokens - first);
        for (int head = 0; head < config_.n_heads; ++head)
            multiply(head_values(value_gradients_, head).row_block(first, count),
                     transposed(weights.W_V[head]), X_gradient.row_block(first, count), Into::add);
    });

    // Chain rule of x_= B
    const ConstMatrix constant_gradient_row = constant_gradient();
    add_outer(X.row(equals), constant_gradient_row.data, B_gradient);
    multiply(constant_gradient_row, transposed(B), tokens_.X_gradient().row_block(equals, 1), Into::add);
    backward_scores(weights, gradient);
    tokens_.end_backward(gradient);
}

// T^h[=] is a term of the constant row and, with the opposite sign, of every difference.
void TokenTables::fill_equals_gradients(int first, int count) {
    const int equals = tokens_.equals();
    const Matrix rows = difference_gradients(equals).col_block(first, count);
    for (int head = 0; head < config_.n_heads; ++head) {
        const Matrix row = rows.row_block(head, 1);
        std::copy_n(constant_gradient_.data() + first, count, row.data);
        for (int token = 0; token < equals; ++token)
            add_scaled(difference_gradients(token).col_block(first, count).row_block(head, 1), -1.0F, row);
    }
}

void TokenTables::backward_scores(const ParameterMatrices<const float>& weights,
                                  const ParameterMatrices<float>& gradient) {
    const int d_model = config_.d_model, d_head = config_.d_head, equals = tokens_.equals();
    const ConstMatrix X = tokens_.X();
    const Matrix X_gradient = tokens_.X_gradient();
    const auto scale = static_cast<float>(1.0 / std::sqrt(d_head));
    std::vector<float> direction_gradient(d_model), q_gradient(d_head);
    for (int head = 0; head < config_.n_heads; ++head) {
        const float* direction = score_directions_.data() + static_cast<std::size_t>(head) * d_model;
        const float* q = queries_.data() + static_cast<std::size_t>(head) * d_head;
        std::ranges::fill(direction_gradient, 0.0F);
        for (int token = 0; token < tokens_.count(); ++token) {
            const float g = static_cast<float>(score_gradient(token, head)) * scale;
            for (int i = 0; i < d_model; ++i) {
                direction_gradient[i] += g * X.row(token)[i];
                X_gradient.row(token)[i] += g * direction[i];
            }
        }
        // Chain rule of direction = W_K q and q = x_= W_Q
        add_outer(direction_gradient.data(), q, gradient.W_K[head]);
        multiply(ConstMatrix{direction_gradient.data(), 1, d_model, d_model}, weights.W_K[head],
                 Matrix{q_gradient.data(), 1, d_head, d_head});
        add_outer(X.row(equals), q_gradient.data(), gradient.W_Q[head]);
        multiply(ConstMatrix{q_gradient.data(), 1, d_head, d_head}, transposed(weights.W_Q[head]),
                 X_gradient.row_block(equals, 1), Into::add);
    }
}

} // namespace grokreport
