// Section 4, and the model without ReLU of section 8: weights that add, and curves of trainings.
#include "model/dataset.h"
#include "sections/grokking/claims.h"
#include "sections/mlp/linear.h"
#include "support/calibration.h"
#include "support/planted.h"
#include "support/planted_readout.h"

#include <catch2/catch.hpp>
#include <cmath>

using namespace grokreport;
using namespace grokreport::testing;

namespace {

// A model that adds: three key frequencies, read out as section 9 says. Answers: logits are multiplied by it.
Weights adder(Draw& random, int p, double sharpness) {
    PlantedReadout planted{.p = p, .key = random.frequencies(3, p)};
    planted.tuned = planted.key.front();
    planted.harmonic = 0;
    Weights weights = planted.weights();
    weights.W_E += random.normal(weights.W_E.rows(), weights.W_E.cols(), 1e-4);
    weights.W_U *= sharpness;
    return weights;
}

GrokkingResults held_out_results(Draw& random, const std::function<void(Weights&, Draw&)>& change,
                                 double sharpness = 200) {
    const Config config{.seed = static_cast<std::uint64_t>(random.whole(0, 1000)),
                        .p = random.one_of(std::vector<int>{23, 29, 31, 37})};
    const Split split = split_pairs(config);
    Weights weights = adder(random, config.p, sharpness);
    change(weights, random);
    const Weights untrained = random_weights(config.p, 12, 2, 4, 16);
    GrokkingResults results;
    results.epochs = 20000;
    results.at_10k = held_out(weights, Variant::relu, split);
    results.untrained = held_out(untrained, Variant::relu, split);
    results.memorised = results.untrained;
    results.milestones.memorised_epoch = 100;
    results.n_test = split.test.size();
    results.asymmetry = asymmetry(weights, Variant::relu);
    return results;
}

void exchange_two_numbers(Weights& weights, Draw& random) {
    const int a = random.whole(0, weights.p() - 2);
    const Eigen::RowVectorXd row = weights.W_E.row(a);
    weights.W_E.row(a) = weights.W_E.row(a + 1);
    weights.W_E.row(a + 1) = row;
}

// Curves of a training: memorised and grokked at two epochs; W_E's sum of squares falls to `floor` times its
// value at a rate, from the grokked epoch on.
GrokkingResults curve_results(int memorised, int grokked, double floor, double rate, Draw& random) {
    Metrics metrics;
    metrics.parameters = {"embed.W_E"};
    for (int epoch = 0; epoch <= 20000; epoch += 25) {
        const double later = std::max(0, epoch - grokked);
        const double norm = floor + (1 - floor) * std::exp(-later / rate);
        metrics.rows.push_back({epoch,
                                0,
                                0,
                                epoch >= memorised ? 1.0 : 0.5,
                                epoch >= grokked ? 1.0 : 0.2,
                                {100 * norm * random.uniform(0.999, 1.001)}});
    }
    GrokkingResults results;
    results.epochs = 20000;
    results.milestones = training_milestones(metrics);
    return results;
}

int on_grid(double epoch) {
    return 25 * static_cast<int>(epoch / 25);
}

void calibrate_grokking(const std::vector<std::string>& ids, bool is_true, const std::string& model,
                        const std::function<GrokkingResults(Draw&)>& plant) {
    calibrate<GrokkingResults>(grokking_claims({}), ids, is_true, model, Cost::cheap, plant);
}

Metrics linear_curve(Draw& random, double level, int from, int spike_every) {
    Metrics metrics;
    for (int epoch = 0; epoch <= 40000; epoch += 25) {
        const bool spikes = spike_every > 0 && epoch % spike_every == 0;
        const double accuracy = epoch < from || spikes ? 0.3 : level + random.uniform(-0.005, 0.005);
        metrics.rows.push_back({epoch, 0, 0, 1, std::min(1.0, accuracy), {}});
    }
    return metrics;
}

LinearResults linear_results(Draw& random, const Metrics& linear) {
    const auto of = [](const Metrics& metrics) {
        TrainedRun run;
        run.config.epochs = 40000;
        run.metrics = metrics;
        return run;
    };
    return analyse_linear(of(linear), of(linear_curve(random, 0.03, 0, 0)));
}

void calibrate_linear(bool is_true, const std::string& model, const std::function<Metrics(Draw&)>& curve) {
    calibrate<LinearResults>(linear_claims({}), {"linear.groks"}, is_true, model, Cost::cheap,
                             [&](Draw& random) { return linear_results(random, curve(random)); });
}

} // namespace

