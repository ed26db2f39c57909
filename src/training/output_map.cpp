#include "training/output_map.h"

#include "base/thread_pool.h"

#include <algorithm>
#include <vector>

namespace grokreport {

namespace {

void copy(ConstMatrix from, Matrix to) {
    for (int i = 0; i < to.rows; ++i)
        std::copy_n(from.row(i), to.cols, to.row(i));
}

void add(ConstMatrix from, Matrix to) {
    for (int i = 0; i < to.rows; ++i)
        for (int j = 0; j < to.cols; ++j)
            to.row(i)[j] += from.row(i)[j];
}

class ReluOutputMap final : public OutputMap {
  public:
    ReluOutputMap(const Config& config, int n_chunks) : OutputMap(config, config.d_mlp, n_chunks) {}
    int hidden() const override { return config_.d_mlp; }

    void build(const ParameterMatrices<const float>& weights, ThreadPool& pool) override {
        const Matrix B{B_.data(), config_.d_model, width(), stride_};
        copy(weights.W_in, B.col_block(0, hidden()));
        copy(weights.W_U, B.col_block(first_logit(), config_.d_vocab()));
        const Matrix bias{bias_.data(), 1, width(), stride_};
        copy(weights.b_in, bias.col_block(0, hidden()));
        multiply(weights.b_out, weights.W_U, bias.col_block(first_logit(), config_.d_vocab()));
        multiply_in_parallel(weights.W_out, weights.W_U,
                             Matrix{W_L_.data(), hidden(), config_.d_vocab(), logits_stride_}, pool);
    }

    void backward(const ParameterMatrices<const float>& weights, ConstMatrix bias_gradient,
                  const ParameterMatrices<float>& gradient, ThreadPool& pool) override {
        const ConstMatrix logits_gradient = bias_gradient.col_block(first_logit(), config_.d_vocab());
        add(B_gradient().col_block(0, hidden()), gradient.W_in);
        add(bias_gradient.col_block(0, hidden()), gradient.b_in);
        add(B_gradient().col_block(first_logit(), config_.d_vocab()), gradient.W_U);
        multiply(transposed(weights.b_out), logits_gradient, gradient.W_U, Into::add);
        multiply(logits_gradient, transposed(weights.W_U), gradient.b_out, Into::add);
        multiply_in_parallel(W_L_gradient_of(0), transposed(weights.W_U), gradient.W_out, pool, Into::add);
        multiply_in_parallel(transposed(weights.W_out), W_L_gradient_of(0), gradient.W_U, pool, Into::add);
    }
};

class LinearOutputMap final : public OutputMap {
  public:
    explicit LinearOutputMap(const Config& config)
        : OutputMap(config, 0, 0),
          through_mlp_(static_cast<std::size_t>(config.d_model) * config.d_model),
          through_mlp_gradient_(through_mlp_.size()),
          mlp_bias_(config.d_model) {}
    int hidden() const override { return 0; }

    void build(const ParameterMatrices<const float>& weights, ThreadPool& pool) override {
        // W_in W_out first, because d_model x d_model is the smallest product
        multiply_in_parallel(weights.W_in, weights.W_out, through_mlp(), pool);
        for (int i = 0; i < config_.d_model; ++i)
            through_mlp().row(i)[i] += 1;
        multiply_in_parallel(through_mlp(), weights.W_U, Matrix{B_.data(), config_.d_model, width(), stride_},
                             pool);
        copy(weights.b_out, mlp_bias());
        multiply(weights.b_in, weights.W_out, mlp_bias(), Into::add);
        multiply(mlp_bias(), weights.W_U, Matrix{bias_.data(), 1, width(), stride_});
    }

    void backward(const ParameterMatrices<const float>& weights, ConstMatrix bias_gradient,
                  const ParameterMatrices<float>& gradient, ThreadPool& pool) override {
        const Matrix N_gradient{through_mlp_gradient_.data(), config_.d_model, config_.d_model,
                                config_.d_model};
        multiply_in_parallel(B_gradient(), transposed(weights.W_U), N_gradient, pool);
        multiply_in_parallel(transposed(through_mlp()), B_gradient(), gradient.W_U, pool, Into::add);
        multiply_in_parallel(N_gradient, transposed(weights.W_out), gradient.W_in, pool, Into::add);
        multiply_in_parallel(transposed(weights.W_in), N_gradient, gradient.W_out, pool, Into::add);

        std::vector<float> mlp_bias_gradient(config_.d_model);
        const Matrix r_gradient{mlp_bias_gradient.data(), 1, config_.d_model, config_.d_model};
        multiply(transposed(mlp_bias()), bias_gradient, gradient.W_U, Into::add);
        multiply(bias_gradient, transposed(weights.W_U), r_gradient);
        add(r_gradient, gradient.b_out);
        multiply(r_gradient, transposed(weights.W_out), gradient.b_in, Into::add);
        multiply(transposed(weights.b_in), r_gradient, gradient.W_out, Into::add);
    }

  private:
    Matrix through_mlp() { return {through_mlp_.data(), config_.d_model, config_.d_model, config_.d_model}; }
    Matrix mlp_bias() { return {mlp_bias_.data(), 1, config_.d_model, config_.d_model}; }

    std::vector<float> through_mlp_, through_mlp_gradient_; // (d_model, d_model): N = 1 + W_in W_out
    std::vector<float> mlp_bias_;                           // (d_model): b_in W_out + b_out
};

} // namespace

OutputMap::OutputMap(const Config& config, int hidden_width, int n_chunks)
    : config_(config),
      stride_(row_stride(padded(hidden_width) + config.d_vocab())),
      logits_stride_(row_stride(config.d_vocab())),
      n_chunks_(n_chunks) {
    B_.resize(static_cast<std::size_t>(config.d_model) * stride_);
    B_gradient_.resize(B_.size());
    bias_.resize(stride_);
    W_L_.resize(static_cast<std::size_t>(hidden_width) * logits_stride_);
    W_L_gradients_.resize(n_chunks * W_L_.size());
}

void OutputMap::add_W_L_gradients(ThreadPool& pool) {
    pool.for_each_block(hidden(), [&](int neuron) {
        for (int chunk = 1; chunk < n_chunks_; ++chunk)
            add(W_L_gradient_of(chunk).row_block(neuron, 1), W_L_gradient_of(0).row_block(neuron, 1));
    });
}

std::unique_ptr<OutputMap> make_output_map(const Config& config, int n_chunks) {
    if (has_relu(config.variant)) return std::make_unique<ReluOutputMap>(config, n_chunks);
    return std::make_unique<LinearOutputMap>(config);
}

} // namespace grokreport
