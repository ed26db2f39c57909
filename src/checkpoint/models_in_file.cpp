#include "checkpoint/models_in_file.h"

#include "checkpoint/malformed.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <set>

namespace grokreport {

using pickle::Dict;
using pickle::List;
using pickle::TensorView;
using pickle::Tuple;
using pickle::Value;

namespace {

constexpr int deepest_model = 6;
constexpr std::size_t most_models = 10'000;

std::string below(const std::string& item, std::string_view key) {
    return item.empty() ? std::string(key) : fmt::format("{}/{}", item, key);
}

// A key of a dict in an item: a number, or a text that is not too long.
std::optional<std::string> key_text(const Value& key) {
    if (const auto* const text = std::get_if<std::string_view>(&key))
        return text->size() <= longest_key ? std::optional<std::string>(*text) : std::nullopt;
    if (const auto* const number = std::get_if<std::int64_t>(&key)) return std::to_string(*number);
    return std::nullopt;
}

class Search {
  public:
    std::vector<ModelPlace> models;

    void visit(const Value& value, const std::string& item, int depth) {
        if (depth > deepest_model || models.size() >= most_models) return;
        if (const auto* const dict = std::get_if<Dict*>(&value)) visit_dict(**dict, item, depth);
        if (const auto* const list = std::get_if<List*>(&value))
            visit_items((*list)->items, *list, item, depth);
        if (const auto* const tuple = std::get_if<const Tuple*>(&value))
            visit_items((*tuple)->items, *tuple, item, depth);
    }

  private:
    bool is_new(const void* container) { return seen_.insert(container).second; }

    void visit_dict(const Dict& dict, const std::string& item, int depth) {
        if (!is_new(&dict)) return;
        std::vector<std::string_view> names;
        for (const auto& [key, value] : dict.entries)
            if (const auto* const name = std::get_if<std::string_view>(&key);
                name && std::holds_alternative<const TensorView*>(value))
                names.push_back(*name);
        std::ranges::move(models_among(names, item, &dict), std::back_inserter(models));
        for (const auto& [key, value] : dict.entries)
            if (const auto text = key_text(key)) visit(value, below(item, *text), depth + 1);
    }

    void visit_items(const std::vector<Value>& items, const void* container, const std::string& item,
                     int depth) {
        if (!is_new(container)) return;
        for (std::size_t i = 0; i < items.size(); ++i)
            visit(items[i], below(item, std::to_string(i)), depth + 1);
    }

    std::set<const void*> seen_; // also ends a list that contains itself
};

// "a, b and 7 more"
std::string listed_items(const std::vector<ModelPlace>& models) {
    constexpr std::size_t shown = 6;
    const std::string whole = models.size() == 1 ? "the whole" : "the one without a prefix";
    std::string text;
    for (std::size_t i = 0; i < std::min(shown, models.size()); ++i)
        text += (i == 0 ? "" : ", ") + (models[i].item.empty() ? whole : models[i].item);
    if (models.size() > shown)
        text += fmt::format(" and {} more, the last {}", models.size() - shown, models.back().item);
    return text;
}

} // namespace

std::vector<std::string> prefixes_among(std::span<const std::string_view> names) {
    std::vector<std::string> prefixes;
    for (const std::string_view name : names) {
        if (!name.ends_with(telling_name) || name.size() > longest_key + telling_name.size()) continue;
        std::string prefix(name.substr(0, name.size() - telling_name.size()));
        const bool is_prefix = prefix.empty() || prefix.back() == '.';
        if (is_prefix && std::ranges::find(prefixes, prefix) == prefixes.end())
            prefixes.push_back(std::move(prefix));
        if (prefixes.size() >= most_models) break;
    }
    return prefixes;
}

std::vector<ModelPlace> find_models(const Value& value) {
    Search search;
    search.visit(value, "", 0);
    return std::move(search.models);
}

std::vector<ModelPlace> models_among(std::span<const std::string_view> names, const std::string& item,
                                     const Dict* dict) {
    const std::vector<std::string> prefixes = prefixes_among(names);
    if (prefixes.size() == 1) return {{item, prefixes.front(), dict}};
    std::vector<ModelPlace> models;
    for (const std::string& prefix : prefixes) {
        const std::string key = prefix.substr(0, prefix.empty() ? 0 : prefix.size() - 1);
        models.push_back({prefix.empty() ? item : below(item, key), prefix, dict});
    }
    return models;
}

const ModelPlace& choose_model(const std::vector<ModelPlace>& models, const std::string& item) {
    if (models.empty())
        throw Malformed(fmt::format("it has no model at {}: no tensor {} stands in it", item, telling_name),
                        "leave --item out");
    if (!item.empty()) {
        const auto found = std::ranges::find(models, item, &ModelPlace::item);
        if (found != models.end()) return *found;
        throw Malformed(fmt::format("it has no model at {}; it has {}", item, listed_items(models)),
                        "choose one of these with --item");
    }
    if (models.size() == 1) return models.front();
    for (const std::string_view usual : usual_items)
        if (const auto found = std::ranges::find(models, usual, &ModelPlace::item); found != models.end())
            return *found;
    throw Malformed(fmt::format("it holds {} models: {}", models.size(), listed_items(models)),
                    fmt::format("choose one: --item {}", models.back().item));
}

} // namespace grokreport