TEST_CASE("calibration: weights that add", "[calibration]") {
    const auto unchanged = [](Weights&, Draw&) {};
    calibrate_grokking({"model.symmetric", "grok.accuracy", "grok.accuracy-unseen", "grok.loss"}, true,
                       "a model that adds, without positions",
                       [&](Draw& random) { return held_out_results(random, unchanged); });
    calibrate_grokking({"model.symmetric"}, false, "a positional embedding", [&](Draw& random) {
        return held_out_results(random, [](Weights& weights, Draw& drawn) {
            weights.W_pos = drawn.normal(3, weights.d_model(), drawn.uniform(0.01, 0.3));
        });
    });
    calibrate_grokking({"grok.accuracy", "grok.accuracy-unseen"}, false,
                       "the same with two numbers exchanged",
                       [&](Draw& random) { return held_out_results(random, exchange_two_numbers); });
    calibrate_grokking({"grok.loss"}, false, "the same with flat logits", [&](Draw& random) {
        return held_out_results(random, unchanged, random.uniform(0.01, 1));
    });
}

TEST_CASE("calibration: curves of a training", "[calibration]") {
    calibrate_grokking({"grok.epoch", "grok.delayed", "grok.norm-decay"}, true,
                       "memorised early, grokked at 2,500 to 7,500 epochs, then W_E falls by a fifth or more",
                       [](Draw& random) {
                           const int memorised = on_grid(random.uniform(100, 400)),
                                     grokked = on_grid(random.uniform(2500, 7500));
                           const double left = random.uniform(0.5, 0.8); // of W_E
                           return curve_results(memorised, grokked, left, 1000, random);
                       });
    calibrate_grokking({"grok.epoch"}, false, "grokked before 1,500 or after 8,500 epochs", [](Draw& random) {
        const bool early = random.whole(0, 1) == 1;
        return curve_results(100, on_grid(early ? random.uniform(300, 1500) : random.uniform(8500, 9500)),
                             0.7, 1000, random);
    });
    calibrate_grokking(
        {"grok.delayed"}, false, "grokked within four times the epochs of memorising", [](Draw& random) {
            const int memorised = on_grid(random.uniform(500, 2000));
            return curve_results(memorised, on_grid(memorised * random.uniform(1, 4)), 0.7, 1000, random);
        });
    calibrate_grokking({"grok.norm-decay"}, false, "W_E stays as it is, or falls as fast 8,000 epochs later",
                       [](Draw& random) {
                           const bool flat = random.whole(0, 1) == 1;
                           const int grokked = on_grid(random.uniform(2500, 7500));
                           const double left = flat ? random.uniform(0.97, 1) : 0; // of W_E
                           return curve_results(100, grokked, left, flat ? 1000 : 8000, random);
                       });
    calibrate_linear(true, "95 % kept from some epoch on", [](Draw& random) {
        const double kept = random.uniform(0.96, 0.99);
        return linear_curve(random, kept, on_grid(random.uniform(5000, 35000)), 0);
    });
    calibrate_linear(false, "never above 0.94, or falling back every 500 epochs", [](Draw& random) {
        const bool spikes = random.whole(0, 1) == 1;
        return linear_curve(random, spikes ? 0.99 : random.uniform(0.2, 0.93), 5000, spikes ? 500 : 0);
    });
}
