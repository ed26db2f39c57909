// Layouts of the tensors of a one-layer transformer, and their conversion to the layout of this program,
// which is TransformerLens's. Two layouts are known. Both have TransformerLens's names; d = d_head, h =
// n_heads:
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
// and the biases b_Q, b_K, b_V (h x d), b_O, b_in, b_out and b_U, each of which may be missing. The buffers
// mask and IGNORE are ignored. Any other tensor (a second layer, layer norm) is refused.
#pragma once

#include "checkpoint/state_dict.h"

#include <optional>
#include <string>
#include <vector>

namespace grokreport {

enum class Layout { transformer_lens, nanda };

std::string to_string(Layout layout);                        // "transformerlens", "nanda"
std::optional<Layout> layout_named(const std::string& name); // the inverse; none for another name

// Whether convert_to_own_layout() needs the values of the tensor of this name.
bool is_weight(std::string_view name);

// What the user may say about a file.
struct LayoutHints {
    std::optional<Layout> layout{}; // needed where the shapes fit several layouts
    std::optional<int> p{};         // the modulus, needed where d_vocab is not p + 1; token p is '='
};

struct ImportedTensors {
    Layout layout;
    int p = 0;
    // Names and shapes as in model/weights.h. W_E has p + 1 tokens and W_pos three positions; the rest is cut
    // off. b_in and b_out are zero where the file lacks them.
    std::vector<Tensor> tensors;
};

// name: the name of the file in errors. Throws Error where a tensor is missing, has no place in our model or
// does not fit the others, and where both layouts fit and the hints name none.
ImportedTensors convert_to_own_layout(StateDict state_dict, const std::string& name,
                                      const LayoutHints& hints);

} // namespace grokreport
