// The state dict of a checkpoint of another program: the dict of the file, or the dict under its key "model",
// "state_dict" or "model_state_dict". Other entries (a config, losses, an optimiser) are ignored. layouts.h
// knows the names of the tensors.
#pragma once

#include "checkpoint/checkpoint.h"

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace grokreport {

struct StateDict {
    std::vector<Tensor> tensors;     // the wanted ones, in the order of the file
    std::vector<std::string> others; // names of the other tensors; their values are not read
};

using IsWanted = std::function<bool(std::string_view name)>;

// Reads the tensors whose names are wanted. Others, such as a mask, may hold infinities. name: the name of
// the file in errors. Throws Error as from_checkpoint() does, and where the file has no state dict.
StateDict state_dict_of(std::string_view bytes, const std::string& name, const IsWanted& is_wanted);

// state_dict_of() of a file.
StateDict load_state_dict(const std::filesystem::path& file, const IsWanted& is_wanted);

} // namespace grokreport
