// The provenance of a figure as its files and its citation state it: the run, and a hash of the content. It
// does not depend on the build that draws the figure, so a later build leaves the files as they are.
#pragma once

#include <string>
#include <string_view>

namespace grokreport::figures {

inline constexpr const char* authors = "The grokreport authors";

// The run whose data the figure shows.
struct Provenance {
    std::string seeds = "seed 0";        // or "seeds 0-9"
    std::string commit = "not recorded"; // of the program that trained the run; "" for another program
};

struct Citation {
    std::string id; // of the figure
    Provenance provenance;
    std::string content; // SHA-256: 64 hex digits

    std::string title() const;  // "Figure circles-we, seed 0"
    std::string source() const; // "grokreport; seed 0, trained at commit ..."
};

// `svg` with the citation as Dublin Core in RDF, in a <metadata> element that is the first child of <svg>.
// Throws Error where `svg` has no <svg>.
std::string with_metadata(const std::string& svg, const Citation& citation);
// `svg` without its <metadata> element. The content hash is computed from this text.
std::string without_metadata(std::string_view svg);
// The <metadata> element, or "" where there is none.
std::string metadata_of(std::string_view svg);

} // namespace grokreport::figures
