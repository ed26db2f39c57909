// The factored engine without the textbook module.
#include "training/adamw.h"
#include "training/engine.h"
#include "training/random_model.h"

#include <catch2/catch.hpp>

using namespace grokreport;
using namespace grokreport::testing;

TEST_CASE("with positions (a, b) and (b, a) are two pairs", "[engine]") {
    const Config config = small_config(Variant::paper);
    const std::vector<Pair> one{{3, 8}}, other{{8, 3}};
    const Parameters parameters = random_parameters(config);
    const auto loss_on = [&](std::span<const Pair> pairs) {
        Parameters gradient(config);
        ThreadPool alone(1);
        return Engine(config, pairs, alone).loss_and_gradient(parameters, gradient).loss;
    };
    CHECK(std::abs(loss_on(one) - loss_on(other)) > 0.01);
}

TEST_CASE("the same bits for any number of threads", "[engine]") {
    Config config;
    config.p = 59;
    config.d_mlp = 96;
    const Split split = split_pairs(config);
    for (Variant variant : {Variant::relu, Variant::linear, Variant::frozen, Variant::paper}) {
        config.variant = variant;
        const auto test_pairs = distinct_pairs(config, split.test);
        std::vector<std::vector<float>> weights;
        std::vector<double> losses;
        for (int threads : {1, 2, 3, 4, 7}) {
            Parameters parameters = initial_parameters(config);
            Parameters gradient(config);
            ThreadPool pool(threads);
            Engine engine(config, split.train, pool);
            AdamW optimiser(config, parameters.flat().size(), pool);
            for (int step = 0; step < 5; ++step) {
                engine.loss_and_gradient(parameters, gradient);
                optimiser.step(parameters.flat(), gradient.flat());
            }
            weights.emplace_back(parameters.flat().begin(), parameters.flat().end());
            losses.push_back(engine.evaluate(test_pairs).loss);
        }
        for (std::size_t i = 1; i < weights.size(); ++i) {
            CHECK(weights[i] == weights[0]);
            CHECK(losses[i] == losses[0]);
        }
    }
}
