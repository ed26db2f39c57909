// A mustache template that is strict: every name of every branch must be in the context, whether or not the
// branch is taken, and is used as what it is (text, truth, list or our own HTML; context.h).
#pragma once

#include "render/context.h"
#include "render/source.h"
#include "render/tags.h"

#include <functional>
#include <set>
#include <string>

namespace grokreport::render {

class Template {
  public:
    enum class Language {
        markdown, // values are hidden from cmark, constructs get positions (placeholders.h)
        html,     // values are HTML-escaped
    };

    // Throws Error with file:line:column where the tags do not nest.
    Template(Source source, Language language);

    const Source& source() const { return source_; }

    // Throws Error "file:line:column: unknown name 'x'; did you mean 'y'?" for the first name that the
    // context lacks, or one used as what it is not. Adds the full path of every name to `used`.
    void check(const Json& context, std::set<std::string>& used) const;

    // The text with every tag replaced. `write_html` turns our own HTML into what stands in the text (in
    // Markdown a token; by default the HTML itself). Throws Error should a name be missing all the same.
    std::string fill(const Json& context,
                     const std::function<std::string(const std::string&)>& write_html = {}) const;

  private:
    Source source_;
    Language language_;
    std::vector<Tag> tags_;
};

} // namespace grokreport::render
