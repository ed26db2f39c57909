#include "checkpoint/state_dict.h"

#include "checkpoint/malformed.h"
#include "checkpoint/tensor_values.h"
#include "checkpoint/torch_file.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <set>

namespace grokreport {

using pickle::Dict;
using pickle::TensorView;

namespace {

constexpr std::array<std::string_view, 3> usual_keys{"model", "state_dict", "model_state_dict"};

// The dict that holds the tensors. Looks one level deep, because a dict may contain itself.
const Dict& find_state_dict(const pickle::Value& value) {
    const auto* const dict = std::get_if<Dict*>(&value);
    if (!dict) throw Malformed("it does not hold a dict of tensors");
    for (const std::string_view usual : usual_keys)
        for (const auto& [key, held] : (*dict)->entries)
            if (const auto* const inner = std::get_if<Dict*>(&held); inner && key == pickle::Value(usual))
                return **inner;
    return **dict;
}

StateDict read_state_dict(std::string_view bytes, const IsWanted& is_wanted) {
    const TorchFile file(bytes);
    StateDict found;
    std::set<std::string_view> names;
    std::uint64_t left = most_values(bytes);
    for (const auto& [key, value] : find_state_dict(file.value()).entries) {
        const auto* const name = std::get_if<std::string_view>(&key);
        const auto* const view = std::get_if<const TensorView*>(&value);
        if (!name || !view) continue;
        if (!names.insert(*name).second) throw Malformed(fmt::format("it holds the tensor {} twice", *name));
        if (is_wanted(*name))
            found.tensors.push_back(read_tensor(file, *name, **view, left));
        else
            found.others.emplace_back(*name);
    }
    if (names.empty()) throw Malformed("it holds no state dict: no dict of tensors");
    return found;
}

} // namespace

StateDict state_dict_of(std::string_view bytes, const std::string& name, const IsWanted& is_wanted) {
    try {
        return read_state_dict(bytes, is_wanted);
    } catch (const Malformed& problem) {
        throw refusal(name, problem);
    }
}

StateDict load_state_dict(const std::filesystem::path& file, const IsWanted& is_wanted) {
    return state_dict_of(read_torch_file(file), file.string(), is_wanted);
}

} // namespace grokreport
