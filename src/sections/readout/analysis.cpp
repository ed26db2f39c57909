#include "sections/readout/analysis.h"

#include "model/activations.h"
#include "model/fixed_number.h"
#include "sections/readout/mixing.h"

#include <algorithm>
#include <span>
#include <tuple>

namespace grokreport {

namespace {

constexpr std::size_t neurons_shown = 4;

// What one pass over the hidden layer of all pairs gives.
struct HiddenMeans {
    PairMeans o, pre, hidden;
    double square_scale = 0;
};

HiddenMeans means_of(const ForwardPass& forward) {
    PairMeansSum o, pre, hidden;
    SquareScale square;
    for (int a = 0; a < forward.p(); ++a) {
        const Activations at = forward.hidden(pairs_of_number(a, forward.p()));
        o.add(a, at.o);
        pre.add(a, at.pre);
        hidden.add(a, at.post);
        square.add(at.pre);
    }
    return {o.means(), pre.means(), hidden.means(), square.scale()};
}

// Logits of a hidden layer, on the way that section 9 follows them: those of the MLP, and both paths
// together.
class LedgerSums {
  public:
    LedgerSums(const PairMeans& hidden, const PairMeans& o, const LogitPaths& paths)
        : mlp_(mapped(hidden, paths.W_L().transpose())),
          both_(added(mlp_, mapped(o, paths.W_U()))),
          mlp_variation_(mlp_.mean),
          both_variation_(both_.mean) {}

    // Of the pairs of one a, without what is the same for all pairs.
    void add(const Eigen::MatrixXd& mlp_logits, const Eigen::MatrixXd& o_logits) {
        mlp_variation_.add(mlp_logits);
        both_variation_.add(mlp_logits + o_logits);
    }
    PairMeans mlp() const { return mlp_variation_.complete(mlp_); }
    PairMeans both() const { return both_variation_.complete(both_); }

  private:
    static PairMeans added(PairMeans left, const PairMeans& right) {
        left.mean += right.mean;
        left.by_a += right.by_a;
        left.by_b += right.by_b;
        left.by_sum += right.by_sum;
        left.by_difference += right.by_difference;
        return left;
    }

    PairMeans mlp_, both_;
    VariationSum mlp_variation_, both_variation_;
};

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

NeuronMaps empty_map(const TunedNeuron& tuned, const HiddenMeans& means, const ReadoutResults& results) {
    return {.tuned = tuned,
            .pre = Eigen::MatrixXd(results.p, results.p),
            .post = Eigen::MatrixXd(results.p, results.p),
            .pre_mean = means.pre.mean[tuned.neuron],
            .decoder = results.W_L.col(tuned.neuron),
            .predicted = results.decoders.doubled.rows.col(tuned.neuron)};
}

WorkedExample example_of(const ReadoutResults& results, const ForwardPass& forward, const LogitPaths& paths) {
    constexpr int a = 3, b = 8; // small enough to be added by hand
    const int p = results.p;
    WorkedExample example;
    example.a = a % p;
    example.b = b % p;
    example.c = (a + b) % p;
    const Pair pair{example.a, example.b};
    const Activations at = forward.at(std::span(&pair, 1));
    const Eigen::VectorXd at_offset = results.cosines.at_offset(p);
    example.logits = over_answers(at.logits.row(0).head(p));
    example.mlp = over_answers(paths.mlp_path(at.post * paths.W_L().transpose()));
    example.written = over_answers(paths.mlp_path(at.post * results.decoders.doubled.rows.transpose()));
    example.cosines.resize(p);
    for (int c = 0; c < p; ++c)
        example.cosines[c] = at_offset[(example.c - c + p) % p];
    return example;
}

void measure_phases(ReadoutResults& results, const HiddenMeans& means, std::uint64_t seed) {
    results.waves = neuron_waves(means.pre, results.W_L, results.frequencies);
    results.phases = phase_doubling(results.waves, seed);
    results.neurons = tuned_neurons(results.waves);
    results.neuron_order = order_of(results.neurons, results.frequencies);
    results.decoders = write_decoders(results.waves, results.W_L, seed);
    for (const TunedNeuron& tuned : strongest_by_turns(results.neurons, results.frequencies))
        results.shown_neurons.push_back(empty_map(tuned, means, results));
}

// The second pass over all pairs: with the means known, everything that needs each pair.
class SecondPass {
  public:
    SecondPass(ReadoutResults& results, const HiddenMeans& means, const LogitPaths& paths,
               ReplacementScoring& scoring)
        : results_(results),
          means_(means),
          paths_(paths),
          scoring_(scoring),
          with_relu_(means.hidden, means.o, paths),
          with_identity_(means.pre, means.o, paths),
          amplitudes_(results.frequencies, results.p),
          turns_of_pre_(means.pre, results.frequencies),
          turns_of_hidden_(means.hidden, results.frequencies),
          turns_of_mlp_(mapped(means.hidden, paths.W_L().transpose()), results.frequencies),
          hidden_on_mlp_planes_(paths.W_L().transpose() * turns_of_mlp_.planes()) {}

