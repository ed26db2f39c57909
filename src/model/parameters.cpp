#include "model/parameters.h"

#include "base/seeded_random.h"

#include <cmath>
#include <functional>
#include <numeric>

namespace grokreport {

namespace {

constexpr const char* positions_name = "pos_embed.W_pos";

// Gives the tensors as matrices, one after the other, in the order of specs().
template <typename Value, typename ParametersType>
class MatrixSequence {
  public:
    explicit MatrixSequence(ParametersType& parameters) : parameters_(parameters) {}

    bool is_next(const char* name) const { return parameters_.specs()[next_].name == name; }

    // A matrix with the last axis as columns.
    MatrixOf<Value> next_stacked() {
        const ParameterSpec& spec = parameters_.specs()[next_++];
        const int cols = static_cast<int>(spec.shape.back());
        return {parameters_.values(spec).data(), static_cast<int>(spec.size) / cols, cols, cols};
    }

    // One matrix for each index of the first of three axes.
    std::vector<MatrixOf<Value>> next_by_head() {
        const int n_heads = static_cast<int>(parameters_.specs()[next_].shape.front());
        const MatrixOf<Value> stacked = next_stacked();
        std::vector<MatrixOf<Value>> heads;
        for (int head = 0; head < n_heads; ++head)
            heads.push_back(stacked.row_block(head * stacked.rows / n_heads, stacked.rows / n_heads));
        return heads;
    }

  private:
    ParametersType& parameters_;
    std::size_t next_ = 0;
};

template <typename Value, typename ParametersType>
ParameterMatrices<Value> matrices_of(ParametersType& parameters) {
    MatrixSequence<Value, ParametersType> tensors(parameters);
    ParameterMatrices<Value> all;
    all.W_E = tensors.next_stacked();
    if (tensors.is_next(positions_name)) all.W_pos = tensors.next_stacked();
    all.W_Q = tensors.next_by_head();
    all.W_K = tensors.next_by_head();
    all.W_V = tensors.next_by_head();
    all.W_O = tensors.next_stacked();
    all.W_in = tensors.next_stacked();
    all.b_in = tensors.next_stacked();
    all.W_out = tensors.next_stacked();
    all.b_out = tensors.next_stacked();
    all.W_U = tensors.next_stacked();
    return all;
}

} // namespace

Parameters::Parameters(const Config& config) {
    const std::int64_t d_model = config.d_model, d_vocab = config.d_vocab(), d_mlp = config.d_mlp;
    const std::int64_t n_heads = config.n_heads, d_head = config.d_head;
    const auto add = [&](const char* name, std::vector<std::int64_t> shape) {
        const auto size = std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
        const std::size_t offset = specs_.empty() ? 0 : specs_.back().offset + specs_.back().size;
        specs_.push_back({name, std::move(shape), offset, static_cast<std::size_t>(size)});
    };
    add("embed.W_E", {d_vocab, d_model});
    if (has_positions(config.variant)) add(positions_name, {context_length, d_model});
    add("blocks.0.attn.W_Q", {n_heads, d_model, d_head});
    add("blocks.0.attn.W_K", {n_heads, d_model, d_head});
    add("blocks.0.attn.W_V", {n_heads, d_model, d_head});
    add("blocks.0.attn.W_O", {n_heads, d_head, d_model});
    add("blocks.0.mlp.W_in", {d_model, d_mlp});
    add("blocks.0.mlp.b_in", {d_mlp});
    add("blocks.0.mlp.W_out", {d_mlp, d_model});
    add("blocks.0.mlp.b_out", {d_model});
    add("unembed.W_U", {d_model, d_vocab});
    values_.resize(specs_.back().offset + specs_.back().size);
}

ParameterMatrices<float> matrices(Parameters& parameters) {
    return matrices_of<float>(parameters);
}

ParameterMatrices<const float> matrices(const Parameters& parameters) {
    return matrices_of<const float>(parameters);
}

Parameters initial_parameters(const Config& config) {
    Parameters parameters(config);
    auto random = seeded_random(config.seed, RandomStream::weights);
    std::normal_distribution<double> standard_normal;
    for (const ParameterSpec& spec : parameters.specs()) {
        if (spec.shape.size() == 1) continue; // biases start at zero
        const double variance = spec.name == "unembed.W_U" ? 1.0 / config.d_vocab() : 1.0 / config.d_model;
        for (float& value : parameters.values(spec))
            value = static_cast<float>(std::sqrt(variance) * standard_normal(random));
    }
    return parameters;
}

} // namespace grokreport
