// From a + b to a + d (section 9): the hidden layer turns by w_k (d - b) in its sum plane of k, and so do the
// logits of the MLP over c.
//
// The sum plane of k of X is spanned by real and imaginary part of its (k, k) Fourier coefficient over (a,
// b).
#pragma once

#include "sections/readout/terms.h"

#include <Eigen/Core>
#include <cstddef>
#include <vector>

namespace grokreport {

// d x 2, orthonormal; y = X sum_plane turns from the first axis to the second as a + b grows. A column is
// zero where the coefficient has no such direction. means: of X.
Eigen::MatrixXd sum_plane(const PairMeans& means, int k);

// Share of the variance of X in its sum planes that is a pure rotation, y(a, b) = R(w_k (a + b)) y_0, for
// rows that come in parts. An ellipse has a share below 1.
class Rotations {
  public:
    // means: of X.
    Rotations(const PairMeans& means, const std::vector<int>& frequencies);

    // The sum planes side by side: d x 2 |K|.
    const Eigen::MatrixXd& planes() const { return planes_; }
    // Rows of X planes(). Each row of X once.
    void add(const Eigen::MatrixXd& in_planes);
    // Of the i-th frequency. NaN where the plane is empty.
    double share(std::size_t i) const;

  private:
    Eigen::MatrixXd planes_;
    Eigen::RowVectorXd mean_;     // 2 |K|: of X planes()
    Eigen::VectorXd variation_;   // 2 |K|: sum of squares about it
    std::vector<double> forward_; // |K|: of which rotation
};

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

// pre, hidden, mlp_logits: of the pairs of a, row b; the first two with their means over all pairs.
TurnShown turn_at(const Eigen::MatrixXd& pre, const PairMeans& pre_means, const Eigen::MatrixXd& hidden,
                  const PairMeans& hidden_means, const Eigen::MatrixXd& mlp_logits, int k, int a);

} // namespace grokreport
