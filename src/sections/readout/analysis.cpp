#include "sections/readout/analysis.h"

#include "model/activations.h"
#include "model/fixed_number.h"
#include "sections/readout/mixing.h"

#include <algorithm>
#include <tuple>

namespace grokreport {

namespace {

constexpr std::size_t neurons_shown = 4;

// What every part looks at, for all pairs.
struct Stages {
    explicit Stages(const Weights& weights)
        : at_equals(activations(weights, Variant::relu, all_pairs(weights.p()))),
          paths(weights, at_equals),
          mlp_logits(at_equals.post * paths.W_L().transpose()),
          pre(pair_means(at_equals.pre)),
          hidden(pair_means(at_equals.post)) {}

    Activations at_equals;
    LogitPaths paths;
    Eigen::MatrixXd mlp_logits; // p^2 x p
    PairMeans pre, hidden;
};

Ledger ledger_of(const TermShares& o, const TermShares& pre, const PairMeans& hidden,
                 const Eigen::MatrixXd& mlp_logits, const LogitPaths& paths, const std::vector<int>& K) {
    return {.o = o,
            .pre = pre,
            .hidden = term_shares(hidden, K),
            .mlp_logits = term_shares(pair_means(mlp_logits), K),
            .logits = term_shares(pair_means(paths.both(mlp_logits)), K)};
}

std::size_t place_in(const std::vector<int>& frequencies, int k) {
    return static_cast<std::size_t>(std::ranges::find(frequencies, k) - frequencies.begin());
}

std::vector<int> order_of(const std::vector<TunedNeuron>& neurons, const std::vector<int>& frequencies) {
    std::vector<int> order(neurons.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = static_cast<int>(i);
    std::ranges::sort(order, {}, [&](int i) {
        const TunedNeuron& neuron = neurons[static_cast<std::size_t>(i)];
        return std::tuple(place_in(frequencies, neuron.k), neuron.phase_in, i);
    });
    return order;
}

// The strongest of each frequency, then the second of each, ...
std::vector<TunedNeuron> strongest_by_turns(const std::vector<TunedNeuron>& neurons,
                                            const std::vector<int>& frequencies) {
    std::vector<std::vector<TunedNeuron>> by_frequency(frequencies.size());
    for (const TunedNeuron& neuron : neurons)
        by_frequency[place_in(frequencies, neuron.k)].push_back(neuron);
    std::size_t most = 0;
    for (auto& tuned : by_frequency) {
        std::ranges::stable_sort(tuned, std::ranges::greater{}, &TunedNeuron::weight);
        most = std::max(most, tuned.size());
    }
    std::vector<TunedNeuron> chosen;
    for (std::size_t rank = 0; rank < most; ++rank)
        for (const auto& tuned : by_frequency)
            if (rank < tuned.size() && chosen.size() < neurons_shown) chosen.push_back(tuned[rank]);
    return chosen;
}

Eigen::MatrixXd over_pairs(const Eigen::MatrixXd& by_pair, int column, int p) {
    return by_pair.col(column).reshaped(p, p).transpose();
}

NeuronMaps maps_of(const TunedNeuron& tuned, const Activations& at_equals, const ReadoutResults& results) {
    return {.tuned = tuned,
            .pre = over_pairs(at_equals.pre, tuned.neuron, results.p),
            .post = over_pairs(at_equals.post, tuned.neuron, results.p),
            .pre_mean = at_equals.pre.col(tuned.neuron).mean(),
            .decoder = results.W_L.col(tuned.neuron),
            .predicted = results.decoders.doubled.rows.col(tuned.neuron)};
}

WorkedExample example_of(const ReadoutResults& results, const Stages& stages) {
    constexpr int a = 3, b = 8; // small enough to be added by hand
    const int p = results.p;
    WorkedExample example;
    example.a = a % p;
    example.b = b % p;
    example.c = (a + b) % p;
    const Eigen::Index row = example.a * p + example.b;
    const Eigen::RowVectorXd post = stages.at_equals.post.row(row);
    const Eigen::VectorXd at_offset = results.cosines.at_offset(p);
    example.logits = over_answers(stages.at_equals.logits.row(row).head(p));
    example.mlp = over_answers(stages.paths.mlp_path(stages.mlp_logits.row(row)));
    example.written = over_answers(stages.paths.mlp_path(post * results.decoders.doubled.rows.transpose()));
    example.cosines.resize(p);
    for (int c = 0; c < p; ++c)
        example.cosines[c] = at_offset[(example.c - c + p) % p];
    return example;
}

void measure_terms(ReadoutResults& results, const Stages& stages) {
    const std::vector<int>& K = results.frequencies;
    const TermShares o = term_shares(pair_means(stages.at_equals.o), K), pre = term_shares(stages.pre, K);
    results.with_relu = ledger_of(o, pre, stages.hidden, stages.mlp_logits, stages.paths, K);
    const Eigen::MatrixXd of_identity = stages.at_equals.pre * results.W_L.transpose();
    results.with_identity = ledger_of(o, pre, stages.pre, of_identity, stages.paths, K);
}

void measure_phases(ReadoutResults& results, const Stages& stages, std::uint64_t seed) {
    results.waves = neuron_waves(stages.pre, results.W_L, results.frequencies);
    results.phases = phase_doubling(results.waves, seed);
    results.neurons = tuned_neurons(results.waves);
    results.neuron_order = order_of(results.neurons, results.frequencies);
    results.decoders = write_decoders(results.waves, results.W_L, seed);
    for (const TunedNeuron& tuned : strongest_by_turns(results.neurons, results.frequencies))
        results.shown_neurons.push_back(maps_of(tuned, stages.at_equals, results));
}

void measure_turns(ReadoutResults& results, const Stages& stages) {
    const Eigen::MatrixXd &pre = stages.at_equals.pre, &hidden = stages.at_equals.post;
    const PairMeans of_mlp = pair_means(stages.mlp_logits);
    for (const int k : results.frequencies)
        results.turns.push_back({.k = k,
                                 .pre = rotation_share(pre, stages.pre, k),
                                 .hidden = rotation_share(hidden, stages.hidden, k),
                                 .mlp_logits = rotation_share(stages.mlp_logits, of_mlp, k)});
    if (!results.frequencies.empty())
        results.turn_shown = turn_at(pre, stages.pre, hidden, stages.hidden, stages.mlp_logits,
                                     results.frequencies.front(), fixed_number(results.p));
}

} // namespace

ReadoutResults analyse_readout(const Weights& weights, const std::vector<int>& frequencies,
                               const Weights& untrained, std::uint64_t seed) {
    const Stages stages(weights);
    ReadoutResults results;
    results.p = weights.p();
    results.frequencies = frequencies;
    results.has_positions = weights.has_positions();
    results.W_L = stages.paths.W_L();

    measure_terms(results, stages);
    measure_phases(results, stages, seed);
    const ReducedPre reduced = reduce_pre(stages.pre, stages.paths, frequencies);
    results.replaced = score_replacements(weights, stages.at_equals, stages.paths, results.decoders, reduced);
    results.cosines = fit_cosines(stages.at_equals.logits, frequencies);
    results.untrained_cosines =
        fit_cosines(activations(untrained, Variant::relu, all_pairs(results.p)).logits, frequencies);
    results.evenness = analyse_evenness(weights, stages.at_equals, frequencies,
                                        amplitudes_by_difference(reduced.one_number_logits, frequencies));
    measure_turns(results, stages);
    results.example = example_of(results, stages);
    return results;
}

} // namespace grokreport
