// Elements of the page that are lifted out of a template's text before Markdown sees it, each leaving a token,
// and that are put back when everything is known: formulas once all are typeset, references once all is
// numbered.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace grokreport::render {

// HTML of our own; it may hold tokens of further elements.
struct Markup {
    std::string html;
};

struct Formula {
    std::string tex;
    bool display;          // $$ ... $$
    std::string place;     // file:line:column of its first $
    std::string closing{}; // a mark of punctuation behind it, kept on its line
};

// A link to a figure or section whose text is its number: [](#figure-training-10k) or @figure-training-10k.
struct Reference {
    std::string target; // "figure-training-10k"
    std::string place;
};

// A sign that leads to a footnote: [^name].
struct FootnoteReference {
    std::string name;
    std::string place;
};

// A link to works of the bibliography: [@nanda2023; @zhong2023], or @nanda2023 as part of the sentence.
struct Citation {
    std::vector<std::string> keys;
    bool in_sentence;
    std::string place;
};

// A block of code, coloured ahead of time where its language is named.
struct Code {
    std::string language; // "python", or ""
    std::string text;
    std::string place; // of the template: cmark does not say where in it
};

// The chip of a claim where the text makes it; its card follows the paragraph.
struct Badge {
    std::string claim; // "grok.accuracy"
};

using InlineElement = std::variant<Markup, Formula, Reference, FootnoteReference, Citation, Code, Badge>;

class InlineElements {
  public:
    // Keeps the element and returns the token to leave in its place.
    std::string put(InlineElement element);

    const std::vector<InlineElement>& all() const { return elements_; }

    // Elements whose tokens stand in `text`, in order.
    std::vector<const InlineElement*> in(std::string_view text) const;

    // `html` with every token replaced by what `write` makes of its element, tokens in that too, and every
    // hidden value revealed.
    std::string fill(std::string_view html, const std::function<std::string(const InlineElement&)>& write) const;

  private:
    std::vector<InlineElement> elements_;
};

} // namespace grokreport::render
