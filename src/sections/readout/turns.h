// From a + b to a + d (section 9): the hidden layer turns by w_k (d - b) in its sum plane of k, and so do the
// logits of the MLP over c.
//
// The sum plane of k of X is spanned by real and imaginary part of its (k, k) Fourier coefficient over (a,
// b).
#pragma once

#include "sections/readout/terms.h"

#include <Eigen/Core>

namespace grokreport {

// d x 2, orthonormal; y = X sum_plane turns from the first axis to the second as a + b grows. A column is
// zero where the coefficient has no such direction. means: of X.
Eigen::MatrixXd sum_plane(const PairMeans& means, int k);

// Share of the variance of X in its sum plane that is a pure rotation, y(a, b) = R(w_k (a + b)) y_0. An
// ellipse has a share below 1. NaN where the plane is empty. X: p^2 x d.
double rotation_share(const Eigen::MatrixXd& X, const PairMeans& means, int k);

struct Turn {
    int k = 0;
    double pre = 0, hidden = 0, mlp_logits = 0; // rotation shares
};

// What moves as b becomes d at one fixed a, for figures.
struct TurnShown {
    int k = 0, a = 0;
    Eigen::MatrixXd pre;    // p x 2, row b: in the sum plane of pre, centred over all pairs
    Eigen::MatrixXd hidden; // p x 2, row b: in the sum plane of the hidden layer, centred over all pairs
    // p x p, row b, column c: of what the MLP adds to the logits the wave of frequency k over c.
    Eigen::MatrixXd logits;
};

// pre, hidden, mlp_logits: of all pairs, p^2 x anything, each with its means.
TurnShown turn_at(const Eigen::MatrixXd& pre, const PairMeans& pre_means, const Eigen::MatrixXd& hidden,
                  const PairMeans& hidden_means, const Eigen::MatrixXd& mlp_logits, int k, int a);

} // namespace grokreport
