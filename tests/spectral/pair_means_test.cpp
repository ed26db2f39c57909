#include "spectral/pair_means.h"
#include "support/exact.h"
#include "support/planted.h"

#include <catch2/catch.hpp>

using namespace grokreport;
using Catch::Matchers::WithinRel;
using grokreport::testing::exact;
using testing::noise;

TEST_CASE("means of a linear map come from means, and its variation from its rows", "[pair_means]") {
    constexpr int p = 7;
    const Eigen::MatrixXd X = noise(p * p, 4, 1).array() + 3, map = noise(4, 5, 2);
    const PairMeans brute = pair_means(X * map), found = mapped(pair_means(X), map);
    CHECK((found.mean - brute.mean).norm() < exact);
    CHECK((found.by_a - brute.by_a).norm() < exact);
    CHECK((found.by_sum - brute.by_sum).norm() < exact);
    CHECK((found.by_difference - brute.by_difference).norm() < exact);
    CHECK(std::isnan(found.variation));
    VariationSum sum(found.mean);
    sum.add(X.topRows(20) * map);
    sum.add(X.bottomRows(p * p - 20) * map);
    CHECK_THAT(sum.complete(found).variation, WithinRel(brute.variation, exact));
}

TEST_CASE("a large constant costs the variation no digits, and alone it is none", "[pair_means]") {
    constexpr int p = 5;
    const Eigen::MatrixXd X = noise(p * p, 2, 3);
    const double variation = (X.rowwise() - X.colwise().mean()).squaredNorm();
    CHECK_THAT(pair_means(X.array().matrix()).variation, WithinRel(variation, exact));
    CHECK_THAT(pair_means((X.array() + 1e6).matrix()).variation, WithinRel(variation, 1e-6));
    CHECK(pair_means(Eigen::MatrixXd::Constant(p * p, 2, 1e6 / 3)).variation == 0);
}
