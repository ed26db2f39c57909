#include "commands/export_model.h"

#include "base/files.h"
#include "checkpoint/safetensors.h"
#include "checkpoint/torch_file.h"
#include "model/weights.h"

#include <fmt/format.h>

namespace grokreport {

namespace {

bool is_safetensors_name(const std::filesystem::path& file) {
    return file.extension() == ".safetensors";
}

} // namespace

bool is_exportable(const std::filesystem::path& target) {
    return is_safetensors_name(target) || target.extension() == ".pt" || target.extension() == ".pth";
}

void export_model(const ExportRequest& request) {
    const std::string name = request.checkpoint.string();
    const std::string bytes = read_torch_file(request.checkpoint);
    const ImportedTensors imported =
        convert_to_own_layout(state_dict_of(bytes, name, is_weight, request.item), name, request.layout);
    to_weights(imported.tensors, request.checkpoint); // throws where they do not fit each other
    write_file(request.target, is_safetensors_name(request.target) ? to_safetensors(imported.tensors)
                                                                   : to_checkpoint(imported.tensors));
    fmt::print("{}\n", request.target.string());
}

} // namespace grokreport
