// The changes to gnuplot's SVG, and the provenance in the files of a figure.
#include "base/base64.h"
#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "drawing/colour_map.h"
#include "drawing/draw.h"
#include "drawing/heat_image.h"
#include "drawing/provenance.h"
#include "drawing/stamp.h"
#include "drawing/svg.h"
#include "drawing/svg_path.h"
#include "support/temporary_folder.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>
#include <qpdf/QPDF.hh>
#include <sstream>

using namespace grokreport;
using namespace grokreport::figures;
using Catch::Matchers::Contains;
using grokreport::testing::TemporaryFolder;

namespace {

std::string tidied(const std::string& inside) {
    const std::string svg = tidy_svg("<svg>" + inside + "</svg>");
    return svg.substr(svg.find('>') + 1, svg.find("</svg>") - svg.find('>') - 1);
}

constexpr const char* disc =
    "<use xlink:href='#gpPt6' transform='translate(1.24,2) scale(1.00)' color='#123456'/>";

// The numbers 0 to p - 1 on a circle.
Drawing circle(int p) {
    Plot plot("circle", {150, 150});
    Eigen::MatrixXd points(p, 2);
    std::vector<std::vector<double>> rows;
    for (int n = 0; n < p; ++n) {
        points.row(n) << std::cos(2 * std::numbers::pi * n / p), std::sin(2 * std::numbers::pi * n / p);
        rows.push_back({points(n, 0), points(n, 1), 0.4, colour_number(phase_colour(1.0 * n / p))});
    }
    plot.data("points", rows);
    plot.line("set xrange [-1.2:1.2]");
    plot.line("set yrange [-1.2:1.2]");
    plot.line("plot $points {}", with_discs);
    Drawing drawing = std::move(plot).finish("n\n0\n");
    drawing.point_names = names_of_numbers(points, "");
    return drawing;
}

std::size_t n_occurrences(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1))
        ++found;
    return found;
}

std::string pdf_information(const std::string& pdf, const std::string& key) {
    QPDF document;
    document.processMemoryFile("test", pdf.data(), pdf.size());
    return document.getTrailer().getKey("/Info").getKey(key).getUTF8Value();
}

} // namespace

TEST_CASE("numbers are written short, to a tenth of a pixel", "[figures][svg]") {
    CHECK(short_number(12.34) == "12.3");
    CHECK(short_number(-0.26) == "-.3");
    CHECK(short_number(0) == "0");
    CHECK(short_number(-0.04) == "0");
    CHECK(short_points("1.04,2.5 3,-4 ") == "1 2.5 3-4");
}

TEST_CASE("a path keeps its course with fewer points", "[figures][svg]") {
    CHECK(short_path("M0,0 L10,0 L10,5 Z", 0.04) == "M0 0l10 0 0 5z");
    CHECK(short_path("M0,0 L5,0.03 L10,0 ", 0.04) == "M0 0l10 0");
    CHECK(short_path("M0,0 L5,0.3 L10,0", 0.04) == "M0 0l5 .3 5-.3");
    CHECK(short_path("M1,1 M2,2 L3,3", 0.04) == "M2 2l1 1"); // a single move draws nothing
    CHECK(short_path("M-1,0 h2", 0.04) == "M-1,0 h2");       // another command: unchanged

    // The rounding errors of the steps do not add up.
    std::ostringstream steps;
    steps << "M0,0";
    for (int i = 1; i <= 1000; ++i)
        steps << " L" << 0.333 * i << ',' << (i % 2);
    const std::string path = short_path(steps.str(), 0.04);
    std::istringstream read(path.substr(path.find('l') + 1));
    std::string text = read.str();
    for (std::size_t at = text.find('-'); at != text.npos; at = text.find('-', at + 2))
        text.insert(at, " ");
    std::istringstream numbers(text);
    double x = 0, y = 0, dx = 0, dy = 0;
    while (numbers >> dx >> dy) {
        x += dx;
        y += dy;
    }
    CHECK(std::abs(x - 333) <= 0.051);
    CHECK(std::abs(y) <= 0.051);
}

