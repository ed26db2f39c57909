#include "drawing/provenance.h"

#include "base/error.h"
#include "base/text.h"

#include <fmt/format.h>
#include <pugixml.hpp>
#include <sstream>

namespace grokreport::figures {

namespace {

constexpr std::string_view begin_mark = "<metadata>", end_mark = "</metadata>";

struct Span {
    std::size_t begin = 0, size = 0;
};
Span span_of_metadata(std::string_view svg) {
    const std::size_t begin = svg.find(begin_mark), end = svg.find(end_mark);
    if (begin == svg.npos || end == svg.npos) return {};
    return {begin, end + end_mark.size() - begin};
}

std::string metadata(const Citation& citation) {
    pugi::xml_document document;
    pugi::xml_node rdf = document.append_child("metadata").append_child("rdf:RDF");
    rdf.append_attribute("xmlns:rdf").set_value("http://www.w3.org/1999/02/22-rdf-syntax-ns#");
    rdf.append_attribute("xmlns:dc").set_value("http://purl.org/dc/elements/1.1/");
    pugi::xml_node work = rdf.append_child("rdf:Description");
    work.append_attribute("rdf:about").set_value("");
    const auto say = [&](const char* name, const std::string& value) {
        work.append_child(name).text().set(clean_text(value).c_str());
    };
    say("dc:title", citation.title());
    say("dc:creator", authors);
    say("dc:source", citation.source());
    say("dc:identifier", "sha256:" + citation.content);
    say("dc:format", "image/svg+xml");
    std::ostringstream text;
    document.first_child().print(text, "", pugi::format_raw);
    return text.str();
}

} // namespace

std::string Citation::title() const {
    return fmt::format("Figure {}, {}", id, origin.seeds);
}

std::string Citation::source() const {
    if (origin.commit.empty()) return fmt::format("grokreport; {}", origin.seeds);
    return fmt::format("grokreport; {}, trained at commit {}", origin.seeds, origin.commit);
}

std::string with_metadata(const std::string& svg, const Citation& citation) {
    const std::size_t end_of_root_tag = svg.find('>', svg.find("<svg"));
    if (end_of_root_tag == svg.npos)
        throw Error(fmt::format("figure {}: its SVG has no <svg>", citation.id), "draw the figure anew");
    std::string out = svg;
    return out.insert(end_of_root_tag + 1, metadata(citation));
}

std::string without_metadata(std::string_view svg) {
    const auto [begin, size] = span_of_metadata(svg);
    std::string out(svg);
    return out.erase(begin, size);
}

std::string metadata_of(std::string_view svg) {
    const auto [begin, size] = span_of_metadata(svg);
    return std::string(svg.substr(begin, size));
}

} // namespace grokreport::figures
