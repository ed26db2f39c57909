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
                               Download{"CSV", "csv", "text/csv"}};

} // namespace

std::string figure_html(const FigureText& figure, const std::filesystem::path& folder, std::uint64_t seed) {
    std::string links;
    for (const auto& [label, extension, media_type] : downloads)
        links += fmt::format(
            R"(<a download="{}-seed{}.{}" href="{}" aria-label="Figure {} as {}">{}</a>)", figure.id, seed,
            extension, data_uri(media_type, read_file(folder / fmt::format("{}.{}", figure.id, extension))),
            figure.number, label, label);
    const std::string anchor = "figure-" + figure.id;
    const std::string drawing =
        inline_svg(read_file(folder / (figure.id + ".svg")), anchor, figure.alt, figures::palette());
    return fmt::format(R"(<figure id="{}">
<div class="drawing">{}</div>
<figcaption><a class="figure-number" href="#{}">Figure {}</a>
{}<p class="downloads">{}</p></figcaption>
</figure>
)",
                       anchor, drawing, anchor, figure.number, figure.caption, links);
}

} // namespace grokreport::render
