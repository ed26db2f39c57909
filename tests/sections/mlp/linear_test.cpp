#include "sections/mlp/linear.h"

#include <catch2/catch.hpp>

using namespace grokreport;

namespace {

Metrics run_that_groks_at(int grokked, int epochs) {
    Metrics metrics;
    for (int epoch = 0; epoch <= epochs; epoch += 50)
        metrics.rows.push_back({epoch, 1, 1, 1.0, epoch >= grokked ? 1.0 : 0.3, {}});
    return metrics;
}

} // namespace

TEST_CASE("sustained accuracy is the best worst of an interval", "[linear]") {
    Metrics metrics = run_that_groks_at(2000, 4000);
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
    Metrics relapse = run_that_groks_at(2000, 6000);
    relapse.rows.back().test_accuracy = 0.4;
    const SustainedAccuracy later = sustained_accuracy(relapse, 1000, 0.95, 40000);
    CHECK(later.reached_epoch == 2000);
    CHECK(later.n_after == 80);
    CHECK(later.n_below_after == 1);
    CHECK(later.least_after == 0.4);
    // A run shorter than the span sustains nothing
    CHECK(sustained_accuracy(run_that_groks_at(100, 900), 1000, 0.95, 40000).accuracy == 0);
}

TEST_CASE("a model without ReLU groks where its accuracy stays high and that of its control does not",
          "[linear]") {
    const auto claim_of = [](const LinearResults& results) {
        const auto list = linear_claims({});
        return judge_all(definitions_of(list), measure_claims(list, std::optional(results), "")).front();
    };
    const SustainedAccuracy high{0.97, 5000, 1, 0.97, true}, low{0.3, {}, 0.3, 0.3, false};
    CHECK(claim_of({20000, high, low}).definition.id == "linear.groks");
    CHECK(claim_of({20000, high, low}).verdict == Verdict::pass);
    CHECK(claim_of({20000, high, high}).verdict == Verdict::inconclusive);
    CHECK(claim_of({40000, low, low}).verdict == Verdict::fail);
    CHECK(claim_of({20000, low, low}).verdict == Verdict::not_run); // a longer run may still grok
}
