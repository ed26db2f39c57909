#include "sections/imported/model.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/text.h"
#include "checkpoint/torch_file.h"
#include "model/given_split.h"
#include "model/parameters.h"
#include "sections/memory.h"
#include "spectral/fourier.h"
#include "training/parameter_tensors.h"

#include <array>
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

void require_analysable(const Weights& weights, const Config& config, const std::filesystem::path& file,
                        double memory) {
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
    if (const double needed = analysis_memory(config, 1); needed > memory)
        throw Error(fmt::format("checkpoint {}: its analyses need about {} of memory, and {} are free",
                                file.string(), format_bytes(needed), format_bytes(memory)),
                    "name a smaller model, or stop other programs");
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
    append_tensors(parameters, parameters.flat(), "", tensors);
    return to_weights(tensors, "weights drawn afresh");
}

ModelFile read_model_file(const std::filesystem::path& path) {
    ModelFile file{path, read_torch_file(path), {}};
    file.sha256 = sha256_hex(file.bytes);
    return file;
}

ImportedModel load_imported_model(const ModelFile& file, const ImportRequest& request) {
    const std::string name = file.path.string();
    StateDict state_dict = state_dict_of(file.bytes, name, is_weight, request.item);
    const std::string item = state_dict.item, prefix = state_dict.prefix;
    const ImportedTensors imported = convert_to_own_layout(std::move(state_dict), name, request.layout);
    const Weights weights = to_weights(imported.tensors, file.path);
    ImportedModel model{file.path, file.sha256, imported.layout, item, prefix, {}};
    Models& models = model.models;
    models.config = sizes_of(weights);
    require_analysable(weights, models.config, file.path, request.memory);
    models.split = split_of(request, models.config.p);
    models.snapshots.emplace(0, fresh_weights(models.config, weights.has_positions()));
    models.snapshots.emplace(judged_epoch, weights);
    models.key_frequencies = frequencies_by_energy(weights, key_frequencies(weights));
    return model;
}

ImportedModel load_imported_model(const ImportRequest& request) {
    return load_imported_model(read_model_file(request.checkpoint), request);
}

void require_same_sizes(const ImportedModel& model, const ImportedModel& other) {
    const auto sizes = [](const ImportedModel& of) {
        const Config& config = of.models.config;
        return std::array{config.p, config.d_model, config.n_heads, config.d_head, config.d_mlp};
    };
    if (sizes(model) == sizes(other)) return;
    const auto describe = [&](const ImportedModel& of) {
        return fmt::format("{}{}: {}", of.file.string(), of.item.empty() ? "" : ", item " + of.item,
                           fmt::join(sizes(of), ", "));
    };
    throw Error(fmt::format("checkpoints of different p, d_model, n_heads, d_head and d_mlp: {}; {}",
                            describe(model), describe(other)),
                "name snapshots of one training");
}

} // namespace grokreport
