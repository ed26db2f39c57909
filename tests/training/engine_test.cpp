// The factored engine against the textbook module: the same loss, gradients and optimiser steps.
#include "training/engine_reference.h"
#include "training/adamw.h"

#include <catch2/catch.hpp>
#include <torch/optim/adamw.h>

using namespace grokreport;
using namespace grokreport::testing;

namespace {

constexpr double step_tolerance = 2e-5; // absolute, after ten steps of size 1e-3

Config small_config(Variant variant) {
    Config config;
    config.variant = variant;
    config.p = 23;
    config.d_model = 24;
    config.n_heads = 3;
    config.d_head = 7;
    config.d_mlp = 50;
    config.seed = 5;
    return config;
}

} // namespace

TEST_CASE("loss and every gradient agree with the textbook module in float64", "[engine]") {
    for (Variant variant : {Variant::relu, Variant::linear, Variant::frozen, Variant::paper}) {
        for (int p : {7, 23, 31}) {
            Config config = small_config(variant);
            config.p = p;
            const Split split = split_pairs(config);
            const Parameters parameters = random_parameters(config);

            Transformer model(config, torch::kFloat64);
            load_parameters(model, parameters);
            const auto logits = model->forward(tokens_of(config, split.train));
            const auto answers = answers_of(config, split.train);
            const auto loss = cross_entropy(logits, answers);
            loss.backward();

            ThreadPool pool(2);
            Engine engine(config, split.train, pool);
            Parameters gradient(config);
            const Evaluation evaluation = engine.loss_and_gradient(parameters, gradient);

            CAPTURE(to_string(variant), p);
            CHECK_THAT(evaluation.loss, Catch::Matchers::WithinRel(loss.item<double>(), loss_tolerance));
            CHECK(evaluation.accuracy ==
                  logits.argmax(-1).eq(answers).to(torch::kFloat64).mean().item<double>());
            const auto tensors = model->in_order();
            for (std::size_t i = 0; i < tensors.size(); ++i) {
                const ParameterSpec& spec = gradient.specs()[i];
                CAPTURE(spec.name);
                const bool is_used = tensors[i].grad().defined();
                const auto reference = is_used ? tensors[i].grad() : torch::zeros_like(tensors[i]);
                CHECK(relative_error(gradient.values(spec), reference) < gradient_tolerance);
            }
        }
    }
}

TEST_CASE("evaluation on held-out pairs agrees with the textbook module", "[engine]") {
    for (Variant variant : {Variant::relu, Variant::paper}) {
        const Config config = small_config(variant);
        const Split split = split_pairs(config);
        const Parameters parameters = random_parameters(config);
        Transformer model(config, torch::kFloat64);
        load_parameters(model, parameters);
        const auto logits = model->forward(tokens_of(config, split.test));
        const double loss = cross_entropy(logits, answers_of(config, split.test)).item<double>();

        ThreadPool pool(1);
        Engine engine(config, split.train, pool);
        Parameters gradient(config);
        engine.loss_and_gradient(parameters, gradient);
        const Evaluation evaluation = engine.evaluate(distinct_pairs(config, split.test));
        CAPTURE(to_string(variant));
        CHECK_THAT(evaluation.loss, Catch::Matchers::WithinRel(loss, loss_tolerance));
        CHECK(engine.evaluate({}).loss == 0);
    }
}

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

TEST_CASE("ten AdamW steps side by side with torch::optim::AdamW", "[engine]") {
    for (Variant variant : {Variant::relu, Variant::linear, Variant::frozen, Variant::paper}) {
        const Config config = small_config(variant);
        const Split split = split_pairs(config);
        Parameters parameters = initial_parameters(config);
        Transformer model(config, torch::kFloat64);
        load_parameters(model, parameters);
        torch::optim::AdamW textbook(model->parameters(), torch::optim::AdamWOptions(config.learning_rate)
                                                              .weight_decay(config.weight_decay)
                                                              .betas({config.beta1, config.beta2})
                                                              .eps(config.epsilon));
        ThreadPool pool(2);
        Engine engine(config, split.train, pool);
        AdamW ours(config, parameters.flat().size(), pool);
        Parameters gradient(config);
        for (int step = 0; step < 10; ++step) {
            textbook.zero_grad();
            cross_entropy(model->forward(tokens_of(config, split.train)), answers_of(config, split.train))
                .backward();
            textbook.step();
            engine.loss_and_gradient(parameters, gradient);
            ours.step(parameters.flat(), gradient.flat());
        }
        const auto tensors = model->in_order();
        for (std::size_t i = 0; i < tensors.size(); ++i) {
            const ParameterSpec& spec = parameters.specs()[i];
            // With attention frozen torch never steps W_Q and W_K; ours decays them, which changes no output
            if (!tensors[i].grad().defined()) continue;
            CAPTURE(to_string(variant), spec.name);
            const auto values = parameters.values(spec);
            const auto mine = torch::tensor(at::ArrayRef<float>(values.data(), values.size()))
                                  .to(torch::kFloat64)
                                  .view(tensors[i].sizes());
            CHECK((mine - tensors[i]).abs().max().item<double>() < step_tolerance);
        }
    }
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
