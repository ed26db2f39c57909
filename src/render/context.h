// What templates may name, as JSON whose every node is one of
//     text      a string                                  {{name}}
//     truth     a boolean                                 {{#name}}..{{/name}}, {{^name}}..{{/name}}
//     HTML      own_html(...)                             {{{name}}}: ours alone, never a measured value
//     list      list_of(prototype, items), or an array    {{#name}}..{{/name}}, once an item
//     names     any other object                          {{name.inner}}
// A list carries a prototype, an item that is never shown, so that the names inside its section can be
// checked when the list is empty; every item has exactly the names of the prototype. For an array the
// prototype is its first item, so an array must not be empty.
#pragma once

#include "base/json.h"

#include <set>
#include <string>
#include <vector>

namespace grokreport::render {

enum class NodeKind { text, truth, html, list, names };

Json own_html(std::string html);
Json list_of(Json prototype, Json items);

// Throws Error for a number or null: values reach templates as finished text.
NodeKind kind_of(const Json& node, const std::string& path);
const Json& prototype_of(const Json& list);
const Json& items_of(const Json& list);

// Throws Error naming the path of the first node that is none of the above, or of an item unlike its
// prototype.
void validate_context(const Json& context);

// The full paths of every node that a reader can see or branch on: texts, truths, HTML and lists, and those
// inside the prototypes of lists ("grok.spikes", "grok.spikes.epoch").
std::vector<std::string> leaf_paths(const Json& context);

// The name among `names` that is most like `wrong`, or "" where none is near.
std::string nearest_name(const std::string& wrong, const std::vector<std::string>& names);

} // namespace grokreport::render
