#include "sections/readout/phases.h"

#include "base/seeded_random.h"
#include "spectral/fourier.h"
#include "spectral/nulls.h"

#include <algorithm>
#include <cmath>

namespace grokreport {

namespace {

// Coefficients of a decoder of waves on cos and sin of each frequency: 2 |K| x d_mlp.
Eigen::MatrixXd wave_coefficients(const Eigen::MatrixXd& amplitude, const Eigen::MatrixXcd& phases) {
    Eigen::MatrixXd coefficients(2 * amplitude.cols(), amplitude.rows());
    for (Eigen::Index i = 0; i < amplitude.cols(); ++i) {
        // cos(x + phase) = cos(phase) cos(x) - sin(phase) sin(x)
        coefficients.row(2 * i) = amplitude.col(i).cwiseProduct(phases.col(i).real()).transpose();
        coefficients.row(2 * i + 1) = -amplitude.col(i).cwiseProduct(phases.col(i).imag()).transpose();
    }
    return coefficients;
}

// The permutation of neurons that gives the 99 % quantile of the cosine with W_L.
Eigen::PermutationMatrix<Eigen::Dynamic>
quantile_shuffle(const Eigen::MatrixXd& trained, const Eigen::MatrixXd& written, std::uint64_t seed) {
    auto random = seeded_random(seed, RandomStream::permutations);
    Shuffle shuffle(written.cols());
    std::vector<Eigen::PermutationMatrix<Eigen::Dynamic>> draws;
    std::vector<double> products;
    for (int i = 0; i < draws_of_a_null; ++i) {
        draws.push_back(shuffle.draw(random));
        products.push_back((written * draws.back()).cwiseProduct(trained).sum());
    }
    const auto at = std::ranges::find(products, null_quantile(products)) - products.begin();
    return draws[static_cast<std::size_t>(at)];
}

} // namespace

Eigen::MatrixXd decoder_of_waves(const std::vector<int>& frequencies, const Eigen::MatrixXd& amplitude,
                                 const Eigen::MatrixXcd& phases, int p) {
    return wave_columns(frequencies, p) * wave_coefficients(amplitude, phases);
}

WrittenDecoder fitted_to(const Eigen::MatrixXd& W_L, const Eigen::MatrixXd& unscaled) {
    const double product = W_L.cwiseProduct(unscaled).sum(), norm = unscaled.norm();
    if (!(norm > 0) || !(W_L.norm() > 0))
        return {Eigen::MatrixXd::Zero(W_L.rows(), W_L.cols()), std::nan(""), std::nan("")};
    const double scale = product / (norm * norm);
    return {scale * unscaled, scale, product / (norm * W_L.norm())};
}

WrittenDecoders write_decoders(const NeuronWaves& waves, const Eigen::MatrixXd& W_L, std::uint64_t seed) {
    const auto p = static_cast<int>(W_L.rows());
    const Eigen::MatrixXd amplitude = waves.amplitude();
    const Eigen::MatrixXcd doubled = waves.doubled();
    const Eigen::MatrixXd over_answers = wave_columns(waves.frequencies, p);
    const Eigen::MatrixXd written = wave_coefficients(amplitude, doubled);
    // All of one frequency have one norm: products of coefficients are products of decoders
    const auto shuffle = quantile_shuffle(over_answers.transpose() * W_L, written, seed);
    return {.doubled = fitted_to(W_L, over_answers * written),
            .single = fitted_to(W_L, decoder_of_waves(waves.frequencies, amplitude, waves.single(), p)),
            .shuffled = fitted_to(W_L, over_answers * (written * shuffle)),
            .from_phases = decoder_of_waves(waves.frequencies, waves.out.cwiseAbs(), doubled, p)};
}

} // namespace grokreport