TEST_CASE("what is not seen goes, and what all say is said once", "[figures][svg]") {
    CHECK(tidied("<path stroke='rgb( 31, 111, 181)'/>") == "<path stroke=\"#1f6fb5\"/>");
    CHECK(tidied("<g><g color=\"black\">\n</g>\n</g><title>Gnuplot</title>\n<p/>") == "<p/>");
    CHECK(tidied("<defs><path id='a'/><path id='b'/></defs><use xlink:href='#a'/>") ==
          "<defs><path id=\"a\"/></defs><use xlink:href=\"#a\"/>");
    CHECK(tidied("<g stroke-width='1'><a/></g><g stroke-width='1'><b/></g>") ==
          "<g stroke-width=\"1\"><a/><b/></g>");
    CHECK(tidied("<g fill='red'><text xml:space='preserve'><tspan font-family='x'>a </tspan><tspan "
                 "font-style='italic'>b</tspan></text></g>") ==
          "<text fill=\"red\">a <tspan font-style=\"italic\">b</tspan></text>");
    CHECK_THAT(tidy_svg("<svg/>"),
               Contains("xml:space=\"preserve\"") && Contains("stroke-linejoin=\"round\""));
    CHECK_THROWS_AS(tidy_svg("no drawing"), Error);
}

TEST_CASE("discs become dots, each with its name where it has one", "[figures][svg]") {
    const std::string two = std::string("<g stroke-width='2'>") + disc + disc + "</g>";
    CHECK(tidied(two) == "<g stroke-width=\"2\"><g stroke-width=\"2.2\"><path stroke=\"#123456\" "
                         "d=\"M1.2 2h0M1.2 2h0\"/></g></g>");
    const std::string named = tidy_svg("<svg>" + two + "</svg>", {"5", "6"});
    CHECK_THAT(named, Contains("d=\"M1.2 2h0\"><title>5</title></path>") && Contains("<title>6</title>"));
    CHECK_THROWS_WITH(tidy_svg("<svg>" + two + "</svg>", {"5"}), Contains("1 points have names, and 2"));
    CHECK_THROWS_AS(tidy_svg("<svg/>", {"5"}), Error);
}

TEST_CASE("every number on a circle keeps its name, whatever p", "[figures][svg]") {
    for (const int p : {7, 113}) {
        const TemporaryFolder folder;
        draw(circle(p), folder.path());
        const std::string svg = read_file(folder / "circle.svg");
        CHECK(n_occurrences(svg, "<title>") == static_cast<std::size_t>(p));
        for (const int number : {0, p - 1})
            CHECK(n_occurrences(svg, "<title>" + std::to_string(number) + "</title>") == 1);
    }
}

TEST_CASE("an enlarged heat map repeats its pixels in its own colours", "[figures][svg]") {
    // Two pixels, black and white.
    const std::string png =
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4nGNgYGD4//8/AAYBAv4CsjmuAAAAAElFTkSuQmCC";
    const std::string large = enlarged_png(png, 6);
    const std::string header = from_base64(large).substr(16, 8); // width and height, four bytes each
    CHECK(header == std::string("\0\0\0\x0c\0\0\0\x06", 8));
    CHECK(enlarged_png(large, 1) == large); // it has a palette already
    CHECK_THROWS_AS(enlarged_png(to_base64("no picture"), 6), Error);
}

TEST_CASE("base64 is undone", "[figures][svg]") {
    for (const std::string bytes : {"", "a", "ab", "abc", "\xff\xfe\xfd\xfc"})
        CHECK(from_base64(to_base64(bytes)) == bytes);
    CHECK(to_base64("Man") == "TWFu");
    CHECK_THROWS_AS(from_base64("?"), Error);
}

