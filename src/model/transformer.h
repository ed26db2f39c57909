// The textbook transformer of section 3 of the post as a torch::nn::Module: the readable reference of the
// factored engine and of the analyses. It is slow.
//
// This header includes LibTorch, which costs 15 to 20 s of compilation. Only transformer.cpp,
// textbook_autograd.cpp, bench/textbook_epochs.cpp and the tests *_textbook_test.cpp include it.
#pragma once

#include "model/config.h"
#include "model/dataset.h"
#include "model/parameters.h"

#include <span>
#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

namespace grokreport {

// One layer with a causal mask, without layer norm, and without a positional embedding but in Variant::paper.
// Names and shapes as in TransformerLens.
class TransformerImpl : public torch::nn::Module {
  public:
    TransformerImpl(const Config& config, torch::Dtype dtype);

    // tokens: (batch, 3) int64. Returns the logits at '=': (batch, d_vocab).
    torch::Tensor forward(const torch::Tensor& tokens);

    torch::Tensor W_E;           // d_vocab, d_model
    torch::Tensor W_pos;         // 3, d_model; undefined without a positional embedding
    torch::Tensor W_Q, W_K, W_V; // n_heads, d_model, d_head
    torch::Tensor W_O;           // n_heads, d_head, d_model
    torch::Tensor W_in, b_in;    // d_model, d_mlp; d_mlp
    torch::Tensor W_out, b_out;  // d_mlp, d_model; d_model
    torch::Tensor W_U;           // d_model, d_vocab

    // The defined tensors in the order of Parameters::specs().
    std::vector<torch::Tensor> in_order() const;

  private:
    torch::Tensor attention_pattern(const torch::Tensor& embedded) const; // batch, n_heads, query, key

    Config config_;
};
TORCH_MODULE(Transformer);

// Copies the parameters into the module and converts them to its dtype.
void load_parameters(Transformer& model, const Parameters& parameters);

// The tokens a, b and '=' of each pair: (n_pairs, 3) int64; and the answers: (n_pairs) int64.
torch::Tensor tokens_of(const Config& config, std::span<const Pair> pairs);
torch::Tensor answers_of(const Config& config, std::span<const Pair> pairs);

// Mean cross-entropy, nats, with log-softmax in float64 as in the paper. logits: (n_pairs, d_vocab).
torch::Tensor cross_entropy(const torch::Tensor& logits, const torch::Tensor& answers);

} // namespace grokreport
