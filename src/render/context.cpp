#include "render/context.h"

#include "base/error.h"

#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <numeric>

namespace grokreport::render {

namespace {

constexpr const char* html_key = "own html";

bool is_declared_list(const Json& node) {
    return node.is_object() && node.size() == 2 && node.contains(prototype_key) && node.contains(items_key);
}

std::string join_path(const std::string& path, const std::string& name) {
    return path.empty() ? name : path + "." + name;
}

// Calls `visit` for every leaf and list, and for the names of the prototype of a list.
void visit_leaves(const Json& node, const std::string& path,
                  const std::function<void(const std::string&)>& visit) {
    const NodeKind kind = kind_of(node, path);
    if (kind != NodeKind::names) visit(path);
    if (kind != NodeKind::names && kind != NodeKind::list) return;
    const Json& names = kind == NodeKind::list ? prototype_of(node) : node;
    for (const auto& [name, inner] : names.items())
        visit_leaves(inner, join_path(path, name), visit);
}

// The number of letters to add, remove or replace (Levenshtein).
std::size_t edit_distance(const std::string& a, const std::string& b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, substituted}));
        }
    }
    return row.back();
}

} // namespace

Json own_html(std::string html) {
    return {{html_key, std::move(html)}};
}

NodeKind kind_of(const Json& node, const std::string& path) {
    if (node.is_string()) return NodeKind::text;
    if (node.is_boolean()) return NodeKind::truth;
    if (node.is_array() && node.empty())
        throw Error(fmt::format("'{}' is an empty list without a prototype", path),
                    R"(write it as {"prototype": {...}, "items": []})");
    if (node.is_array() || is_declared_list(node)) return NodeKind::list;
    if (node.is_object()) return node.contains(html_key) ? NodeKind::html : NodeKind::names;
    throw Error(fmt::format("'{}' is {}, which no template can show", path, node.dump()),
                "format it as text where it is measured");
}

const Json& prototype_of(const Json& list) {
    return list.is_array() ? list.front() : list.at(prototype_key);
}
const Json& items_of(const Json& list) {
    return list.is_array() ? list : list.at(items_key);
}

std::vector<std::string> leaf_paths(const Json& context) {
    std::vector<std::string> paths;
    visit_leaves(context, "", [&](const std::string& path) { paths.push_back(path); });
    return paths;
}

namespace {

void validate_node(const Json& node, const std::string& path) {
    const NodeKind kind = kind_of(node, path);
    if (kind == NodeKind::names)
        for (const auto& [name, inner] : node.items())
            validate_node(inner, join_path(path, name));
    if (kind != NodeKind::list) return;
    const auto expected = leaf_paths(prototype_of(node));
    for (const Json& item : items_of(node)) {
        validate_node(item, path);
        if (leaf_paths(item) != expected)
            throw Error(fmt::format("an item of the list '{}' has other names than its prototype", path),
                        "give all items the same names in the same order");
    }
}

} // namespace

void validate_context(const Json& context) {
    validate_node(context, "");
}

std::string did_you_mean(const std::string& unknown, const std::vector<std::string>& names,
                         const std::string& otherwise) {
    std::string nearest;
    std::size_t least = unknown.size() / 2 + 1; // a larger distance is not a typing error
    for (const std::string& name : names) {
        const std::size_t distance = edit_distance(unknown, name);
        if (distance < least) {
            least = distance;
            nearest = name;
        }
    }
    return nearest.empty() ? otherwise : fmt::format("did you mean '{}'?", nearest);
}

} // namespace grokreport::render
