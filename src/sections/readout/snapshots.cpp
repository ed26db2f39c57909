#include "sections/readout/snapshots.h"

#include "claims/extremes.h"
#include "model/activations.h"
#include "sections/readout/evenness.h"
#include "sections/readout/phases.h"
#include "sections/readout/replacements.h"

#include <functional>

namespace grokreport {

ReadoutSnapshot readout_at(int epoch, const Weights& weights, const std::vector<int>& frequencies,
                           std::uint64_t seed) {
    const Activations at_equals = activations(weights, Variant::relu, all_pairs(weights.p()));
    const LogitPaths paths(weights, at_equals);
    const NeuronWaves waves = neuron_waves(pair_means(at_equals.pre), paths.W_L(), frequencies);
    const PhaseDoubling phases = phase_doubling(waves, seed);
    const WrittenDecoder written = fitted_to(
        paths.W_L(), decoder_of_waves(frequencies, waves.amplitude(), waves.doubled(), weights.p()));
    const Eigen::MatrixXd amplitudes = amplitudes_by_difference(at_equals.logits, frequencies);
    std::vector<double> flatness;
    for (std::size_t i = 0; i < frequencies.size(); ++i)
        flatness.push_back(profile_of(amplitudes.col(static_cast<Eigen::Index>(i)), frequencies[i]).flatness);
    return {.epoch = epoch,
            .accuracy = score_of(at_equals.logits.leftCols(weights.p())).accuracy,
            .phase_doubled = phases.doubled,
            .phase_single = phases.single,
            .phase_shuffled = phases.shuffled,
            .least_flatness = least_of(flatness, std::identity{}),
            .written_cosine = written.cosine,
            .written_accuracy = score_of(paths.mlp_path(at_equals.post * written.rows.transpose())).accuracy};
}

} // namespace grokreport
