#include "sections/imported/model.h"

#include "base/error.h"
#include "base/hash.h"
#include "checkpoint/torch_file.h"
#include "model/given_split.h"
#include "model/parameters.h"
#include "spectral/fourier.h"

#include <fmt/format.h>

namespace grokreport {

namespace {

Config sizes_of(const Weights& weights) {
    Config config;
    config.p = weights.p();
    config.d_model = weights.d_model();
    config.n_heads = weights.n_heads();
    config.d_head = weights.d_head();
    config.d_mlp = weights.d_mlp();
    return config;
}

// From the time when the analyses held the activations of all p^2 pairs at once. Now they stream; a limit in
// memory, as in pipeline/needs.h, was not measured for imported models yet.
constexpr double most_activations = 1e8;

double activations_of(const Weights& weights) {
    const double pairs = static_cast<double>(weights.p()) * weights.p();
    return pairs * (weights.d_mlp() + weights.d_model() + static_cast<double>(weights.W_U.cols()) +
                    static_cast<double>(weights.n_heads()) * (3 + weights.d_head()));
}

void require_analysable(const Weights& weights, const Config& config, const std::filesystem::path& file) {
    try {
        validate(config);
    } catch (const UsageError& problem) {
        throw Error(
            fmt::format("checkpoint {}: read with p = {}: {}", file.string(), config.p, problem.problem()),
            is_odd_prime(config.p + 1)
                ? fmt::format(
                      "a model of p = {} without a token for '=' is not supported; if p is another, give "
                      "it: --p",
                      config.p + 1)
                : "if p is another, give it: --p");
    }
    if (const double values = activations_of(weights); values > most_activations)
        throw Error(fmt::format("checkpoint {}: the {} pairs have {:.2g} activations, more than {:.2g}",
                                file.string(), config.p * config.p, values, most_activations),
                    "name a smaller model");
    const Eigen::MatrixXd numbers = number_embeddings(weights);
    if ((numbers.rowwise() - numbers.row(0)).isZero(0))
        throw Error(fmt::format("checkpoint {}: its W_E is the same for all numbers", file.string()),
                    "name a model that was trained");
}

Split split_of(const ImportRequest& request, int p) {
    if (request.split_seed) return nanda_split(p, request.train_fraction, *request.split_seed);
    if (!request.split_file.empty()) return split_from_file(request.split_file, p);
    return {};
}

} // namespace

Weights fresh_weights(const Config& sizes, bool has_positions) {
    Config config = sizes;
    config.variant = has_positions ? Variant::paper : Variant::relu;
    const Parameters parameters = initial_parameters(config);
    std::vector<Tensor> tensors;
    for (const ParameterSpec& spec : parameters.specs()) {
        const auto values = parameters.values(spec);
        tensors.push_back({spec.name, spec.shape, {values.begin(), values.end()}});
    }
    return to_weights(tensors, "weights drawn afresh");
}

ImportedModel load_imported_model(const ImportRequest& request) {
    const std::string bytes = read_torch_file(request.checkpoint), name = request.checkpoint.string();
    StateDict state_dict = state_dict_of(bytes, name, is_weight, request.item);
    const std::string item = state_dict.item, prefix = state_dict.prefix;
    const ImportedTensors imported = convert_to_own_layout(std::move(state_dict), name, request.layout);
    const Weights weights = to_weights(imported.tensors, request.checkpoint);
    ImportedModel model{request.checkpoint, sha256_hex(bytes), imported.layout, item, prefix, {}};
    Models& models = model.models;
    models.config = sizes_of(weights);
    require_analysable(weights, models.config, request.checkpoint);
    models.split = split_of(request, models.config.p);
    models.snapshots.emplace(0, fresh_weights(models.config, weights.has_positions()));
    models.snapshots.emplace(judged_epoch, weights);
    models.key_frequencies = frequencies_by_energy(weights, key_frequencies(weights));
    return model;
}

} // namespace grokreport
