#include "base/error.h"
#include "checkpoint/counting_tensor.h"
#include "checkpoint/layouts.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace grokreport;
using Catch::Matchers::Contains;
using grokreport::testing::counting;

namespace {

constexpr std::int64_t v = 6, m = 4, h = 2, d = 3, f = 5; // d_vocab, d_model, n_heads, d_head, d_mlp

StateDict nanda(std::int64_t d_mlp = f) {
    return {{counting("embed.W_E", {m, v}), counting("pos_embed.W_pos", {3, m}),
             counting("blocks.0.attn.W_K", {h, d, m}), counting("blocks.0.attn.W_Q", {h, d, m}),
             counting("blocks.0.attn.W_V", {h, d, m}), counting("blocks.0.attn.W_O", {m, h * d}),
             counting("blocks.0.mlp.W_in", {d_mlp, m}), counting("blocks.0.mlp.b_in", {d_mlp}),
             counting("blocks.0.mlp.W_out", {m, d_mlp}), counting("blocks.0.mlp.b_out", {m}),
             counting("unembed.W_U", {m, v})},
            {"blocks.0.attn.mask"}};
}

ImportedTensors convert(StateDict state_dict, const LayoutHints& hints = {}) {
    return convert_to_own_layout(std::move(state_dict), "x.pth", hints);
}

const Tensor& find(const std::vector<Tensor>& tensors, const std::string& name) {
    return *std::ranges::find(tensors, name, &Tensor::name);
}

Tensor& find(StateDict& state_dict, const std::string& name) {
    return *std::ranges::find(state_dict.tensors, name, &Tensor::name);
}

} // namespace

TEST_CASE("Nanda's layout becomes ours", "[layouts]") {
    const ImportedTensors imported = convert(nanda());
    CHECK(imported.layout == Layout::nanda);
    CHECK(imported.p == 5);
    const Tensor& W_E = find(imported.tensors, "embed.W_E");
    CHECK(W_E.shape == std::vector<std::int64_t>{v, m});
    CHECK(W_E.values[1] == v); // token 0 of dimension 1
    const Tensor& W_Q = find(imported.tensors, "blocks.0.attn.W_Q");
    CHECK(W_Q.shape == std::vector<std::int64_t>{h, m, d});
    CHECK(W_Q.values[static_cast<std::size_t>(m * d + 1)] == m * d + m); // head 1, dimension 0, component 1
    const Tensor& W_O = find(imported.tensors, "blocks.0.attn.W_O");
    CHECK(W_O.shape == std::vector<std::int64_t>{h, d, m});
    CHECK(W_O.values[static_cast<std::size_t>(d * m + 1)] == h * d + d); // head 1, component 0, dimension 1
    CHECK(find(imported.tensors, "pos_embed.W_pos") == counting("pos_embed.W_pos", {3, m}));
}

TEST_CASE("what is in our layout is left as it is, and recognised where sizes agree", "[layouts]") {
    const ImportedTensors ours = convert(nanda(m)); // d_mlp = d_model
    const ImportedTensors again = convert({ours.tensors, {}});
    CHECK(again.layout == Layout::transformer_lens);
    CHECK(again.tensors == ours.tensors);
    CHECK(convert({ours.tensors, {}}, {.layout = Layout::transformer_lens}).tensors == ours.tensors);
    CHECK_THROWS_WITH(convert({ours.tensors, {}}, {.layout = Layout::nanda}),
                      Contains("as nanda, tensor ") && !Contains("as transformerlens"));
}

