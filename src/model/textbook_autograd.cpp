// Compiled, with transformer.cpp, into a module of its own: textbook_module.h.
#include "model/textbook_gradient.h"
#include "model/transformer.h"

#include <ATen/Parallel.h>
#include <algorithm>

namespace grokreport {

namespace {

constexpr std::size_t pairs_at_once = 4096; // bounds the memory of the activations

std::vector<double> gradient_of(const torch::Tensor& parameter) {
    const torch::Tensor gradient = parameter.grad();
    if (!gradient.defined()) return std::vector<double>(static_cast<std::size_t>(parameter.numel()));
    const torch::Tensor flat = gradient.contiguous();
    const auto* const first = flat.data_ptr<double>();
    return {first, first + flat.numel()};
}

} // namespace

extern "C" void grokreport_textbook_gradient(const Config& config, std::span<const Pair> train,
                                             const Parameters& parameters, TextbookGradient& result) {
    at::set_num_threads(1);
    Transformer model(config, torch::kFloat64);
    load_parameters(model, parameters);
    result = {};
    for (std::size_t first = 0; first < train.size(); first += pairs_at_once) {
        const auto pairs = train.subspan(first, std::min(pairs_at_once, train.size() - first));
        const double share = static_cast<double>(pairs.size()) / static_cast<double>(train.size());
        const auto loss =
            share * cross_entropy(model->forward(tokens_of(config, pairs)), answers_of(config, pairs));
        loss.backward(); // adds to the gradients of the pairs before
        result.loss += loss.item<double>();
    }
    for (const torch::Tensor& parameter : model->in_order())
        result.tensors.push_back(gradient_of(parameter));
}

} // namespace grokreport
