#include "model/transformer.h"

#include <cmath>
#include <limits>

namespace grokreport {

TransformerImpl::TransformerImpl(const Config& config, torch::Dtype dtype) : config_(config) {
    const Parameters parameters(config);
    std::vector<torch::Tensor*> members{&W_E, &W_Q, &W_K, &W_V, &W_O, &W_in, &b_in, &W_out, &b_out, &W_U};
    if (has_positions(config.variant)) members.insert(members.begin() + 1, &W_pos);
    for (std::size_t i = 0; i < members.size(); ++i) {
        const ParameterSpec& spec = parameters.specs()[i];
        std::string name = spec.name.substr(spec.name.rfind('.') + 1);
        *members[i] = register_parameter(name, torch::zeros(spec.shape, dtype));
    }
}

torch::Tensor TransformerImpl::attention_pattern(const torch::Tensor& embedded) const {
    if (config_.variant == Variant::frozen) {
        const auto last_row = torch::tensor({0.5, 0.5, 0.0}, embedded.options());
        return last_row.expand({embedded.size(0), config_.n_heads, context_length, context_length});
    }
    const auto q = torch::einsum("bpm,hmd->bhpd", {embedded, W_Q});
    const auto k = torch::einsum("bpm,hmd->bhpd", {embedded, W_K});
    const auto scores = torch::einsum("bhqd,bhkd->bhqk", {q, k}) / std::sqrt(config_.d_head);
    const auto future = torch::ones({context_length, context_length}, torch::kBool).triu(1);
    return scores.masked_fill(future, -std::numeric_limits<double>::infinity()).softmax(-1);
}

torch::Tensor TransformerImpl::forward(const torch::Tensor& tokens) {
    // Embedding and attention
    auto embedded = W_E.index({tokens}); // batch, position, d_model
    if (has_positions(config_.variant)) embedded = embedded + W_pos;
    const auto v = torch::einsum("bpm,hmd->bhpd", {embedded, W_V});
    const auto z = torch::einsum("bhqk,bhkd->bhqd", {attention_pattern(embedded), v});
    const auto resid_mid = embedded + torch::einsum("bhpd,hdm->bpm", {z, W_O});

    // MLP and logits at '='
    const auto pre = resid_mid.matmul(W_in) + b_in; // batch, position, d_mlp
    const auto post = has_relu(config_.variant) ? pre.relu() : pre;
    const auto resid_post = resid_mid + post.matmul(W_out) + b_out;
    return resid_post.matmul(W_U).select(1, context_length - 1);
}

std::vector<torch::Tensor> TransformerImpl::in_order() const {
    std::vector<torch::Tensor> tensors{W_E, W_Q, W_K, W_V, W_O, W_in, b_in, W_out, b_out, W_U};
    if (has_positions(config_.variant)) tensors.insert(tensors.begin() + 1, W_pos);
    return tensors;
}

void load_parameters(Transformer& model, const Parameters& parameters) {
    const torch::NoGradGuard no_grad;
    const auto tensors = model->in_order();
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const ParameterSpec& spec = parameters.specs()[i];
        const auto values = parameters.values(spec);
        auto target = tensors[i];
        target.copy_(torch::tensor(at::ArrayRef<float>(values.data(), values.size())).view(spec.shape));
    }
}

torch::Tensor tokens_of(const Config& config, std::span<const Pair> pairs) {
    std::vector<std::int64_t> tokens;
    for (const Pair& pair : pairs)
        tokens.insert(tokens.end(), {pair.a, pair.b, std::int64_t{config.equals_token()}});
    return torch::tensor(tokens).view({static_cast<std::int64_t>(pairs.size()), context_length});
}

torch::Tensor answers_of(const Config& config, std::span<const Pair> pairs) {
    std::vector<std::int64_t> answers;
    for (const Pair& pair : pairs)
        answers.push_back(answer(pair, config.p));
    return torch::tensor(answers);
}

torch::Tensor cross_entropy(const torch::Tensor& logits, const torch::Tensor& answers) {
    return torch::nll_loss(logits.to(torch::kFloat64).log_softmax(-1), answers);
}

} // namespace grokreport
