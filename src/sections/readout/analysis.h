// Section 9, how the answer is read out: how the representation at '=' changes when b changes to d, how W_E,
// W_in and W_L = (W_out W_U)^T are related, and which role attention and the idle frequencies have.
//
// The parts stand in headers of their own: terms.h (what varies how), replacements.h (the model with formulas
// in it), phases.h (the decoder doubles the phase), evenness.h (no pair is read weakly), turns.h (from b to
// d). Answers are 0..p-1 throughout. All of it holds for any odd prime p, any sizes, and with positions.
// Where K is empty, numbers over K are NaN and lists over K are empty.
#pragma once

#include "model/weights.h"
#include "sections/readout/contrast.h"
#include "sections/readout/evenness.h"
#include "sections/readout/phases.h"
#include "sections/readout/replacements.h"
#include "sections/readout/terms.h"
#include "sections/readout/turns.h"

#include <Eigen/Core>
#include <cstdint>
#include <vector>

namespace grokreport {

// One neuron over all pairs, for figures and for the example of the text.
struct NeuronMaps {
    TunedNeuron tuned;
    Eigen::MatrixXd pre, post; // p x p: row a, column b
    double pre_mean = 0;       // over all pairs: what its bias and '=' bring
    Eigen::VectorXd decoder;   // p: its row of W_L over c
    Eigen::VectorXd predicted; // p: its row of the written decoder, scaled
};

// One pair from end to end, checked by hand in the text.
struct WorkedExample {
    int a = 0, b = 0, c = 0; // 3 mod p, 8 mod p, their sum mod p
    Eigen::VectorXd logits;  // p: as trained, centred over the answers
    Eigen::VectorXd mlp;     // p: of the MLP's path alone, centred
    Eigen::VectorXd cosines; // p: sum over K of A_k cos(w_k (a + b - c))
    Eigen::VectorXd written; // p: of the MLP's path with the written decoder, centred
};

// Everything that the section says of one set of weights.
struct ReadoutResults {
    int p = 0;
    // K, by energy in W_E, largest first, or what figures show where K is empty.
    std::vector<int> frequencies;
    bool has_positions = false; // then neurons see a and b with phases of their own

    Ledger with_relu, with_identity;

    Replacements replaced;
    CosineFit cosines;
    CosineFit untrained_cosines; // the same frequencies in the model before training

    NeuronWaves waves;
    PhaseDoubling phases;
    std::vector<TunedNeuron> neurons; // in the order of neurons
    Eigen::MatrixXd W_L;              // p x d_mlp
    WrittenDecoders decoders;
    // Neurons by the order of their k in K, then by phase_in: how figures sort both decoders.
    std::vector<int> neuron_order;
    // Four neurons, or as many as there are: by turns the strongest of each k of K (largest amplitude times
    // |u|).
    std::vector<NeuronMaps> shown_neurons;

    EvennessResults evenness;

    std::vector<Turn> turns; // in the order of K
    TurnShown turn_shown;    // at the first k of K and a = fixed_number(p); empty matrices where K is empty

    WorkedExample example;
    ContrastPair contrast; // as far as there is one, else the pair of the example
};

// untrained: the same model before training. seed: of the permutations.
ReadoutResults analyse_readout(const Weights& weights, const std::vector<int>& frequencies,
                               const Weights& untrained, std::uint64_t seed);

} // namespace grokreport
