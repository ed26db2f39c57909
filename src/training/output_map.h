// The map from the residual stream after attention to the logits, with products of weights computed in
// advance.
//
// relu:    row = [pre | direct], B = [W_in | W_U], bias = [b_in | b_out W_U]
//          logits = direct + relu(pre) W_L,  W_L = W_out W_U  (d_mlp x d_vocab)
//          Columns of zeros after pre let the logits start on a cache line.
// linear:  post = pre, so the row is the logits:
//          B = (1 + W_in W_out) W_U,  bias = (b_in W_out + b_out) W_U
#pragma once

#include "model/config.h"
#include "model/parameters.h"
#include "training/aligned.h"

#include <memory>

namespace grokreport {

class OutputMap {
  public:
    virtual ~OutputMap() = default;

    // Columns of `pre` in a row: d_mlp with a ReLU, 0 without. The last d_vocab columns are the logits.
    virtual int hidden() const = 0;
    int first_logit() const { return padded(hidden()); }
    // Computes B, bias and W_L.
    virtual void build(const ParameterMatrices<const float>& weights, ThreadPool& pool) = 0;

    ConstMatrix B() const { return {B_.data(), config_.d_model, width(), stride_}; }
    ConstMatrix bias() const { return {bias_.data(), 1, width(), stride_}; }
    Matrix B_gradient() { return {B_gradient_.data(), config_.d_model, width(), stride_}; }

    // hidden() x d_vocab. The pass over the pairs writes one gradient for each chunk; add_W_L_gradients()
    // adds them, in the order of the chunks, to that of chunk 0.
    ConstMatrix W_L() const { return {W_L_.data(), hidden(), config_.d_vocab(), logits_stride_}; }
    Matrix W_L_gradient_of(int chunk) {
        return {W_L_gradients_.data() + static_cast<std::size_t>(chunk) * hidden() * logits_stride_, hidden(),
                config_.d_vocab(), logits_stride_};
    }
    void add_W_L_gradients(ThreadPool& pool);

    // Adds the gradients of W_in, b_in, W_out, b_out and W_U to `gradient`. Needs those of B, of the bias row
    // (1 x width) and of W_L.
    virtual void backward(const ParameterMatrices<const float>& weights, ConstMatrix bias_gradient,
                          const ParameterMatrices<float>& gradient, ThreadPool& pool) = 0;

    int width() const { return first_logit() + config_.d_vocab(); }

  protected:
    OutputMap(const Config& config, int hidden_width, int n_chunks);

    Config config_;
    int stride_;
    int logits_stride_;
    int n_chunks_;
    AlignedFloats B_, B_gradient_, bias_, W_L_, W_L_gradients_;
};

// The map of the variant of the config. n_chunks: number of gradients of W_L.
std::unique_ptr<OutputMap> make_output_map(const Config& config, int n_chunks);

} // namespace grokreport
