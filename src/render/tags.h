// The mustache tags of a template as a tree, with their places: what a strict check needs and the mustache
// library keeps to itself. It knows the tags that our templates use and refuses the others (partials, changed
// delimiters), so that every name of a template is seen here.
#pragma once

#include "render/source.h"

#include <string>
#include <vector>

namespace grokreport::render {

struct Tag {
    enum class Kind {
        variable, // {{name}}: escaped
        html,     // {{{name}}} or {{&name}}: our own HTML, not escaped
        section,  // {{#name}} body {{/name}}
        inverted, // {{^name}} body {{/name}}
    };
    Kind kind;
    std::string name;
    std::size_t offset; // of the first brace
    std::vector<Tag> body;
};

// Throws Error with file:line:column on a tag or section that is not closed, is closed twice or crosswise,
// has no name, or is of a kind that is refused. Comments, {{! ... }}, are left out.
std::vector<Tag> parse_tags(const Source& source);

} // namespace grokreport::render
