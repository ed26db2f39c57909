// One pair of numbers with the model's own attention and with attention held at its mean (section 9): where
// two numbers are half a turn apart on the circles, held attention reads them so weakly that it answers
// wrongly.
#pragma once

#include "model/dataset.h"
#include "model/pair_rows.h"
#include "model/weights.h"

#include <Eigen/Core>
#include <vector>

namespace grokreport {

// The numbers on the circle of k, and how strongly k speaks for the answer.
struct ContrastCircle {
    int k = 0;
    Eigen::MatrixXd numbers;      // p x 2: W_E in its plane of k, centred, in units of the mean radius
    double trained = 0, held = 0; // A_k(a, b) with attention as trained, and with it at its mean
};

struct ContrastPair {
    int a = 0, b = 0;
    bool errs = false;                     // with attention at its mean; as trained it is right
    Eigen::VectorXd trained{}, held{};     // p: logits less their mean
    std::vector<ContrastCircle> circles{}; // in the order of K
};

// Of the pairs that are right as trained and wrong with attention at its mean, the one whose answer is then
// furthest behind the largest logit, the first of equals. Where there is none, `otherwise`.
// trained, held: logits of all pairs, p^2 x at least p, as trained and with attention at its mean.
ContrastPair contrast_pair(const Weights& weights, const PairRows& trained, const PairRows& held,
                           const std::vector<int>& frequencies, Pair otherwise);

} // namespace grokreport
