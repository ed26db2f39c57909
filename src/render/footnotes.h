// The footnotes of the text: each is written once and pointed to at least once, and they are numbered in the
// order in which the text first points to them.
#pragma once

#include "render/inline_elements.h"
#include "render/source.h"

#include <map>
#include <string>
#include <vector>

namespace grokreport::render {

struct Footnote {
    std::string name;
    std::string html; // may hold tokens (inline_elements.h)
    std::string place;
};

class Footnotes {
  public:
    // Throws Error with the place of the second where there are two of one name.
    void write(Footnote footnote);

    // Numbers the footnotes by the marks of a text, in its order. Throws Error with the place of a mark that
    // points to no footnote, or of a footnote that no mark points to.
    void number(const std::vector<InlineElement>& elements);

    // After number(): in order.
    const std::vector<Footnote>& in_order() const { return footnotes_; }

    // The sign in the text, <a href="#footnote-<name>">. The first of a name is where the footnote leads
    // back.
    std::string reference_html(const FootnoteReference& mark) const;

  private:
    std::vector<Footnote> footnotes_;
    std::map<std::string, const FootnoteReference*> first_references_;
};

} // namespace grokreport::render