TEST_CASE("SVG and PDF say where the figure comes from", "[figures][provenance]") {
    const TemporaryFolder folder;
    const Provenance provenance{.seeds = "seed 7", .commit = "0123abc"};
    const auto drawn = draw_all(std::vector{circle(7)}, provenance, folder.path(), 1);
    const std::string svg = read_file(folder / "circle.svg"), csv = read_file(folder / "circle.csv");
    const std::string content = drawn[0].content;
    CHECK(content == sha256_hex(without_metadata(svg) + csv)); // as a reader can check
    for (const char* said :
         {"<dc:title>Figure circle, seed 7</dc:title>", "commit 0123abc", "rdf:Description"})
        CHECK_THAT(metadata_of(svg), Contains(said));
    CHECK_THAT(metadata_of(svg), Contains("<dc:identifier>sha256:" + content));

    const std::string pdf = read_file(folder / "circle.pdf");
    CHECK(pdf_information(pdf, "/Title") == "Figure circle, seed 7");
    CHECK_THAT(pdf_information(pdf, "/Subject"), Contains("commit 0123abc"));
    CHECK(pdf_information(pdf, "/Keywords") == "sha256:" + content);
    CHECK(pdf.find("CreationDate") == pdf.npos);

    // Another provenance changes the metadata, not the content.
    const auto again =
        draw_all(std::vector{circle(7)}, {.seeds = "seed 7", .commit = "other"}, folder.path(), 1);
    CHECK(again[0].drawn);
    CHECK(again[0].content == content);
}

TEST_CASE("files of figures do not depend on the number of workers", "[figures][provenance]") {
    std::vector<Drawing> drawings{circle(7), circle(11)};
    drawings[1].id = "other";
    const TemporaryFolder one, two;
    draw_all(drawings, {}, one.path(), 1);
    draw_all(drawings, {}, two.path(), 2);
    for (const char* file :
         {"circle.pdf", "other.pdf", "circle.png", "other.png", "circle.svg", "other.svg"}) {
        INFO(file);
        CHECK(sha256_of_file(one / file) == sha256_of_file(two / file));
    }
}

TEST_CASE("figures that are no longer drawn go, and nothing else", "[figures]") {
    const TemporaryFolder folder;
    draw(circle(7), folder.path());
    Drawing other = circle(7);
    other.id = "petals-sum-9";
    draw(other, folder.path());
    write_file(folder / "notes.txt", "mine");
    remove_other_figures({other.id}, folder.path());
    for (const char* gone : {"circle.svg", "circle.pdf", "circle.png", "circle.csv", ".stamps/circle"})
        CHECK_FALSE(std::filesystem::exists(folder / gone));
    for (const char* kept : {"petals-sum-9.svg", ".stamps/petals-sum-9", "notes.txt"})
        CHECK(std::filesystem::exists(folder / kept));
}

TEST_CASE("a figure is whole while each of its files is as it was drawn", "[figures]") {
    const TemporaryFolder folder;
    const auto drawn = [&](int p) {
        return draw_all(std::vector{circle(p)}, {}, folder.path(), 1)[0].content;
    };
    CHECK_FALSE(is_whole("circle", "", folder.path()));
    const std::string content = drawn(7);
    CHECK(is_whole("circle", content, folder.path()));
    for (const char* file : {"circle.svg", "circle.pdf", "circle.png", "circle.csv", ".stamps/circle"}) {
        INFO(file);
        const std::string bytes = read_file(folder / file);
        write_file(folder / file, bytes + " ");
        CHECK_FALSE(is_whole("circle", content, folder.path()));
        std::filesystem::remove(folder / file);
        CHECK_FALSE(is_whole("circle", content, folder.path()));
        write_file(folder / file, bytes);
    }
    CHECK(is_whole("circle", content, folder.path()));
    // Whole files of another drawing are not those of the first.
    CHECK(is_whole("circle", drawn(8), folder.path()));
    CHECK_FALSE(is_whole("circle", content, folder.path()));
}
