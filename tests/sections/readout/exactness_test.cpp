#include "sections/readout/exactness.h"

#include "base/error.h"
#include "base/files.h"
#include "model/textbook_gradient.h"
#include "runs/paths.h"
#include "support/temporary_folder.h"
#include "training/random_model.h"
#include "training/trainer.h"

#include <catch2/catch.hpp>
#include <optional>

using namespace grokreport;
using namespace grokreport::testing;

namespace {

Config short_run() {
    Config config = small_config(Variant::relu);
    config.train_fraction = 0.6;
    config.epochs = 1500;
    return config;
}

} // namespace

TEST_CASE("at every snapshot of a run the engine has the textbook's gradients", "[readout][engine]") {
    const TemporaryFolder folder;
    const Config config = short_run();
    train(config, folder.path(), {});
    const TrainedRun run = load_run(config, folder.path());
    REQUIRE(run.memorised_epoch);

    const std::optional<ExactnessResults> results = compare_with_textbook(run);
    REQUIRE(results->snapshots.size() == 3); // untrained, memorised, last
    CHECK(results->snapshots[1].epoch == *run.memorised_epoch);
    CHECK(std::isnan(results->snapshots[0].other_gradient));
    for (const SnapshotError& at : results->snapshots) {
        CAPTURE(at.epoch, at.parameter);
        CHECK(at.gradient > 0); // single precision
        CHECK(at.left_out < static_cast<int>(0.1 * config.p * config.p));
    }
    const auto claims =
        judge_all(definitions_of(exactness_claims()), measure_claims(exactness_claims(), results, ""));
    CAPTURE(claims.front().reason);
    CHECK(claims.front().verdict == Verdict::pass);
}

TEST_CASE("a gradient of other weights is not taken for exact", "[readout][engine]") {
    ExactnessResults results;
    results.snapshots = {
        {.epoch = 0, .loss = 1e-9, .gradient = 1e-6, .parameter = "W_E", .other_gradient = 0},
        {.epoch = 9, .loss = 1e-9, .gradient = 2e-3, .parameter = "W_U", .other_gradient = 1}};
    const auto judged = [&] {
        return judge_all(definitions_of(exactness_claims()),
                         measure_claims(exactness_claims(), std::optional(results), ""))
            .front()
            .verdict;
    };
    CHECK(judged() == Verdict::fail);
    results.snapshots[1].gradient = 2e-6;
    CHECK(judged() == Verdict::pass);
    results.snapshots[1].other_gradient = 1e-5;
    CHECK(judged() == Verdict::inconclusive);
    results.snapshots[0].loss = 1e-3;
    CHECK(judged() == Verdict::fail);
}

TEST_CASE("the textbook's gradient is the slope of its loss", "[engine]") {
    const Config config = small_config(Variant::relu);
    const Split split = split_pairs(config);
    Parameters parameters = random_parameters(config);
    const TextbookGradient at = textbook_gradient(config, split.train, parameters);
    constexpr float step = 1.0F / 8192;
    for (std::size_t i = 0; i < parameters.specs().size(); ++i) {
        const ParameterSpec& spec = parameters.specs()[i];
        CAPTURE(spec.name);
        REQUIRE(at.tensors[i].size() == spec.size);
        float& value = parameters.values(spec)[spec.size / 2];
        const float before = value;
        value = before + step;
        const double width = 2 * (static_cast<double>(value) - before);
        const double above = textbook_gradient(config, split.train, parameters).loss;
        value = before - (value - before);
        const double below = textbook_gradient(config, split.train, parameters).loss;
        value = before;
        CHECK((above - below) / width == Approx(at.tensors[i][spec.size / 2]).epsilon(0.01).margin(1e-4));
    }
}

TEST_CASE("a damaged snapshot is named", "[readout]") {
    const TemporaryFolder folder;
    Config config = short_run();
    config.epochs = 5;
    train(config, folder.path(), {});
    const TrainedRun run = load_run(config, folder.path());
    const auto snapshot = folder / snapshot_file(5);
    write_file(snapshot, read_file(snapshot).substr(0, 1000));
    CHECK_THROWS_WITH(compare_with_textbook(run), Catch::Matchers::Contains("epoch-00005.pt"));
}
