// `grokreport export`: a model in a file is written anew, in TransformerLens's names and layout.
#pragma once

#include "checkpoint/layouts.h"

#include <filesystem>
#include <string>

namespace grokreport {

struct ExportRequest {
    std::filesystem::path checkpoint{};
    std::string item{}; // which of several models (checkpoint/state_dict.h)
    LayoutHints layout{};
    std::filesystem::path target{}; // ends with .safetensors, .pt or .pth, which says the format
};

// Whether the name of the file says a format that can be written.
bool is_exportable(const std::filesystem::path& target);

// Writes the file, whole or not at all, and prints its name. Throws Error where the model cannot be read.
void export_model(const ExportRequest& request);

} // namespace grokreport
