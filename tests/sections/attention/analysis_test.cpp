#include "sections/attention/analysis.h"

#include "model/activations.h"
#include "model/fixed_number.h"
#include "sections/attention/claims.h"
#include "sections/attention/facts.h"
#include "support/exact.h"
#include "support/judged_claim.h"
#include "support/planted_model.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace grokreport;
using Catch::Matchers::WithinAbs;
using grokreport::testing::exact;
using grokreport::testing::PlantedModel;

namespace {

AttentionResults results_of(const Weights& weights, const std::vector<int>& key) {
    Weights untrained = weights;
    for (Eigen::MatrixXd& W_Q : untrained.W_Q)
        W_Q *= 1e-4;
    AttentionResults results;
    results.analysis = analyse_attention(weights, key, 0);
    results.untrained = analyse_attention(untrained, key, 0);
    return results;
}

Verdict verdict(const std::optional<AttentionResults>& results, const std::string& id) {
    return testing::judged_claim(attention_claims({}), results, id, "too short").verdict;
}

} // namespace

TEST_CASE("what a softmax makes of frequencies, folded", "[attention]") {
    CHECK(softmax_frequencies({3, 10}, 113) == std::vector{3, 6, 7, 10, 13, 20});
    CHECK(softmax_frequencies({50}, 113) == std::vector{13, 50});
    CHECK(softmax_frequencies({56}, 113) == std::vector{1, 56});
    CHECK(softmax_frequencies({}, 113).empty());
    CHECK(fixed_number(113) == 70);
    CHECK(fixed_number(23) == 1);
}

TEST_CASE("the heads of a planted model are tuned as planted", "[attention]") {
    const PlantedModel model;
    const AttentionAnalysis analysis = analyse_attention(model.weights(), {4, 29}, 0);
    REQUIRE(analysis.heads.size() == 2);
    CHECK(analysis.heads[0].top == 4);
    CHECK(analysis.heads[1].top == 29);
    for (const HeadAttention& head : analysis.heads) {
        CHECK(head.top_share > 0.9);
        CHECK(head.periodic_share > 0.95);
        CHECK(head.periodic_share_2d > 0.9);
        CHECK(head.mean_to_equals < 1e-6);
        CHECK_THAT((head.at_fixed_a.rowwise().sum().array() - 1).abs().maxCoeff(), WithinAbs(0, exact));
        // At fixed a the energy of the norms is the variance of the curve
        const Eigen::VectorXd curve = head.at_fixed_a.col(0);
        CHECK_THAT(head.norms.squaredNorm(), WithinAbs((curve.array() - curve.mean()).square().sum(), exact));
    }
    CHECK(analysis.null_share < analysis.heads[0].periodic_share);
    CHECK(analysis.null_share_2d < analysis.heads[0].periodic_share_2d);
}

TEST_CASE("a set of all frequencies holds all of the energy, and so does its null", "[attention]") {
    PlantedModel model;
    model.p = 7;
    model.first = 1;
    model.second = 3;
    model.idle = 2;
    const AttentionAnalysis analysis = analyse_attention(model.weights(), {1, 2, 3}, 0);
    CHECK_THAT(analysis.covered, WithinAbs(1, exact));
    CHECK_THAT(analysis.covered_2d, WithinAbs(1, exact));
    for (const HeadAttention& head : analysis.heads) {
        CHECK_THAT(head.periodic_share, WithinAbs(1, exact));
        CHECK_THAT(head.periodic_share_2d, WithinAbs(1, exact));
    }
    CHECK_THAT(analysis.null_share, WithinAbs(1, exact));
}

TEST_CASE("the last row of a sampled map is the attention at '='", "[attention]") {
    const Weights weights = PlantedModel{}.weights();
    const auto samples = sampled_attention(weights, 6, 4);
    REQUIRE(samples.size() == 6);
    for (const SampledMaps& sample : samples) {
        const std::vector<Pair> pair{sample.pair};
        const Activations at_equals = activations(weights, Variant::relu, pair);
        for (std::size_t head = 0; head < sample.heads.size(); ++head) {
            CHECK_THAT((sample.heads[head].row(2) - at_equals.attention[head].row(0)).norm(),
                       WithinAbs(0, exact));
            CHECK(sample.heads[head](0, 0) == 1);
            CHECK(sample.heads[head](0, 1) == 0);
        }
    }
}

TEST_CASE("claims of section 6 on a planted model", "[attention]") {
    const AttentionResults good = results_of(PlantedModel{}.weights(), {4, 29});
    for (const char* id : {"attention.not-uniform", "attention.equals-ignored", "attention.periodic-b",
                           "attention.periodic-a-and-b"}) {
        INFO(id);
        CHECK(verdict(good, id) == Verdict::pass);
    }

    SECTION("tokens in another order are not periodic") {
        Weights shuffled = PlantedModel{}.weights();
        std::mt19937 random(8);
        Eigen::PermutationMatrix<Eigen::Dynamic> order(shuffled.p() + 1);
        order.setIdentity();
        std::shuffle(order.indices().data(), order.indices().data() + shuffled.p(), random);
        shuffled.W_E = order * shuffled.W_E;
        const AttentionResults results = results_of(shuffled, {4, 29});
        CHECK(verdict(results, "attention.periodic-b") == Verdict::fail);
        CHECK(verdict(results, "attention.periodic-a-and-b") == Verdict::fail);
        CHECK(verdict(results, "attention.heads-tuned") == Verdict::fail);
        CHECK(verdict(results, "attention.not-uniform") == Verdict::pass);
    }
    SECTION("heads that do not care") {
        AttentionResults results = good;
        results.analysis = results.untrained;
        CHECK(verdict(results, "attention.not-uniform") == Verdict::fail);
    }
    SECTION("without key frequencies there is no value") {
        const AttentionResults results = results_of(PlantedModel{}.weights(), {});
        CHECK(verdict(results, "attention.periodic-b") == Verdict::fail);
        CHECK(verdict(results, "attention.periodic-a-and-b") == Verdict::fail);
        CHECK_NOTHROW(attention_facts(results));
    }
    SECTION("a short run") {
        CHECK(verdict({}, "attention.heads-tuned") == Verdict::not_run);
    }
}
