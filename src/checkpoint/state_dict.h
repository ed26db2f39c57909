// The model in a checkpoint of another program: one of the dicts of tensors that a file of torch.save holds,
// or the tensors of a file of safetensors. What stands beside it (a config, losses, an optimiser) is ignored.
// layouts.h knows the names of the tensors.
//
// A file may hold several models, as a list of snapshots or a dict of trainings does. Each has a path, its
// *item*: the keys and places that lead to it, "sweep/3", and the prefix of its names where several models
// stand in one dict. Without an item the model that stands alone is taken, or else the one at the top, or
// else the one under the key "model", "state_dict" or "model_state_dict".
//
// Names may have a prefix: "module." (DataParallel), "_orig_mod." (torch.compile), "model." (Lightning), or
// any other that ends with a point. It is what stands before embed.W_E.
#pragma once

#include "checkpoint/checkpoint.h"

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace grokreport {

struct StateDict {
    std::vector<Tensor> tensors;       // the wanted ones, in the order of the file
    std::vector<std::string> others{}; // names of the other tensors; their values are not read
    std::string item{};                // where it stands in the file; empty at the top
    std::string prefix{};              // what was taken off the names, "module."; may be empty
};

using IsWanted = std::function<bool(std::string_view name)>;

// Reads the tensors whose names, without the prefix, are wanted. Others, such as a mask, may hold infinities.
// name: the name of the file in errors. item: which of several models. Throws Error as from_checkpoint()
// does, where the file has no state dict or not that item, and where it has several models and none is named.
StateDict state_dict_of(std::string_view bytes, const std::string& name, const IsWanted& is_wanted,
                        const std::string& item = "");

// state_dict_of() of a file.
StateDict load_state_dict(const std::filesystem::path& file, const IsWanted& is_wanted);

// The items of all models in the file, in its order; one empty item where the file is one model.
std::vector<std::string> items_of(std::string_view bytes, const std::string& name);

} // namespace grokreport
