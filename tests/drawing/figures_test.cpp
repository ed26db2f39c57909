// Scripts of figures and the files made of them.
#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "drawing/colour_map.h"
#include "drawing/csv.h"
#include "drawing/draw.h"
#include "support/temporary_folder.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <set>

using namespace grokreport;
using namespace grokreport::figures;
using Catch::Matchers::Contains;
using grokreport::testing::TemporaryFolder;

namespace fs = std::filesystem;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

// Sets PATH to an empty folder while it exists, so that no program is found.
class EmptyPath {
  public:
    explicit EmptyPath(const fs::path& empty_folder) : before_(std::getenv("PATH")) {
        ::setenv("PATH", empty_folder.c_str(), 1);
    }
    EmptyPath(const EmptyPath&) = delete;
    EmptyPath& operator=(const EmptyPath&) = delete;
    ~EmptyPath() { ::setenv("PATH", before_.c_str(), 1); }

  private:
    std::string before_;
};

Drawing line_drawing(const std::string& id, double last_value) {
    Plot plot(id, {200, 100});
    plot.data("curve", {{0, 0}, {1, last_value}});
    plot.line("plot $curve using 1:2 with lines linecolor rgb '{}'", colour("blue"));
    return std::move(plot).finish("x,y\n0,0\n");
}

Drawing broken_drawing(const std::string& command) {
    Drawing drawing = line_drawing("broken", 1);
    drawing.script += command + "\n";
    return drawing;
}

} // namespace

TEST_CASE("data with gaps becomes a script without NaN", "[figures]") {
    Plot plot("gaps", {200, 100});
    plot.data("curve", {{0, not_a_number}, {1, 0.1}, {2, HUGE_VAL}, {3, not_a_number}, {4, 2}});
    CHECK_THROWS_WITH(plot.data("nothing", {{0, not_a_number}}), Contains("gaps") && Contains("nothing"));
    CHECK_THROWS_AS(plot.data("empty", {}), Error);
    const std::string script = std::move(plot).finish("").script;
    CHECK_THAT(script, !Contains("nan") && !Contains("inf"));
    // Full precision, and one empty line for the gap.
    CHECK_THAT(script, Contains("1.000000000000000056e-01\n\n4.000000000000000000e+00"));
}

TEST_CASE("CSV keeps seven digits and every character", "[figures]") {
    Csv csv({"name", "value"});
    csv.row("a,\"b\"", 0.1);
    csv.row("plain", 1e-300);
    csv.row("third", 1 / 3.0);
    csv.row("count", 123456789);
    CHECK(csv.text() == "name,value\n\"a,\"\"b\"\"\",0.1\nplain,1e-300\nthird,0.3333333\ncount,123456789\n");
    CHECK_THROWS_AS(csv.row("too few"), Error);
}

TEST_CASE("hostile text is shown as it is and does nothing", "[figures]") {
    const TemporaryFolder folder;
    const fs::path trap = folder.path() / "trap";
    const std::string text = "it's {/Bold x}_1^2 & @y ~a \\n \"q\" `touch " + trap.string() +
                             "` $(ls)\nset output '" + trap.string() + "' <b>";
    Plot plot("hostile", {900, 100});
    plot.line("set label {} at graph 0.5,0.5", plain(text));
    plot.line("plot x");
    draw(std::move(plot).finish(""), folder.path());
    CHECK_FALSE(fs::exists(trap));
    const std::string svg = read_file(folder.path() / "hostile.svg");
    CHECK_THAT(svg, Contains("it's {/Bold x}_1^2 &amp; @y ~a \\n") && Contains("&lt;b"));
}

TEST_CASE("the same drawing gives the same bytes, in four files", "[figures]") {
    const TemporaryFolder first, second;
    CHECK(draw(line_drawing("line", 1), first.path()));
    CHECK(draw(line_drawing("line", 1), second.path()));
    for (const char* suffix : {".svg", ".pdf", ".png", ".csv"}) {
        INFO(suffix);
        CHECK(sha256_of_file(first.path() / (std::string("line") + suffix)) ==
              sha256_of_file(second.path() / (std::string("line") + suffix)));
    }
    CHECK(read_file(first.path() / "line.pdf").starts_with("%PDF-"));
    CHECK(read_file(first.path() / "line.png").starts_with("\x89PNG"));
    CHECK_THAT(read_file(first.path() / "line.svg"),
               Contains(std::string(colour("blue"))) && !Contains("rgb("));
}

