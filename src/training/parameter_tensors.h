// Parameters to and from the tensors of a checkpoint of this program.
#pragma once

#include "checkpoint/checkpoint.h"
#include "model/parameters.h"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace grokreport {

// Appends `values`, which are laid out as the parameters, under prefix + the name of each parameter.
void append_tensors(const Parameters& layout, std::span<const float> values, const std::string& prefix,
                    std::vector<Tensor>& tensors);

// Copies the tensors called prefix + name into `values`. Throws Error that names `file` where one is missing
// or has another shape.
void extract_tensors(const std::vector<Tensor>& tensors, const Parameters& layout, const std::string& prefix,
                     std::span<float> values, const std::filesystem::path& file);

// load_checkpoint() with --retrain as its mend.
std::vector<Tensor> load_own_checkpoint(const std::filesystem::path& file);

// The parameters of a snapshot of a run. Throws Error as extract_tensors().
Parameters to_parameters(const std::vector<Tensor>& tensors, const Config& config,
                         const std::filesystem::path& file);

} // namespace grokreport
