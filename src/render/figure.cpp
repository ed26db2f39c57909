#include "render/figure.h"

#include "base/error.h"
#include "base/files.h"
#include "base/gzip.h"
#include "drawing/provenance.h"
#include "drawing/style.h"
#include "render/html.h"
#include "render/svg.h"

#include <fmt/format.h>
#include <optional>
#include <sstream>

namespace grokreport::render {

namespace {

constexpr std::size_t short_hash = 8; // digits in the key of a citation

// The width or height of an SVG of ours, in pixels.
double size_of(std::string_view svg, std::string_view side) {
    const std::string attribute = fmt::format("{}=\"", side);
    const std::size_t at = svg.find(attribute);
    double size = 0;
    std::istringstream number(at == svg.npos ? "" : std::string(svg.substr(at + attribute.size(), 32)));
    if (!(number >> size) || !(size > 0))
        throw Error(fmt::format("its SVG has no {}", side), "run `grokreport report` to draw it anew");
    return size;
}

// The data from which the page draws the figure for other values of its slider.
struct Variations {
    std::string json; // for a <script>
    std::string chosen, largest;
};
// nullopt for a figure without variations.
std::optional<Variations> variations_in(const std::filesystem::path& file) {
    if (!std::filesystem::exists(file)) return std::nullopt;
    try {
        const Json varied = Json::parse(read_file(file));
        return Variations{as_script_data(varied), varied.at("a").dump(),
                          std::to_string(varied.at("p").get<int>() - 1)};
    } catch (const nlohmann::json::exception& broken) {
        throw Error(fmt::format("{} is damaged: {}", file.string(), broken.what()),
                    "run `grokreport report` to draw it anew");
    }
}

} // namespace

std::string figure_html(const Template& figure_template, const FigureText& figure, const FigureSource& source,
                        const StoredFigure& stored) {
    const auto file = [&](const char* extension) {
        return source.folder / fmt::format("{}.{}", figure.id, extension);
    };
    const auto uri = [&](const char* media_type, const char* extension) {
        return own_html(data_uri(media_type, read_file(file(extension))));
    };
    // A film cannot take the colours of a dark page, so it has its poster as an image. It starts only when
    // the reader starts it.
    const bool moves = std::filesystem::exists(file("mp4"));
    const std::string svg = read_file(file("svg"));
    if (svg.find(stored.content) == std::string::npos) // the metadata contain the content hash
        throw Error(fmt::format("{} shows other data than the results", file("svg").string()),
                    "run `grokreport report` to draw it anew");
    const std::string drawing =
        moves ? "" : inline_svg(svg, "figure-" + figure.id, figure.alt, figures::palette());
    const std::optional<Variations> varied = variations_in(file("json"));
    const Json context = {{"id", figure.id},
                          {"alt", figure.alt},
                          {"number", std::to_string(figure.number)},
                          {"run", source.run},
                          {"imported", source.imported},
                          {"seeds", stored.seeds},
                          {"commit", stored.commit},
                          {"version", source.version},
                          {"content", stored.content},
                          {"short_content", stored.content.substr(0, short_hash)},
                          {"year", source.year},
                          {"has_year", !source.year.empty()},
                          {"metadata", figures::metadata_of(svg)},
                          {"width", fmt::format("{}", size_of(svg, "width"))},
                          {"aspect", fmt::format("{:.4f}", size_of(svg, "width") / size_of(svg, "height"))},
                          {"narrow", size_of(svg, "width") <= figures::column_width},
                          {"stands", !moves},
                          {"varies", varied.has_value()},
                          {"variations", own_html(varied ? varied->json : "")},
                          {"chosen", varied ? varied->chosen : ""},
                          {"largest", varied ? varied->largest : ""},
                          {"moves", moves},
                          {"drawing", own_html(drawing)},
                          {"caption", own_html(figure.caption)},
                          {"pdf", uri("application/pdf", "pdf")},
                          {"csv", own_html(data_uri("application/gzip", gzip(read_file(file("csv")))))},
                          {"film", moves ? uri("video/mp4", "mp4") : own_html("")},
                          {"poster", own_html(moves ? data_uri("image/svg+xml", svg) : "")}};
    return figure_template.fill_checked(context);
}

} // namespace grokreport::render
