#include "render/footnotes.h"

#include "base/error.h"
#include "render/context.h"

#include <algorithm>
#include <fmt/format.h>

namespace grokreport::render {

void Footnotes::write(Footnote footnote) {
    if (std::ranges::count(footnotes_, footnote.name, &Footnote::name) > 0)
        throw Error(fmt::format("{}: there are two footnotes '{}'", footnote.place, footnote.name),
                    "rename one");
    footnotes_.push_back(std::move(footnote));
}

void Footnotes::number(const std::vector<InlineElement>& elements) {
    std::vector<Footnote> numbered;
    for (const InlineElement& element : elements) {
        const auto* mark = std::get_if<FootnoteReference>(&element);
        if (mark == nullptr || !first_references_.emplace(mark->name, mark).second) continue;
        const auto written = std::ranges::find(footnotes_, mark->name, &Footnote::name);
        if (written == footnotes_.end()) {
            std::vector<std::string> names;
            for (const Footnote& footnote : footnotes_)
                names.push_back(footnote.name);
            const std::string near = nearest_name(mark->name, names);
            throw Error(fmt::format("{}: there is no footnote '{}'", mark->place, mark->name),
                        near.empty() ? fmt::format("write it between ::: footnote {} and :::", mark->name)
                                     : fmt::format("did you mean '{}'?", near));
        }
        numbered.push_back(*written);
    }
    for (const Footnote& footnote : footnotes_)
        if (!first_references_.contains(footnote.name))
            throw Error(fmt::format("{}: nothing points to the footnote '{}'", footnote.place, footnote.name),
                        fmt::format("put [^{}] where it belongs", footnote.name));
    footnotes_ = std::move(numbered);
}

std::string Footnotes::reference_html(const FootnoteReference& mark) const {
    const auto at = std::ranges::find(footnotes_, mark.name, &Footnote::name);
    const bool is_first = first_references_.at(mark.name) == &mark;
    return fmt::format(R"(<sup><a class="footnote"{} href="#footnote-{}" role="doc-noteref" )"
                       R"(aria-label="Note {}">{}</a></sup>)",
                       is_first ? fmt::format(R"( id="note-{}")", mark.name) : "", mark.name,
                       at - footnotes_.begin() + 1, at - footnotes_.begin() + 1);
}

} // namespace grokreport::render
