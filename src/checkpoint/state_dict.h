// The weights in a checkpoint that somebody else wrote: a state dict, plain or under the key "model",
// "state_dict" or "model_state_dict" of a dict that holds more. What stands beside it (a config, lists of
// losses, an optimiser) is ignored; what it calls its tensors is a matter of layouts.h.
#pragma once

#include "checkpoint/checkpoint.h"

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace grokreport {

struct StateDict {
    std::vector<Tensor> tensors;     // those asked for, in the order of the file
    std::vector<std::string> others; // names of the other tensors, whose values were not looked at
};

using IsWanted = std::function<bool(std::string_view name)>;

// Reads the tensors whose names are wanted; a mask beside them may well hold infinities. `name` is what
// errors call the file. Throws Error as from_checkpoint does, and where there is no state dict.
StateDict state_dict_of(std::string_view bytes, const std::string& name, const IsWanted& is_wanted);

StateDict load_state_dict(const std::filesystem::path& file, const IsWanted& is_wanted);

} // namespace grokreport
