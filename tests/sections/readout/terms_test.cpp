#include "sections/readout/terms.h"

#include "support/exact.h"
#include "support/planted.h"

#include <catch2/catch.hpp>
#include <complex>
#include <set>
#include <utility>

using namespace grokreport;
using Catch::Matchers::WithinAbs;
using grokreport::testing::exact;

namespace {

// Energy of the 2-D Fourier transform of centred X at (f, g), f and g modulo p, by its definition.
double brute_energy(const Eigen::MatrixXd& X, int p, int f, int g) {
    Eigen::VectorXcd sum = Eigen::VectorXcd::Zero(X.cols());
    for (int a = 0; a < p; ++a)
        for (int b = 0; b < p; ++b)
            sum += std::polar(1.0, -2 * std::numbers::pi * (f * a + g * b) / p) *
                   (X.row(a * p + b) - X.colwise().mean()).transpose();
    return sum.squaredNorm() / (p * p);
}

double brute_share(const Eigen::MatrixXd& X, int p, const std::set<std::pair<int, int>>& waves) {
    double energy = 0;
    for (const auto& [f, g] : waves)
        energy += brute_energy(X, p, (f + p) % p, (g + p) % p);
    return energy / (X.rowwise() - X.colwise().mean()).squaredNorm();
}

std::set<std::pair<int, int>> on_both_axes(const std::vector<int>& frequencies) {
    std::set<std::pair<int, int>> waves;
    for (const int k : frequencies)
        waves.insert({{k, 0}, {-k, 0}, {0, k}, {0, -k}});
    return waves;
}

std::set<std::pair<int, int>> on_diagonal(const std::vector<int>& frequencies, int sign) {
    std::set<std::pair<int, int>> waves;
    for (const int k : frequencies)
        waves.insert({{k, sign * k}, {-k, -sign * k}});
    return waves;
}

// One column, cos(2 pi (f a + g b) / p + 0.4).
Eigen::MatrixXd one_wave(int p, int f, int g) {
    Eigen::MatrixXd X(p * p, 1);
    for (int a = 0; a < p; ++a)
        for (int b = 0; b < p; ++b)
            X(a * p + b, 0) = 3 + std::cos(2 * std::numbers::pi * (f * a + g * b) / p + 0.4);
    return X;
}

Eigen::MatrixXd of_all(const KeptTerms& terms, int p) {
    Eigen::MatrixXd X(p * p, terms.of_number(0).cols());
    for (int a = 0; a < p; ++a)
        X.middleRows(a * p, p) = terms.of_number(a);
    return X;
}

} // namespace

TEST_CASE("a double is the frequency of twice the angle, folded", "[readout]") {
    for (const int p : {3, 7, 11, 23})
        for (int k = 1; k <= (p - 1) / 2; ++k) {
            const int doubled = double_of(k, p);
            CHECK(doubled >= 1);
            CHECK(doubled <= (p - 1) / 2);
            for (int n = 0; n < p; ++n)
                CHECK_THAT(std::cos(2 * std::numbers::pi * doubled * n / p),
                           WithinAbs(std::cos(4 * std::numbers::pi * k * n / p), exact));
        }
    CHECK(doubles_outside({1, 2, 5}, 11) == std::vector<int>{4}); // 2 and 1 are among them
    CHECK(doubles_outside({}, 11).empty());
}

TEST_CASE("means over pairs that share a number, a sum or a difference", "[readout]") {
    for (const int p : {3, 7}) {
        const Eigen::MatrixXd X = testing::noise(p * p, 3, 1).array() + 2;
        const PairMeans means = pair_means(X);
        Eigen::MatrixXd by_a = Eigen::MatrixXd::Zero(p, 3), by_b = by_a, by_sum = by_a, by_difference = by_a;
        for (int a = 0; a < p; ++a)
            for (int b = 0; b < p; ++b) {
                const Eigen::RowVectorXd x = (X.row(a * p + b) - X.colwise().mean()) / p;
                by_a.row(a) += x;
                by_b.row(b) += x;
                by_sum.row((a + b) % p) += x;
                by_difference.row((a - b + p) % p) += x;
            }
        CHECK((means.by_a - by_a).norm() < exact);
        CHECK((means.by_b - by_b).norm() < exact);
        CHECK((means.by_sum - by_sum).norm() < exact);
        CHECK((means.by_difference - by_difference).norm() < exact);
        CHECK_THAT(means.variation, WithinAbs((X.rowwise() - X.colwise().mean()).squaredNorm(), exact));
    }
}

