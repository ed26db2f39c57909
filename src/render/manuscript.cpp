#include "render/manuscript.h"

#include "base/error.h"
#include "render/explorer.h"
#include "render/html.h"
#include "render/inline_parser.h"
#include "render/placeholders.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <set>

namespace grokreport::render {

namespace {

// "4" for "templates/04-grokking.md"; "" for "templates/methods.md" and for an introduction, "00-...".
std::string chapter_number(const std::string& file) {
    const std::string name = std::filesystem::path(file).filename().string();
    const std::size_t first = name.find_first_not_of('0');
    const std::size_t end = name.find_first_not_of("0123456789");
    if (end == 0 || end == std::string::npos || first >= end) return "";
    return name.substr(first, end - first);
}

// The text without the placeholders of elements, from which an anchor is made.
std::string words_of(std::string_view text) {
    std::string words;
    for (std::size_t i = 0; i < text.size();) {
        const auto placeholder = read_placeholder(Placeholder::element, text, i);
        if (!placeholder) words += text[i];
        i += placeholder ? placeholder->size : 1;
    }
    return reveal_as_text(words);
}

// The offset in the template of the first $ in `text`, or npos.
std::size_t find_dollar(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto position = read_placeholder(Placeholder::position, text, i);
        if (position && text.substr(i + position->size).starts_with('$')) return position->number;
    }
    return std::string_view::npos;
}

} // namespace

void Manuscript::add(const Template& chapter, const Json& context) {
    chapter_number_ = chapter_number(chapter.source().name);
    sections_in_chapter_ = 0;
    const auto element = [&](const std::string& html) {
        if (html.starts_with(setting_prefix))
            return elements_.put(Markup{writers_.setting(html.substr(setting_prefix.size()))});
        return elements_.put(Badge{html});
    };
    html_ += render(chapter.fill(context, element), chapter.source());
}

std::string Manuscript::render(std::string_view filled, const Source& source) {
    std::string html;
    for (const Block& block : parse_blocks(filled, source)) {
        switch (block.kind) {
        case Block::Kind::text:
            html += render_markdown(block.text, source);
            break;
        case Block::Kind::figure:
            html += render_figure(block, source);
            break;
        case Block::Kind::note:
            html += fmt::format("<div class=\"note\" role=\"note\">\n{}</div>\n", render(block.text, source));
            break;
        case Block::Kind::details:
            html += fmt::format("<details class=\"more\">\n<summary>{}</summary>\n{}</details>\n",
                                escape_html(extract_inline_elements(block.argument, source, elements_)),
                                render(block.text, source));
            break;
        case Block::Kind::explorer:
            html += writers_.explorer(render(block.text, source));
            break;
        case Block::Kind::footnote:
            footnotes_.add({block.argument, render(block.text, source), place(source, block.offset)});
            break;
        }
    }
    return html;
}

std::string Manuscript::render_markdown(std::string_view text, const Source& source) {
    MarkdownHooks hooks;
    hooks.heading = [&](int level, const std::string& title) { return open_heading(level, title); };
    hooks.after_block = [&](const std::string& block_text) { return cards_of(block_text); };
    hooks.code = [&](const std::string& language, const std::string& code) {
        return elements_.put(Code{language, reveal_as_text(code), source.name});
    };
    return markdown_to_html(extract_inline_elements(text, source, elements_), hooks);
}

std::string Manuscript::render_figure(const Block& block, const Source& source) {
    const auto fail = [&](const std::string& what, const std::string& mend) {
        fail_at(source, block.offset, fmt::format("figure '{}' {}", block.argument, what), mend);
    };
    constexpr std::string_view label = "alt:";
    const std::size_t newline = block.text.find('\n');
    const std::string alt = block.text.substr(0, newline);
    const std::string caption = newline == std::string::npos ? "" : block.text.substr(newline + 1);
    if (!alt.starts_with(label) || alt.find_first_not_of(' ', label.size()) == std::string::npos)
        fail("has no alternative text",
             "put 'alt:' and a sentence for those who cannot see it on its first line");
    if (caption.find_first_not_of(" \n") == std::string::npos)
        fail("has no caption", "write one below its alternative text");
    if (const std::size_t dollar = find_dollar(alt); dollar != std::string::npos)
        fail_at(source, dollar, "an alternative text is plain, without mathematics", "say it in words");
    if (!elements_.in(alt).empty()) fail("has a badge in its alternative text", "move it to the caption");
    if (std::ranges::count(figures_, block.argument, &FigureText::id) > 0)
        fail("is shown a second time", fmt::format("refer to it with @figure-{}", block.argument));
    const std::string plain_alt =
        reveal_as_text(without_positions(alt.substr(alt.find_first_not_of(' ', label.size()))));
    // The figure is added before its caption is parsed, because the caption may refer to it.
    figures_.push_back({block.argument, plain_alt, "", figures_.size() + 1});
    const std::size_t index = figures_.size() - 1;
    figures_[index].caption = render_markdown(caption, source);
    try {
        return elements_.put(Markup{writers_.figure(figures_[index])});
    } catch (const Error& problem) {
        throw Error(fmt::format("{}: {}", place(source, block.offset), problem.what()), "");
    }
}

