#include "sections/grokking/analysis.h"

#include "sections/grokking/claims.h"
#include "support/judged_claim.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

using namespace grokreport;

namespace {

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

} // namespace

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

namespace {

GrokkingResults results_of(int epochs, int grokked) {
    GrokkingResults results;
    results.epochs = epochs;
    results.milestones = training_milestones(planted_run(epochs, grokked));
    results.untrained = {0.01, 4.7, 0.01, 100};
    results.memorised = HeldOut{0.3, 10, 0.01, 100};
    if (epochs >= 10000) results.at_10k = HeldOut{1, 1e-6, 1, 100};
    results.n_test = 150;
    return results;
}

Verdict verdict(const GrokkingResults& results, const std::string& id) {
    return testing::judged_claim(grokking_claims({}), std::optional(results), id).verdict;
}

} // namespace

TEST_CASE("claims of section 4 on planted runs", "[grokking]") {
    const GrokkingResults good = results_of(20000, 5000);
    for (const char* id : {"grok.accuracy", "grok.accuracy-unseen", "grok.loss", "grok.epoch", "grok.delayed",
                           "grok.norm-decay", "model.symmetric"})
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
