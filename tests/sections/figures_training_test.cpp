// The figures of sections 2 to 4, drawn from runs of every kind.
#include "base/error.h"
#include "base/files.h"
#include "sections/task/architecture.h"
#include "drawing/draw.h"
#include "sections/grokking/figures.h"
#include "sections/task/periodic_representation.h"
#include "support/temporary_folder.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <complex>
#include <limits>
#include <sstream>

using namespace grokreport;
using namespace grokreport::figures;
using Catch::Matchers::Contains;
using grokreport::testing::TemporaryFolder;

namespace {

constexpr double digits_of_csv = 1e-6; // what seven digits leave of a product of two numbers near 1

// A run with the outline of a real one: memorised within a few hundred epochs, generalised around `grokked`.
Metrics run_like(int last_epoch, int every, double grokked) {
    Metrics metrics{{"embed.W_E", "unembed.W_U"}, {}};
    for (int epoch = 0; epoch <= last_epoch; epoch += every) {
        const double memorised = 1 - std::exp(-epoch / 60.0);
        const double generalised = 1 / (1 + std::exp(-(epoch - grokked) / 200));
        MetricsRow row;
        row.epoch = epoch;
        row.train_loss = 4.7 * std::exp(-epoch / 80.0);
        row.test_loss = (4.7 + 15 * memorised) * (1 - generalised) + 1e-7;
        row.train_accuracy = memorised > 0.99 ? 1 : memorised;
        row.test_accuracy = generalised > 0.999 ? 1 : generalised;
        row.sums_of_squares = {60 + 60 * std::exp(-epoch / 3000.0), 100};
        metrics.rows.push_back(row);
    }
    return metrics;
}

// Draws it, which fails on whatever gnuplot complains about; returns the SVG.
std::string drawn(const Drawing& drawing) {
    CHECK_THAT(drawing.script, !Contains("nan") && !Contains("inf "));
    const TemporaryFolder folder;
    draw(drawing, folder.path());
    return read_file(folder.path() / (drawing.id + ".svg"));
}

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

auto lines_of(const std::string& text) {
    return std::count(text.begin(), text.end(), '\n');
}

} // namespace

TEST_CASE("training curves mark the epochs that a run reached", "[figures]") {
    const Metrics run = run_like(20000, 25, 4000);
    const Drawing drawing = training_curves(
        "training-10k", {.run = run, .last_epoch = 10000, .memorised_epoch = 140, .grokked_epoch = 5400});
    CHECK(lines_of(drawing.csv) == 1 + 10000 / 25 + 1); // header and rows 0 to 10,000
    const std::string svg = drawn(drawing);
    CHECK_THAT(svg, Contains("100 % train at epoch 140") && Contains("100 % test at epoch 5,400"));
    CHECK_THAT(svg, Contains("10,000") && !Contains("20,000"));
}

TEST_CASE("epochs beyond the axis are not marked", "[figures]") {
    const Metrics run = run_like(20000, 25, 14000);
    const std::string svg = drawn(training_curves(
        "training-10k", {.run = run, .last_epoch = 10000, .memorised_epoch = 140, .grokked_epoch = 15000}));
    CHECK_THAT(svg, Contains("train at epoch") && !Contains("test at epoch"));
}

TEST_CASE("a run that never groks, of any length, is drawn as it is", "[figures]") {
    for (const int last_epoch : {0, 5, 300, 60 * 25}) {
        const Metrics run = run_like(last_epoch, 5, 1e9);
        const std::string svg = drawn(training_curves("training-20k", {.run = run, .last_epoch = 20000}));
        CHECK_THAT(svg, !Contains("at epoch"));
    }
}

TEST_CASE("the linear run is drawn with its bound and its control", "[figures]") {
    const Metrics run = run_like(40000, 100, 20000);
    const Metrics control = run_like(40000, 100, 1e9);
    const Drawing drawing = training_curves("training-linear", {.run = run,
                                                                .last_epoch = 40000,
                                                                .memorised_epoch = 300,
                                                                .grokked_epoch = 22000,
                                                                .accuracy_line = 0.95,
                                                                .control = &control,
                                                                .control_name = "frozen"});
    CHECK_THAT(drawing.csv, Contains("\nmodel,0,") && Contains("\ncontrol,40000,"));
    CHECK_THAT(drawn(drawing), Contains("95 %") && Contains("frozen"));
}

TEST_CASE("losses of zero lie on the edge of the log axis, and a diverged run leaves a gap", "[figures]") {
    Metrics run = run_like(1000, 25, 500);
    run.rows[30].train_loss = 0;
    run.rows[31].test_loss = std::numeric_limits<double>::quiet_NaN();
    drawn(training_curves("training", {.run = run, .last_epoch = 1000}));
    for (MetricsRow& row : run.rows)
        row.train_loss = row.test_loss = 0;
    drawn(training_curves("training", {.run = run, .last_epoch = 1000}));
}

TEST_CASE("a run without the metrics that are drawn is refused", "[figures]") {
    Metrics run = run_like(100, 5, 50);
    run.parameters.front() = "embed.W_X";
    CHECK_THROWS_WITH(training_curves("training", {.run = run, .last_epoch = 100}), Contains("embed.W_E"));
    CHECK_THROWS_WITH(training_curves("training", {.run = Metrics{{"embed.W_E"}, {}}, .last_epoch = 100}),
                      Contains("no metrics"));
}

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
