// The text of the report: from filled templates to HTML. Chapters are added one after another. Chapters,
// sections and figures get their numbers in order of appearance. finish() then fills in formulas, references,
// citations and footnotes.
#pragma once

#include "render/bibliography.h"
#include "render/block_parser.h"
#include "render/figure.h"
#include "render/footnotes.h"
#include "render/inline_elements.h"
#include "render/markdown.h"
#include "render/template.h"

#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace grokreport::render {

// A heading for the table of contents.
struct Heading {
    int level;                       // 1 for #
    std::string number;              // "2.1"; "" for an appendix
    std::string id;                  // "section-model-task", unique
    std::string title;               // HTML; may contain placeholders until finish()
    std::vector<std::string> claims; // those whose first badge stands under this heading
};

// The functions that write elements of the page.
struct Writers {
    std::function<std::string(const FigureText&)> figure;         // <figure> ... </figure>
    std::function<std::string(const std::string& claim)> chip;    // the badge in the sentence
    std::function<std::string(const std::string& claim)> card;    // the evidence, after the paragraph
    std::function<std::string(const std::string& name)> setting;  // a link that sets the explorer's switches
    std::function<std::string(const std::string& text)> explorer; // the model explorer around the text
    std::function<std::vector<std::string>(std::span<const Formula>)> formulas; // HTML of each
    std::function<std::vector<std::string>(std::span<const Code>)> code;        // HTML of each
};

class Manuscript {
  public:
    Manuscript(Writers writers, Bibliography bibliography)
        : writers_(std::move(writers)), bibliography_(std::move(bibliography)) {}

    // Stores the formula of a card and returns its placeholder.
    std::string put(Formula formula) { return elements_.put(std::move(formula)); }

    // Fills and adds a chapter. Its number is that of the file ("04-grokking.md": 4); other files are
    // appendices. `context` has the badge of each claim as badge.<id>, whose HTML is the id of the claim, and
    // the links of explorer.h.
    // Throws Error with file:line:column for a figure that is shown twice or has no alternative text or
    // caption, for mathematics in an alternative text, for a footnote that is written twice, and for the
    // errors of the parsers.
    void add(const Template& chapter, const Json& context);

    // The HTML of all chapters. Throws Error with file:line:column for a reference without a target, and
    // Error for a work that is not cited and for a footnote without a reference.
    std::string finish();

    // The results, after finish().
    const std::vector<Heading>& headings() const { return headings_; }
    const std::vector<FigureText>& figures() const { return figures_; }
    const std::vector<Footnote>& footnotes() const { return finished_footnotes_; } // in order
    const std::vector<Work>& works() const { return bibliography_.works(); }       // all of them are cited
    bool has_badge(const std::string& claim) const { return badge_section_.contains(claim); }
    // The heading above the first badge of a claim; nullptr where there is none.
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
    std::map<std::string, std::size_t> badge_section_; // by claim: 1 + the index of its heading, 0 for none
    std::string chapter_number_;
    int sections_in_chapter_ = 0;
};

} // namespace grokreport::render
