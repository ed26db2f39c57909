// A strict mustache template. Every name in every branch must be in the context, also in a branch that is not
// taken, and must be used as what it is (text, truth, list or HTML of ours; context.h).
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
        markdown, // values are hidden from cmark, and constructs get positions (placeholders.h)
        html,     // values are escaped
    };

    // Throws Error with file:line:column where the tags do not nest.
    Template(Source source, Language language);

    const Source& source() const { return source_; }

    // Throws Error "file:line:column: unknown name 'x'; did you mean 'y'?" for the first name that the
    // context lacks, and for a name that is used as something that it is not. Adds the full path of every
    // name to `used`.
    void check(const Json& context, std::set<std::string>& used) const;

    // The text with every tag replaced. `write_html` maps HTML of ours to what stands in the text: in
    // Markdown a placeholder, by default the HTML itself. Throws Error where a name is missing.
    std::string fill(const Json& context,
                     const std::function<std::string(const std::string&)>& write_html = {}) const;

    // check(), then fill().
    std::string fill_checked(const Json& context) const;

  private:
    Source source_;
    Language language_;
    std::vector<Tag> tags_;
};

} // namespace grokreport::render
