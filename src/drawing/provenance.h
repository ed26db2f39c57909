// Where a figure comes from, as its files and citations say it: the run, and the content itself. Nothing here
// depends on who draws it when, so that a later build or a change of prose leaves the files as they are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace grokreport::figures {

inline constexpr const char* authors = "The grokreport authors";

// The run whose data is drawn.
struct Origin {
    std::string seeds = "seed 0";        // or "seeds 0-9"
    std::string commit = "not recorded"; // of the program that trained it; "" where that was not ours
};

struct Citation {
    std::string id; // of the figure
    Origin origin;
    std::string content; // SHA-256: 64 hex digits

    std::string title() const;  // "Figure circles-we, seed 0"
    std::string source() const; // "grokreport; seed 0, trained at commit ..."
};

// `svg` with the citation in a <metadata> of its own (Dublin Core in RDF), the first child of <svg>.
std::string with_metadata(const std::string& svg, const Citation& citation);
// The same without: what the content hash is taken of.
std::string without_metadata(std::string_view svg);
// The <metadata> element, or "" where there is none.
std::string metadata_of(std::string_view svg);

} // namespace grokreport::figures