TEST_CASE("tokens and logits may be more or fewer than p + 1", "[layouts]") {
    CHECK(find(convert(nanda(), {.p = 3}).tensors, "embed.W_E").shape == std::vector<std::int64_t>{4, m});
    StateDict numbers_alone = nanda(); // logits of the p numbers, none of '='
    find(numbers_alone, "unembed.W_U") = counting("unembed.W_U", {m, v - 1});
    CHECK(find(convert(numbers_alone).tensors, "unembed.W_U").shape.back() == v - 1);
    CHECK_THROWS_WITH(convert(nanda(), {.p = 6}), Contains("too few for p = 6") && Contains("--p"));
    StateDict longer = nanda();
    find(longer, "pos_embed.W_pos") = counting("pos_embed.W_pos", {5, m});
    CHECK(find(convert(longer).tensors, "pos_embed.W_pos").shape[0] == 3);
}

TEST_CASE("all biases of TransformerLens are kept, in both layouts", "[layouts]") {
    const std::vector<Tensor> biases{counting("blocks.0.attn.b_Q", {h, d}),
                                     counting("blocks.0.attn.b_K", {h, d}),
                                     counting("blocks.0.attn.b_V", {h, d}),
                                     counting("blocks.0.attn.b_O", {m}), counting("unembed.b_U", {v})};
    StateDict with_biases = nanda();
    with_biases.tensors.insert(with_biases.tensors.end(), biases.begin(), biases.end());
    const ImportedTensors imported = convert(with_biases);
    for (const Tensor& bias : biases)
        CHECK(find(imported.tensors, bias.name) == bias);
    CHECK(convert({imported.tensors, {}}, {.layout = Layout::transformer_lens}).tensors == imported.tensors);
    with_biases.tensors.back() = counting("unembed.b_U", {v + 1});
    CHECK_THROWS_WITH(convert(with_biases),
                      Contains("unembed.b_U has shape 7 and should have d_vocab_out (6)"));
}

TEST_CASE("biases of the MLP that a file lacks are zero", "[layouts]") {
    StateDict without = nanda();
    std::erase_if(without.tensors,
                  [](const Tensor& tensor) { return tensor.name.starts_with("blocks.0.mlp.b_"); });
    const ImportedTensors imported = convert(without);
    CHECK(find(imported.tensors, "blocks.0.mlp.b_in") == Tensor{"blocks.0.mlp.b_in", {f}, {0, 0, 0, 0, 0}});
    CHECK(find(imported.tensors, "blocks.0.mlp.b_out") == Tensor{"blocks.0.mlp.b_out", {m}, {0, 0, 0, 0}});
}

TEST_CASE("fewer than three positions are refused", "[layouts]") {
    StateDict two = nanda();
    find(two, "pos_embed.W_pos") = counting("pos_embed.W_pos", {2, m});
    CHECK_THROWS_WITH(convert(two),
                      Contains("it has 2 positions, fewer than three; name a model that reads a, b"));
}

TEST_CASE("another architecture is refused by name", "[layouts]") {
    StateDict two_layers = nanda();
    two_layers.others.push_back("blocks.1.attn.W_Q");
    CHECK_THROWS_WITH(convert(two_layers), Contains("blocks.1.attn.W_Q has no place"));
    StateDict normed = nanda();
    normed.others.push_back("ln_final.w");
    CHECK_THROWS_WITH(convert(normed), Contains("ln_final.w has no place"));
    StateDict incomplete = nanda();
    std::erase_if(incomplete.tensors,
                  [](const Tensor& tensor) { return tensor.name == "blocks.0.mlp.W_out"; });
    CHECK_THROWS_WITH(convert(incomplete), Contains("blocks.0.mlp.W_out is missing"));
    StateDict misshapen = nanda();
    find(misshapen, "blocks.0.mlp.W_in") = counting("blocks.0.mlp.W_in", {f, m + 1});
    CHECK_THROWS_WITH(convert(misshapen), Contains("as nanda, tensor blocks.0.mlp.W_in has shape 5 x 5") &&
                                              Contains("should have d_mlp x d_model (4)"));
    StateDict empty = nanda();
    find(empty, "embed.W_E") = Tensor{"embed.W_E", {m, 0}, {}};
    CHECK_THROWS_WITH(convert(empty), Contains("embed.W_E has shape 4 x 0"));
}
