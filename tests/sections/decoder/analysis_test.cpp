#include "sections/decoder/analysis.h"

#include "model/activations.h"
#include "spectral/decompositions.h"
#include "support/planted.h"

#include <catch2/catch.hpp>

using namespace grokreport;
using Catch::Matchers::WithinAbs;
using testing::noise;

namespace {

constexpr double exact = 1e-9;
constexpr int p = 11;

// cos(2 pi k (a + b - c) / p), summed over frequencies: what a model that adds gives. p^2 x (p + 1), '='
// included.
Eigen::MatrixXd adding_logits(const std::vector<int>& frequencies) {
    Eigen::MatrixXd logits = Eigen::MatrixXd::Zero(p * p, p + 1);
    for (const int k : frequencies)
        for (int a = 0; a < p; ++a)
            for (int b = 0; b < p; ++b)
                for (int c = 0; c < p; ++c)
                    logits(a * p + b, c) += std::cos(2 * std::numbers::pi * k * (a + b - c) / p);
    return logits;
}

// What is kept of logits at some frequencies, for all pairs: p^2 x p.
Eigen::MatrixXd restricted_logits(const Eigen::MatrixXd& logits, const std::vector<int>& frequencies) {
    CircleLogits circles(p, frequencies);
    for (int a = 0; a < p; ++a)
        circles.add(a, logits.middleRows(a * p, p));
    Eigen::MatrixXd restricted = Eigen::MatrixXd::Zero(p * p, p);
    for (int a = 0; a < p; ++a)
        for (std::size_t i = 0; i < frequencies.size(); ++i)
            restricted.middleRows(a * p, p) += circles.of_number(i, a);
    return restricted;
}

} // namespace

TEST_CASE("the embedding of c is the hidden layer of (a, c - a), centred", "[decoder]") {
    const Eigen::MatrixXd post = noise(p, 5, 1);
    const Eigen::MatrixXd embeddings = answer_embeddings(post, 4);
    CHECK((embeddings.row((4 + 9) % p) - (post.row(9) - post.colwise().mean())).norm() < exact);
    CHECK(embeddings.colwise().mean().norm() < exact);
}

TEST_CASE("rows that are the embeddings are aligned with them, their negatives the other way", "[decoder]") {
    const Eigen::MatrixXd axes = orthonormalised(noise(16, 2, 2));
    for (int k : {1, (p - 1) / 2}) {
        const Eigen::MatrixXd circle = testing::circle_in(axes, p, k);
        CHECK_THAT(alignments(circle, circle, {k}).front().cosine, WithinAbs(1, exact));
        CHECK_THAT(alignments(-circle, circle, {k}).front().cosine, WithinAbs(-1, exact));
        // One step along the circle turns every row by one angle
        Eigen::MatrixXd shifted(p, 16);
        for (int t = 0; t < p; ++t)
            shifted.row(t) = circle.row((t + 1) % p);
        CHECK_THAT(alignments(shifted, circle, {k}).front().cosine,
                   WithinAbs(std::cos(2 * std::numbers::pi * k / p), exact));
    }
}

TEST_CASE("an alignment that leaks from another circle goes with it", "[decoder]") {
    const Eigen::MatrixXd axes = orthonormalised(noise(16, 2, 2));
    const Eigen::MatrixXd X = testing::circle_in(axes, p, 1) + 0.01 * noise(p, 16, 3);
    const Eigen::MatrixXd rows = testing::circle_in(axes, p, 1) + 0.01 * noise(p, 16, 4);
    const double with = alignments(rows, X, {3}).front().cosine;
    const double without = alignments_without({1}, rows, X, {3}).front().cosine;
    CHECK(std::abs(without) < 1);
    CHECK(with != without);
}

TEST_CASE("restricting keeps a planted frequency, the last included, and drops the others", "[decoder]") {
    for (int k : {1, 3, (p - 1) / 2}) {
        const Eigen::MatrixXd logits = adding_logits({k});
        CHECK((restricted_logits(logits, {k}) - logits.leftCols(p)).cwiseAbs().maxCoeff() < exact);
        CHECK(restricted_logits(logits, {2}).cwiseAbs().maxCoeff() < exact);
    }
    const Eigen::MatrixXd both = adding_logits({1, 3});
    CHECK((restricted_logits(both, {1, 3}) - both.leftCols(p)).cwiseAbs().maxCoeff() < exact);
}

TEST_CASE("terms in a alone are not the circle's", "[decoder]") {
    Eigen::MatrixXd logits = Eigen::MatrixXd::Zero(p * p, p + 1);
    for (int a = 0; a < p; ++a)
        logits.middleRows(a * p, p).setConstant(std::cos(2 * std::numbers::pi * 2 * a / p));
    CHECK(restricted_logits(logits, {2}).cwiseAbs().maxCoeff() < exact);
}

TEST_CASE("a perfect circle reads out every answer; a reversed one none", "[decoder]") {
    const Circles circles = scores_by_circle(adding_logits({1, 4}), {1, 4});
    CHECK(circles.alone[0].accuracy == 1);
    CHECK(circles.alone[0].ahead == 0);
    CHECK(circles.together[1].accuracy == 1);
    CHECK(circles.intact.accuracy == 1);
    const AnswerScore reversed = score_answers(-adding_logits({1}));
    CHECK(reversed.accuracy == 0);
    CHECK(reversed.ahead == p - 1);
}

TEST_CASE("close up, what lies farther along a row is named, the farthest first", "[decoder]") {
    const Eigen::MatrixXd axes = orthonormalised(noise(16, 2, 2));
    const Eigen::MatrixXd circle = testing::circle_in(axes, p, 1);
    CHECK(close_up(circle, circle, 1).ahead.empty());
    const int c = close_up(circle, circle, 1).c;
    Eigen::MatrixXd turned(p, 16); // row c points at the embedding of c + 1
    for (int t = 0; t < p; ++t)
        turned.row(t) = circle.row((t + 1) % p);
    const CloseUp shown = close_up(turned, circle, 1);
    REQUIRE_FALSE(shown.ahead.empty());
    CHECK(shown.ahead.front() == (c + 1) % p);
}
