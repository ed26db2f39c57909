#include "sections/beyond/analysis.h"
#include "sections/grokking/analysis.h"
#include "base/seeded_random.h"
#include "sections/beyond/findings.h"
#include "spectral/fourier.h"
#include "model/transformer.h"

#include <catch2/catch.hpp>
#include <limits>
#include <numbers>
#include <random>

using namespace grokreport;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

constexpr double exact = 1e-10;

Eigen::MatrixXd noise(Eigen::Index rows, Eigen::Index cols) {
    std::mt19937 random(5);
    std::normal_distribution<double> normal;
    return Eigen::MatrixXd::NullaryExpr(rows, cols, [&] { return normal(random); });
}

// Logits sum over k of cos w_k(a + b - c); the last column is that of '='.
Eigen::MatrixXd clock_logits(int p, const std::vector<int>& frequencies) {
    Eigen::MatrixXd logits = Eigen::MatrixXd::Zero(p * p, p + 1);
    for (int a = 0; a < p; ++a)
        for (int b = 0; b < p; ++b)
            for (int c = 0; c < p; ++c)
                for (int k : frequencies)
                    logits(a * p + b, c) += std::cos(2 * std::numbers::pi * k * (a + b - c) / p);
    return logits;
}

struct SmallModel {
    Config config;
    Weights weights;
    Transformer module{nullptr};
};

SmallModel small_model() {
    SmallModel model;
    model.config.p = 13;
    model.config.d_model = 16;
    model.config.n_heads = 3;
    model.config.d_head = 5;
    model.config.d_mlp = 24;
    Parameters parameters = initial_parameters(model.config);
    for (float& value : parameters.flat())
        value = 3 * value + 0.01F;
    std::vector<Tensor> tensors;
    for (const ParameterSpec& spec : parameters.specs()) {
        const auto values = parameters.values(spec);
        tensors.push_back({spec.name, spec.shape, {values.begin(), values.end()}});
    }
    model.weights = to_weights(tensors, "memory");
    model.module = Transformer(model.config, torch::kFloat64);
    load_parameters(model.module, parameters);
    return model;
}

} // namespace

TEST_CASE("logits of clocks are all of the form, and keep it when restricted", "[beyond]") {
    for (int p : {7, 31}) {
        const std::vector<int> planted{2, (p - 1) / 2};
        const Eigen::MatrixXd logits = clock_logits(p, planted);
        CHECK_THAT(variance_on_answers(logits, planted), WithinAbs(1, exact));
        CHECK_THAT(variance_on_answers(logits, {(p - 1) / 2}), WithinAbs(0.5, exact));
        CHECK_THAT(variance_on_answers(logits, {1}), WithinAbs(0, exact));
        const Eigen::MatrixXd by_sum = restricted_to_sums(logits, planted);
        CHECK((by_sum.row(3) - logits.row(1 * p + 2)).cwiseAbs().maxCoeff() < exact);
        CHECK(restricted_to_sums(logits, {}).cwiseAbs().maxCoeff() < exact);
        const std::vector<double> all_right{1, 1};
        CHECK(accuracy_by_frequencies_kept(logits, planted) == all_right);
    }
}

TEST_CASE("noise is hardly of the form", "[beyond]") {
    CHECK(variance_on_answers(noise(31 * 31, 32), {1, 2, 3}) < 0.01);
}

TEST_CASE("distance is irrelevant to a clock's logits and all that matters to a pizza's", "[beyond]") {
    constexpr int p = 31;
    Eigen::MatrixXd clock = clock_logits(p, {3}), pizza = clock;
    for (int a = 0; a < p; ++a)
        for (int b = 0; b < p; ++b) {
            clock.row(a * p + b) *= 1 + std::cos(2 * std::numbers::pi * (a + b) / p) / 4;
            pizza.row(a * p + b) *= std::abs(std::cos(std::numbers::pi * 3 * (a - b) / p));
        }
    CHECK_THAT(distance_irrelevance(clock), WithinAbs(1, exact));
    CHECK_THAT(distance_irrelevance(pizza), WithinAbs(0, exact));
}

TEST_CASE("neurons of one frequency are counted, products of a and b and the last frequency included",
          "[beyond]") {
    constexpr int p = 13, k = 6;
    Eigen::MatrixXd post(p * p, 4);
    const auto wave = [](int frequency, int t) { return std::cos(2 * std::numbers::pi * frequency * t / p); };
    for (int a = 0; a < p; ++a)
        for (int b = 0; b < p; ++b)
            post.row(a * p + b) << 3 + wave(k, a) + wave(k, b) + wave(k, a) * wave(k, b),
                wave(1, a) + wave(2, b), // two frequencies
                wave(1, a) * wave(2, b), // a product of two
                7;                       // dead
    CHECK(single_frequency_neurons(post, p, explained_level) == 0.25);
}

TEST_CASE("gradient symmetricity is that of automatic differentiation", "[beyond]") {
    SmallModel model = small_model();
    constexpr int triples = 20;
    auto random = seeded_random(4, RandomStream::samples);
    double sum = 0;
    for (int i = 0; i < triples; ++i) {
        const auto draw = [&] { return static_cast<std::int64_t>(random() % 13); };
        std::int64_t a = draw(), b = draw();
        const std::int64_t c = draw();
        if (a == b) { // one row of W_E stands for both: not what automatic differentiation can tell apart
            sum += 1;
            continue;
        }
        const auto tokens = torch::tensor({{a, b, std::int64_t{13}}});
        model.module->zero_grad();
        model.module->forward(tokens)[0][c].backward();
        const auto gradient = model.module->W_E.grad();
        sum += torch::cosine_similarity(gradient[a], gradient[b], 0).item<double>();
    }
    CHECK_THAT(gradient_symmetricity(model.weights, 4, triples), WithinAbs(sum / triples, 1e-9));
}

TEST_CASE("with nothing excluded the excluded loss is the training loss", "[beyond]") {
    const SmallModel model = small_model();
    const Split split = split_pairs(model.config);
    const ProgressLosses losses = progress_losses(model.weights, split, {});
    CHECK_THAT(losses.excluded, WithinRel(losses.train, exact));
    CHECK_THAT(losses.test, WithinRel(held_out(model.weights, Variant::relu, split).loss, exact));
}

TEST_CASE("attention that never varies can be held at its mean", "[beyond]") {
    SmallModel model = small_model();
    for (auto& W_Q : model.weights.W_Q)
        W_Q.setZero();
    const Split split = split_pairs(model.config);
    CHECK(accuracy_with_mean_attention(model.weights, split) ==
          held_out(model.weights, Variant::relu, split).accuracy);
}

TEST_CASE("chance is what the controls are called", "[beyond]") {
    ClaimDefinition definition;
    definition.checks = {{"first", Relation::at_least, 0.9, "", ""}, {"second", Relation::less, 2, "", ""}};
    std::vector<ClaimDefinition> table(4, definition);
    for (int i = 0; i < 4; ++i)
        table[static_cast<std::size_t>(i)].id = std::to_string(i);
    const ChanceVerdicts verdicts = chance_verdicts(
        table, {{.id = "0", .values = {1, 1}, .control = {0.95}},
                {.id = "1", .values = {1, 1}, .control = {0.95, 3}},
                {.id = "2", .values = {1, 1}},
                {.id = "3", .values = {1, 1}, .control = {std::numeric_limits<double>::quiet_NaN()}}});
    CHECK(verdicts.controls == 2);
    CHECK(verdicts.green == 1);
}
