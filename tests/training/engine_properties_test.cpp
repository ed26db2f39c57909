// What holds of the engine whatever the sizes: small primes, odd widths, one head and many, few pairs and
// most.
#include "training/engine_reference.h"
#include "training/adamw.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace grokreport;
using namespace grokreport::testing;

namespace {

constexpr int n_models = 24;

// A model with sizes drawn at random, none of them a multiple of a vector register but by chance.
Config random_config(int model) {
    std::mt19937_64 random(static_cast<std::uint64_t>(model) + 100);
    const auto draw = [&](int least, int most) {
        return std::uniform_int_distribution<int>(least, most)(random);
    };
    constexpr std::array primes{5, 7, 11, 13, 17, 19};
    constexpr std::array variants{Variant::relu, Variant::linear, Variant::frozen, Variant::paper};
    Config config;
    config.variant = variants.at(static_cast<std::size_t>(model) % variants.size());
    config.seed = random();
    config.p = primes.at(static_cast<std::size_t>(draw(0, 5)));
    config.n_heads = draw(1, 9);
    config.d_head = draw(1, 9);
    config.d_model = draw(2, 40);
    config.d_mlp = draw(1, 90);
    config.train_fraction = 0.05 * draw(3, 19);
    return config;
}

// The weights after some steps of training, and the loss and accuracy on the test pairs.
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

TEST_CASE("every gradient agrees with the textbook at random sizes", "[engine]") {
    for (int i = 0; i < n_models; ++i) {
        const Config config = random_config(i);
        const Split split = split_pairs(config);
        const Parameters parameters = random_parameters(config);
        Transformer model(config, torch::kFloat64);
        load_parameters(model, parameters);
        const auto loss =
            cross_entropy(model->forward(tokens_of(config, split.train)), answers_of(config, split.train));
        loss.backward();

        Parameters gradient(config);
        ThreadPool pool(2);
        const double ours = Engine(config, split.train, pool).loss_and_gradient(parameters, gradient).loss;
        CAPTURE(i, to_json(config).dump());
        CHECK_THAT(ours, Catch::Matchers::WithinRel(loss.item<double>(), loss_tolerance));
        const auto tensors = model->in_order();
        for (std::size_t tensor = 0; tensor < tensors.size(); ++tensor) {
            const ParameterSpec& spec = gradient.specs()[tensor];
            const auto& slope = tensors[tensor].grad();
            CAPTURE(spec.name);
            CHECK(relative_error(gradient.values(spec),
                                 slope.defined() ? slope : torch::zeros_like(tensors[tensor])) <
                  gradient_tolerance);
        }
    }
}

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
