// Properties of the engine at random sizes: small primes, odd widths, one head and many, few pairs and most.
#include "training/adamw.h"
#include "training/engine.h"
#include "training/random_model.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace grokreport;
using namespace grokreport::testing;

namespace {

// The weights after three steps of training, and the loss and accuracy on the test pairs.
struct Outcome {
    std::vector<float> weights;
    Evaluation test;
};

Outcome trained(const Config& config, std::span<const Pair> train, std::span<const Pair> test, int threads) {
    Parameters parameters = random_parameters(config), gradient(config);
    ThreadPool pool(threads);
    Engine engine(config, train, pool);
    AdamW optimiser(config, parameters.flat().size(), pool);
    for (int step = 0; step < 3; ++step) {
        engine.loss_and_gradient(parameters, gradient);
        optimiser.step(parameters.flat(), gradient.flat());
    }
    return {{parameters.flat().begin(), parameters.flat().end()},
            engine.evaluate(distinct_pairs(config, test))};
}

} // namespace

TEST_CASE("the number of threads changes no bit at random sizes", "[engine]") {
    for (int i = 0; i < n_models; ++i) {
        const Config config = random_config(i);
        const Split split = split_pairs(config);
        const Outcome alone = trained(config, split.train, split.test, 1);
        CAPTURE(i, to_json(config).dump());
        for (int threads : {2, 3, 4, 8}) {
            const Outcome shared = trained(config, split.train, split.test, threads);
            CHECK(shared.weights == alone.weights);
            CHECK(shared.test.loss == alone.test.loss);
            CHECK(shared.test.accuracy == alone.test.accuracy);
        }
    }
}

TEST_CASE("many pairs give many threads work, with the same bits", "[engine]") {
    CHECK(chunks_of(1) == 8);
    CHECK(chunks_of(3266) == 8); // p = 113 with 30 % of its pairs: these bits are those of earlier commits
    CHECK(chunks_of(9950) == 24);
    CHECK(chunks_of(1000000) == 32);
    for (const Variant variant : {Variant::relu, Variant::paper}) {
        Config config = small_config(variant);
        config.p = 149;
        config.train_fraction = 0.9;
        const Split split = split_pairs(config);
        REQUIRE(chunks_of(static_cast<int>(distinct_pairs(config, split.train).size())) > 16);
        const Outcome alone = trained(config, split.train, split.test, 1);
        for (const int threads : {2, 32}) {
            const Outcome shared = trained(config, split.train, split.test, threads);
            CHECK(shared.weights == alone.weights);
            CHECK(shared.test.loss == alone.test.loss);
        }
    }
}

TEST_CASE("the order in which pairs are given changes no bit", "[engine]") {
    for (int i = 0; i < n_models; ++i) {
        const Config config = random_config(i);
        Split split = split_pairs(config);
        const Outcome ascending = trained(config, split.train, split.test, 2);
        std::mt19937_64 random(config.seed);
        std::ranges::shuffle(split.train, random);
        CAPTURE(i, to_json(config).dump());
        CHECK(trained(config, split.train, split.test, 2).weights == ascending.weights);
    }
}

TEST_CASE("without positions a mirrored pair counts as the pair itself", "[engine]") {
    for (int i = 0; i < n_models; ++i) {
        Config config = random_config(i);
        if (has_positions(config.variant)) config.variant = Variant::relu;
        Split split = split_pairs(config);
        const Outcome given = trained(config, split.train, split.test, 1);
        for (Pair& pair : split.train)
            pair = {pair.b, pair.a};
        CAPTURE(i, to_json(config).dump());
        CHECK(trained(config, split.train, split.test, 1).weights == given.weights);
    }
}

TEST_CASE("training pairs evaluated are the training loss", "[engine]") {
    for (int i = 0; i < n_models; ++i) {
        const Config config = random_config(i);
        const Split split = split_pairs(config);
        const Parameters parameters = random_parameters(config);
        Parameters gradient(config);
        ThreadPool pool(2);
        Engine engine(config, split.train, pool);
        const Evaluation on_train = engine.loss_and_gradient(parameters, gradient);
        const Evaluation evaluated = engine.evaluate(distinct_pairs(config, split.train));
        CAPTURE(i, to_json(config).dump());
        CHECK_THAT(evaluated.loss, Catch::Matchers::WithinRel(on_train.loss, loss_tolerance));
        CHECK(evaluated.accuracy == Approx(on_train.accuracy));
    }
}
