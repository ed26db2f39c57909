#include "sections/task/figures_architecture.h"
#include "sections/task/figures_periodic_representation.h"
#include "support/drawn.h"

#include <catch2/catch.hpp>
#include <complex>
#include <sstream>

using namespace grokreport;
using namespace grokreport::figures;
using Catch::Matchers::Contains;
using grokreport::testing::drawn;
using grokreport::testing::lines_of;

namespace {

constexpr double digits_of_csv = 1e-6; // what seven digits leave of a product of two numbers near 1

// The columns x and y, the last two, as complex numbers.
std::vector<std::complex<double>> points_of(const std::string& csv) {
    std::istringstream lines(csv);
    std::string line;
    std::getline(lines, line); // the header
    std::vector<std::complex<double>> points;
    while (std::getline(lines, line)) {
        const auto y = line.rfind(',');
        const auto x = line.rfind(',', y - 1);
        points.emplace_back(std::stod(line.substr(x + 1)), std::stod(line.substr(y + 1)));
    }
    return points;
}

} // namespace

TEST_CASE("numbers lie on circles where adding is turning", "[figures]") {
    for (const int p : {5, 7, 11, 59, 113, 199}) {
        INFO(p);
        const Drawing drawing =
            periodic_representation("periodic-representation", p, legible_example(p), shown_circles(p));
        CHECK(lines_of(drawing.csv) == 1 + p * (p < 11 ? 2 : 3)); // frequencies 1, 2 and, from p = 11 on, 5
        drawn(drawing);
    }
}

TEST_CASE("on every circle the point of a times the point of b is the point of a + b", "[figures]") {
    constexpr int p = 7;
    const Drawing drawing = periodic_representation("periodic-representation", p, {5, 4}, {1, 3});
    const std::vector<std::complex<double>> points = points_of(drawing.csv);
    REQUIRE(points.size() == 2 * p);
    for (int circle = 0; circle < 2; ++circle)
        for (int a = 0; a < p; ++a)
            for (int b = 0; b < p; ++b) {
                const auto* z = &points[circle * p];
                CHECK(std::abs(z[a] * z[b] - z[(a + b) % p]) < digits_of_csv);
            }
    CHECK_THAT(drawing.csv, Contains("\n3,0,0,1,"));
    CHECK_THAT(drawing.csv, Contains("\n3,5,0.1428571,")); // 15 mod 7 = 1 seventh
    CHECK_THAT(drawn(drawing), Contains("(mod 7)"));
}

TEST_CASE("the architecture shows the shapes of its config", "[figures]") {
    Config config;
    CHECK_THAT(drawn(architecture("architecture", config)),
               Contains("114 × 128") && Contains("4 × 128 × 32") && Contains("ReLU") && Contains("head 3"));
    config.p = 7;
    config.n_heads = 1;
    config.variant = Variant::linear;
    const Drawing small = architecture("architecture", config);
    CHECK_THAT(small.csv,
               Contains("embed.W_E,\"[8, 128]\"\n") && Contains("blocks.0.attn.W_O,\"[1, 32, 128]\"\n"));
    CHECK_THAT(drawn(small), Contains("8 × 128") && !Contains("ReLU") && !Contains("head 1"));
}
