#include "sections/readout/contrast.h"

#include "sections/readout/replacements.h"
#include "spectral/planes.h"

#include <cmath>
#include <numbers>

namespace grokreport {

namespace {

// How far the answer of each pair of one a is ahead of the largest other logit; negative where it is behind:
// p.
Eigen::VectorXd margins(const Eigen::MatrixXd& logits, int a) {
    const Eigen::Index p = logits.rows();
    Eigen::VectorXd ahead(p);
    for (Eigen::Index b = 0; b < p; ++b) {
        Eigen::RowVectorXd others = logits.row(b).head(p);
        const Eigen::Index answer = (a + b) % p;
        const double own = others[answer];
        others[answer] = others[(answer + 1) % p];
        ahead[b] = own - others.maxCoeff();
    }
    return ahead;
}

double amplitude_of(const Eigen::VectorXd& logits, int k, int sum) {
    const Eigen::Index p = logits.size();
    double on_wave = 0;
    for (Eigen::Index c = 0; c < p; ++c)
        on_wave += logits[c] * std::cos(2 * std::numbers::pi * static_cast<double>(k * (sum - c) % p) /
                                        static_cast<double>(p));
    return 2 * on_wave / static_cast<double>(p);
}

Eigen::MatrixXd circle_of_numbers(const Eigen::MatrixXd& numbers, int k) {
    Eigen::MatrixXd places = numbers * plane_of(numbers, k).orthonormal;
    places.rowwise() -= places.colwise().mean().eval();
    const double radius = places.rowwise().norm().mean();
    return radius > 0 ? places / radius : places;
}

} // namespace

ContrastPair contrast_pair(const Weights& weights, const PairRows& trained, const PairRows& held,
                           const std::vector<int>& frequencies, Pair otherwise) {
    const int p = weights.p();
    ContrastPair found{.a = otherwise.a, .b = otherwise.b};
    double furthest = 0;
    for (int a = 0; a < p; ++a) {
        const Eigen::VectorXd ahead = margins(trained.of_number(a), a),
                              ahead_held = margins(held.of_number(a), a);
        for (int b = 0; b < p; ++b)
            if (ahead[b] > 0 && ahead_held[b] < furthest) {
                furthest = ahead_held[b];
                found.a = a;
                found.b = b;
                found.errs = true;
            }
    }
    found.trained = over_answers(trained.of_number(found.a).row(found.b).head(p));
    found.held = over_answers(held.of_number(found.a).row(found.b).head(p));
    for (const int k : frequencies)
        found.circles.push_back({.k = k,
                                 .numbers = circle_of_numbers(weights.W_E.topRows(p), k),
                                 .trained = amplitude_of(found.trained, k, found.a + found.b),
                                 .held = amplitude_of(found.held, k, found.a + found.b)});
    return found;
}

} // namespace grokreport
