// The claims of a real run against tests/oracles/claims_oracle.py, which knows the definitions and none of
// our code.
#include "base/files.h"
#include "pipeline/seed_report.h"
#include "runs/paths.h"
#include "spectral/fourier.h"
#include "support/oracle.h"
#include "support/temporary_folder.h"
#include "training/trainer.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>

using namespace grokreport;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using grokreport::testing::TemporaryFolder;

namespace fs = std::filesystem;
using Json = nlohmann::json;
using namespace std::chrono_literals;

namespace {

// Both sides read the same float32 weights and compute in 64 bits, so that only the order of sums differs.
constexpr double tolerance = 1e-6;       // relative
constexpr double rounding = 1e-9;        // absolute: differences that are 0 but for rounding
constexpr std::size_t least_claims = 10; // of those compared
constexpr std::size_t least_readout_claims = 8;

// Groks within seconds, on frequencies that include the last one, (p - 1) / 2; four heads tuned to two
// frequencies, so that the petals exist too. 20,000 epochs, because the claims look at that snapshot.
Study small_grokking_model() {
    Study study;
    Config& config = study.config;
    config.p = 23;
    config.d_model = 32;
    config.n_heads = 4;
    config.d_head = 8;
    config.d_mlp = 64;
    config.train_fraction = 0.8;
    config.epochs = 20'000;
    study.linear_epochs = 20;
    return study;
}

void compare(const Json& ours, const Json& theirs) {
    if (theirs.is_null()) return; // compares with random permutations
    REQUIRE(ours.is_number());
    const double expected = theirs.get<double>();
    CHECK_THAT(ours.get<double>(), WithinRel(expected, tolerance) || WithinAbs(expected, rounding));
}

// Those claims that `seen` has. Returns how many.
std::size_t compare_claims(const Json& claims, const Json& seen) {
    std::size_t compared = 0;
    for (const Json& claim : claims) {
        const auto id = claim["id"].get<std::string>();
        if (!seen.contains(id)) continue; // read off the training curves, or on the model without ReLU
        CAPTURE(id);
        if (id == "model.symmetric") { // rounding alone: both are tiny, and that is all
            CHECK(claim["value"].get<double>() < rounding);
            continue;
        }
        const Json &checks = claim["checks"], &values = seen[id]["values"];
        if (claim["verdict"] == "not-run") { // no idle frequency, say: then python has no number either
            CHECK(std::ranges::any_of(values, [](const Json& value) { return value.is_null(); }));
            continue;
        }
        REQUIRE(checks.size() == values.size());
        for (std::size_t i = 0; i < values.size(); ++i) {
            CAPTURE(checks[i]["metric"]);
            compare(checks[i]["value"], values[i]);
        }
        if (seen[id].contains("control")) {
            CAPTURE(claim["control"]);
            const Json &control = claim["control"]["values"], &expected = seen[id]["control"];
            REQUIRE(!control.empty());
            for (std::size_t i = 0; i < std::min(control.size(), expected.size()); ++i)
                compare(control[i], expected[i]);
        }
        if (seen[id].contains("control_within")) { // other random numbers: their range
            CHECK(claim["control"]["value"] >= seen[id]["control_within"][0]);
            CHECK(claim["control"]["value"] <= seen[id]["control_within"][1]);
        }
        ++compared;
    }
    return compared;
}

} // namespace

TEST_CASE("python recomputes the claims from the checkpoints alone", "[pipeline][oracle]") {
    if (!testing::has_oracle()) return;
    const TemporaryFolder folder;
    const Study study = small_grokking_model();
    const Place place{{folder.path(), {}}, 2};
    for (const Variant variant : report_variants) {
        const Config config = variant_of(study, variant);
        train(config, place.paths.run(config), {.threads = 2});
    }
    Json claims = Json::array();
    for (const Claim& claim : judge_seed(study, place))
        claims.push_back(Json::parse(to_json(claim).dump()));
    const fs::path run = place.paths.run(study.config);
    const auto K = key_frequencies(load_weights(run / "epoch-20000.pt", study.config));

    const auto seen = Json::parse(testing::ask_oracle("claims_oracle.py", {run.string()}));
    CHECK(Json(K) == seen["key_frequencies"]);
    CHECK(seen["key_frequencies"].back() == 11); // else this run tests too little
    CHECK(compare_claims(claims, seen) >= least_claims);

    const auto readout = Json::parse(
        testing::ask_oracle("readout_oracle.py", {(run / "epoch-20000.pt").string(), "--claims", "--before",
                                                  (run / "epoch-00000.pt").string()}));
    CHECK(compare_claims(claims, readout) >= least_readout_claims);
}
