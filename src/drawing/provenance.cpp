#include "drawing/provenance.h"

#include "base/error.h"
#include "base/text.h"

#include <fmt/format.h>
#include <pugixml.hpp>
#include <sstream>

namespace grokreport::figures {

namespace {

// The bytes of the <metadata> element; none where there is no such element.
struct ByteRange {
    std::size_t begin = 0, size = 0;
};
ByteRange metadata_range(std::string_view svg) {
    constexpr std::string_view closing_tag = "</metadata>";
    const std::size_t begin = svg.find("<metadata>"), end = svg.find(closing_tag);
    if (begin == svg.npos || end == svg.npos) return {};
    return {begin, end + closing_tag.size() - begin};
}

std::string metadata_element(const Citation& citation) {
    pugi::xml_document document;
    pugi::xml_node rdf = document.append_child("metadata").append_child("rdf:RDF");
    rdf.append_attribute("xmlns:rdf").set_value("http://www.w3.org/1999/02/22-rdf-syntax-ns#");
    rdf.append_attribute("xmlns:dc").set_value("http://purl.org/dc/elements/1.1/");
    pugi::xml_node work = rdf.append_child("rdf:Description");
    work.append_attribute("rdf:about").set_value("");
    const auto add = [&](const char* name, const std::string& value) {
        work.append_child(name).text().set(clean_text(value).c_str());
    };
    add("dc:title", citation.title());
    add("dc:creator", authors);
    add("dc:source", citation.source());
    add("dc:identifier", "sha256:" + citation.content);
    add("dc:format", "image/svg+xml");
    std::ostringstream text;
    document.first_child().print(text, "", pugi::format_raw);
    return text.str();
}

} // namespace

std::string Citation::title() const {
    return fmt::format("Figure {}, {}", id, provenance.seeds);
}

std::string Citation::source() const {
    const auto& [seeds, commit] = provenance;
    if (commit.empty()) return fmt::format("grokreport; {}", seeds);
    return fmt::format("grokreport; {}, trained at commit {}", seeds, commit);
}

std::string with_metadata(const std::string& svg, const Citation& citation) {
    const std::size_t end_of_root_tag = svg.find('>', svg.find("<svg"));
    if (end_of_root_tag == svg.npos)
        throw Error(fmt::format("figure {}: its SVG has no <svg>", citation.id), "draw the figure anew");
    std::string out = svg;
    return out.insert(end_of_root_tag + 1, metadata_element(citation));
}

std::string without_metadata(std::string_view svg) {
    const auto [begin, size] = metadata_range(svg);
    std::string out(svg);
    return out.erase(begin, size);
}

std::string metadata_of(std::string_view svg) {
    const auto [begin, size] = metadata_range(svg);
    return std::string(svg.substr(begin, size));
}

} // namespace grokreport::figures
