// The textbook transformer of section 3, as a torch::nn::Module: the readable reference that the factored
// engine is compared with. Nothing here is fast.
//
// This header brings in all of LibTorch (15 to 20 s of compilation), so only model.cpp, the textbook side of
// the benchmark and the tests that compare include it.
#pragma once

#include "model/config.h"
#include "model/dataset.h"
#include "model/parameters.h"

#include <span>
#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

namespace grokreport {

// One layer, no layer norm, no positional embedding but in Variant::paper, causal mask. Shapes as in
// TransformerLens.
class TransformerImpl : public torch::nn::Module {
  public:
    TransformerImpl(const Config& config, torch::Dtype dtype);

    // tokens: (batch, 3) int64. Returns the logits at '=': (batch, d_vocab).
    torch::Tensor forward(const torch::Tensor& tokens);

    torch::Tensor W_E;           // d_vocab, d_model
    torch::Tensor W_pos;         // pos, d_model; only with positions
    torch::Tensor W_Q, W_K, W_V; // n_heads, d_model, d_head
    torch::Tensor W_O;           // n_heads, d_head, d_model
    torch::Tensor W_in, b_in;    // d_model, d_mlp; d_mlp
    torch::Tensor W_out, b_out;  // d_mlp, d_model; d_model
    torch::Tensor W_U;           // d_model, d_vocab

    // The same tensors in the order of Parameters::specs().
    std::vector<torch::Tensor> in_order() const;

  private:
    torch::Tensor attention_pattern(const torch::Tensor& embedded) const; // batch, n_heads, query, key

    Config config_;
};
TORCH_MODULE(Transformer);

// Copies weights into the module, in its own precision.
void load_parameters(Transformer& model, const Parameters& parameters);

// The pairs as (batch, 3) token triplets (a, b, '=') and their answers (batch).
torch::Tensor tokens_of(const Config& config, std::span<const Pair> pairs);
torch::Tensor answers_of(const Config& config, std::span<const Pair> pairs);

// Mean cross-entropy with log-softmax in float64, as in the paper.
torch::Tensor cross_entropy(const torch::Tensor& logits, const torch::Tensor& answers);

} // namespace grokreport
