// The weights of one model in float32. All tensors stand in one contiguous buffer, so that the optimiser is
// one loop, and each has its TransformerLens name and shape, so that a checkpoint is a loop over specs().
#pragma once

#include "base/matrix.h"
#include "model/config.h"

#include <span>
#include <string>
#include <vector>

namespace grokreport {

struct ParameterSpec {
    std::string name;
    std::vector<std::int64_t> shape;
    std::size_t offset = 0; // index of its first value in the buffer
    std::size_t size = 0;   // number of values
};

class Parameters {
  public:
    explicit Parameters(const Config& config); // all zero

    const std::vector<ParameterSpec>& specs() const { return specs_; }
    std::span<float> flat() { return values_; }
    std::span<const float> flat() const { return values_; }
    std::span<float> values(const ParameterSpec& spec) { return flat().subspan(spec.offset, spec.size); }
    std::span<const float> values(const ParameterSpec& spec) const {
        return flat().subspan(spec.offset, spec.size);
    }

  private:
    std::vector<ParameterSpec> specs_;
    std::vector<float> values_;
};

// Views of the parameters as matrices. W_Q, W_K and W_V are one matrix for each head.
template <typename Value>
struct ParameterMatrices {
    MatrixOf<Value> W_E;                        // d_vocab x d_model
    MatrixOf<Value> W_pos;                      // 3 x d_model; empty without a positional embedding
    std::vector<MatrixOf<Value>> W_Q, W_K, W_V; // n_heads of d_model x d_head
    MatrixOf<Value> W_O;                        // (n_heads * d_head) x d_model
    MatrixOf<Value> W_in;                       // d_model x d_mlp
    MatrixOf<Value> b_in;                       // 1 x d_mlp
    MatrixOf<Value> W_out;                      // d_mlp x d_model
    MatrixOf<Value> b_out;                      // 1 x d_model
    MatrixOf<Value> W_U;                        // d_model x d_vocab
};

ParameterMatrices<float> matrices(Parameters& parameters);
ParameterMatrices<const float> matrices(const Parameters& parameters);

// Weights at the start of training, as in Nanda et al. 2023: N(0, 1/d_model), but W_U N(0, 1/d_vocab), and
// zero biases. The second parameter is the variance. Seeded by config.seed.
Parameters initial_parameters(const Config& config);

} // namespace grokreport
