#include "sections/petals/analysis.h"

#include "sections/petals/claims.h"
#include "support/exact.h"
#include "support/judged_claim.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>
#include <numeric>

using namespace grokreport;
using Catch::Matchers::WithinAbs;
using grokreport::testing::exact;

namespace {

constexpr double turn = 2 * std::numbers::pi;

// A model of one head a frequency: embeddings on circles of the first frequencies, each in axes of its own;
// W_V the identity; scores so small that attention is a single wave at the head's frequency to first order.
Weights planted(int p, const std::vector<int>& circles, const std::vector<int>& tuned_to, double strength) {
    const auto d = static_cast<Eigen::Index>(2 * circles.size() + 1);
    Weights weights;
    weights.W_E = Eigen::MatrixXd::Zero(p + 1, d);
    weights.W_pos = Eigen::MatrixXd::Zero(3, d);
    for (int t = 0; t < p; ++t)
        for (std::size_t i = 0; i < circles.size(); ++i) {
            weights.W_E(t, 2 * static_cast<Eigen::Index>(i)) = std::cos(turn * circles[i] * t / p);
            weights.W_E(t, 2 * static_cast<Eigen::Index>(i) + 1) = std::sin(turn * circles[i] * t / p);
        }
    weights.W_E(p, d - 1) = 1;
    for (const int f : tuned_to) {
        const auto axis = 2 * (std::ranges::find(circles, f) - circles.begin());
        Eigen::MatrixXd W_Q = Eigen::MatrixXd::Zero(d, d), W_K = W_Q;
        W_Q(d - 1, 0) = 1;
        W_K(axis, 0) = strength; // score: strength cos(2 pi f t / p) / sqrt(d)
        W_K(d - 1, 0) = -1e3;    // nothing on '='
        weights.W_Q.push_back(W_Q);
        weights.W_K.push_back(W_K);
        weights.W_V.push_back(Eigen::MatrixXd::Identity(d, d));
        weights.W_O.push_back(Eigen::MatrixXd::Identity(d, d));
    }
    weights.W_in = Eigen::MatrixXd::Zero(d, 2);
    weights.b_in = Eigen::RowVectorXd::Zero(2);
    weights.W_out = Eigen::MatrixXd::Zero(2, d);
    weights.b_out = Eigen::RowVectorXd::Zero(d);
    weights.W_U = Eigen::MatrixXd::Zero(d, p + 1);
    weights.clear_further_biases();
    return weights;
}

struct Vector {
    double x = 0, y = 0;
};

double cross(Vector u, Vector v) {
    return u.x * v.y - u.y * v.x;
}

// Pairs of segments of a closed polyline that cross, away from a point: every pair is tried. Plain numbers,
// because tests are compiled without optimisation.
int crossings_by_force(const Eigen::MatrixXd& curve, const Eigen::RowVector2d& away_from) {
    const auto n = static_cast<std::size_t>(curve.rows() - 1);
    std::vector<Vector> start(n), along(n); // of each segment
    for (std::size_t i = 0; i < n; ++i) {
        const auto row = static_cast<Eigen::Index>(i);
        start[i] = {curve(row, 0), curve(row, 1)};
        along[i] = {curve(row + 1, 0) - curve(row, 0), curve(row + 1, 1) - curve(row, 1)};
    }
    int found = 0;
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = i + 2; j < n - (i == 0 ? 1 : 0); ++j) {
            const Vector between{start[j].x - start[i].x, start[j].y - start[i].y};
            const double area = cross(along[i], along[j]);
            const double here = cross(between, along[j]) / area, there = cross(between, along[i]) / area;
            if (!(here >= 0 && here < 1 && there >= 0 && there < 1)) continue;
            const double x = start[i].x + here * along[i].x - away_from[0];
            const double y = start[i].y + here * along[i].y - away_from[1];
            if (std::hypot(x, y) > 0.02) ++found;
        }
    return found;
}

Eigen::MatrixXd drawn(const AttentionWave& wave, int f, int k, int a, int p) {
    const int steps = 400 * std::max(f, k), common = std::gcd(f, k);
    Eigen::MatrixXd curve(steps + 1, 2);
    for (int i = 0; i <= steps; ++i) {
        const double b = static_cast<double>(p) / common * i / steps;
        const double alpha = wave.mean + wave.amplitude * std::cos(turn * f * b / p - wave.phase);
        curve.row(i) << alpha * std::cos(turn * k * a / p) + (1 - alpha) * std::cos(turn * k * b / p),
            alpha * std::sin(turn * k * a / p) + (1 - alpha) * std::sin(turn * k * b / p);
    }
    return curve;
}

} // namespace

