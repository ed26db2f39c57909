// The names of a template and their values, as JSON. Every node is one of
//     text      a string                                  {{name}}
//     truth     a boolean                                 {{#name}}..{{/name}}, {{^name}}..{{/name}}
//     HTML      own_html(...)                             {{{name}}}: HTML of ours, never a measured value
//     list      list_of(prototype, items), or an array    {{#name}}..{{/name}}, once for each item
//     names     any other object                          {{name.inner}}
// A list has a prototype, an item that is never shown, so that the names inside its section can be checked
// when the list is empty. Every item has exactly the names of the prototype. The prototype of an array is its
// first item, so an array must not be empty.
#pragma once

#include "base/json.h"
#include "runs/lists.h"

#include <string>
#include <vector>

namespace grokreport::render {

enum class NodeKind { text, truth, html, list, names };

Json own_html(std::string html);

// Throws Error with `path` for a number or null: templates get values as finished text.
NodeKind kind_of(const Json& node, const std::string& path);
const Json& prototype_of(const Json& list);
const Json& items_of(const Json& list);

// Throws Error with the path of the first node that is none of the above, or of an item that differs from its
// prototype.
void validate_context(const Json& context);

// The full paths of all texts, truths, HTML and lists, and of those inside the prototypes of lists
// ("grok.spikes", "grok.spikes.epoch").
std::vector<std::string> leaf_paths(const Json& context);

// The advice of an error about an unknown name: "did you mean 'x'?" with the most similar of `names`, or
// `otherwise` where none is similar.
std::string did_you_mean(const std::string& unknown, const std::vector<std::string>& names,
                         const std::string& otherwise);

} // namespace grokreport::render
