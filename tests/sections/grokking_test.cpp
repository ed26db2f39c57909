#include "sections/grokking/analysis.h"
#include "sections/bounds.h"
#include "sections/grokking/findings.h"
#include "model/transformer.h"

#include <catch2/catch.hpp>

using namespace grokreport;

namespace {

constexpr double float32_tolerance = 1e-9; // double against double, from the same float32 weights

// A run that memorises at epoch 100 and groks at `grokked`, with a norm that halves every 2,000 epochs after
// it.
Metrics planted_run(int epochs, int grokked) {
    Metrics metrics;
    metrics.parameters = {"embed.W_E", "unembed.W_U"};
    for (int epoch = 0; epoch <= epochs; epoch += 50) {
        const double norm = epoch < grokked ? 100 : 20 + 80 * std::exp2((grokked - epoch) / 2000.0);
        metrics.rows.push_back(
            {epoch, 1, 1, epoch >= 100 ? 1.0 : 0.5, epoch >= grokked ? 1.0 : 0.3, {norm, 1}});
    }
    return metrics;
}

Weights weights_of(const Parameters& parameters) {
    std::vector<Tensor> tensors;
    for (const ParameterSpec& spec : parameters.specs()) {
        const auto values = parameters.values(spec);
        tensors.push_back({spec.name, spec.shape, {values.begin(), values.end()}});
    }
    return to_weights(tensors, "memory");
}

} // namespace

TEST_CASE("the Eigen forward pass is the textbook transformer", "[activations]") {
    for (Variant variant : {Variant::relu, Variant::linear, Variant::frozen}) {
        Config config;
        config.variant = variant;
        config.p = 31;
        config.n_heads = 3;
        config.d_head = 9;
        config.d_mlp = 40;
        Parameters parameters = initial_parameters(config);
        for (float& value : parameters.flat())
            value = 3 * value + 0.01F;
        const auto pairs = all_pairs(config.p);

        Transformer model(config, torch::kFloat64);
        load_parameters(model, parameters);
        const auto tokens = tokens_of(config, pairs), answers = answers_of(config, pairs);
        const auto textbook = model->forward(tokens);
        const Eigen::MatrixXd ours = activations(weights_of(parameters), variant, pairs).logits;

        const auto flat = textbook.contiguous();
        using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
        const Eigen::Map<const RowMajor> reference(flat.data_ptr<double>(), ours.rows(), ours.cols());
        CHECK((ours - reference).cwiseAbs().maxCoeff() < float32_tolerance * reference.cwiseAbs().maxCoeff());
        CHECK_THAT(
            mean_cross_entropy(ours, pairs, config.p),
            Catch::Matchers::WithinRel(cross_entropy(textbook, answers).item<double>(), float32_tolerance));
        CHECK(accuracy(ours, pairs, config.p) ==
              textbook.argmax(-1).eq(answers).to(torch::kFloat64).mean().item<double>());
        CHECK(asymmetry(weights_of(parameters), variant) < 1e-10);
    }
}

TEST_CASE("milestones are read off the curves", "[grokking]") {
    const TrainingMilestones milestones = training_milestones(planted_run(20000, 5000));
    CHECK(milestones.memorised_epoch == 100);
    CHECK(milestones.grokked_epoch == 5000);
    CHECK(milestones.norm_at_grok == 100);
    CHECK(milestones.norm_2000_later == 60);
    CHECK(milestones.norm_10000_later.has_value());

    const TrainingMilestones never = training_milestones(planted_run(20000, 30000));
    CHECK_FALSE(never.grokked_epoch.has_value());
    CHECK_FALSE(never.norm_at_grok.has_value());
    CHECK_FALSE(training_milestones(planted_run(6000, 5000)).norm_2000_later.has_value());
}

