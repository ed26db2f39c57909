#include "sections/embedding/analysis.h"

#include "base/words.h"
#include "sections/embedding/claims.h"
#include "sections/embedding/facts.h"
#include "spectral/fourier.h"
#include "support/exact.h"
#include "support/judged_claim.h"
#include "support/planted.h"
#include "support/planted_model.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

using namespace grokreport;
using Catch::Matchers::WithinAbs;
using grokreport::testing::exact;
using grokreport::testing::noise;
using grokreport::testing::PlantedModel;

namespace {

EmbeddingResults results_of(const Weights& trained) {
    EmbeddingResults results;
    results.p = trained.p();
    results.untrained_embedding = spectrum_of(noise(trained.p(), 128, 1));
    results.untrained_decoder = spectrum_of(noise(trained.p(), 512, 2));
    const Spectrum spectrum = spectrum_of(number_embeddings(trained));
    results.early = {5000, spectrum_of(number_embeddings(trained) + 0.2 * noise(trained.p(), 12, 3))};
    results.middle = {10000, spectrum};
    results.late = {20000, spectrum};
    results.analysis = analyse_embedding(trained, 0);
    results.epoch = 20000;
    results.shown = {1};
    return results;
}

Claim claim(const std::optional<EmbeddingResults>& results, const std::string& id) {
    return testing::judged_claim(embedding_claims({}), results, id, "needs 20,000 epochs");
}

} // namespace

TEST_CASE("the Gini coefficient at its ends", "[embedding]") {
    CHECK_THAT(gini(Eigen::VectorXd::Constant(10, 3.0)), WithinAbs(0, exact));
    CHECK_THAT(gini(Eigen::VectorXd::Unit(10, 4)), WithinAbs(0.9, exact));
    CHECK_THAT(gini(Eigen::Vector2d(1, 3)), WithinAbs(0.25, exact));
    CHECK(std::isnan(gini(Eigen::VectorXd::Zero(3))));
}

TEST_CASE("the Jaccard index", "[embedding]") {
    CHECK(jaccard({1, 2, 3}, {2, 3, 4}) == 0.5);
    CHECK(jaccard({1, 2}, {1, 2}) == 1);
    CHECK(jaccard({1}, {2}) == 0);
    CHECK(std::isnan(jaccard({}, {})));
}

TEST_CASE("the norms of a spectrum hold all of the energy", "[embedding]") {
    for (int p : {7, 113}) {
        const Eigen::MatrixXd X = noise(p, 9, 5);
        const Spectrum spectrum = spectrum_of(X);
        CHECK_THAT(spectrum.constant_norm * spectrum.constant_norm + spectrum.cos_norms.squaredNorm() +
                       spectrum.sin_norms.squaredNorm(),
                   WithinAbs(X.squaredNorm(), exact * X.squaredNorm()));
        CHECK_THAT(spectrum.shares.sum(), WithinAbs(1, exact));
    }
}

TEST_CASE("planted frequencies are found, the last included, and told apart", "[embedding]") {
    const EmbeddingAnalysis analysis = analyse_embedding(PlantedModel{}.weights(), 0);
    CHECK(analysis.key == std::vector{4, 29});
    CHECK(analysis.idle == std::vector{11});
    CHECK(analysis.inactive.size() == 26);
    CHECK(analysis.embedding_planes.key.size() == 2);
    CHECK(analysis.embedding_planes.others.size() == 27);
    for (const Circle& circle : analysis.embedding_planes.key) {
        CHECK(circle.purity > 0.99);
        CHECK(circle.purity > circle.purity_null);
        CHECK(circle.ring.singular_value_ratio > 0.95);
    }
}

TEST_CASE("a plane that is not orthogonal to a key plane shows its circle", "[embedding]") {
    constexpr int p = 31;
    const Eigen::MatrixXd basis = fourier_basis(p);
    Eigen::MatrixXd X = Eigen::MatrixXd::Zero(p, 4);
    X.leftCols(2) = basis.middleCols(cos_column(3), 2);         // a circle in the first two directions
    X.leftCols(2) += 0.01 * basis.middleCols(cos_column(7), 2); // and a small one in the same plane
    const PlaneSurvey survey = survey_planes(X, {3}, 0);
    CHECK(survey.others.at(5).k == 7);
    CHECK(survey.others.at(5).purity < 0.001);
    CHECK(survey.leaked.at(5) > 0.999);
}

