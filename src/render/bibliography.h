// The works that the text cites, from a file in the part of CSL JSON that templates/references.json uses, and
// how a citation of one reads.
#pragma once

#include "render/context.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace grokreport::render {

struct Work {
    std::string key;     // "nanda2023"
    std::string authors; // as the list gives them: "Neel Nanda, Lawrence Chan, ... and Jacob Steinhardt"
    std::string label;   // as a sentence gives them: "Nanda et al."; the title where no author is named
    std::string year;    // "2023", with a letter where the file has a year-suffix
    std::string title;
    std::string container; // journal, proceedings or site; "" for none
    std::string url;       // "" for none
};

class Bibliography {
  public:
    Bibliography() = default; // of no works

    // Throws Error naming the file and the work where a field is missing (id, title, issued), and where two
    // works have one key or would read alike.
    static Bibliography read(const std::filesystem::path& file);

    const std::string& file() const { return file_; }
    // In the order of the list: by label, then year.
    const std::vector<Work>& works() const { return works_; }

    // Throws Error beginning with `place` where no work has the key.
    const Work& find(const std::string& key, const std::string& place) const;

  private:
    std::string file_;
    std::vector<Work> works_;
};

// <a href="#reference-<key>">: "Nanda et al. (2023)" in a sentence, "Nanda et al., 2023" in brackets.
std::string citation_html(const Work& work, bool in_sentence);

} // namespace grokreport::render
