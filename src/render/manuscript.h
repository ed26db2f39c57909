// The report's text on its way from filled templates to HTML: chapters are added one after another,
// everything is numbered in the order in which it appears, and finish() puts formulas, references, citations
// and footnotes in their places.
#pragma once

#include "render/bibliography.h"
#include "render/block_parser.h"
#include "render/figure.h"
#include "render/footnotes.h"
#include "render/markdown.h"
#include "render/mathematics.h"
#include "render/inline_elements.h"
#include "render/template.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace grokreport::render {

// A heading, as the contents list it.
struct Heading {
    int level;                       // 1 for #
    std::string number;              // "2.1"; "" for an appendix
    std::string id;                  // "section-model-task", unique
    std::string title;               // HTML; may hold tokens until finish()
    std::vector<std::string> claims; // whose first badge stands under this heading
};

// What the manuscript leaves to others.
struct Writers {
    std::function<std::string(const FigureText&)> figure;      // <figure> ... </figure>
    std::function<std::string(const std::string& claim)> chip; // the badge in the sentence
    std::function<std::string(const std::string& claim)> card; // what it opens, after the paragraph
    std::function<std::vector<std::string>(std::span<const Formula>)> formulas; // HTML of each
    std::function<std::vector<std::string>(std::span<const Code>)> code;        // HTML of each
};

class Manuscript {
  public:
    Manuscript(Writers writers, Bibliography bibliography)
        : writers_(std::move(writers)), bibliography_(std::move(bibliography)) {}

    // Keeps a formula that a card will show, and returns its token.
    std::string put(Formula formula) { return elements_.put(std::move(formula)); }

    // Adds a filled chapter. Its number is that of the file ("04-grokking.md": 4); other files are
    // appendices. `context` gives each claim's badge as badge.<id>, whose HTML is the claim's id. Throws
    // Error with file:line:column for a figure that was shown before, a figure without its alt text or
    // caption, mathematics in an alt text, a footnote written twice, and whatever the blocks inside throw.
    void add(const Template& chapter, const Json& context);

    // The HTML of all chapters. Throws Error with file:line:column for a reference to nothing, and Error for
    // a work that is not cited or a footnote that nothing points to.
    std::string finish();

    // After finish().
    const std::vector<Heading>& headings() const { return headings_; }
    const std::vector<FigureText>& figures() const { return figures_; }
    const std::vector<Footnote>& footnotes() const { return finished_footnotes_; } // in order
    const std::vector<Work>& works() const { return bibliography_.works(); }       // all of them cited
    bool has_badge(const std::string& claim) const { return badge_section_.contains(claim); }
    // The heading under which a claim's first badge stands; nullptr where there is none above it.
    const Heading* section_of(const std::string& claim) const;

  private:
    std::string render(std::string_view filled, const Source& source);
    std::string render_markdown(std::string_view text, const Source& source);
    std::string render_figure(const Block& block, const Source& source);
    HeadingTags open_heading(int level, const std::string& text);
    std::string cards_of(const std::string& block_text);
    std::string write_reference(const Reference& reference) const;
    std::string write_citation(const Citation& citation) const;
    void check_citations() const;

    Writers writers_;
    Bibliography bibliography_;
    Footnotes footnotes_;
    std::vector<Footnote> finished_footnotes_;
    InlineElements elements_;
    std::string html_;
    std::vector<Heading> headings_;
    std::vector<FigureText> figures_;
    std::map<std::string, std::size_t> badge_section_; // claim -> 1 + index of its heading, 0 for none
    std::string chapter_number_;
    int sections_in_chapter_ = 0;
};

} // namespace grokreport::render
