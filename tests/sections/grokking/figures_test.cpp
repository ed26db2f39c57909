#include "sections/grokking/figures.h"

#include "base/error.h"
#include "support/drawn.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace grokreport;
using namespace grokreport::figures;
using Catch::Matchers::Contains;
using grokreport::testing::drawn;
using grokreport::testing::lines_of;

namespace {

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
