// Sections 6.1 and 6.2 of the post: what a head writes when its attention is periodic. At '=' a head writes
//     z = alpha(b) v_a + (1 - alpha(b)) v_b,    v_n = x_n W_V + b_V,
// where alpha is its attention to a and x_n a row of W_E, plus, in a model with positions, the embedding of
// the position: x_a and x_b are then on the same circle at two places. With a fixed and x_b on a circle, z
// draws petals.
//
// Everything here is at one fixed a, and p is odd. W_O is in recombination/analysis.h.
#pragma once

#include "model/weights.h"

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace grokreport {

// The frequency with most of the energy of a head's attention to a over b.
struct Tuning {
    int head = 0;
    int frequency = 0;
    double share = 0; // of the energy, the constant term left out
};
// attention_to_a: p x n_heads, row b. One entry a head.
std::vector<Tuning> tunings_of(const Eigen::MatrixXd& attention_to_a);

// A head beside a circle of W_E.
struct PetalPair {
    Tuning head;
    int circle = 0; // frequency
};
// The three pairs of the section: (1) the head with the largest share, on the circle of its own frequency;
// (2) of the heads with another frequency the one with the largest share, on that same circle; (3) the first
// head on the circle of the second's frequency.
struct PetalPairs {
    std::array<PetalPair, 3> pairs;
    // All heads share one frequency. Then (2) is the head with the next largest share (the first head again,
    // where it is the only one), and (3) is on the first of `circles` with another frequency.
    bool one_frequency = false;
};
// circles: frequencies by energy in W_E, with at least one that is not the first head's.
PetalPairs petal_pairs(std::vector<Tuning> tunings, const std::vector<int>& circles);

// Attention as one wave over b: mean + amplitude cos(2 pi f b / p - phase).
struct AttentionWave {
    double mean = 0, amplitude = 0, phase = 0; // phase in radians
};
// The mean of a head's attention over b and its component at f. attention: p.
AttentionWave wave_of(const Eigen::VectorXd& attention, int f);

// How often the curve alpha(b) x_a + (1 - alpha(b)) x_b, b real, crosses itself elsewhere than at x_a. The
// curve has x_b on an ellipse of frequency k and alpha(b) = mean + amplitude cos(2 pi f b / p - phase).
//
// About x_a it is the polar graph r = 2 R (1 - alpha) sin(phi), phi = pi k (b - a) / p (for a circle; an
// ellipse is its affine image): passes j = 0, 1, ... of the circle return to one direction phi with other
// values of alpha, and two passes cross where these are equal. There are k / gcd(k, f) passes, so that it
// never crosses itself when k divides f, and does otherwise.
int crossings(const AttentionWave& alpha, int f, int k, int a, int p);

// One pair, measured.
struct Petal {
    PetalPair pair;
    double kept = 0;            // share of the plane that W_V keeps: |P Q|^2 / 2, P onto the columns of W_V
    AttentionWave attention;    // mean and component at the head's frequency
    Eigen::MatrixXd predicted;  // p x 2: alpha(b) x_a + (1 - alpha(b)) x_b in the orthonormal plane Q
    Eigen::RowVector2d x_a;     // in the same plane; the curve passes through this point
    Eigen::MatrixXd actual;     // p x 2: z pinv(W_V) Q
    Eigen::MatrixXd curve;      // points x 2: the prediction for real b, x_b on its component at k alone
    Eigen::MatrixXd to_actual;  // 3 x 2: the affine fit, actual = (predicted, 1) to_actual
    double r2 = 0;              // of that fit, pooled over both coordinates
    double r2_constant = 0;     // the same with alpha constant at its mean
    double r2_permuted = 0;     // with b permuted: 99 % quantile over 200 seeded permutations
    std::vector<int> lines;     // {f, k, k + f, |k - f|} folded into 1..(p-1)/2, ascending; 0 left out
    double energy = 0;          // share of the energy of `actual` at them, the constant term left out
    double energy_permuted = 0; // with b permuted: 99 % quantile
    // Of `curve`, elsewhere than at x_a. Nothing in a model with positions, whose curve does not pass through
    // x_a, so that the argument of 6.1 does not apply.
    std::optional<int> crossings;

    bool overlaps() const { return crossings.value_or(0) > 0; }
    bool overlap_expected() const { return pair.head.frequency < pair.circle; } // by the post's rule
};

// Everything that the section says of one set of weights.
struct PetalsResults {
    int a = 0;
    PetalPairs chosen;
    std::array<Petal, 3> petals;
};
// circles: as for petal_pairs.
PetalsResults analyse_petals(const Weights& weights, const std::vector<int>& circles, std::uint64_t seed);

// One pair for every a, for a figure in which the reader chooses a. Of a model without positions.
struct PetalFamily {
    PetalPair pair;
    Eigen::MatrixXd x;                      // p x 2: the embeddings in the plane Q
    Eigen::MatrixXd ellipse;                // 3 x 2: mean of x, its component at k along cos and along sin
    Eigen::MatrixXd kept;                   // (p + 1) x 2: v_n pinv(W_V) Q of every token, '=' last
    Eigen::MatrixXd to_a, to_b;             // p x p: the head's attention, row a, column b
    std::vector<AttentionWave> waves;       // of each a: mean and component at the head's frequency
    std::vector<Eigen::MatrixXd> to_actual; // of each a, 3 x 2: as in Petal
    std::vector<double> r2;                 // of each a
    // z pinv(W_V) Q of (a, b) is the mean of `kept` weighted by the attention to a, b and '='.
};
PetalFamily petal_family(const Weights& weights, const PetalPair& pair);

} // namespace grokreport