HeadingTags Manuscript::open_heading(int level, const std::string& text) {
    std::string number;
    if (!chapter_number_.empty() && level == 1) number = chapter_number_;
    if (!chapter_number_.empty() && level == 2)
        number = fmt::format("{}.{}", chapter_number_, ++sections_in_chapter_);
    const std::string stem = "section-" + anchor_of(words_of(text));
    std::string id = stem;
    for (int copy = 2; std::ranges::count(headings_, id, &Heading::id) > 0; ++copy)
        id = fmt::format("{}-{}", stem, copy);
    headings_.push_back({level, number, id, escape_html(text), {}});
    const std::string span = number.empty() ? "" : fmt::format("<span class=\"number\">{}</span> ", number);
    return {fmt::format(R"(<span class="heading" id="{}">{})", id, span),
            fmt::format(R"(</span> <a class="permalink" href="#{}" aria-label="Link to this section">#</a>)",
                        id)};
}

std::string Manuscript::cards_of(const std::string& block_text) {
    std::string cards;
    for (const InlineElement* element : elements_.in(block_text)) {
        const auto* badge = std::get_if<Badge>(element);
        if (badge == nullptr || has_badge(badge->claim)) continue;
        badge_section_[badge->claim] = headings_.size();
        if (!headings_.empty()) headings_.back().claims.push_back(badge->claim);
        cards += writers_.card(badge->claim);
    }
    return cards.empty() ? "" : elements_.put(Markup{cards});
}

const Heading* Manuscript::section_of(const std::string& claim) const {
    const std::size_t heading = badge_section_.at(claim);
    return heading == 0 ? nullptr : &headings_[heading - 1];
}

std::string Manuscript::write_reference(const Reference& reference) const {
    std::vector<std::string> known;
    for (const FigureText& figure : figures_) {
        known.push_back("figure-" + figure.id);
        if (known.back() == reference.target)
            return fmt::format("<a href=\"#{}\">Figure {}</a>", reference.target, figure.number);
    }
    for (const Heading& heading : headings_) {
        known.push_back(heading.id);
        if (heading.id == reference.target)
            return fmt::format("<a href=\"#{}\">{}</a>", heading.id,
                               heading.number.empty() ? heading.title : "Section " + heading.number);
    }
    throw Error(
        fmt::format("{}: there is no figure or section '{}'", reference.place, reference.target),
        did_you_mean(reference.target, known, "refer to figure-ID or section-TITLE-IN-SMALL-LETTERS"));
}

std::string Manuscript::write_citation(const Citation& citation) const {
    std::string links;
    for (const std::string& key : citation.keys) {
        if (!links.empty()) links += "; ";
        links += citation_html(bibliography_.find(key, citation.place), citation.in_sentence);
    }
    return citation.in_sentence ? links : "(" + links + ")";
}

void Manuscript::check_citations() const {
    std::set<std::string> cited;
    for (const InlineElement& element : elements_.all())
        if (const auto* citation = std::get_if<Citation>(&element))
            for (const std::string& key : citation->keys)
                cited.insert(bibliography_.find(key, citation->place).key);
    for (const Work& work : bibliography_.works())
        if (!cited.contains(work.key))
            throw Error(fmt::format("{}: nothing cites '{}'", bibliography_.file(), work.key),
                        fmt::format("cite it with [@{}], or take it out", work.key));
}

namespace {

// Writes all elements of one kind in a single call, because each call starts a program.
template <typename Kind, typename Write>
void write_all(const InlineElements& elements, const Write& write,
               std::map<const InlineElement*, std::string>& written) {
    std::vector<Kind> of_kind;
    std::vector<const InlineElement*> places;
    for (const InlineElement& element : elements.all())
        if (const auto* found = std::get_if<Kind>(&element)) {
            of_kind.push_back(*found);
            places.push_back(&element);
        }
    const std::vector<std::string> html = write(of_kind);
    for (std::size_t i = 0; i < places.size(); ++i)
        written[places[i]] = html.at(i);
}

} // namespace

std::string Manuscript::finish() {
    std::map<const InlineElement*, std::string> written;
    write_all<Formula>(elements_, writers_.formulas, written);
    write_all<Code>(elements_, writers_.code, written);
    check_citations();
    footnotes_.number(elements_.all());

    const auto write = [&](const InlineElement& element) -> std::string {
        if (const auto* markup = std::get_if<Markup>(&element)) return markup->html;
        if (const auto* badge = std::get_if<Badge>(&element)) return writers_.chip(badge->claim);
        if (const auto* reference = std::get_if<Reference>(&element)) return write_reference(*reference);
        if (const auto* citation = std::get_if<Citation>(&element)) return write_citation(*citation);
        if (const auto* footnote = std::get_if<FootnoteReference>(&element))
            return footnotes_.reference_html(*footnote);
        if (const auto* formula = std::get_if<Formula>(&element);
            formula != nullptr && !formula->closing.empty())
            return fmt::format("<span class=\"together\">{}{}</span>", written.at(&element),
                               formula->closing);
        return written.at(&element);
    };
    std::string html = elements_.fill(html_, write);
    for (Heading& heading : headings_)
        heading.title = elements_.fill(heading.title, write);
    finished_footnotes_ = footnotes_.in_order();
    for (Footnote& footnote : finished_footnotes_)
        footnote.html = elements_.fill(footnote.html, write);
    return html;
}

} // namespace grokreport::render
