#include "drawing/svg_renderer.h"

#include "base/error.h"

#include <cairo-pdf.h>
#include <cmath>
#include <exception>
#include <fmt/format.h>
#include <librsvg/rsvg.h>
#include <memory>

namespace grokreport::figures {

namespace {

template <auto release>
struct Release {
    template <typename Resource>
    void operator()(Resource* resource) const {
        release(resource);
    }
};
using Svg = std::unique_ptr<RsvgHandle, Release<g_object_unref>>;
using Message = std::unique_ptr<GError, Release<g_error_free>>;
using Surface = std::unique_ptr<cairo_surface_t, Release<cairo_surface_destroy>>;
using Context = std::unique_ptr<cairo_t, Release<cairo_destroy>>;

constexpr double dots_per_inch = 96;
constexpr double points_per_pixel = 72 / dots_per_inch;

[[noreturn]] void fail(const std::string& reason) {
    throw Error(fmt::format("librsvg cannot render it: {}", reason), "");
}

void require_success(cairo_status_t status) {
    if (status != CAIRO_STATUS_SUCCESS) fail(cairo_status_to_string(status));
}

Svg read_svg(const std::string& text) {
    GError* error = nullptr;
    Svg svg(rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(text.data()), text.size(), &error));
    const Message message(error);
    if (svg == nullptr) fail(message->message);
    rsvg_handle_set_dpi(svg.get(), dots_per_inch);
    return svg;
}

struct Extent {
    double width, height;
};

// In pixels.
Extent extent_of(const Svg& svg) {
    Extent extent{};
    if (rsvg_handle_get_intrinsic_size_in_pixels(svg.get(), &extent.width, &extent.height) == 0)
        fail("it states no size in pixels");
    return extent;
}

void render(const Svg& svg, const Context& context, const Extent& extent) {
    const RsvgRectangle page{0, 0, extent.width, extent.height};
    GError* error = nullptr;
    const bool done = rsvg_handle_render_document(svg.get(), context.get(), &page, &error) != 0;
    const Message message(error);
    if (!done) fail(message->message);
    require_success(cairo_status(context.get()));
}

// Called by cairo, which knows no exceptions.
cairo_status_t append(void* bytes, const unsigned char* data, unsigned int size) {
    try {
        static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), size);
        return CAIRO_STATUS_SUCCESS;
    } catch (const std::exception&) { // the string cannot become longer
        return CAIRO_STATUS_NO_MEMORY;
    }
}

} // namespace

std::string svg_to_pdf(const std::string& text) {
    const Svg svg = read_svg(text);
    const Extent pixels = extent_of(svg),
                 points{points_per_pixel * pixels.width, points_per_pixel * pixels.height};
    std::string pdf;
    const Surface surface(cairo_pdf_surface_create_for_stream(append, &pdf, points.width, points.height));
    require_success(cairo_surface_status(surface.get()));
    // Without it cairo would write the present date
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, "1970-01-01T00:00:00Z");
    {
        const Context context(cairo_create(surface.get()));
        render(svg, context, points);
        cairo_show_page(context.get());
    }
    cairo_surface_finish(surface.get());
    require_success(cairo_surface_status(surface.get()));
    return pdf;
}

std::string svg_to_png(const std::string& text, double zoom) {
    const Svg svg = read_svg(text);
    const Extent pixels = extent_of(svg), dots{zoom * pixels.width, zoom * pixels.height};
    const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32,
                                                     static_cast<int>(std::ceil(dots.width)),
                                                     static_cast<int>(std::ceil(dots.height))));
    require_success(cairo_surface_status(surface.get()));
    {
        const Context context(cairo_create(surface.get()));
        cairo_set_source_rgb(context.get(), 1, 1, 1);
        cairo_paint(context.get());
        render(svg, context, dots);
    }
    std::string png;
    require_success(cairo_surface_write_to_png_stream(surface.get(), append, &png));
    return png;
}

std::string svg_renderer_version() {
    return fmt::format("librsvg {}.{}.{}, cairo {}", rsvg_major_version, rsvg_minor_version,
                       rsvg_micro_version, cairo_version_string());
}

} // namespace grokreport::figures