    void add(int a, const Activations& at) {
        const PairLogits logits = logits_of(paths_, at);
        scoring_.add(a, at, logits);
        const Eigen::MatrixXd of_o = at.o * paths_.W_U();
        with_relu_.add(logits.mlp, of_o);
        with_identity_.add(logits.identity, of_o);
        amplitudes_.add(a, (logits.direct + logits.mlp) * amplitudes_.answer_waves());
        turns_of_pre_.add(at.pre * turns_of_pre_.planes());
        turns_of_hidden_.add(at.post * turns_of_hidden_.planes());
        turns_of_mlp_.add(at.post * hidden_on_mlp_planes_);
        for (NeuronMaps& maps : results_.shown_neurons) {
            maps.pre.row(a) = at.pre.col(maps.tuned.neuron).transpose();
            maps.post.row(a) = at.post.col(maps.tuned.neuron).transpose();
        }
        if (a == fixed_number(results_.p) && !results_.frequencies.empty())
            results_.turn_shown = turn_at(at.pre, means_.pre, at.post, means_.hidden, logits.mlp,
                                          results_.frequencies.front(), a);
    }

    void finish() {
        const std::vector<int>& K = results_.frequencies;
        const PairMeans both = with_relu_.both();
        const TermShares o = term_shares(means_.o, K), pre = term_shares(means_.pre, K);
        results_.with_relu = {.o = o,
                              .pre = pre,
                              .hidden = term_shares(means_.hidden, K),
                              .mlp_logits = term_shares(with_relu_.mlp(), K),
                              .logits = term_shares(both, K)};
        results_.with_identity = {.o = o,
                                  .pre = pre,
                                  .hidden = pre,
                                  .mlp_logits = term_shares(with_identity_.mlp(), K),
                                  .logits = term_shares(with_identity_.both(), K)};
        results_.cosines = fit_cosines(amplitudes_.mean(), both.variation, K);
        results_.replaced = scoring_.scores();
        for (std::size_t i = 0; i < K.size(); ++i)
            results_.turns.push_back({.k = K[i],
                                      .pre = turns_of_pre_.share(i),
                                      .hidden = turns_of_hidden_.share(i),
                                      .mlp_logits = turns_of_mlp_.share(i)});
    }

  private:
    ReadoutResults& results_;
    const HiddenMeans& means_;
    const LogitPaths& paths_;
    ReplacementScoring& scoring_;
    LedgerSums with_relu_, with_identity_;
    AmplitudeSum amplitudes_;
    Rotations turns_of_pre_, turns_of_hidden_, turns_of_mlp_;
    Eigen::MatrixXd hidden_on_mlp_planes_; // d_mlp x 2 |K|
};

} // namespace

ReadoutResults analyse_readout(const Weights& weights, const std::vector<int>& frequencies,
                               const Weights& untrained, std::uint64_t seed) {
    const ForwardPass forward(weights, Variant::relu), before(untrained, Variant::relu);
    const LogitPaths paths(weights);
    const AttentionOfHeads attention = forward.attention(all_pairs(weights.p()));
    const HiddenMeans means = means_of(forward);
    ReadoutResults results;
    results.p = weights.p();
    results.frequencies = frequencies;
    results.has_positions = weights.has_positions();
    results.W_L = paths.W_L();
    measure_phases(results, means, seed);

    ReplacementScoring scoring({.paths = paths,
                                .pre = means.pre,
                                .decoders = results.decoders,
                                .frequencies = results.frequencies,
                                .square_scale = means.square_scale,
                                .mean_attention = logits_with_attention(weights, held_at_mean(attention))});
    SecondPass pass(results, means, paths, scoring);
    for (int a = 0; a < results.p; ++a)
        pass.add(a, forward.hidden(pairs_of_number(a, results.p)));
    pass.finish();

    results.untrained_cosines = fit_cosines(logits_of_all(before), frequencies);
    results.evenness = analyse_evenness(weights, attention, frequencies, scoring.one_number_amplitudes());
    results.example = example_of(results, forward, paths);
    results.contrast = contrast_pair(weights, logits_of_all(forward),
                                     logits_with_attention(weights, held_at_mean(attention)), frequencies,
                                     {results.example.a, results.example.b});
    return results;
}

} // namespace grokreport
