// The factored engine against the textbook module in float64: loss, gradients and optimiser steps.
#include "model/transformer.h"
#include "training/adamw.h"
#include "training/engine.h"
#include "training/random_model.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <torch/optim/adamw.h>

using namespace grokreport;
using namespace grokreport::testing;

namespace {

constexpr double gradient_tolerance = 1e-4; // relative error of each gradient tensor: float32 against float64
constexpr double step_tolerance = 2e-5;     // absolute, after ten steps of size 1e-3

double relative_error(std::span<const float> ours, const torch::Tensor& reference) {
    const auto mine = torch::tensor(at::ArrayRef<float>(ours.data(), ours.size()))
                          .to(torch::kFloat64)
                          .view(reference.sizes());
    const double size = reference.norm().item<double>();
    const double difference = (mine - reference).norm().item<double>();
    return size == 0 ? difference : difference / size;
}

} // namespace

TEST_CASE("loss and every gradient agree with the textbook module in float64", "[engine]") {
    for (Variant variant : {Variant::relu, Variant::linear, Variant::frozen, Variant::paper}) {
        for (int p : {7, 23, 31, 101}) {
            Config config = small_config(variant);
            config.p = p;
            if (p > 31) config.train_fraction = 0.9; // more than eight chunks
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
            // With frozen attention torch leaves W_Q and W_K; ours decays them, which changes no output
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
