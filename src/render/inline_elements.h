// Inline elements of the page. The inline parser extracts them from the text of a template before Markdown
// and leaves a placeholder for each. They are filled in when all formulas are typeset and all figures and
// sections have numbers.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace grokreport::render {

// HTML of ours, which may contain placeholders of other elements.
struct Markup {
    std::string html;
};

struct Formula {
    std::string tex;
    bool display;          // $$ ... $$
    std::string place;     // file:line:column of its first $
    std::string closing{}; // a punctuation mark behind it, which stays on its line
};

// A link with the number of a figure or section as its text: [](#figure-training-10k) or
// @figure-training-10k.
struct Reference {
    std::string target; // "figure-training-10k"
    std::string place;
};

// A link to a footnote: [^name].
struct FootnoteReference {
    std::string name;
    std::string place;
};

// Links to works of the bibliography: [@nanda2023; @zhong2023], or @nanda2023 as part of the sentence.
struct Citation {
    std::vector<std::string> keys;
    bool in_sentence;
    std::string place;
};

// A code block. Pygments colours it where its language is named.
struct Code {
    std::string language; // "python", or ""
    std::string text;
    std::string place; // the name of the template: cmark does not tell the line
};

// A link to a claim where the text makes it. The card of the claim follows the paragraph.
struct Badge {
    std::string claim; // "grok.accuracy"
};

using InlineElement = std::variant<Markup, Formula, Reference, FootnoteReference, Citation, Code, Badge>;

class InlineElements {
  public:
    // Stores the element and returns its placeholder.
    std::string put(InlineElement element);

    const std::vector<InlineElement>& all() const { return elements_; }

    // The elements whose placeholders `text` contains, in order.
    std::vector<const InlineElement*> in(std::string_view text) const;

    // `html` with each placeholder replaced by the result of `write` for its element, which may contain
    // placeholders too, and with all hidden values revealed.
    std::string fill(std::string_view html,
                     const std::function<std::string(const InlineElement&)>& write) const;

  private:
    std::vector<InlineElement> elements_;
};

} // namespace grokreport::render
