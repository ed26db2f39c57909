#include "sections/recombination/analysis.h"

#include "sections/recombination/claims.h"
#include "sections/recombination/facts.h"
#include "spectral/fourier.h"
#include "support/exact.h"
#include "support/planted.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

using namespace grokreport;
using Catch::Matchers::WithinAbs;
using grokreport::testing::exact;
using testing::noise;

namespace {

// A circle of frequency k in W_E and two heads in antiphase, one with scores cos(2 pi k t / p) and one with
// their negative, whose values go through equal maps. Their petals cancel.
Weights antiphase(int p, int k, double strength) {
    constexpr int d = 6, d_head = 5;
    Weights weights;
    weights.W_E = Eigen::MatrixXd::Zero(p + 1, d);
    weights.W_pos = Eigen::MatrixXd::Zero(3, d);
    for (int t = 0; t < p; ++t) {
        const double angle = 2 * std::numbers::pi * k * t / p;
        weights.W_E.row(t).head(2) << std::cos(angle), std::sin(angle);
    }
    weights.W_E(p, d - 1) = 1;
    for (const double sign : {1.0, -1.0}) {
        Eigen::MatrixXd W_Q = Eigen::MatrixXd::Zero(d, d_head), W_K = W_Q;
        W_Q(d - 1, 0) = 1;
        W_K(0, 0) = sign * strength;
        W_K(d - 1, 0) = -1e3;
        weights.W_Q.push_back(W_Q);
        weights.W_K.push_back(W_K);
        weights.W_V.push_back(noise(d, d_head, 1));
        weights.W_O.push_back(noise(d_head, d, 2));
    }
    weights.W_in = Eigen::MatrixXd::Zero(d, 3);
    weights.b_in = Eigen::RowVectorXd::Zero(3);
    weights.W_out = Eigen::MatrixXd::Zero(3, d);
    weights.b_out = Eigen::RowVectorXd::Zero(d);
    weights.W_U = Eigen::MatrixXd::Zero(d, p + 1);
    weights.clear_further_biases();
    return weights;
}

} // namespace

TEST_CASE("the heads' curves add up to that of o, in any plane", "[recombination]") {
    for (const int k : {2, 11}) { // the last frequency of p = 23 too
        const RecombinationResults results = recombination_of(antiphase(23, k, 2), {k}, 0);
        const Recombination& at = results.frequencies.front();
        CHECK_THAT((at.heads[0] + at.heads[1] - at.sum).norm(), WithinAbs(0, exact));
        CHECK_THAT((at.sum - results.o * pushed_plane(antiphase(23, k, 2), k)).norm(), WithinAbs(0, exact));
    }
}

TEST_CASE("two heads in antiphase leave a circle, and each alone does not", "[recombination]") {
    for (const int k : {2, 11}) {
        const RecombinationResults results = recombination_of(antiphase(23, k, 2), {k}, 0);
        const Recombination& at = results.frequencies.front();
        CHECK_THAT(at.petals_left, WithinAbs(0, exact));
        CHECK_THAT(at.purity, WithinAbs(1, exact)); // attention of the two sums to one for every b
        CHECK(at.best_head() < 0.99);
        CHECK_THAT(at.share_in_plane, WithinAbs(1, exact));
        CHECK_THAT(results.circles.front().purity, WithinAbs(1, exact));
    }
}

TEST_CASE("heads in phase cancel nothing, and no shift changes a sum of equal heads' parts",
          "[recombination]") {
    Weights weights = antiphase(23, 3, 2);
    weights.W_K[1] = weights.W_K[0];
    const Recombination at = recombination_of(weights, {3}, 0).frequencies.front();
    CHECK_THAT(at.petals_left, WithinAbs(1, exact));
    CHECK_THAT(at.purity, WithinAbs(at.best_head(), exact));
}

TEST_CASE("the shifted control is drawn from the seed alone", "[recombination]") {
    const Weights weights = antiphase(23, 3, 2);
    const auto draws = [&](std::uint64_t seed) {
        return recombination_of(weights, {3}, seed).shifted.least_purity;
    };
    CHECK(draws(1) == draws(1));
    CHECK(draws(1) != draws(2));
    CHECK(draws(1).size() == 200);
}

TEST_CASE("claims of section 7 without key frequencies, and on a planted model", "[recombination]") {
    const auto claims = recombination_claims({});
    const auto judged = [&](const RecombinationResults& results) {
        return judge_all(definitions_of(claims), measure_claims(claims, std::optional(results), ""));
    };
    const Weights weights = antiphase(23, 3, 2);
    for (const Claim& claim : judged(recombination_of(weights, {}, 0)))
        CHECK(claim.verdict == Verdict::fail);
    Weights in_phase = weights;
    in_phase.W_K[1] = in_phase.W_K[0];
    const Claim recombine = judged(recombination_of(in_phase, {3}, 0)).front();
    CHECK(recombine.definition.id == "petals.recombine");
    CHECK(recombine.verdict == Verdict::fail);
    for (const Measurement& measured : measure_claims(claims, {}, "too short"))
        CHECK(measured.not_run == "too short");
}

TEST_CASE("the text tells what is left beside the circle: a petal of a head, or something else",
          "[recombination]") {
    RecombinationResults results = recombination_of(antiphase(23, 3, 2), {3}, 0);
    for (HeadWave& head : results.waves)
        head.tuning.frequency = 5;
    Eigen::MatrixXd& norms = results.frequencies.front().norms;
    for (int rest = 1; rest <= 11; ++rest) {
        if (rest == 3) continue; // the circle itself
        CAPTURE(rest);
        norms.setConstant(0.1);
        norms.row(rest - 1).setConstant(1);
        const auto facts = recombination_facts(results, true);
        CHECK(facts.at("least_pure_rest") == std::to_string(rest));
        // attention that waves with f = 5 makes 5 of the constant, and 3 + 5 and 3 - 5 of the circle
        CHECK(facts.at("least_pure_rest_is_petal") == (rest == 5 || rest == 8 || rest == 2));
        CHECK(facts.at("least_pure_rest_is_double") == (rest == 6));
    }
}

TEST_CASE("interpolation goes through its points", "[fourier]") {
    const Eigen::MatrixXd Y = noise(23, 2, 3);
    const Eigen::MatrixXd curve = interpolated(Y);
    REQUIRE(curve.rows() == 12 * 23 + 1);
    for (Eigen::Index t = 0; t < 23; ++t)
        CHECK_THAT((curve.row(12 * t) - Y.row(t)).norm(), WithinAbs(0, exact));
    CHECK_THAT((curve.row(0) - curve.row(12 * 23)).norm(), WithinAbs(0, exact));
}
