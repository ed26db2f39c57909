#include "sections/readout/phases.h"

#include "model/activations.h"
#include "spectral/fourier.h"
#include "support/exact.h"
#include "support/planted.h"
#include "support/planted_readout.h"

#include <catch2/catch.hpp>
#include <complex>

using namespace grokreport;
using Catch::Matchers::WithinAbs;
using grokreport::testing::exact;
using testing::PlantedReadout;

namespace {

NeuronWaves waves_of(const PlantedReadout& planted) {
    const Weights weights = planted.weights();
    const Eigen::MatrixXd pre = activations(weights, Variant::relu, all_pairs(planted.p)).pre;
    return neuron_waves(pair_means(pre), decoder(weights), planted.key);
}

double turned_apart(double left, double right) {
    return std::abs(std::polar(1.0, left) - std::polar(1.0, right));
}

// Neurons that see a and b with phases of their own: pre p^2 x n of frequency k.
Eigen::MatrixXd pre_with_phases(int p, int k, const std::vector<double>& of_a,
                                const std::vector<double>& of_b) {
    const double w = 2 * std::numbers::pi * k / p;
    Eigen::MatrixXd pre(p * p, static_cast<Eigen::Index>(of_a.size()));
    for (int a = 0; a < p; ++a)
        for (int b = 0; b < p; ++b)
            for (std::size_t i = 0; i < of_a.size(); ++i)
                pre(a * p + b, static_cast<Eigen::Index>(i)) =
                    1 + std::cos(w * a + of_a[i]) + std::cos(w * b + of_b[i]);
    return pre;
}

} // namespace

TEST_CASE("a neuron's waves are its Fourier coefficients", "[readout]") {
    const int p = 11;
    const Eigen::MatrixXd pre = testing::noise(p * p, 3, 1), W_L = testing::noise(p, 3, 2);
    const NeuronWaves waves = neuron_waves(pair_means(pre), W_L, {2, 5});
    for (Eigen::Index at = 0; at < 2; ++at) {
        const double w = 2 * std::numbers::pi * (at == 0 ? 2 : 5) / p;
        Eigen::VectorXcd from_a = Eigen::VectorXcd::Zero(3), from_b = from_a, out = from_a;
        for (int a = 0; a < p; ++a) {
            out += std::polar(2.0 / p, -w * a) * W_L.row(a).transpose();
            for (int b = 0; b < p; ++b) {
                from_a += std::polar(1.0 / (p * p), -w * a) * pre.row(a * p + b).transpose();
                from_b += std::polar(1.0 / (p * p), -w * b) * pre.row(a * p + b).transpose();
            }
        }
        CHECK((waves.from_a.col(at) - from_a).norm() < exact);
        CHECK((waves.from_b.col(at) - from_b).norm() < exact);
        CHECK((waves.out.col(at) - out).norm() < exact);
    }
}

TEST_CASE("planted phases are found, in and out", "[readout]") {
    PlantedReadout planted;
    planted.tuned = planted.harmonic = 0;
    const NeuronWaves waves = waves_of(planted);
    const std::vector<TunedNeuron> neurons = tuned_neurons(waves);
    REQUIRE(neurons.size() == static_cast<std::size_t>(planted.d_mlp()));
    for (const TunedNeuron& neuron : neurons) {
        CHECK(neuron.k == planted.frequency(neuron.neuron));
        CHECK_THAT(neuron.amplitude, WithinAbs(1, exact));
        CHECK_THAT(neuron.out, WithinAbs(1, exact));
        CHECK(turned_apart(neuron.phase_in, planted.phase(neuron.neuron)) < exact);
        CHECK(turned_apart(neuron.twice_in, 2 * planted.phase(neuron.neuron)) < exact);
        CHECK(turned_apart(neuron.phase_out, 2 * planted.phase(neuron.neuron)) < exact);
    }
}

TEST_CASE("a decoder with twice the phases has a resultant of one and is written down exactly", "[readout]") {
    PlantedReadout planted;
    planted.tuned = planted.harmonic = 0;
    const NeuronWaves waves = waves_of(planted);
    const PhaseDoubling phases = phase_doubling(waves, 0);
    CHECK_THAT(phases.doubled, WithinAbs(1, exact));
    CHECK_THAT(phases.single, WithinAbs(0, exact)); // phases are spread evenly
    CHECK(phases.shuffled < 0.7);
    CHECK(phases.by_frequency.size() == planted.key.size());
    for (const double one : phases.by_frequency)
        CHECK_THAT(one, WithinAbs(1, exact));

    const Eigen::MatrixXd W_L = decoder(planted.weights());
    const WrittenDecoders decoders = write_decoders(waves, W_L, 0);
    CHECK_THAT(decoders.doubled.cosine, WithinAbs(1, exact));
    CHECK_THAT(decoders.doubled.scale, WithinAbs(1, exact));
    CHECK((decoders.doubled.rows - W_L).norm() < exact);
    CHECK((decoders.from_phases - W_L).norm() < exact);
    CHECK_THAT(decoders.single.cosine, WithinAbs(0, exact));
    CHECK(decoders.shuffled.cosine < 0.7);
}

