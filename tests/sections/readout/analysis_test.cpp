#include "sections/readout/analysis.h"

#include "support/exact.h"
#include "support/planted.h"
#include "support/planted_readout.h"

#include <catch2/catch.hpp>
#include <set>

using namespace grokreport;
using Catch::Matchers::WithinAbs;
using grokreport::testing::exact;
using testing::PlantedReadout;

namespace {

ReadoutResults readout_of(const Weights& weights, const std::vector<int>& key) {
    return analyse_readout(weights, key, testing::random_weights(weights.p(), 6, 2, 3, 8), 0);
}

double whole(const TermShares& shares) {
    return shares.sum + shares.difference + shares.one_number + shares.doubles + shares.rest;
}

} // namespace

TEST_CASE("the planted model makes its sum terms in the ReLU alone", "[readout]") {
    PlantedReadout planted;
    planted.tuned = 0;
    const ReadoutResults results = readout_of(planted.weights(), planted.key);
    CHECK_THAT(results.with_relu.o.sum, WithinAbs(0, exact));
    CHECK_THAT(results.with_relu.pre.sum, WithinAbs(0, exact));
    CHECK_THAT(results.with_relu.pre.one_number + results.with_relu.pre.doubles, WithinAbs(1, exact));
    CHECK(results.with_relu.hidden.sum > 0.05);
    CHECK(results.with_relu.mlp_logits.sum > 0.8); // the rest is what is read unevenly
    CHECK(results.with_identity.mlp_logits.sum < 0.1);
    for (const Ledger& ledger : {results.with_relu, results.with_identity})
        for (const TermShares& shares :
             {ledger.o, ledger.pre, ledger.hidden, ledger.mlp_logits, ledger.logits})
            CHECK_THAT(whole(shares), WithinAbs(1, exact));
}

TEST_CASE("the hidden layer turns after the ReLU, and the MLP's logits with it", "[readout]") {
    PlantedReadout planted;
    planted.tuned = 0;
    const ReadoutResults results = readout_of(planted.weights(), planted.key);
    REQUIRE(results.turns.size() == 3);
    for (const Turn& turn : results.turns) {
        CHECK(turn.pre < 0.01);
        CHECK(turn.hidden > 0.75); // of |cos| alone it is 8 / pi^2
        CHECK(turn.mlp_logits > 0.75);
    }
    CHECK(results.turns[1].hidden > 0.9); // evened by the double
    CHECK(results.turn_shown.k == planted.key.front());
    CHECK(results.turn_shown.hidden.rows() == planted.p);
}

TEST_CASE("what figures show belongs to the strongest neurons of each frequency by turns", "[readout]") {
    const PlantedReadout planted;
    const ReadoutResults results = readout_of(planted.weights(), planted.key);
    REQUIRE(results.shown_neurons.size() == 4);
    for (std::size_t i = 0; i < 4; ++i)
        CHECK(results.shown_neurons[i].tuned.k == planted.key[i % 3]);
    CHECK(results.shown_neurons[3].tuned.neuron != results.shown_neurons[0].tuned.neuron);
    for (const NeuronMaps& maps : results.shown_neurons) {
        CHECK((maps.post - maps.pre.cwiseMax(0.0)).norm() < exact);
        CHECK_THAT(maps.pre.mean(), WithinAbs(maps.pre_mean, exact));
        CHECK((maps.decoder - results.W_L.col(maps.tuned.neuron)).norm() == 0);
        CHECK((maps.predicted - results.decoders.doubled.rows.col(maps.tuned.neuron)).norm() == 0);
    }
    // Row a, column b: the neuron sees a with its phase where b is far
    const NeuronMaps& first = results.shown_neurons[0];
    const Activations at = activations(planted.weights(), Variant::relu, all_pairs(planted.p));
    CHECK(first.pre(4, 9) == at.pre(4 * planted.p + 9, first.tuned.neuron));

    const std::set<int> all(results.neuron_order.begin(), results.neuron_order.end());
    CHECK(all.size() == static_cast<std::size_t>(planted.d_mlp()));
    for (std::size_t i = 1; i < results.neuron_order.size(); ++i) {
        const TunedNeuron& before = results.neurons[static_cast<std::size_t>(results.neuron_order[i - 1])];
        const TunedNeuron& after = results.neurons[static_cast<std::size_t>(results.neuron_order[i])];
        if (before.k == after.k) CHECK(before.phase_in <= after.phase_in);
    }
}

TEST_CASE("the example is one row of the model", "[readout]") {
    const PlantedReadout planted;
    const ReadoutResults results = readout_of(planted.weights(), planted.key);
    const WorkedExample& example = results.example;
    CHECK(example.c == 11);
    Eigen::Index largest = 0;
    example.logits.maxCoeff(&largest);
    CHECK(largest == example.c);
    example.cosines.maxCoeff(&largest);
    CHECK(largest == example.c);
    CHECK_THAT(example.logits.mean(), WithinAbs(0, exact));
    CHECK((example.mlp - example.logits).norm() < exact); // it has no direct path
    const ReadoutResults small = readout_of(testing::random_weights(7, 6, 2, 3, 8), {1});
    CHECK(small.example.a == 3);
    CHECK(small.example.b == 1);
    CHECK(small.example.c == 4);
}

TEST_CASE("with positions everything is measured, and the read-out is the same", "[readout]") {
    PlantedReadout planted;
    planted.place = 0.1;
    const ReadoutResults results = readout_of(planted.weights(), planted.key);
    CHECK(results.has_positions);
    CHECK(results.phases.doubled > 0.99);
    CHECK(results.decoders.doubled.cosine > 0.98);
    CHECK(results.evenness.by_frequency[1].evened_by() == EvenedBy::double_circle);
}

TEST_CASE("any sizes, any frequencies and none at all are analysed", "[readout]") {
    for (const int p : {5, 7, 11})
        for (const std::vector<int>& key : {std::vector<int>{}, {1}, {(p - 1) / 2}, {1, 2}}) {
            const ReadoutResults results = readout_of(testing::random_weights(p, 5, 1, 2, 3), key);
            CHECK(results.turns.size() == key.size());
            CHECK(results.evenness.by_frequency.size() == key.size());
            CHECK(results.shown_neurons.size() == (key.empty() ? 0U : 3U));
            CHECK(std::isnan(results.phases.doubled) == key.empty());
            CHECK(std::isfinite(results.replaced.trained.accuracy));
        }
}

TEST_CASE("the same seed gives the same nulls", "[readout]") {
    const PlantedReadout planted;
    const ReadoutResults one = readout_of(planted.weights(), planted.key),
                         other = readout_of(planted.weights(), planted.key);
    CHECK(one.phases.shuffled == other.phases.shuffled);
    CHECK(one.decoders.shuffled.cosine == other.decoders.shuffled.cosine);
}
