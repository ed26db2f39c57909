// The decoder doubles the phase (section 9). Neuron i sees a number n as r_i cos(w_k n + phi_i), so that
//     pre_i ~ r_i [cos(w_k a + phi_i) + cos(w_k b + phi_i)]
//           = 2 r_i cos(w_k (a - b) / 2) cos(w_k (a + b) / 2 + phi_i),
// and answers c with cos(w_k c + 2 phi_i). Summed over many phases that leaves cos w_k (a + b - c)
// (quadrature: Yip et al. 2024, arXiv 2412.03773; twice the phase: He et al. 2026).
//
// In a model with positions a number may have another phase as a than as b. Then 2 phi_i is the sum of both
// phases, and r_i the sum of both amplitudes over two; without positions they are the same.
#pragma once

#include "sections/readout/terms.h"

#include <Eigen/Core>
#include <cstdint>
#include <vector>

namespace grokreport {

// Each neuron's waves at K: d_mlp x |K|.
struct NeuronWaves {
    std::vector<int> frequencies;
    // F_pre[k, 0, i] and F_pre[0, k, i]: pre_i is the sum of 2 |from_a| cos(w_k a + arg from_a) and so for b.
    Eigen::MatrixXcd from_a, from_b;
    Eigen::MatrixXcd out; // u_i(k): row i of W_L over c is the sum of |u| cos(w_k c + arg u)

    // r_i(k) = |from_a| + |from_b|: pre_i ~ r_i [cos(w_k a + phi) + cos(w_k b + phi)].
    Eigen::MatrixXd amplitude() const;
    // exp(i 2 phi), the sum of both phases; 1 where a phase is undefined. Its square root, the one nearer to
    // from_a + from_b, is exp(i phi).
    Eigen::MatrixXcd doubled() const;
    Eigen::MatrixXcd single() const;
};
// pre: means over all pairs of p^2 x d_mlp. W_L: p x d_mlp.
NeuronWaves neuron_waves(const PairMeans& pre, const Eigen::MatrixXd& W_L,
                         const std::vector<int>& frequencies);

// |sum of |z||u| exp(i (arg u - predicted))| / sum of |z||u| over K and all neurons: 1 where every phase out
// is the predicted one (or all are off by one angle). NaN where K is empty or nothing is tuned to it.
double resultant(const NeuronWaves& waves, const Eigen::MatrixXcd& predicted);

inline constexpr double phase_doubled_bound = 0.9; // of R: readout.phase-doubled

struct PhaseDoubling {
    double doubled = 0;               // R: phase out against twice the phase in
    double single = 0;                // phase out against the phase in
    double shuffled = 0;              // R with decoder rows shuffled among neurons: 99 % quantile of 200
    std::vector<double> by_frequency; // R of each k alone, in the order of K
};
PhaseDoubling phase_doubling(const NeuronWaves& waves, std::uint64_t seed);

// One neuron at the k of K that it is tuned to: the one with the largest amplitude in pre.
struct TunedNeuron {
    int neuron = 0;
    int k = 0;
    double phase_in = 0, phase_out = 0; // phi and arg u, radians in (-pi, pi]
    double twice_in = 0;                // 2 phi, radians in (-pi, pi]: what phase_out should be
    double amplitude = 0;               // r, in units of pre
    double out = 0;                     // |u|, in units of W_L
    double weight() const { return amplitude * out; }
};
// In the order of neurons; empty where K is.
std::vector<TunedNeuron> tuned_neurons(const NeuronWaves& waves);

// Rows sum over K of amplitude cos(w_k c + phase), one column a neuron: p x d_mlp. phases: unit numbers.
Eigen::MatrixXd decoder_of_waves(const std::vector<int>& frequencies, const Eigen::MatrixXd& amplitude,
                                 const Eigen::MatrixXcd& phases, int p);

// A decoder made from other weights, times the one scale that brings it nearest to W_L (least squares).
struct WrittenDecoder {
    Eigen::MatrixXd rows; // p x d_mlp, scaled
    double scale = 0;     // NaN where there is nothing to scale, the rows then are zero
    double cosine = 0;    // with W_L as a whole; NaN likewise
};
WrittenDecoder fitted_to(const Eigen::MatrixXd& W_L, const Eigen::MatrixXd& unscaled);

struct WrittenDecoders {
    WrittenDecoder doubled;  // r_i cos(w_k c + 2 phi_i): W_L as written down from W_in, W_E and attention
    WrittenDecoder single;   // r_i cos(w_k c + phi_i): the control
    WrittenDecoder shuffled; // `doubled` with neurons shuffled: of 200 draws the one at the 99 % quantile of
                             // the cosine
    Eigen::MatrixXd from_phases; // |u_i| cos(w_k c + 2 phi_i): trained amplitudes, predicted phases; no scale
};
WrittenDecoders write_decoders(const NeuronWaves& waves, const Eigen::MatrixXd& W_L, std::uint64_t seed);

} // namespace grokreport