TEST_CASE("sustained accuracy is the best worst of an interval", "[grokking]") {
    Metrics metrics = planted_run(4000, 2000);
    CHECK(sustained_accuracy(metrics, 1000, 0.95, 40000).accuracy == 1);
    CHECK(sustained_accuracy(metrics, 1000, 0.95, 40000).reached_epoch == 2000);
    CHECK_FALSE(sustained_accuracy(metrics, 1000, 0.95, 2500).reached_epoch); // too late to count
    // A spike within every interval of 1,000 epochs keeps it from being sustained
    for (MetricsRow& row : metrics.rows)
        if (row.epoch % 500 == 0) row.test_accuracy = 0.9;
    const SustainedAccuracy spiky = sustained_accuracy(metrics, 1000, 0.95, 40000);
    CHECK(spiky.accuracy == 0.9);
    CHECK_FALSE(spiky.reached_epoch.has_value());
    CHECK(spiky.best == 1);
    CHECK(spiky.ever_exact);
    CHECK(spiky.n_after == 0);
    // One interval is kept, and what comes after it is told all the same
    Metrics relapse = planted_run(6000, 2000);
    relapse.rows.back().test_accuracy = 0.4;
    const SustainedAccuracy later = sustained_accuracy(relapse, 1000, 0.95, 40000);
    CHECK(later.reached_epoch == 2000);
    CHECK(later.n_after == 80);
    CHECK(later.n_below_after == 1);
    CHECK(later.least_after == 0.4);
    // A run shorter than the span sustains nothing
    CHECK(sustained_accuracy(planted_run(900, 100), 1000, 0.95, 40000).accuracy == 0);
}

namespace {

GrokkingResults results_of(int epochs, int grokked) {
    GrokkingResults results;
    results.config.epochs = epochs;
    results.milestones = training_milestones(planted_run(epochs, grokked));
    results.untrained = {0.01, 4.7, 0.01, 100};
    results.memorised = HeldOut{0.3, 10, 0.01, 100};
    if (epochs >= 10000) results.at_10k = HeldOut{1, 1e-6, 1, 100};
    results.n_test = 150;
    return results;
}

Verdict verdict(const GrokkingResults& results, const std::string& id) {
    auto measurements = grokking_measurements(results);
    std::ranges::move(
        linear_measurements({results.config, {0.97, 5000, 1, 0.97, true}, {0.3, {}, 0.3, 0.3, false}}),
        std::back_inserter(measurements));
    const auto table = table_of_bounds(results.config);
    const auto definition = std::ranges::find(table, id, &ClaimDefinition::id);
    const auto measurement = std::ranges::find(measurements, id, &Measurement::id);
    if (definition != table.end() && measurement != measurements.end())
        return judge(*definition, *measurement).verdict;
    FAIL("no claim " << id);
    return Verdict::fail;
}

} // namespace

TEST_CASE("claims of section 4 on planted runs", "[grokking]") {
    const GrokkingResults good = results_of(20000, 5000);
    for (const char* id : {"grok.accuracy", "grok.accuracy-unseen", "grok.loss", "grok.epoch", "grok.delayed",
                           "grok.norm-decay", "linear.groks", "model.symmetric"})
        CHECK(verdict(good, id) == Verdict::pass);

    SECTION("a run that groks late, or never") {
        CHECK(verdict(results_of(20000, 9000), "grok.epoch") == Verdict::fail);
        CHECK(verdict(results_of(20000, 30000), "grok.epoch") == Verdict::fail);
        CHECK(verdict(results_of(20000, 30000), "grok.norm-decay") == Verdict::fail);
        CHECK(verdict(results_of(20000, 1000), "grok.epoch") == Verdict::fail);
        CHECK(verdict(results_of(20000, 400), "grok.delayed") == Verdict::fail);
    }
    SECTION("a run too short to tell") {
        for (const char* id : {"grok.accuracy", "grok.loss", "grok.epoch", "grok.delayed", "grok.norm-decay"})
            CHECK(verdict(results_of(600, 5000), id) == Verdict::not_run);
        CHECK(verdict(results_of(12000, 5000), "grok.norm-decay") == Verdict::not_run);
    }
    SECTION("one wrong answer, or a control that passes too") {
        GrokkingResults results = good;
        results.at_10k->accuracy = 0.9999;
        CHECK(verdict(results, "grok.accuracy") == Verdict::fail);
        results = good;
        results.memorised->accuracy_unseen = 1;
        CHECK(verdict(results, "grok.accuracy-unseen") == Verdict::inconclusive);
        results = good;
        results.asymmetry = 1e-3;
        CHECK(verdict(results, "model.symmetric") == Verdict::fail);
    }
}
