// Attention as tables over tokens (step 1 of engine.h).
//
// A key and a value depend only on a row of X: on the token and, with a positional embedding, on its position
// (token_positions.h). Below, "token" means a row of X; there are n_tokens of them, and a, b and '=' are
// those of a pair. Let B (d_model x width) be the map from the residual stream to a row (output_map.h). Head
// h adds to the row of (a, b)
//     w[a] T^h[a] + w[b] T^h[b] + w[=] T^h[=],   T^h = X W_V^h W_O^h B   (n_tokens x width),
// where w is the softmax over the three tokens of
//     s^h[t] = (x_= W_Q^h) . (x_t W_K^h) / sqrt(d_head).
// The weights sum to 1, so T^h[=] can move into a constant row:
//     row(a, b) = constant + sum over h of  w[a] D^h[a] + w[b] D^h[b],   D^h[t] = T^h[t] - T^h[=],
//     constant  = x_= B + bias + sum over h of T^h[=].
#pragma once

#include "model/config.h"
#include "model/parameters.h"
#include "training/aligned.h"
#include "training/token_positions.h"

#include <vector>

namespace grokreport {

class TokenTables {
    std::size_t at(int token, int head) const {
        return static_cast<std::size_t>(token) * config_.n_heads + head;
    }
    template <typename Value>
    MatrixOf<Value> token_rows(Value* table, int token) const {
        return {table + at(token, 0) * stride_, config_.n_heads, width_, stride_};
    }
    // The rows of all tokens of one head: n_tokens x width.
    template <typename Value>
    MatrixOf<Value> head_rows(Value* table, int head) const {
        return {table + at(0, head) * stride_, tokens_.count(), width_, config_.n_heads * stride_};
    }

  public:
    // width: columns of a row (OutputMap::width()).
    TokenTables(const Config& config, int width);

    // Computes the tables. B: d_model x width; bias: 1 x width.
    void build(const ParameterMatrices<const float>& weights, ConstMatrix B, ConstMatrix bias,
               ThreadPool& pool);

    // Adds the gradients of W_E, W_pos, W_Q, W_K, W_V and W_O to `gradient` and overwrites that of B. Needs
    // the gradients of the differences D (difference_gradients()), of the constant row and of the scores
    // (score_gradient()).
    void backward(const ParameterMatrices<const float>& weights, ConstMatrix B,
                  const ParameterMatrices<float>& gradient, Matrix B_gradient, ThreadPool& pool);

    const TokenPositions& tokens() const { return tokens_; }

    // D^h[t] as row h: n_heads x width. For '=' it is T^h[=]. Columns from width to stride() are zero.
    ConstMatrix differences(int token) const { return token_rows(differences_.data(), token); }
    Matrix difference_gradients(int token) { return token_rows(difference_gradients_.data(), token); }
    ConstMatrix constant() const { return {constant_.data(), 1, width_, stride_}; }
    Matrix constant_gradient() { return {constant_gradient_.data(), 1, width_, stride_}; }

    // exp(s^h[t] - max over tokens of s^h): a softmax numerator of head h.
    double attention_numerator(int token, int head) const { return numerators_[at(token, head)]; }
    double& score_gradient(int token, int head) { return score_gradients_[at(token, head)]; }

    void clear_score_gradients() { score_gradients_.assign(score_gradients_.size(), 0.0); }
    int stride() const { return stride_; }

  private:
    void build_scores(const ParameterMatrices<const float>& weights);
    void backward_scores(const ParameterMatrices<const float>& weights,
                         const ParameterMatrices<float>& gradient);
    void fill_equals_gradients(int first, int count);                // columns [first, first + count)
    Matrix head_values(std::vector<float>& of_all, int head) const { // (n_tokens, d_head)
        const int n = tokens_.count(), d_head = config_.d_head;
        return {of_all.data() + static_cast<std::ptrdiff_t>(head) * n * d_head, n, d_head, d_head};
    }

    Config config_;
    TokenPositions tokens_;
    int width_;
    int stride_;                                       // row_stride(width)
    AlignedFloats differences_, difference_gradients_; // (n_tokens, n_heads, stride)
    AlignedFloats constant_, constant_gradient_;       // (stride)
    std::vector<float> values_, value_gradients_;      // (n_heads, n_tokens, d_head): X W_V^h
    AlignedFloats outputs_, output_gradients_;         // (n_heads * d_head, stride): W_O B
    std::vector<float> queries_, score_directions_;    // (n_heads, d_head); (n_heads, d_model)
    std::vector<double> numerators_, score_gradients_; // (n_tokens, n_heads)
};

} // namespace grokreport
