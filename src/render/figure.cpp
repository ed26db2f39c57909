#include "render/figure.h"

#include "base/files.h"
#include "render/html.h"
#include "render/svg.h"

#include <array>
#include <fmt/format.h>

namespace grokreport::render {

namespace {

struct Download {
    const char* label;
    const char* extension;
    const char* media_type;
};
constexpr std::array downloads{Download{"SVG", "svg", "image/svg+xml"},
                               Download{"PDF", "pdf", "application/pdf"}, Download{"PNG", "png", "image/png"},
                               Download{"CSV", "csv", "text/csv"}, Download{"MP4", "mp4", "video/mp4"}};

// The width or height in pixels that an SVG of ours was drawn for.
double size_of(std::string_view svg, std::string_view side) {
    const std::string attribute = fmt::format("{}=\"", side);
    return std::stod(std::string(svg.substr(svg.find(attribute) + attribute.size())));
}

// A film cannot take the colours of a dark page, so it stands on a white card with its poster. It starts when
// the reader starts it: nobody is shown motion unasked.
std::string film(const std::string& movie, const std::string& poster, const std::string& alt) {
    return fmt::format(
        R"(<video style="--natural-width: {}px; --aspect: {:.4f}" controls muted loop playsinline preload="none" aria-label="{}" poster="{}" src="{}"></video>)",
        size_of(poster, "width"), size_of(poster, "width") / size_of(poster, "height"), escape_html(alt), data_uri("image/svg+xml", poster), data_uri("video/mp4", movie));
}

} // namespace

std::string figure_html(const FigureText& figure, const std::filesystem::path& folder, std::uint64_t seed) {
    std::string links;
    const std::filesystem::path movie = folder / (figure.id + ".mp4");
    const bool moves = std::filesystem::exists(movie);
    for (const auto& [label, extension, media_type] : downloads) {
        if (!moves && std::string_view(extension) == "mp4") continue;
        links += fmt::format(
            R"(<a download="{}-seed{}.{}" href="{}" aria-label="Figure {} as {}">{}</a>)", figure.id, seed,
            extension, data_uri(media_type, read_file(folder / fmt::format("{}.{}", figure.id, extension))),
            figure.number, label, label);
    }
    const std::string anchor = "figure-" + figure.id;
    const std::string svg = read_file(folder / (figure.id + ".svg"));
    const std::string drawing = moves ? film(read_file(movie), svg, figure.alt)
                                      : inline_svg(svg, anchor, figure.alt, figures::palette());
    return fmt::format(R"(<figure id="{}">
<div class="drawing">{}</div>
<figcaption><a class="figure-number" href="#{}">Figure {}</a>
{}<p class="downloads">{}</p></figcaption>
</figure>
)",
                       anchor, drawing, anchor, figure.number, figure.caption, links);
}

} // namespace grokreport::render
