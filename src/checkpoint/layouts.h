// How others lay out the tensors of the same one-layer transformer, and how to bring them into our layout,
// which is TransformerLens's. Two layouts are known; they have the same names, and d = d_head, h = n_heads:
//
//                          transformerlens                nanda (Nanda et al. 2023, the published runs)
//     embed.W_E            d_vocab x d_model              d_model x d_vocab
//     pos_embed.W_pos      n_ctx x d_model                the same; may be missing in both
//     blocks.0.attn.W_Q    h x d_model x d                h x d x d_model       (W_K and W_V likewise)
//     blocks.0.attn.W_O    h x d x d_model                d_model x (h d)
//     blocks.0.mlp.W_in    d_model x d_mlp                d_mlp x d_model
//     blocks.0.mlp.W_out   d_mlp x d_model                d_model x d_mlp
//     unembed.W_U          d_model x d_vocab_out          the same
//
// and the biases b_in and b_out. The other biases of TransformerLens (b_Q, b_V, b_O, b_U) have no place in
// our model and must be zero; b_K adds the same to every score of a query, so that no softmax sees it, and is
// left out. Buffers (mask, IGNORE) are left out. Anything else (a second layer, layer norm) is refused.
#pragma once

#include "checkpoint/state_dict.h"

#include <optional>
#include <string>
#include <vector>

namespace grokreport {

enum class Layout { transformer_lens, nanda };

std::string to_string(Layout layout);                        // "transformerlens", "nanda"
std::optional<Layout> layout_named(const std::string& name); // of to_string

// Whether a tensor of this name is a weight that brought_into_our_layout looks at.
bool is_weight(std::string_view name);

// What the file leaves open.
struct LayoutQuestions {
    std::optional<Layout> layout{}; // which one, where the shapes fit several
    std::optional<int> p{};         // the modulus, where d_vocab is not p + 1; token p is '='
};

struct ImportedTensors {
    Layout layout;
    int p = 0;
    std::vector<Tensor>
        tensors; // names and shapes as in weights.h, W_E cut to p + 1 tokens and W_pos to three
};

// Throws Error, beginning with "checkpoint <name>:", where a tensor is missing or does not fit the others,
// and where both layouts fit and none is asked for.
ImportedTensors brought_into_our_layout(StateDict state_dict, const std::string& name,
                                        const LayoutQuestions& asked);

} // namespace grokreport