TEST_CASE("a decoder that does not double its phases, or other neurons', is told apart", "[readout]") {
    PlantedReadout planted;
    planted.tuned = planted.harmonic = 0;
    planted.doubles_phase = false;
    const PhaseDoubling single = phase_doubling(waves_of(planted), 0);
    CHECK_THAT(single.doubled, WithinAbs(0, exact));
    CHECK_THAT(single.single, WithinAbs(1, exact));

    planted.doubles_phase = planted.shuffled = true;
    const NeuronWaves waves = waves_of(planted);
    CHECK(phase_doubling(waves, 0).doubled < 0.6);
    CHECK(write_decoders(waves, decoder(planted.weights()), 0).doubled.cosine < 0.6);
}

TEST_CASE("with positions a neuron answers with the sum of both phases", "[readout]") {
    const int p = 11, k = 5;
    std::vector<double> of_a, of_b, out;
    for (int i = 0; i < 12; ++i) {
        of_a.push_back(0.5 * i);
        of_b.push_back(0.5 * i + 0.9 * std::sin(i)); // within half a turn of each other
        out.push_back(of_a.back() + of_b.back());
    }
    Eigen::MatrixXd W_L(p, 12);
    for (int c = 0; c < p; ++c)
        for (int i = 0; i < 12; ++i)
            W_L(c, i) = 0.3 * std::cos(2 * std::numbers::pi * k * c / p + out[static_cast<std::size_t>(i)]);
    const NeuronWaves waves = neuron_waves(pair_means(pre_with_phases(p, k, of_a, of_b)), W_L, {k});
    CHECK_THAT(resultant(waves, waves.doubled()), WithinAbs(1, exact));
    CHECK((write_decoders(waves, W_L, 0).doubled.rows - W_L).norm() < exact);
    for (const TunedNeuron& neuron : tuned_neurons(waves)) {
        const auto i = static_cast<std::size_t>(neuron.neuron);
        CHECK(turned_apart(neuron.phase_in, (of_a[i] + of_b[i]) / 2) < exact);
    }
}

TEST_CASE("a decoder of waves is the sum of its waves", "[readout]") {
    const int p = 7;
    const std::vector<int> key{1, 3};
    const Eigen::MatrixXd amplitude = testing::noise(2, 2, 3).cwiseAbs(), angles = testing::noise(2, 2, 4);
    const Eigen::MatrixXcd phases = angles.unaryExpr([](double angle) { return std::polar(1.0, angle); });
    const Eigen::MatrixXd rows = decoder_of_waves(key, amplitude, phases, p);
    for (int c = 0; c < p; ++c)
        for (int i = 0; i < 2; ++i) {
            double sum = 0;
            for (int at = 0; at < 2; ++at)
                sum += amplitude(i, at) *
                       std::cos(2 * std::numbers::pi * key[static_cast<std::size_t>(at)] * c / p +
                                angles(i, at));
            CHECK_THAT(rows(c, i), WithinAbs(sum, exact));
        }
}

TEST_CASE("the scale of a written decoder is the least-squares one", "[readout]") {
    const Eigen::MatrixXd W_L = testing::noise(7, 4, 5), unscaled = testing::noise(7, 4, 6);
    const WrittenDecoder fitted = fitted_to(W_L, unscaled);
    const auto error = [&](double scale) { return (W_L - scale * unscaled).norm(); };
    CHECK(error(fitted.scale) < error(fitted.scale + 1e-3));
    CHECK(error(fitted.scale) < error(fitted.scale - 1e-3));
    CHECK_THAT(fitted_to(W_L, -2 * W_L).cosine, WithinAbs(-1, exact));
    CHECK(std::isnan(fitted_to(W_L, 0 * W_L).cosine));
    CHECK(fitted_to(W_L, 0 * W_L).rows.isZero());
}

TEST_CASE("without frequencies there are no phases", "[readout]") {
    const PlantedReadout planted;
    const Weights weights = planted.weights();
    const Eigen::MatrixXd pre = activations(weights, Variant::relu, all_pairs(planted.p)).pre;
    const NeuronWaves waves = neuron_waves(pair_means(pre), decoder(weights), {});
    const PhaseDoubling phases = phase_doubling(waves, 0);
    CHECK(std::isnan(phases.doubled));
    CHECK(std::isnan(phases.single));
    CHECK(std::isnan(phases.shuffled));
    CHECK(tuned_neurons(waves).empty());
    CHECK(std::isnan(write_decoders(waves, decoder(weights), 0).doubled.cosine));
}
