#include "render/footnotes.h"

#include "base/error.h"
#include "render/context.h"

#include <algorithm>
#include <fmt/format.h>

namespace grokreport::render {

void Footnotes::add(Footnote footnote) {
    if (std::ranges::count(footnotes_, footnote.name, &Footnote::name) > 0)
        throw Error(fmt::format("{}: there are two footnotes '{}'", footnote.place, footnote.name),
                    "rename one");
    footnotes_.push_back(std::move(footnote));
}

void Footnotes::number(const std::vector<InlineElement>& elements) {
    std::vector<Footnote> numbered;
    for (const InlineElement& element : elements) {
        const auto* reference = std::get_if<FootnoteReference>(&element);
        if (reference == nullptr || !first_references_.emplace(reference->name, reference).second) continue;
        const auto found = std::ranges::find(footnotes_, reference->name, &Footnote::name);
        if (found == footnotes_.end()) {
            std::vector<std::string> names;
            for (const Footnote& footnote : footnotes_)
                names.push_back(footnote.name);
            throw Error(
                fmt::format("{}: there is no footnote '{}'", reference->place, reference->name),
                did_you_mean(reference->name, names,
                             fmt::format("write it between ::: footnote {} and :::", reference->name)));
        }
        numbered.push_back(*found);
    }
    for (const Footnote& footnote : footnotes_)
        if (!first_references_.contains(footnote.name))
            throw Error(fmt::format("{}: nothing points to the footnote '{}'", footnote.place, footnote.name),
                        fmt::format("put [^{}] where it belongs", footnote.name));
    footnotes_ = std::move(numbered);
}

std::string Footnotes::reference_html(const FootnoteReference& reference) const {
    const auto position =
        std::ranges::find(footnotes_, reference.name, &Footnote::name) - footnotes_.begin() + 1;
    const bool is_first = first_references_.at(reference.name) == &reference;
    return fmt::format(R"(<sup><a class="footnote"{} href="#footnote-{}" role="doc-noteref" )"
                       R"(aria-label="Note {}">{}</a></sup>)",
                       is_first ? fmt::format(R"( id="note-{}")", reference.name) : "", reference.name,
                       position, position);
}

} // namespace grokreport::render
