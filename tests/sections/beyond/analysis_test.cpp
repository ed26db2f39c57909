#include "sections/beyond/analysis.h"
#include "sections/beyond/results.h"
#include "sections/beyond/small_model.h"
#include "sections/grokking/analysis.h"
#include "support/exact.h"
#include "support/planted.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <numbers>

using namespace grokreport;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using grokreport::testing::exact;

namespace {

// Logits sum over k of cos w_k(a + b - c); the last column is that of '='.
Eigen::MatrixXd clock_logits(int p, const std::vector<int>& frequencies) {
    Eigen::MatrixXd logits = Eigen::MatrixXd::Zero(p * p, p + 1);
    for (int a = 0; a < p; ++a)
        for (int b = 0; b < p; ++b)
            for (int c = 0; c < p; ++c)
                for (int k : frequencies)
                    logits(a * p + b, c) += std::cos(2 * std::numbers::pi * k * (a + b - c) / p);
    return logits;
}

} // namespace

TEST_CASE("logits of clocks are all of the form, and keep it when restricted", "[beyond]") {
    for (int p : {7, 31}) {
        const std::vector<int> planted{2, (p - 1) / 2};
        const Eigen::MatrixXd logits = clock_logits(p, planted);
        CHECK_THAT(variance_on_answers(sums_of(logits), planted), WithinAbs(1, exact));
        CHECK_THAT(variance_on_answers(sums_of(logits), {(p - 1) / 2}), WithinAbs(0.5, exact));
        CHECK_THAT(variance_on_answers(sums_of(logits), {1}), WithinAbs(0, exact));
        const Eigen::MatrixXd by_sum = restricted_to_sums(sums_of(logits).by_sum, planted);
        CHECK((by_sum.row(3) - logits.row(1 * p + 2)).cwiseAbs().maxCoeff() < exact);
        CHECK(restricted_to_sums(sums_of(logits).by_sum, {}).cwiseAbs().maxCoeff() < exact);
        const std::vector<double> all_right{1, 1};
        CHECK(accuracy_by_frequencies_kept(sums_of(logits), planted) == all_right);
    }
}

TEST_CASE("noise is hardly of the form", "[beyond]") {
    CHECK(variance_on_answers(sums_of(testing::noise(31 * 31, 32, 5)), {1, 2, 3}) < 0.01);
}

TEST_CASE("distance is irrelevant to a clock's logits and all that matters to a pizza's", "[beyond]") {
    constexpr int p = 31;
    Eigen::MatrixXd clock = clock_logits(p, {3}), pizza = clock;
    for (int a = 0; a < p; ++a)
        for (int b = 0; b < p; ++b) {
            clock.row(a * p + b) *= 1 + std::cos(2 * std::numbers::pi * (a + b) / p) / 4;
            pizza.row(a * p + b) *= std::abs(std::cos(std::numbers::pi * 3 * (a - b) / p));
        }
    CHECK_THAT(distance_irrelevance(sums_of(clock)), WithinAbs(1, exact));
    CHECK_THAT(distance_irrelevance(sums_of(pizza)), WithinAbs(0, exact));
}

TEST_CASE("neurons of one frequency are counted, products of a and b and the last frequency included",
          "[beyond]") {
    constexpr int p = 13, k = 6;
    Eigen::MatrixXd post(p * p, 4);
    const auto wave = [](int frequency, int t) { return std::cos(2 * std::numbers::pi * frequency * t / p); };
    for (int a = 0; a < p; ++a)
        for (int b = 0; b < p; ++b)
            post.row(a * p + b) << 3 + wave(k, a) + wave(k, b) + wave(k, a) * wave(k, b),
                wave(1, a) + wave(2, b), // two frequencies
                wave(1, a) * wave(2, b), // a product of two
                7;                       // dead
    CHECK(single_frequency_neurons(pair_means(post), explained_level) == 0.25);
}

TEST_CASE("with nothing excluded the excluded loss is the training loss", "[beyond]") {
    const auto model = testing::small_model();
    const Split split = split_pairs(model.config);
    const ForwardPass forward(model.weights, Variant::relu);
    const ProgressLosses losses = progress_losses(model.weights, sums_of(logits_of_all(forward)), split, {});
    CHECK_THAT(losses.excluded, WithinRel(losses.train, exact));
    CHECK_THAT(losses.test, WithinRel(held_out(model.weights, Variant::relu, split).loss, exact));
}

TEST_CASE("attention that never varies can be held at its mean", "[beyond]") {
    auto model = testing::small_model();
    for (auto& W_Q : model.weights.W_Q)
        W_Q.setZero();
    const Split split = split_pairs(model.config);
    CHECK(accuracy_with_mean_attention(model.weights, split) ==
          held_out(model.weights, Variant::relu, split).accuracy);
}

TEST_CASE("chance is what the controls are called", "[beyond]") {
    ClaimDefinition definition;
    definition.checks = {{"first", Relation::at_least, 0.9, "", ""}, {"second", Relation::less, 2, "", ""}};
    std::vector<ClaimDefinition> table(4, definition);
    for (int i = 0; i < 4; ++i)
        table[static_cast<std::size_t>(i)].id = std::to_string(i);
    const ChanceVerdicts verdicts = chance_verdicts(
        table, {{.id = "0", .values = {1, 1}, .control = {0.95}},
                {.id = "1", .values = {1, 1}, .control = {0.95, 3}},
                {.id = "2", .values = {1, 1}},
                {.id = "3", .values = {1, 1}, .control = {std::numeric_limits<double>::quiet_NaN()}}});
    CHECK(verdicts.controls == 2);
    CHECK(verdicts.passed == 1);
}
