// The footnotes of the text. Each is written once and has at least one reference. Their numbers follow the
// order of their first references.
#pragma once

#include "render/inline_elements.h"

#include <map>
#include <string>
#include <vector>

namespace grokreport::render {

struct Footnote {
    std::string name;
    std::string html; // may contain placeholders (inline_elements.h)
    std::string place;
};

class Footnotes {
  public:
    // Throws Error with the place of the footnote where its name is taken.
    void add(Footnote footnote);

    // Numbers the footnotes by the references among the elements of the text. Keeps pointers to these
    // references. Throws Error with the place of a reference without a footnote, or of a footnote without a
    // reference.
    void number(const std::vector<InlineElement>& elements);

    // In the order of their numbers, after number().
    const std::vector<Footnote>& in_order() const { return footnotes_; }

    // <a href="#footnote-<name>"> with the number. The first reference to a footnote has the id to which the
    // footnote links back.
    std::string reference_html(const FootnoteReference& reference) const;

  private:
    std::vector<Footnote> footnotes_;
    std::map<std::string, const FootnoteReference*> first_references_;
};

} // namespace grokreport::render