TEST_CASE("claims of section 5 on a planted model", "[embedding]") {
    const EmbeddingResults good = results_of(PlantedModel{}.weights());
    for (const char* id :
         {"embed.sparse", "embed.pruned", "embed.circles", "decoder.same-frequencies", "decoder.circles"}) {
        INFO(id << ": " << claim(good, id).reason);
        CHECK(claim(good, id).verdict == Verdict::pass);
    }
    CHECK(claim(good, "embed.other-frequencies").verdict == Verdict::not_run); // p is not the paper's

    SECTION("a circle pressed flat is none") {
        Weights flat = PlantedModel{}.weights();
        flat.W_E.col(1) *= 0.4;
        CHECK(claim(results_of(flat), "embed.circles").verdict == Verdict::fail);
        CHECK(claim(results_of(flat), "embed.sparse").verdict == Verdict::pass);
    }
    SECTION("an idle frequency is active in W_E: its circle is no control (amended 2026-11-27)") {
        PlantedModel model;
        model.idle_width = 1;
        CHECK(claim(results_of(model.weights()), "embed.circles").verdict == Verdict::pass);
    }
    SECTION("where a frequency that is not active draws a circle, a circle is no mark of key frequencies") {
        Weights weights = PlantedModel{}.weights();
        for (int n = 0; n < weights.p(); ++n) {
            const double angle = 2 * std::numbers::pi * 17 * n / weights.p();
            weights.W_E(n, 8) += 0.18 * std::cos(angle); // directions that no other circle has
            weights.W_E(n, 9) += 0.18 * std::sin(angle);
        }
        INFO(claim(results_of(weights), "embed.circles").reason);
        CHECK(claim(results_of(weights), "embed.circles").verdict == Verdict::inconclusive);
    }
    SECTION("numbers in another order have no frequencies") {
        Weights shuffled = PlantedModel{}.weights();
        std::mt19937 random(8);
        std::vector<int> order(static_cast<std::size_t>(shuffled.p()));
        for (int n = 0; n < shuffled.p(); ++n)
            order[static_cast<std::size_t>(n)] = n;
        std::ranges::shuffle(order, random);
        const Eigen::MatrixXd before = shuffled.W_E;
        for (int n = 0; n < shuffled.p(); ++n)
            shuffled.W_E.row(n) = before.row(order[static_cast<std::size_t>(n)]);
        const EmbeddingResults results = results_of(shuffled);
        CHECK(claim(results, "embed.sparse").verdict == Verdict::fail);
        CHECK(claim(results, "embed.circles").verdict == Verdict::fail);
        CHECK(claim(results, "decoder.same-frequencies").verdict == Verdict::fail);
    }
    SECTION("without key frequencies claims over them have no value") {
        Weights none = PlantedModel{}.weights();
        none.W_U.setZero();
        const EmbeddingResults results = results_of(none);
        CHECK(results.analysis.key.empty());
        for (const char* id :
             {"embed.circles", "embed.no-circles-elsewhere", "decoder.circles", "decoder.same-frequencies"})
            CHECK(claim(results, id).verdict == Verdict::fail);
        CHECK(to_json(claim(results, "embed.circles"))["value"].is_null());
        CHECK_NOTHROW(embedding_facts(results));
    }
    SECTION("frequencies that come back were not pruned") {
        EmbeddingResults results = good;
        std::swap(results.early, results.late);
        CHECK(claim(results, "embed.pruned").verdict == Verdict::fail);
    }
    SECTION("a short run") {
        CHECK(claim({}, "embed.circles").verdict == Verdict::not_run);
    }
}

TEST_CASE("lists as a sentence takes them", "[embedding]") {
    CHECK(listed({}) == "none");
    CHECK(listed({5}) == "5");
    CHECK(listed({5, 6, 7}) == "5, 6 and 7");
    CHECK(counted(4) == "four");
    CHECK(counted(15) == "15");
}
