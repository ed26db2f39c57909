// The machinery of figures: style, scripts, and the files made of them.
#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "drawing/axis.h"
#include "drawing/colour_map.h"
#include "drawing/csv.h"
#include "drawing/draw.h"
#include "support/temporary_folder.h"

#include <array>
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

std::array<double, 3> linear_rgb(std::string_view hex) {
    std::array<double, 3> channels{};
    for (int i = 0; i < 3; ++i) {
        const double value = std::stoi(std::string(hex.substr(1 + 2 * i, 2)), nullptr, 16) / 255.0;
        channels[i] = value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    }
    return channels;
}

double luminance(std::string_view hex) {
    const auto [r, g, b] = linear_rgb(hex);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

// WCAG 2.1
double contrast(std::string_view first, std::string_view second) {
    const double a = luminance(first) + 0.05;
    const double b = luminance(second) + 0.05;
    return std::max(a, b) / std::min(a, b);
}

// What a person without the middle-wave cones sees: a plane of blue against yellow (Viénot, Brettel and
// Mollon 1999), as coordinates of linear light.
std::array<double, 2> seen_by_deuteranope(std::string_view hex) {
    const auto [r, g, b] = linear_rgb(hex);
    const double l = 17.8824 * r + 43.5161 * g + 4.11935 * b;
    const double s = 0.0299566 * r + 0.184309 * g + 1.46709 * b;
    return {std::cbrt(l / 65.5), std::cbrt(s / 1.68)};
}

// No program is found while this lives.
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

Drawing simple(const std::string& id, double last_value) {
    Plot plot(id, {200, 100});
    plot.data("curve", {{0, 0}, {1, last_value}});
    plot.line("plot $curve using 1:2 with lines linecolor rgb '{}'", colour("blue"));
    return std::move(plot).finish("x,y\n0,0\n");
}

Drawing broken(const std::string& command) {
    Drawing drawing = simple("broken", 1);
    drawing.script += command + "\n";
    return drawing;
}

} // namespace

TEST_CASE("colours are unique and stand out from the page they lie on", "[figures]") {
    std::set<std::string_view> names, lights, darks;
    for (const Colour& each : palette()) {
        INFO(each.name);
        CHECK(names.insert(each.name).second);
        CHECK(lights.insert(each.light).second);
        CHECK(darks.insert(each.dark).second);
        if (each.role == Role::line) {
            CHECK(contrast(each.light, "#ffffff") >= 3);
            CHECK(contrast(each.dark, "#14171c") >= 3);
        }
    }
    // The page maps light to dark text by text, so a dark hex that is also a light one would be mapped twice.
    for (const std::string_view dark : darks)
        CHECK_FALSE(lights.contains(dark));
    CHECK(contrast(colour("ink"), "#ffffff") >= 7);
    CHECK(contrast(colour("muted"), "#ffffff") >= 4.5);
    CHECK_THROWS_WITH(colour("mauve"), Contains("mauve"));
}

TEST_CASE("train and test are told apart without red-green vision", "[figures]") {
    const auto [blue_l, blue_s] = seen_by_deuteranope(colour("blue"));
    const auto [orange_l, orange_s] = seen_by_deuteranope(colour("orange"));
    CHECK(std::hypot(blue_l - orange_l, blue_s - orange_s) > 0.3);
    // The pair that everybody warns of must fail the same test.
    const auto [red_l, red_s] = seen_by_deuteranope("#d62728");
    const auto [green_l, green_s] = seen_by_deuteranope("#2ca02c");
    CHECK(std::hypot(red_l - green_l, red_s - green_s) < 0.3);
}

TEST_CASE("the phase map is a cycle that stands out from both pages", "[figures]") {
    std::set<std::string> seen;
    for (int t = 0; t < 113; ++t) {
        const std::string hex = phase_colour(t / 113.0);
        seen.insert(hex);
        CHECK(contrast(hex, "#ffffff") >= 3);
        CHECK(contrast(hex, "#14171c") >= 3);
    }
    CHECK(seen.size() == 113);
    CHECK(phase_colour(0.25) == phase_colour(1.25));
    CHECK(phase_colour(-0.25) == phase_colour(0.75));
    CHECK(phase_colour(0.25) != phase_colour(0.75)); // the two ways between cool and warm differ
}

