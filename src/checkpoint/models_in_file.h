// The models in a pickled value or among the names of tensors: where they stand, and the prefix of their
// names.
#pragma once

#include "checkpoint/pickle_value.h"

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace grokreport {

// A tensor of this name, after a prefix that ends with a point, makes a model of its dict.
inline constexpr std::string_view telling_name = "embed.W_E";

// A key or prefix with more bytes leads to no model: nobody could name it.
inline constexpr std::size_t longest_key = 200;

// Where the only model or state dict usually stands: first the whole file.
inline constexpr std::array<std::string_view, 4> usual_items{"", "model", "state_dict", "model_state_dict"};

// What stands before embed.W_E in the names, each once, in their order: "" or "module.".
std::vector<std::string> prefixes_among(std::span<const std::string_view> names);

struct ModelPlace {
    std::string item;                   // "sweep/3"; empty for the whole file
    std::string prefix;                 // of the names of its tensors
    const pickle::Dict* dict = nullptr; // none in a file of safetensors
};

// Every model in lists and dicts at most six deep, in their order. A value that stands in several places is
// found at the first.
std::vector<ModelPlace> find_models(const pickle::Value& value);

// The models of a dict of tensors with these names. item: where the dict stands. Several prefixes are several
// models, and the item of each ends with its prefix.
std::vector<ModelPlace> models_among(std::span<const std::string_view> names, const std::string& item,
                                     const pickle::Dict* dict);

// The one model that is asked for: that of the item, or without an item the only one, or the usual one
// (state_dict.h). Throws Malformed with the list of items where there is none or no single one.
const ModelPlace& choose_model(const std::vector<ModelPlace>& models, const std::string& item);

} // namespace grokreport
