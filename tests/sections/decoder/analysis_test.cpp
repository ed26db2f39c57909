#include "sections/decoder/analysis.h"

#include "model/activations.h"
#include "spectral/decompositions.h"
#include "support/exact.h"
#include "support/planted.h"

#include <catch2/catch.hpp>

using namespace grokreport;
using Catch::Matchers::WithinAbs;
using grokreport::testing::exact;
using testing::noise;
using testing::small_p;

namespace {

// cos(2 pi k (a + b - c) / p), summed over frequencies: what a model that adds gives. p^2 x (p + 1), '='
// included.
Eigen::MatrixXd adding_logits(const std::vector<int>& frequencies) {
    Eigen::MatrixXd logits = Eigen::MatrixXd::Zero(small_p * small_p, small_p + 1);
    for (const int k : frequencies)
        for (int a = 0; a < small_p; ++a)
            for (int b = 0; b < small_p; ++b)
                for (int c = 0; c < small_p; ++c)
                    logits(a * small_p + b, c) += std::cos(2 * std::numbers::pi * k * (a + b - c) / small_p);
    return logits;
}

// What is kept of logits at some frequencies, for all pairs: p^2 x p.
Eigen::MatrixXd restricted_logits(const Eigen::MatrixXd& logits, const std::vector<int>& frequencies) {
    CircleLogits circles(small_p, frequencies);
    for (int a = 0; a < small_p; ++a)
        circles.add(a, logits.middleRows(a * small_p, small_p));
    Eigen::MatrixXd restricted = Eigen::MatrixXd::Zero(small_p * small_p, small_p);
    for (int a = 0; a < small_p; ++a)
        for (std::size_t i = 0; i < frequencies.size(); ++i)
            restricted.middleRows(a * small_p, small_p) += circles.of_number(i, a);
    return restricted;
}

} // namespace

TEST_CASE("the embedding of c is the hidden layer of (a, c - a), centred", "[decoder]") {
    const Eigen::MatrixXd post = noise(small_p, 5, 1);
    const Eigen::MatrixXd embeddings = answer_embeddings(post, 4);
    CHECK((embeddings.row((4 + 9) % small_p) - (post.row(9) - post.colwise().mean())).norm() < exact);
    CHECK(embeddings.colwise().mean().norm() < exact);
}

TEST_CASE("rows that are the embeddings are aligned with them, their negatives the other way", "[decoder]") {
    const Eigen::MatrixXd axes = orthonormalised(noise(16, 2, 2));
    for (int k : {1, (small_p - 1) / 2}) {
        const Eigen::MatrixXd circle = testing::circle_in(axes, small_p, k);
        CHECK_THAT(alignments(circle, circle, {k}).front().cosine, WithinAbs(1, exact));
        CHECK_THAT(alignments(-circle, circle, {k}).front().cosine, WithinAbs(-1, exact));
        // One step along the circle turns every row by one angle
        Eigen::MatrixXd shifted(small_p, 16);
        for (int t = 0; t < small_p; ++t)
            shifted.row(t) = circle.row((t + 1) % small_p);
        CHECK_THAT(alignments(shifted, circle, {k}).front().cosine,
                   WithinAbs(std::cos(2 * std::numbers::pi * k / small_p), exact));
    }
}

TEST_CASE("an alignment that leaks from another circle goes with it", "[decoder]") {
    const Eigen::MatrixXd axes = orthonormalised(noise(16, 2, 2));
    const Eigen::MatrixXd X = testing::circle_in(axes, small_p, 1) + 0.01 * noise(small_p, 16, 3);
    const Eigen::MatrixXd rows = testing::circle_in(axes, small_p, 1) + 0.01 * noise(small_p, 16, 4);
    const double with = alignments(rows, X, {3}).front().cosine;
    const double without = alignments_without({1}, rows, X, {3}).front().cosine;
    CHECK(std::abs(without) < 1);
    CHECK(with != without);
}

TEST_CASE("restricting keeps a planted frequency, the last included, and drops the others", "[decoder]") {
    for (int k : {1, 3, (small_p - 1) / 2}) {
        const Eigen::MatrixXd logits = adding_logits({k});
        CHECK((restricted_logits(logits, {k}) - logits.leftCols(small_p)).cwiseAbs().maxCoeff() < exact);
        CHECK(restricted_logits(logits, {2}).cwiseAbs().maxCoeff() < exact);
    }
    const Eigen::MatrixXd both = adding_logits({1, 3});
    CHECK((restricted_logits(both, {1, 3}) - both.leftCols(small_p)).cwiseAbs().maxCoeff() < exact);
}

TEST_CASE("terms in a alone are not the circle's", "[decoder]") {
    Eigen::MatrixXd logits = Eigen::MatrixXd::Zero(small_p * small_p, small_p + 1);
    for (int a = 0; a < small_p; ++a)
        logits.middleRows(a * small_p, small_p).setConstant(std::cos(2 * std::numbers::pi * 2 * a / small_p));
    CHECK(restricted_logits(logits, {2}).cwiseAbs().maxCoeff() < exact);
}

TEST_CASE("a perfect circle reads out every answer; a reversed one none", "[decoder]") {
    const Circles circles = scores_by_circle(adding_logits({1, 4}), {1, 4});
    CHECK(circles.alone[0].accuracy == 1);
    CHECK(circles.alone[0].ahead == 0);
    CHECK(circles.together[1].accuracy == 1);
    CHECK(circles.intact.accuracy == 1);
    const AnswerScore reversed = scores_by_circle(-adding_logits({1}), {1}).intact;
    CHECK(reversed.accuracy == 0);
    CHECK(reversed.ahead == small_p - 1);
}

TEST_CASE("close up, what lies farther along a row is named, the farthest first", "[decoder]") {
    const Eigen::MatrixXd axes = orthonormalised(noise(16, 2, 2));
    const Eigen::MatrixXd circle = testing::circle_in(axes, small_p, 1);
    CHECK(close_up(circle, circle, 1).ahead.empty());
    const int c = close_up(circle, circle, 1).c;
    Eigen::MatrixXd turned(small_p, 16); // row c points at the embedding of c + 1
    for (int t = 0; t < small_p; ++t)
        turned.row(t) = circle.row((t + 1) % small_p);
    const CloseUp shown = close_up(turned, circle, 1);
    REQUIRE_FALSE(shown.ahead.empty());
    CHECK(shown.ahead.front() == (c + 1) % small_p);
}