TEST_CASE("only what changed is drawn again", "[figures]") {
    const TemporaryFolder folder;
    CHECK(draw(line_drawing("line", 1), folder.path()));
    CHECK_FALSE(draw(line_drawing("line", 1), folder.path()));
    CHECK(draw(line_drawing("line", 2), folder.path()));

    Drawing other_csv = line_drawing("line", 2);
    other_csv.csv += "1,1\n";
    CHECK(draw(other_csv, folder.path()));

    fs::remove(folder.path() / "line.pdf");
    CHECK(draw(other_csv, folder.path()));
    CHECK(fs::exists(folder.path() / "line.pdf"));

    write_file(folder.path() / "line.svg", "<svg>scribbled over</svg>");
    CHECK(draw(other_csv, folder.path()));
    CHECK_THAT(read_file(folder.path() / "line.svg"), !Contains("scribbled"));
    CHECK_FALSE(draw(other_csv, folder.path()));
}

TEST_CASE("several figures are drawn in parallel and reported once each", "[figures]") {
    const TemporaryFolder folder;
    std::vector<Drawing> drawings;
    drawings.reserve(7);
    for (int i = 0; i < 6; ++i)
        drawings.push_back(line_drawing("figure-" + std::to_string(i), i + 1));
    std::multiset<std::string> reported;
    const std::vector<DrawnFigure> drawn = draw_all(
        drawings, {}, folder.path(), 3, [&](const DrawnFigure& figure) { reported.insert(figure.id); });
    REQUIRE(drawn.size() == drawings.size());
    for (std::size_t i = 0; i < drawn.size(); ++i) {
        CHECK(drawn[i].id == drawings[i].id);
        CHECK(drawn[i].drawn);
        CHECK(reported.count(drawings[i].id) == 1);
    }
    drawings.push_back(drawings.front());
    CHECK_THROWS_WITH(draw_all(drawings, {}, folder.path(), 3), Contains("figure-0"));
}

TEST_CASE("what gnuplot complains about is reported in its words and leaves no figure", "[figures]") {
    const TemporaryFolder folder;
    CHECK_THROWS_WITH(draw(broken_drawing("sett key"), folder.path()),
                      Contains("broken") && Contains("invalid command") && !Contains("sett key"));
    // gnuplot only warns here, and its exit status is 0.
    CHECK_THROWS_WITH(draw(broken_drawing("plot 'missing.dat' with lines, $curve with lines"), folder.path()),
                      Contains("missing.dat"));
    for (const char* suffix : {".svg", ".pdf", ".png", ".csv"})
        CHECK_FALSE(fs::exists(folder.path() / (std::string("broken") + suffix)));
}

TEST_CASE("one broken figure does not keep the others from being drawn", "[figures]") {
    const TemporaryFolder folder;
    const std::vector<Drawing> drawings{broken_drawing("sett key"), line_drawing("good", 1)};
    CHECK_THROWS_WITH(draw_all(drawings, {}, folder.path(), 1), Contains("broken"));
    CHECK(fs::exists(folder.path() / "good.svg"));
}

TEST_CASE("a missing program is named with its package", "[figures]") {
    const TemporaryFolder folder;
    const EmptyPath no_programs(folder.path());
    CHECK_THROWS_WITH(draw(line_drawing("line", 1), folder.path()),
                      Contains("gnuplot") && Contains("gnuplot-nox"));
}

TEST_CASE("a heat map lies in the SVG itself and keeps its colours", "[figures]") {
    const TemporaryFolder folder;
    Plot plot("heat", {200, 200});
    plot.data("matrix", {{0, 0.5}, {0.5, 1}});
    plot.line("{}", heat_palette_command());
    plot.line("set cbrange [0:1]");
    plot.line("plot $matrix matrix with image pixels");
    draw(std::move(plot).finish("a,b,value\n"), folder.path());
    const std::string svg = read_file(folder.path() / "heat.svg");
    CHECK_THAT(svg, Contains(heat_colour(0)) && Contains(heat_colour(0.5)) && Contains(heat_colour(1)));
    CHECK_THAT(svg, !Contains("href='heat") && !Contains(".png"));
}
