// Models of section 9 drawn at random: how they are evened, and what they prefer.
#pragma once

#include "model/activations.h"
#include "sections/readout/terms.h"
#include "support/calibration.h"
#include "support/planted_readout.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <utility>
#include <vector>

namespace grokreport::testing {

// Key frequencies of which none is the double of another.
inline std::vector<int> key_without_doubles(Draw& random, int n, int p) {
    while (true) {
        const std::vector<int> key = random.frequencies(n, p);
        if (doubles_outside(key, p).size() == key.size()) return key;
    }
}

// Two key frequencies, one evened by two heads and one by a circle at its double.
inline PlantedReadout good_model(Draw& random, const std::vector<int>& moduli = {23, 29, 31}) {
    const int p = random.one_of(moduli);
    PlantedReadout planted{.p = p, .key = key_without_doubles(random, 2, p), .neurons = 24};
    planted.tuned = planted.key[0];
    planted.harmonic = planted.key[1];
    planted.turned = random.uniform(0, 1);
    return planted;
}

// Four or five key frequencies, and nothing that evens them: logits are sums of |cos w_k (a - b)/2| cos w_k
// (a + b - c). The right answer leads by more than noise, for every pair is strong at one of them at least.
inline PlantedReadout uneven_model(Draw& random) {
    const int p = random.one_of(std::vector<int>{29, 31, 37, 41});
    return {.p = p,
            .key = key_without_doubles(random, random.whole(4, 5), p),
            .tuned = 0,
            .harmonic = 0,
            .neurons = 2 * random.whole(8, 14),
            .turned = random.uniform(0, 1)};
}

// Two key frequencies whose cosines keep all answers apart: the sum of 1 - cos w_k d is large for every d.
inline PlantedReadout good_model_with_answers_apart(Draw& random) {
    while (true) {
        const PlantedReadout planted = good_model(random);
        double least = 2;
        for (int d = 1; d < planted.p; ++d) {
            double apart = 0;
            for (const int k : planted.key)
                apart += 1 - std::cos(2 * std::numbers::pi * k * d / planted.p);
            least = std::min(least, apart);
        }
        if (least > 0.6) return planted;
    }
}

// By how much the right logit is above all others, least over all pairs.
inline double least_lead(const Weights& weights) {
    const ForwardPass forward(weights, Variant::relu);
    const PairRows logits = logits_of_all(forward);
    const int p = weights.p();
    constexpr double infinite = std::numeric_limits<double>::infinity();
    double least = infinite;
    for (int a = 0; a < p; ++a) {
        Eigen::MatrixXd of_a = logits.of_number(a).leftCols(p);
        for (int b = 0; b < p; ++b) {
            const double right = std::exchange(of_a(b, (a + b) % p), -infinite);
            least = std::min(least, right - of_a.row(b).maxCoeff());
        }
    }
    return least;
}

// The model, with a head start for half of the answers, drawn at random.
inline Weights with_preferences(const PlantedReadout& planted, double start, Draw& random) {
    std::vector<int> answers(static_cast<std::size_t>(planted.p));
    std::iota(answers.begin(), answers.end(), 0);
    std::ranges::shuffle(answers, random.numbers());
    answers.resize(answers.size() / 2);
    Weights weights = planted.weights();
    for (const int answer : answers)
        weights.b_U[answer] += start;
    return weights;
}

} // namespace grokreport::testing
