// Sections 6 and 7: attention, petals, their sum.
#include "calibration/planted_transformer.h"
#include "model/activations.h"
#include "model/fixed_number.h"
#include "sections/attention/claims.h"
#include "sections/mlp/claims.h"
#include "sections/petals/claims.h"
#include "sections/recombination/claims.h"
#include "spectral/fourier.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

using namespace grokreport;
using namespace grokreport::testing;

namespace {

const std::vector<int> small_moduli{41, 43, 47, 53, 59}; // all pairs are looked at
const std::vector<int> large_moduli{47, 53, 59, 71, 83};

// Four heads, each tuned to one of the key frequencies.
PlantedTransformer tuned_heads(Draw& random, int p) {
    PlantedTransformer planted{.p = p, .d_model = 64, .key = random.frequencies(2, p)};
    planted.noise = random.uniform(0.002, 0.01);
    for (int head = 0; head < 4; ++head)
        planted.heads.push_back({.k = random.one_of(planted.key),
                                 .strength = random.uniform(0.5, 2),
                                 .phase = random.uniform(0, full_turn)});
    return planted;
}

using Change = std::function<void(PlantedTransformer&, Draw&)>;

void calibrate_attention(const std::vector<std::string>& ids, bool is_true, const std::string& model,
                         const Change& change) {
    calibrate<AttentionResults>(attention_claims({}), ids, is_true, model, Cost::dear, [&](Draw& random) {
        PlantedTransformer planted = tuned_heads(random, random.one_of(small_moduli));
        change(planted, random);
        const Weights trained = planted.draw(random);
        for (PlantedHead& head : planted.heads) // before training: a little, by a random number of each token
            head = {.k = 0, .strength = 0.01, .sees_equals = true};
        return attention_results(trained, planted.draw(random), 1);
    });
}

// Two heads tuned to f, the second to g, for the three pairs of section 6.
PlantedTransformer two_heads(Draw& random, int p, int f, int g) {
    PlantedTransformer planted{.p = p, .key = {f, g}};
    planted.noise = random.uniform(0.002, 0.01);
    planted.heads = {{.k = f, .strength = 0.3, .phase = random.uniform(0, full_turn)},
                     {.k = g, .strength = 0.8, .phase = random.uniform(0, full_turn)}};
    return planted;
}

PetalsResults petals_of(const PlantedTransformer& planted, Draw& random) {
    const Weights weights = planted.draw(random);
    std::vector<int> all(static_cast<std::size_t>((planted.p - 1) / 2));
    std::iota(all.begin(), all.end(), 1);
    return analyse_petals(weights, frequencies_by_energy(weights, all), 1);
}

void calibrate_petals(const std::vector<std::string>& ids, bool is_true, const std::string& model,
                      const std::function<PlantedTransformer(Draw&)>& plant) {
    calibrate<PetalsResults>(petals_claims({}), ids, is_true, model, Cost::cheap,
                             [&](Draw& random) { return petals_of(plant(random), random); });
}

PlantedTransformer tuned_pair(Draw& random) {
    const int p = random.one_of(large_moduli);
    const std::vector<int> frequencies = random.frequencies(2, p);
    return two_heads(random, p, frequencies[0], frequencies[1]);
}

// A phase with which few numbers score above a: at most an eighth of a turn away from the highest score.
double phase_of_high_a(Draw& random) {
    return random.uniform(-full_turn / 8, full_turn / 8);
}

// f above g and, as asked, a multiple of it or not. At f = 2g the curve crosses itself once, where the slow
// head scores in the middle: with a scored high that is not near x_a, where it would not count.
PlantedTransformer fast_and_slow(Draw& random, bool multiple) {
    const int p = random.one_of(large_moduli);
    while (true) {
        const std::vector<int> frequencies = random.frequencies(2, p);
        const int f = std::max(frequencies[0], frequencies[1]), g = std::min(frequencies[0], frequencies[1]);
        if ((f % g == 0) != multiple || g == 1) continue;
        PlantedTransformer planted = two_heads(random, p, f, g);
        planted.heads[1].phase = phase_of_high_a(random);
        return planted;
    }
}

// Heads in pairs, each pair tuned to a frequency of its own: in antiphase, so that their petals cancel, or in
// phase. In phase a scores high: with a low score attention goes to b alone, and o is the round circle of
// x_b.
PlantedTransformer pairs_of_heads(Draw& random, bool antiphase) {
    const int p = random.one_of(large_moduli);
    PlantedTransformer planted{.p = p, .d_model = 64, .key = random.frequencies(3, p)};
    planted.noise = random.uniform(0.002, 0.01);
    for (int pair = 0; pair < 2; ++pair) {
        const double phase = antiphase ? random.uniform(0, full_turn) : phase_of_high_a(random);
        const double strength = random.uniform(2, 3);
        for (int head = 0; head < 2; ++head)
            planted.heads.push_back({.k = planted.key[static_cast<std::size_t>(pair)],
                                     .strength = strength,
                                     .phase = phase + (antiphase && head == 1 ? full_turn / 2 : 0)});
    }
    return planted;
}

void calibrate_sum(const std::vector<std::string>& ids, bool is_true, const std::string& model,
                   bool antiphase, const Change& change) {
    calibrate<RecombinationResults>(recombination_claims({}), ids, is_true, model, Cost::dear,
                                    [&](Draw& random) {
                                        PlantedTransformer planted = pairs_of_heads(random, antiphase);
                                        change(planted, random);
                                        return recombination_of(planted.draw(random), planted.key, 1);
                                    });
}

// Of the results of section 8, the angles alone.
void calibrate_angles(bool is_true, const std::string& model) {
    calibrate<MlpResults>(
        mlp_claims({}), {"subspace.dihedral"}, is_true, model, Cost::cheap, [&](Draw& random) {
            PlantedTransformer planted = pairs_of_heads(random, true);
            planted.keeps_planes = !is_true;
            const Weights weights = planted.draw(random);
            const auto o = activations(weights, Variant::relu, pairs_at_fixed_number(planted.p)).o;
            MlpResults results;
            results.planes = plane_angles(number_embeddings(weights), o, planted.key, 1);
            return results;
        });
}

} // namespace

