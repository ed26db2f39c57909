#include "checkpoint/state_dict.h"

#include "checkpoint/malformed.h"
#include "checkpoint/models_in_file.h"
#include "checkpoint/safetensors.h"
#include "checkpoint/tensor_values.h"
#include "checkpoint/torch_file.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <set>
#include <span>

namespace grokreport {

using pickle::Dict;
using pickle::TensorView;

namespace {

// A tensor of the file, whose values are read when they are asked for.
struct Entry {
    std::string_view name;
    std::function<Tensor(std::uint64_t& left)> read;
};

// The longest of the prefixes that begins the name; empty where none does.
std::string_view prefix_of(std::string_view name, const std::set<std::string, std::less<>>& prefixes) {
    for (std::size_t size = std::min(name.size(), longest_key); size > 0; --size)
        if (name[size - 1] == '.' && prefixes.contains(name.substr(0, size))) return name.substr(0, size);
    return "";
}

std::set<std::string, std::less<>> prefixes_of(const std::vector<Entry>& entries) {
    std::vector<std::string_view> names;
    for (const Entry& entry : entries)
        names.push_back(entry.name);
    const std::vector<std::string> prefixes = prefixes_among(names);
    return {prefixes.begin(), prefixes.end()};
}

// The tensors of one model, their names without its prefix. Those of other models are left out.
StateDict read_entries(const std::vector<Entry>& entries, const ModelPlace& model, std::uint64_t left,
                       const IsWanted& is_wanted) {
    StateDict found{.tensors = {}, .item = model.item, .prefix = model.prefix};
    const std::set<std::string, std::less<>> prefixes = prefixes_of(entries);
    std::set<std::string_view> names;
    for (const Entry& entry : entries) {
        if (prefix_of(entry.name, prefixes) != model.prefix) continue;
        const std::string_view name = entry.name.substr(model.prefix.size());
        if (!names.insert(name).second)
            throw Malformed(fmt::format("it holds the tensor {} twice", entry.name));
        if (!is_wanted(name)) {
            found.others.emplace_back(name);
            continue;
        }
        found.tensors.push_back(entry.read(left));
        found.tensors.back().name = name;
    }
    if (names.empty()) throw Malformed("it holds no state dict: no dict of tensors");
    return found;
}

std::vector<Entry> entries_of(const Dict& dict, const TorchFile& file) {
    std::vector<Entry> entries;
    for (const auto& entry : dict.entries) {
        const auto* const name = std::get_if<std::string_view>(&entry.first);
        const auto* const view = std::get_if<const TensorView*>(&entry.second);
        if (!name || !view) continue;
        entries.push_back({*name, [&file, name = *name, view = *view](std::uint64_t& left) {
                               return read_tensor(file, name, *view, left);
                           }});
    }
    return entries;
}

std::vector<Entry> entries_of(const std::vector<SafeTensor>& tensors) {
    std::vector<Entry> entries;
    for (const SafeTensor& tensor : tensors)
        entries.push_back(
            {tensor.name, [&tensor](std::uint64_t& left) { return read_tensor(tensor, left); }});
    return entries;
}

// The models among the names, or, where none is a transformer, everything: layouts.h says what is missing.
std::vector<ModelPlace> models_of(const std::vector<SafeTensor>& tensors) {
    std::vector<std::string_view> names;
    for (const SafeTensor& tensor : tensors)
        names.push_back(tensor.name);
    return models_among(names, "", nullptr);
}

// Where nothing is a transformer of ours: the dict of the file, or the one under the key "model",
// "state_dict" or "model_state_dict". Looks one level deep, because a dict may contain itself.
ModelPlace any_state_dict(const pickle::Value& value) {
    const auto* const dict = std::get_if<Dict*>(&value);
    if (!dict) throw Malformed("it does not hold a dict of tensors");
    for (const std::string_view usual : std::span(usual_items).subspan(1)) // without the whole file
        for (const auto& [key, held] : (*dict)->entries)
            if (const auto* const inner = std::get_if<Dict*>(&held); inner && key == pickle::Value(usual))
                return {std::string(usual), "", *inner};
    return {"", "", *dict};
}

StateDict read_state_dict(std::string_view bytes, const IsWanted& is_wanted, const std::string& item) {
    if (is_safetensors(bytes)) {
        const std::vector<SafeTensor> tensors = read_safetensors(bytes);
        const std::vector<ModelPlace> models = models_of(tensors);
        const ModelPlace model = models.empty() && item.empty() ? ModelPlace{} : choose_model(models, item);
        return read_entries(entries_of(tensors), model, most_values(bytes), is_wanted);
    }
    const TorchFile file(bytes);
    const std::vector<ModelPlace> models = find_models(file.value());
    const ModelPlace model =
        models.empty() && item.empty() ? any_state_dict(file.value()) : choose_model(models, item);
    return read_entries(entries_of(*model.dict, file), model, most_values(bytes), is_wanted);
}

template <typename Read>
auto with_the_name(std::string_view bytes, const std::string& name, const Read& read) {
    try {
        return read();
    } catch (const Malformed& problem) {
        throw refusal(name, bytes, problem);
    }
}

} // namespace

StateDict state_dict_of(std::string_view bytes, const std::string& name, const IsWanted& is_wanted,
                        const std::string& item) {
    return with_the_name(bytes, name, [&] { return read_state_dict(bytes, is_wanted, item); });
}

StateDict load_state_dict(const std::filesystem::path& file, const IsWanted& is_wanted) {
    return state_dict_of(read_torch_file(file), file.string(), is_wanted);
}

std::vector<std::string> items_of(std::string_view bytes, const std::string& name) {
    return with_the_name(bytes, name, [&] {
        std::vector<std::string> items;
        const bool is_safe = is_safetensors(bytes);
        for (const ModelPlace& model :
             is_safe ? models_of(read_safetensors(bytes)) : find_models(TorchFile(bytes).value()))
            items.push_back(model.item);
        return items;
    });
}

} // namespace grokreport
