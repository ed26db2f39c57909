#include "training/parameter_tensors.h"

#include "base/error.h"
#include "runs/trained_run.h"

#include <algorithm>
#include <fmt/format.h>

namespace grokreport {

void append_tensors(const Parameters& layout, std::span<const float> values, const std::string& prefix,
                    std::vector<Tensor>& tensors) {
    for (const ParameterSpec& spec : layout.specs()) {
        const auto part = values.subspan(spec.offset, spec.size);
        tensors.push_back({prefix + spec.name, spec.shape, {part.begin(), part.end()}});
    }
}

void extract_tensors(const std::vector<Tensor>& tensors, const Parameters& layout, const std::string& prefix,
                     std::span<float> values, const std::filesystem::path& file) {
    for (const ParameterSpec& spec : layout.specs()) {
        const auto found = std::ranges::find(tensors, prefix + spec.name, &Tensor::name);
        if (found == tensors.end() || found->shape != spec.shape)
            throw Error(
                fmt::format("{}: {}{} is missing or has another shape", file.string(), prefix, spec.name),
                retrain_mend);
        std::ranges::copy(found->values, values.begin() + static_cast<std::ptrdiff_t>(spec.offset));
    }
}

std::vector<Tensor> load_own_checkpoint(const std::filesystem::path& file) {
    try {
        return load_checkpoint(file);
    } catch (const Error& damaged) {
        throw Error(damaged.problem(), retrain_mend);
    }
}

Parameters to_parameters(const std::vector<Tensor>& tensors, const Config& config,
                         const std::filesystem::path& file) {
    Parameters parameters(config);
    extract_tensors(tensors, parameters, "", parameters.flat(), file);
    return parameters;
}

} // namespace grokreport
