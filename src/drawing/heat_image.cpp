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

using Rgb = std::array<png_byte, 3>;
constexpr std::size_t palette_limit = 256; // colours of a PNG with a palette

struct Pixels {
    png_uint_32 width = 0, height = 0;
    std::vector<Rgb> colours; // row by row
};

[[noreturn]] void fail_on(const png_image& image) {
    throw Error(std::string("a heat map cannot be enlarged: ") + image.message, "draw the figure anew");
}

Pixels decode_png(std::string_view png) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_memory(&image, png.data(), png.size()) == 0) fail_on(image);
    image.format = PNG_FORMAT_RGB;
    Pixels pixels{image.width, image.height, std::vector<Rgb>(std::size_t{image.width} * image.height)};
    if (png_image_finish_read(&image, nullptr, pixels.colours.data(), 0, nullptr) == 0) fail_on(image);
    return pixels;
}

std::string encode_png(png_image& image, const void* pixels, const void* colour_map) {
    png_alloc_size_t size = 0;
    if (png_image_write_get_memory_size(image, size, 0, pixels, 0, colour_map) == 0) fail_on(image);
    std::string png(size, '\0');
    if (png_image_write_to_memory(&image, png.data(), &size, 0, pixels, 0, colour_map) == 0) fail_on(image);
    png.resize(size);
    return png;
}

template <typename Pixel>
std::vector<Pixel> repeat_pixels(const std::vector<Pixel>& pixels, std::size_t width, std::size_t factor) {
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
    const Pixels pixels = decode_png(from_base64(base64));
    const auto times = static_cast<png_uint_32>(factor);
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = times * pixels.width;
    image.height = times * pixels.height;

    // The palette has the colours in the order of their bytes.
    std::map<Rgb, png_byte> numbers;
    for (const Rgb& rgb : pixels.colours)
        numbers.emplace(rgb, 0);
    if (numbers.size() > palette_limit) {
        image.format = PNG_FORMAT_RGB;
        return to_base64(
            encode_png(image, repeat_pixels(pixels.colours, pixels.width, times).data(), nullptr));
    }
    std::vector<Rgb> colour_map;
    for (auto& [rgb, number] : numbers) {
        number = static_cast<png_byte>(colour_map.size());
        colour_map.push_back(rgb);
    }
    std::vector<png_byte> indices;
    indices.reserve(pixels.colours.size());
    for (const Rgb& rgb : pixels.colours)
        indices.push_back(numbers.at(rgb));
    image.format = PNG_FORMAT_RGB_COLORMAP;
    image.colormap_entries = static_cast<png_uint_32>(colour_map.size());
    return to_base64(
        encode_png(image, repeat_pixels(indices, pixels.width, times).data(), colour_map.data()));
}

} // namespace grokreport::figures
