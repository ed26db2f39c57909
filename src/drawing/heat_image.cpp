#include "drawing/heat_image.h"

#include "base/base64.h"
#include "base/error.h"

#include <array>
#include <cstdint>
#include <map>
#include <png.h>
#include <vector>

namespace grokreport::figures {

namespace {

using Colour = std::array<png_byte, 3>;
constexpr std::size_t most_colours = 256;

struct Pixels {
    png_uint_32 width = 0, height = 0;
    std::vector<Colour> colours; // row by row
};

[[noreturn]] void fail(const png_image& image) {
    throw Error(std::string("a heat map cannot be enlarged: ") + image.message, "draw the figure anew");
}

Pixels decoded(std::string_view png) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_memory(&image, png.data(), png.size()) == 0) fail(image);
    image.format = PNG_FORMAT_RGB;
    Pixels pixels{image.width, image.height, std::vector<Colour>(std::size_t{image.width} * image.height)};
    if (png_image_finish_read(&image, nullptr, pixels.colours.data(), 0, nullptr) == 0) fail(image);
    return pixels;
}

std::string encoded(png_image& image, const void* pixels, const void* colour_map) {
    png_alloc_size_t size = 0;
    if (png_image_write_get_memory_size(image, size, 0, pixels, 0, colour_map) == 0) fail(image);
    std::string png(size, '\0');
    if (png_image_write_to_memory(&image, png.data(), &size, 0, pixels, 0, colour_map) == 0) fail(image);
    png.resize(size);
    return png;
}

template <typename Pixel>
std::vector<Pixel> repeated(const std::vector<Pixel>& pixels, std::size_t width, std::size_t factor) {
    std::vector<Pixel> large;
    large.reserve(pixels.size() * factor * factor);
    for (std::size_t row = 0; row < pixels.size() / width; ++row)
        for (std::size_t down = 0; down < factor; ++down)
            for (std::size_t column = 0; column < width; ++column)
                large.insert(large.end(), factor, pixels[row * width + column]);
    return large;
}

} // namespace

std::string enlarged_png(std::string_view base64, int factor) {
    const Pixels pixels = decoded(from_base64(base64));
    const auto times = static_cast<png_uint_32>(factor);
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = times * pixels.width;
    image.height = times * pixels.height;

    // Number the colours in the order of their bytes
    std::map<Colour, png_byte> numbers;
    for (const Colour& colour : pixels.colours)
        numbers.emplace(colour, 0);
    if (numbers.size() > most_colours) {
        image.format = PNG_FORMAT_RGB;
        return to_base64(encoded(image, repeated(pixels.colours, pixels.width, times).data(), nullptr));
    }
    std::vector<Colour> colour_map;
    for (auto& [colour, number] : numbers) {
        number = static_cast<png_byte>(colour_map.size());
        colour_map.push_back(colour);
    }
    std::vector<png_byte> indices;
    indices.reserve(pixels.colours.size());
    for (const Colour& colour : pixels.colours)
        indices.push_back(numbers.at(colour));
    image.format = PNG_FORMAT_RGB_COLORMAP;
    image.colormap_entries = static_cast<png_uint_32>(colour_map.size());
    return to_base64(encoded(image, repeated(indices, pixels.width, times).data(), colour_map.data()));
}

} // namespace grokreport::figures
