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
    const int p = weights.p();
    const ForwardPass forward(weights, Variant::relu);
    const LogitPaths paths(weights);
    PairMeansSum o;
    for (int a = 0; a < p; ++a)
        o.add(a, forward.o(pairs_of_number(a, p)));
    // The waves of pre are those of o through W_in
    const NeuronWaves waves = neuron_waves(mapped(o.means(), weights.W_in), paths.W_L(), frequencies);
    const PhaseDoubling phases = phase_doubling(waves, seed);
    const WrittenDecoder written =
        fitted_to(paths.W_L(), decoder_of_waves(frequencies, waves.amplitude(), waves.doubled(), p));
    const Eigen::MatrixXd answers = wave_columns(frequencies, p),
                          on_answers = on_waves(answers, written.rows).transpose();
    AmplitudeSum amplitudes(frequencies, p);
    ScoreSum trained, with_written;
    for (int a = 0; a < p; ++a) {
        const std::vector<Pair> pairs = pairs_of_number(a, p);
        const Activations at = forward.at(pairs);
        amplitudes.add(a, at.logits.leftCols(p) * amplitudes.answer_waves());
        trained.add(at.logits.leftCols(p), pairs, p);
        with_written.add(paths.mlp_path((at.post * on_answers) * answers.transpose()), pairs, p);
    }
    const Eigen::MatrixXd by_difference = amplitudes.mean();
    std::vector<double> flatness;
    for (std::size_t i = 0; i < frequencies.size(); ++i)
        flatness.push_back(
            profile_of(by_difference.col(static_cast<Eigen::Index>(i)), frequencies[i]).flatness);
    return {.epoch = epoch,
            .accuracy = trained.accuracy(),
            .phase_doubled = phases.doubled,
            .phase_single = phases.single,
            .phase_shuffled = phases.shuffled,
            .least_flatness = least_of(flatness, std::identity{}),
            .written_cosine = written.cosine,
            .written_accuracy = with_written.accuracy()};
}

} // namespace grokreport