TEST_CASE("shares of terms are those of the two-dimensional Fourier transform", "[readout]") {
    const int p = 11;
    const Eigen::MatrixXd X = testing::noise(p * p, 3, 2);
    for (const std::vector<int>& key : {std::vector<int>{1}, {5}, {1, 2, 5}, {3, 4}}) {
        const TermShares shares = term_shares(pair_means(X), key);
        CHECK_THAT(shares.sum, WithinAbs(brute_share(X, p, on_diagonal(key, 1)), exact));
        CHECK_THAT(shares.difference, WithinAbs(brute_share(X, p, on_diagonal(key, -1)), exact));
        CHECK_THAT(shares.one_number, WithinAbs(brute_share(X, p, on_both_axes(key)), exact));
        CHECK_THAT(shares.doubles,
                   WithinAbs(brute_share(X, p, on_both_axes(doubles_outside(key, p))), exact));
        CHECK_THAT(shares.sum + shares.difference + shares.one_number + shares.doubles + shares.rest,
                   WithinAbs(1, exact));
    }
}

TEST_CASE("all waves together hold all energy", "[readout]") {
    const int p = 7;
    const Eigen::MatrixXd X = testing::noise(p * p, 2, 3);
    std::set<std::pair<int, int>> all;
    for (int f = 0; f < p; ++f)
        for (int g = 0; g < p; ++g)
            all.emplace(f, g);
    CHECK_THAT(brute_share(X, p, all), WithinAbs(1, exact));
}

TEST_CASE("one wave is one kind of term, at every frequency", "[readout]") {
    const int p = 11;
    for (int k = 1; k <= (p - 1) / 2; ++k) {
        const auto shares = [&](int f, int g) { return term_shares(pair_means(one_wave(p, f, g)), {k}); };
        CHECK_THAT(shares(k, k).sum, WithinAbs(1, exact));
        CHECK_THAT(shares(k, p - k).difference, WithinAbs(1, exact));
        CHECK_THAT(shares(k, 0).one_number, WithinAbs(1, exact));
        CHECK_THAT(shares(0, p - k).one_number, WithinAbs(1, exact));
        CHECK_THAT(shares(0, 2 * k).doubles, WithinAbs(1, exact));
        CHECK_THAT(shares(k, 2 * k).rest, WithinAbs(1, exact));
    }
}

TEST_CASE("what does not vary has no shares", "[readout]") {
    const TermShares shares = term_shares(pair_means(Eigen::MatrixXd::Constant(49, 2, 0.1)), {1});
    CHECK(std::isnan(shares.sum));
    CHECK(std::isnan(shares.rest));
}

TEST_CASE("reducing to terms keeps these and nothing else", "[readout]") {
    const int p = 11;
    const std::vector<int> key{2, 5};
    const Eigen::MatrixXd X = testing::noise(p * p, 3, 4).array() + 1;
    const PairMeans means = pair_means(X);
    const TermShares shares = term_shares(means, key);

    const Eigen::MatrixXd first = of_all(KeptTerms::one_number(means, key), p),
                          second = of_all(KeptTerms::second_order(means, key), p);
    const TermShares of_first = term_shares(pair_means(first), key),
                     of_second = term_shares(pair_means(second), key);
    CHECK_THAT(of_first.one_number, WithinAbs(1, exact));
    CHECK_THAT(of_second.rest, WithinAbs(0, exact));
    CHECK((first.colwise().mean() - X.colwise().mean()).norm() < exact);
    CHECK((second.colwise().mean() - X.colwise().mean()).norm() < exact);
    // An orthogonal projection: what is left out has the rest of the energy
    CHECK_THAT((X - first).squaredNorm() / means.variation, WithinAbs(1 - shares.one_number, exact));
    CHECK_THAT((X - second).squaredNorm() / means.variation, WithinAbs(shares.rest, exact));
    CHECK((of_all(KeptTerms::second_order(pair_means(second), key), p) - second).norm() < exact);
    CHECK((of_all(KeptTerms::one_number(means, {}), p).rowwise() - X.colwise().mean()).norm() < exact);
}
