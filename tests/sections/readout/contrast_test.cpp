#include "sections/readout/contrast.h"

#include "model/activations.h"
#include "model/dataset.h"
#include "sections/readout/mixing.h"
#include "support/planted_readout.h"

#include <catch2/catch.hpp>

using namespace grokreport;

namespace {

// Heads alone even its frequency. A constant speaks for the answer 0, half as loud as any pair for its own.
struct Planted {
    testing::PlantedReadout model{.key = {2}, .tuned = 2, .harmonic = 0};
    Weights weights = model.weights();
    Activations at_equals{};

    Planted() {
        run();
        const double loud = at_equals.logits.leftCols(model.p).rowwise().maxCoeff().minCoeff();
        weights.b_out = 0.5 * loud / weights.W_U.col(0).squaredNorm() * weights.W_U.col(0).transpose();
        run();
    }
    void run() { at_equals = activations(weights, Variant::relu, all_pairs(model.p)); }
};

ContrastPair contrast_of(const Planted& planted) {
    return contrast_pair(planted.weights, planted.at_equals.logits,
                         logits_with_attention(planted.weights, held_at_mean(planted.at_equals.attention)),
                         planted.model.key, {3, 8});
}

int largest(const Eigen::VectorXd& logits) {
    Eigen::Index at = 0;
    logits.maxCoeff(&at);
    return static_cast<int>(at);
}

} // namespace

TEST_CASE("the pair of the contrast is nearly half a turn apart", "[readout][contrast]") {
    const Planted planted;
    const ContrastPair pair = contrast_of(planted);
    const int p = planted.model.p;
    REQUIRE(pair.errs);
    CHECK(largest(pair.trained) == (pair.a + pair.b) % p);
    CHECK(largest(pair.held) != (pair.a + pair.b) % p);
    const ContrastCircle& circle = pair.circles.front();
    CHECK(circle.held < circle.trained / 3);
    const Eigen::RowVector2d half_way = (circle.numbers.row(pair.a) + circle.numbers.row(pair.b)) / 2;
    CHECK(half_way.norm() < 0.2); // in units of the radius
    CHECK(std::abs(circle.numbers.rowwise().norm().mean() - 1) < 1e-9);
}

TEST_CASE("a model that no held attention harms shows the pair that is asked for", "[readout][contrast]") {
    Planted planted;
    for (Eigen::MatrixXd& W_Q : planted.weights.W_Q)
        W_Q.setZero(); // attention is a third for every pair
    planted.run();
    const ContrastPair pair = contrast_of(planted);
    CHECK_FALSE(pair.errs);
    CHECK(pair.a == 3);
    CHECK(pair.b == 8);
    CHECK((pair.trained - pair.held).norm() < 1e-9 * pair.trained.norm());
    CHECK(std::abs(pair.trained.sum()) < 1e-9 * pair.trained.norm());
}