TEST_CASE("the heat map gets darker all the way", "[figures]") {
    for (int i = 0; i < 50; ++i)
        CHECK(luminance(heat_colour(i / 50.0)) > luminance(heat_colour((i + 1) / 50.0)));
    CHECK(heat_colour(-1) == heat_colour(0));
    CHECK(heat_colour(2) == heat_colour(1));
}

TEST_CASE("ticks are few and round", "[figures]") {
    const auto values = [](const std::vector<Tick>& ticks) {
        std::vector<double> out;
        out.reserve(ticks.size());
        for (const Tick& tick : ticks)
            out.push_back(tick.value);
        return out;
    };
    CHECK(values(linear_ticks(20000, 5)) == std::vector<double>{0, 5000, 10000, 15000, 20000});
    CHECK(values(linear_ticks(300, 5)) == std::vector<double>{0, 100, 200, 300});
    CHECK(values(linear_ticks(0, 5)) == std::vector<double>{0});
    CHECK(linear_ticks(20000, 5).back().label == "'20,000'");
    CHECK(with_thousands(999) == "999");
    CHECK(with_thousands(-1234567) == "-1,234,567");
    for (const int first : {-300, -25, -7, -1}) {
        const std::vector<Tick> ticks = decade_ticks(first, 2, 6);
        CHECK(ticks.size() >= 2);
        CHECK(ticks.size() <= 6);
    }
}

TEST_CASE("data with gaps becomes a script without NaN", "[figures]") {
    Plot plot("gaps", {200, 100});
    plot.data("curve", {{0, not_a_number}, {1, 0.1}, {2, HUGE_VAL}, {3, not_a_number}, {4, 2}});
    CHECK_THROWS_WITH(plot.data("nothing", {{0, not_a_number}}), Contains("gaps") && Contains("nothing"));
    CHECK_THROWS_AS(plot.data("empty", {}), Error);
    const std::string script = std::move(plot).finish("").script;
    CHECK_THAT(script, !Contains("nan") && !Contains("inf"));
    CHECK_THAT(script,
               Contains("1.000000000000000056e-01\n\n4.000000000000000000e+00")); // full precision, one gap
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
    CHECK(draw(simple("line", 1), first.path()));
    CHECK(draw(simple("line", 1), second.path()));
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
    CHECK(draw(simple("line", 1), folder.path()));
    CHECK_FALSE(draw(simple("line", 1), folder.path()));
    CHECK(draw(simple("line", 2), folder.path()));

    Drawing other_csv = simple("line", 2);
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
        drawings.push_back(simple("figure-" + std::to_string(i), i + 1));
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
    CHECK_THROWS_WITH(draw(broken("sett key"), folder.path()),
                      Contains("broken") && Contains("invalid command") && !Contains("sett key"));
    // A warning with which gnuplot exits as if all were well.
    CHECK_THROWS_WITH(draw(broken("plot 'missing.dat' with lines, $curve with lines"), folder.path()),
                      Contains("missing.dat"));
    for (const char* suffix : {".svg", ".pdf", ".png", ".csv"})
        CHECK_FALSE(fs::exists(folder.path() / (std::string("broken") + suffix)));
}

TEST_CASE("one broken figure does not keep the others from being drawn", "[figures]") {
    const TemporaryFolder folder;
    const std::vector<Drawing> drawings{broken("sett key"), simple("good", 1)};
    CHECK_THROWS_WITH(draw_all(drawings, {}, folder.path(), 1), Contains("broken"));
    CHECK(fs::exists(folder.path() / "good.svg"));
}

TEST_CASE("a missing program is named with its package", "[figures]") {
    const TemporaryFolder folder;
    const EmptyPath no_programs(folder.path());
    CHECK_THROWS_WITH(draw(simple("line", 1), folder.path()), Contains("gnuplot") && Contains("gnuplot-nox"));
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
