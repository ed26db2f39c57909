#include "sections/readout/phases.h"

#include "base/seeded_random.h"
#include "spectral/fourier.h"
#include "spectral/nulls.h"

#include <algorithm>
#include <cmath>
#include <complex>

namespace grokreport {

namespace {

using Complex = std::complex<double>;

// Sum over the rows t of X(t, .) exp(-i w_k t), one column a frequency: d x |K|.
Eigen::MatrixXcd coefficients(const Eigen::MatrixXd& X, const std::vector<int>& frequencies) {
    const auto p = static_cast<int>(X.rows());
    Eigen::MatrixXcd found(X.cols(), static_cast<Eigen::Index>(frequencies.size()));
    for (Eigen::Index i = 0; i < found.cols(); ++i) {
        const int k = frequencies[static_cast<std::size_t>(i)];
        const Eigen::MatrixXd pair = fourier_pair(p, k);
        found.col(i).real() = X.transpose() * pair.col(0);
        found.col(i).imag() = -(X.transpose() * pair.col(1));
    }
    return found * std::sqrt(p / 2.0);
}

Complex unit(Complex z) {
    return z == 0.0 ? 1.0 : z / std::abs(z);
}

// The resultant of `out` about `predicted`, weighted with |z||u|.
double weighted_resultant(const Eigen::MatrixXd& amplitude, const Eigen::MatrixXcd& out,
                          const Eigen::MatrixXcd& predicted) {
    const Complex sum = (amplitude.array() * out.array() * predicted.array().conjugate()).sum();
    const double weight = (amplitude.array() * out.array().abs()).sum();
    return weight > 0 ? std::abs(sum) / weight : std::nan("");
}

} // namespace

Eigen::MatrixXd NeuronWaves::amplitude() const {
    return from_a.cwiseAbs() + from_b.cwiseAbs();
}

Eigen::MatrixXcd NeuronWaves::doubled() const {
    return from_a.binaryExpr(from_b, [](Complex a, Complex b) { return unit(a) * unit(b); });
}

Eigen::MatrixXcd NeuronWaves::single() const {
    const Eigen::MatrixXcd root = doubled().unaryExpr([](Complex z) { return std::sqrt(z); });
    return root.binaryExpr(from_a + from_b,
                           [](Complex z, Complex sum) { return std::real(std::conj(z) * sum) < 0 ? -z : z; });
}

NeuronWaves neuron_waves(const PairMeans& pre, const Eigen::MatrixXd& W_L,
                         const std::vector<int>& frequencies) {
    const auto p = static_cast<double>(W_L.rows());
    return {.frequencies = frequencies,
            .from_a = coefficients(pre.by_a, frequencies) / p,
            .from_b = coefficients(pre.by_b, frequencies) / p,
            .out = coefficients(W_L, frequencies) * (2 / p)};
}

double resultant(const NeuronWaves& waves, const Eigen::MatrixXcd& predicted) {
    return weighted_resultant(waves.amplitude(), waves.out, predicted);
}

PhaseDoubling phase_doubling(const NeuronWaves& waves, std::uint64_t seed) {
    const Eigen::MatrixXd amplitude = waves.amplitude();
    const Eigen::MatrixXcd doubled = waves.doubled();
    PhaseDoubling found;
    found.doubled = resultant(waves, doubled);
    found.single = resultant(waves, waves.single());
    for (Eigen::Index i = 0; i < doubled.cols(); ++i)
        found.by_frequency.push_back(weighted_resultant(amplitude.col(i), waves.out.col(i), doubled.col(i)));
    if (!std::isfinite(found.doubled)) {
        found.shuffled = std::nan("");
        return found;
    }
    auto random = seeded_random(seed, RandomStream::permutations);
    Shuffle shuffle(doubled.rows());
    std::vector<double> values;
    for (int i = 0; i < draws_of_a_null; ++i)
        values.push_back(weighted_resultant(amplitude, shuffle.draw(random) * waves.out, doubled));
    // A draw in which every weight is zero has no phases at all
    for (double& value : values)
        if (std::isnan(value)) value = 0;
    found.shuffled = null_quantile(std::move(values));
    return found;
}

std::vector<TunedNeuron> tuned_neurons(const NeuronWaves& waves) {
    std::vector<TunedNeuron> neurons;
    if (waves.frequencies.empty()) return neurons;
    const Eigen::MatrixXd amplitude = waves.amplitude();
    const Eigen::MatrixXcd single = waves.single(), doubled = waves.doubled();
    for (Eigen::Index i = 0; i < amplitude.rows(); ++i) {
        Eigen::Index at = 0;
        const double largest = amplitude.row(i).maxCoeff(&at);
        neurons.push_back({.neuron = static_cast<int>(i),
                           .k = waves.frequencies[static_cast<std::size_t>(at)],
                           .phase_in = std::arg(single(i, at)),
                           .phase_out = std::arg(waves.out(i, at)),
                           .twice_in = std::arg(doubled(i, at)),
                           .amplitude = largest,
                           .out = std::abs(waves.out(i, at))});
    }
    return neurons;
}

} // namespace grokreport
