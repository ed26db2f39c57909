// PDF and PNG of an SVG.
#include "base/error.h"
#include "drawing/svg_renderer.h"

#include <catch2/catch.hpp>
#include <string>

using namespace grokreport;
using namespace grokreport::figures;
using Catch::Matchers::Contains;

namespace {

const std::string disc = R"(<svg xmlns="http://www.w3.org/2000/svg" width="101" height="40">)"
                         R"(<circle cx="20" cy="20" r="9"/><text x="40" y="20">a</text></svg>)";

// Bytes `at` to `at + 4`, most significant first.
unsigned number_at(const std::string& bytes, std::size_t at) {
    unsigned number = 0;
    for (std::size_t i = at; i < at + 4; ++i)
        number = number << 8 | static_cast<unsigned char>(bytes[i]);
    return number;
}

} // namespace

TEST_CASE("an SVG has the size that it states as PDF and as PNG", "[figures]") {
    const std::string png = svg_to_png(disc, 2.5), pdf = svg_to_pdf(disc);
    CHECK(number_at(png, 16) == 253); // 252.5 dots
    CHECK(number_at(png, 20) == 100);
    CHECK_THAT(pdf, Contains("/MediaBox [ 0 0 75.75 30 ]"));
    CHECK_THAT(pdf, Contains("/CreationDate (19700101"));
    CHECK(svg_to_png(disc, 2.5) == png);
    CHECK(svg_to_pdf(disc) == pdf);
}

TEST_CASE("what is no SVG, or has no size, is not rendered", "[figures]") {
    CHECK_THROWS_AS(svg_to_png("", 1), Error);
    CHECK_THROWS_AS(svg_to_pdf("<p>a</p>"), Error);
    CHECK_THROWS_WITH(svg_to_pdf(R"(<svg xmlns="http://www.w3.org/2000/svg"><circle r="9"/></svg>)"),
                      Contains("no size in pixels"));
    CHECK_THROWS_AS(svg_to_png(disc, 1e5), Error);
}
