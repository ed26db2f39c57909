// The mustache tags of a template as a tree with their places. A strict check needs them, and the mustache
// library does not offer them. Partials and changed delimiters are refused, so the tree has every name of the
// template.
#pragma once

#include "render/source.h"

#include <string>
#include <vector>

namespace grokreport::render {

struct Tag {
    enum class Kind {
        variable, // {{name}}: escaped
        html,     // {{{name}}} or {{&name}}: HTML of ours, not escaped
        section,  // {{#name}} body {{/name}}
        inverted, // {{^name}} body {{/name}}
    };
    Kind kind;
    std::string name;
    std::size_t offset; // of the first brace
    std::vector<Tag> body;
};

// Throws Error with file:line:column for a tag or section that is not closed, is closed twice or crosswise,
// has no name, or is refused. Comments, {{! ... }}, are left out.
std::vector<Tag> parse_tags(const Source& source);

} // namespace grokreport::render
