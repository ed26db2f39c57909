// The works that the text cites, read from the part of CSL JSON that templates/references.json uses, and the
// text of their citations.
#pragma once

#include "render/context.h"

#include <filesystem>
#include <string>
#include <vector>

namespace grokreport::render {

struct Work {
    std::string key;     // "nanda2023"
    std::string authors; // in the list: "Neel Nanda, Lawrence Chan, ... and Jacob Steinhardt"
    std::string label;   // in a sentence: "Nanda et al."; the title where there is no author
    std::string year;    // "2023", with the letter of a year-suffix
    std::string title;
    std::string container; // journal, proceedings or site; "" for none
    std::string url;       // "" for none
};

class Bibliography {
  public:
    Bibliography() = default; // without works

    // Throws Error with the file and the work where a field is missing (id, title, issued), where a URL is
    // not http or https, and where two works have the same key or the same citation.
    static Bibliography read(const std::filesystem::path& file);

    const std::string& file() const { return file_; }
    // In the order of the list: by label, then by year.
    const std::vector<Work>& works() const { return works_; }

    // The work with this key. Throws Error that begins with `place` where there is none.
    const Work& find(const std::string& key, const std::string& place) const;

  private:
    std::string file_;
    std::vector<Work> works_;
};

// <a href="#reference-<key>">: "Nanda et al. (2023)" in a sentence, "Nanda et al., 2023" in brackets.
std::string citation_html(const Work& work, bool in_sentence);

} // namespace grokreport::render
