// Section 7 of the post: the petals of the single heads add up to a circle again. At a fixed a, over b,
//     o = sum over heads h of o^h,    o^h = z^h W_O^h.
//
// All heads are looked at in one plane, so that their curves add up to that of o: the plane of frequency k in
// W_E pushed through the heads together,
//     span of (sum_h W_V^h W_O^h)^T (coefficient vectors of W_E at k),
// orthonormalised. Where attention is the same for all heads, o moves in exactly this plane.
//
// Also o's own planes, found from o alone (the "alternative visualization"). Not here: what one head writes
// before W_O (sections/petals), and how o's planes lie beside those of W_E (sections/mlp/subspaces.h).
#pragma once

#include "model/weights.h"
#include "sections/petals/analysis.h"
#include "spectral/planes.h"

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <vector>

namespace grokreport {

// The plane of k after the heads: d_model x 2, orthonormal.
Eigen::MatrixXd pushed_plane(const Weights& weights, int k);

// What the heads draw in that plane, and together.
struct Recombination {
    int k = 0;
    std::vector<Eigen::MatrixXd> heads; // n_heads of p x 2: o^h
    Eigen::MatrixXd sum;                // p x 2
    std::vector<double> head_purities;  // at k
    double purity = 0;                  // of the sum, at k
    double purity_null = 0;             // of the purest among heads and sum, b permuted in this plane
    Circle in_W_E;                      // of the embeddings in their own plane
    Eigen::MatrixXd norms;              // (p-1)/2 x 2: |cos| and |sin| coefficient of the centred sum
    double share_in_plane = 0;          // of the energy of all of o at k
    // What is left of the petals: head h adds A_h cos(2 pi f_h b / p - delta_h) (x_a - x_b) G_h, with G_h its
    // map from the circle's plane in W_E into this plane, and the waves of one frequency f cancel where S_f =
    // sum over h with f_h = f of A_h exp(i delta_h) G_h is 0. This is sum_f |S_f| over sum_h |A_h G_h|, in
    // Frobenius norms: 1 where nothing cancels. (Positions add a constant to x_a - x_b, which goes through
    // W_V W_O like the rest but is no part of the circle and is not counted.)
    double petals_left = 0;

    double best_head() const; // the largest of head_purities
    double lead() const { return purity - best_head(); }
};

// The control: each head's curve shifted in b by its own random amount, the same for all frequencies. A draw
// gives the least purity of the sum over all frequencies, and the least lead of it over the best head.
struct ShiftedHeads {
    std::vector<double> least_purity; // one a draw
    std::vector<double> least_lead;
};

// The attention of one head to a, as one wave over b.
struct HeadWave {
    Tuning tuning;
    AttentionWave wave;
};

// The circle of X (p x d, one row a number) that is the purest of all frequencies that are not in `known`;
// none where there is no other frequency.
std::optional<Circle> purest_other(const Eigen::MatrixXd& X, const std::vector<int>& known,
                                   std::uint64_t seed);

// `frequencies` and, after them, those that are active in W_E.
std::vector<int> with_active(std::vector<int> frequencies, const Weights& weights);

// Everything that the section says of one set of weights.
struct RecombinationResults {
    int a = 0;
    std::vector<HeadWave> waves;            // one a head
    std::vector<Recombination> frequencies; // in the order asked for
    ShiftedHeads shifted;
    Eigen::MatrixXd o;           // p x d_model
    std::vector<Circle> circles; // of o in its own planes, in the order asked for
    // The purest of all frequencies neither asked for nor active in W_E; NaN where there is none. Of an idle
    // frequency o may well have a circle.
    Circle best_elsewhere;
    double energy_share_asked = 0; // of o's energy over b, at the frequencies asked for
};
RecombinationResults recombination_of(const Weights& weights, const std::vector<int>& frequencies,
                                      std::uint64_t seed);

} // namespace grokreport