TEST_CASE("a curve of petals crosses itself away from x_a exactly when k does not divide f", "[petals]") {
    constexpr int p = 113, a = 70;
    const AttentionWave wave{0.5, 0.3, 0.7};
    for (int k = 1; k <= 6; ++k)
        for (int f = 1; f <= 6; ++f) {
            CAPTURE(k, f);
            const Eigen::RowVector2d x_a(std::cos(turn * k * a / p), std::sin(turn * k * a / p));
            const int found = crossings(wave, f, k, a, p);
            CHECK((found > 0) == (f % k != 0));
            if (k <= 4 && f <= 4) // beyond, some lie too near to x_a for a polyline to tell
                CHECK(found == crossings_by_force(drawn(wave, f, k, a, p), x_a));
        }
}

TEST_CASE("the three pairs are chosen by rule", "[petals]") {
    SECTION("two frequencies") {
        const PetalPairs chosen =
            petal_pairs({{0, 6, 0.7}, {1, 24, 0.6}, {2, 6, 0.9}, {3, 24, 0.8}}, {24, 6});
        CHECK_FALSE(chosen.one_frequency);
        CHECK(chosen.pairs[0].head.head == 2);
        CHECK(chosen.pairs[0].circle == 6);
        CHECK(chosen.pairs[1].head.head == 3);
        CHECK(chosen.pairs[1].circle == 6);
        CHECK(chosen.pairs[2].head.head == 2);
        CHECK(chosen.pairs[2].circle == 24);
    }
    SECTION("one frequency, or one head") {
        const PetalPairs chosen = petal_pairs({{0, 6, 0.7}, {1, 6, 0.9}}, {6, 3, 1});
        CHECK(chosen.one_frequency);
        CHECK(chosen.pairs[1].head.head == 0);
        CHECK(chosen.pairs[2].circle == 3);
        CHECK(petal_pairs({{0, 2, 0.7}}, {2, 1}).pairs[2].circle == 1);
    }
}

TEST_CASE("planted petals have their energy at f, k, k + f and |k - f| and are predicted", "[petals]") {
    for (const int p : {23, 59}) {
        const int last = (p - 1) / 2;
        const PetalsResults petals = analyse_petals(planted(p, {last, 3}, {last, 3}, 0.1), {last, 3}, 0);
        for (const Petal& petal : petals.petals) {
            CAPTURE(p, petal.pair.head.frequency, petal.pair.circle);
            CHECK_THAT(petal.energy, WithinAbs(1, 1e-4)); // attention is a wave to first order
            CHECK_THAT(petal.r2, WithinAbs(1, 1e-4));
            CHECK_THAT(petal.kept, WithinAbs(1, exact));
            CHECK(petal.r2 > petal.r2_constant);
            CHECK(petal.r2_permuted < 0.6);
        }
        CHECK(petals.petals[0].lines.size() == 2); // |k - f| = 0 is no frequency
        CHECK(petals.petals[1].pair.circle == petals.petals[0].pair.head.frequency);
    }
}

TEST_CASE("a plane that W_V loses is not kept", "[petals]") {
    Weights weights = planted(23, {4, 3}, {4, 3}, 0.1);
    for (std::size_t head = 0; head < weights.W_V.size(); ++head) {
        weights.W_V[head] = weights.W_V[head].rightCols(2).eval(); // one axis of the last circle, and '='
        weights.W_O[head] = weights.W_O[head].bottomRows(2).eval();
    }
    weights.clear_further_biases(); // in the new size of the heads
    const PetalsResults petals = analyse_petals(weights, {4, 3}, 0);
    for (const Petal& petal : petals.petals)
        CHECK_THAT(petal.kept, WithinAbs(petal.pair.circle == 3 ? 0.5 : 0, exact));
}

TEST_CASE("claims of section 6.2 flip when a model loses its tuning", "[petals]") {
    const auto verdict_of = [](const PetalsResults& results, const std::string& id) {
        return testing::judged_claim(petals_claims({}), std::optional(results), id).verdict;
    };
    PetalsResults petals = analyse_petals(planted(59, {24, 6}, {24, 6}, 1), {24, 6}, 0);
    CHECK(verdict_of(petals, "petals.predicted") == Verdict::pass);
    CHECK(verdict_of(petals, "petals.energy") == Verdict::pass);
    CHECK(verdict_of(petals, "petals.overlap") == Verdict::pass);
    petals.petals[1].energy = 0.5;
    petals.petals[2].r2_constant = 1;
    petals.petals[0].crossings = 7;
    CHECK(verdict_of(petals, "petals.predicted") == Verdict::fail);
    CHECK(verdict_of(petals, "petals.energy") == Verdict::fail);
    CHECK(verdict_of(petals, "petals.overlap") == Verdict::fail);
    for (const Measurement& measured : measure_claims<PetalsResults>(petals_claims({}), {}, "too short"))
        CHECK(measured.not_run == "too short");
}