TEST_CASE("calibration: attention", "[calibration]") {
    calibrate_attention({"attention.not-uniform", "attention.equals-ignored", "attention.periodic-b",
                         "attention.periodic-a-and-b", "attention.heads-tuned"},
                        true, "four heads, each tuned to one of two key frequencies",
                        [](PlantedTransformer&, Draw&) {});
    calibrate_attention({"attention.not-uniform"}, false, "one head attends to both numbers nearly alike",
                        [](PlantedTransformer& planted, Draw& random) {
                            planted.heads[1].strength = random.uniform(0, 0.1);
                        });
    calibrate_attention({"attention.equals-ignored"}, false, "one head attends to = as well",
                        [](PlantedTransformer& planted, Draw&) { planted.heads[1].sees_equals = true; });
    const Change disordered = [](PlantedTransformer& planted, Draw&) {
        planted.heads[0].k = planted.heads[1].k = 0;
    };
    calibrate_attention({"attention.periodic-b", "attention.periodic-a-and-b", "attention.heads-tuned"},
                        false, "two of four heads attend by a random number of each token", disordered);
}

TEST_CASE("calibration: petals", "[calibration]") {
    calibrate_petals({"petals.predicted", "petals.energy"}, true,
                     "two heads, each tuned to one of two key frequencies", tuned_pair);
    calibrate_petals({"petals.predicted", "petals.energy"}, false,
                     "one of two heads attends by a random number of each token", [](Draw& random) {
                         PlantedTransformer planted = tuned_pair(random);
                         // So strong that attention goes to a or to b: of weaker attention one wave in b can
                         // be the largest part by chance
                         planted.heads[1] = {.k = 0, .strength = 4};
                         return planted;
                     });
    calibrate_petals({"petals.overlap"}, true, "the faster frequency is a multiple of the slower",
                     [](Draw& random) { return fast_and_slow(random, true); });
    calibrate_petals({"petals.overlap"}, false, "the faster frequency is no multiple of the slower",
                     [](Draw& random) { return fast_and_slow(random, false); });
}

TEST_CASE("calibration: petals together", "[calibration]") {
    const Change none = [](PlantedTransformer&, Draw&) {};
    calibrate_sum({"petals.recombine", "o.circles"}, true, "heads in pairs in antiphase", true, none);
    calibrate_sum({"petals.recombine", "o.circles"}, false, "heads in pairs in phase, number a scored high",
                  false, none);
    calibrate_sum(
        {"o.stretched"}, true, "one circle pressed to 0.3 to 0.7 of its width", true,
        [](PlantedTransformer& planted, Draw& random) { planted.flattened = random.uniform(0.3, 0.7); });
    calibrate_sum({"o.stretched"}, false, "all circles round", true, none);
    calibrate_angles(true, "heads move the circles to planes at right angles");
    calibrate_angles(false, "heads leave the circles in their planes");
}
