#include "base/error.h"
#include "render/svg.h"

#include <catch2/catch.hpp>

using namespace grokreport;
using namespace grokreport::render;

namespace {

std::string inlined(const std::string& inside, const std::string& id = "a") {
    return inline_svg("<svg width='20' height='10'>" + inside + "</svg>", id, "alt \"text\" <1>",
                      figures::palette());
}

} // namespace

TEST_CASE("an inlined SVG is described and scales with the page", "[render][svg]") {
    CHECK(inlined("") ==
          "<svg viewBox=\"0 0 20 10\" role=\"img\" aria-label=\"alt &quot;text&quot; &lt;1&gt;\" "
          "style=\"--natural-width: 20px\"></svg>");
    CHECK(inlined("<!-- c --><title>tool</title>").find("tool") == std::string::npos);
    CHECK(inlined("<text>1 &lt; 2 #clip</text>").find("<text>1 &lt; 2 #clip</text>") != std::string::npos);
}

TEST_CASE("points keep their names, and metadata stays out of the page", "[render][svg]") {
    const std::string svg =
        inlined("<metadata><rdf:RDF/></metadata><path d='M1 2h0'><title>5</title></path>");
    CHECK_THAT(svg, Catch::Contains("<path d=\"M1 2h0\"><title>5</title></path>"));
    CHECK(svg.find("metadata") == svg.npos);
}

TEST_CASE("the width that a figure was drawn for is kept beside its own style", "[render][svg]") {
    CHECK_THAT(inline_svg("<svg viewBox='0 0 318 200' style='fill:none'/>", "a", "", figures::palette()),
               Catch::Contains("style=\"fill:none;--natural-width: 318px\""));
    CHECK_THROWS_AS(inline_svg("<svg viewBox='0 0'/>", "a", "", figures::palette()), Error);
}

TEST_CASE("ids and all references to them are prefixed", "[render][svg]") {
    CHECK_THAT(inlined("<g id='x'/>", "f-1"), Catch::Contains("<g id=\"f-1-x\"/>"));
    CHECK_THAT(inlined("<use xlink:href='#x'/>"), Catch::Contains("xlink:href=\"#a-x\""));
    CHECK_THAT(inlined("<use href=\"#x\" />"), Catch::Contains("href=\"#a-x\""));
    CHECK_THAT(inlined("<g clip-path='url(#x)' style='fill:url(#y);mask:url(#z)'/>"),
               Catch::Contains("url(#a-x)") && Catch::Contains("url(#a-y)") && Catch::Contains("url(#a-z)"));
    CHECK_THAT(inlined("<style>g { fill: url(#x) }</style>"), Catch::Contains("url(#a-x)"));
}

TEST_CASE("colours of the palette follow the page, others stay", "[render][svg]") {
    for (const figures::Colour& colour : figures::palette())
        CHECK_THAT(inlined("<g fill='" + std::string(colour.light) + "'/>"),
                   Catch::Contains("fill=\"var(--figure-" + std::string(colour.name) + ", " +
                                   std::string(colour.light) + ")\""));
    CHECK_THAT(inlined("<g fill='#1F6FB5' stroke='#010203'/>"),
               Catch::Contains("var(--figure-blue, #1f6fb5)") && Catch::Contains("stroke=\"#010203\""));
}

TEST_CASE("an SVG that would do or load something is refused", "[render][svg]") {
    CHECK_THROWS_AS(inlined("<script>1</script>"), Error);
    CHECK_THROWS_AS(inlined("<g onclick='f()'/>"), Error);
    CHECK_THROWS_AS(inlined("<image href='https://example.org/x.png'/>"), Error);
    CHECK_THROWS_AS(inlined("<g id='x'"), Error);
    CHECK_THROWS_AS(inline_svg("<p>", "a", "", figures::palette()), Error);
}
