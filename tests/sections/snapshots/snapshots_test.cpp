// Snapshots of one training: where they lie, and the page that `analyze --checkpoints` makes of them.
#include "base/files.h"
#include "base/process.h"
#include "checkpoint/checkpoint.h"
#include "checkpoint/layouts.h"
#include "checkpoint/safetensors.h"
#include "checkpoint/state_dict.h"
#include "sections/snapshots/analysis.h"
#include "sections/snapshots/places.h"
#include "support/oracle.h"
#include "support/temporary_folder.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

using namespace grokreport;
using Catch::Matchers::Contains;
using grokreport::testing::TemporaryFolder;

namespace {

std::vector<std::int64_t> epochs_of(const std::string& pattern) {
    std::vector<std::int64_t> epochs;
    for (const SnapshotPlace& place : find_snapshots(pattern))
        epochs.push_back(place.epoch);
    return epochs;
}

ProcessResult run_program(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), GROKREPORT_BINARY);
    return run_process(arguments, "", std::chrono::seconds(3600));
}

Claim measured_claim(const std::string& id, std::vector<double> values) {
    Claim claim;
    claim.definition.id = id;
    claim.definition.checks.resize(2);
    claim.definition.checks[1].bound = 0.5;
    claim.measurement.values = std::move(values);
    return claim;
}

} // namespace

TEST_CASE("snapshots are found by a pattern and ordered by the number in their names", "[snapshots]") {
    const TemporaryFolder folder;
    const std::string run = (folder / "a run").string();
    for (const char* name : {"epoch-20000.pt", "epoch-00000.pt", "epoch-500.pt", "last.pth"})
        write_file(std::filesystem::path(run) / name, "x");
    CHECK(epochs_of(run + "/*.pt") == std::vector<std::int64_t>{0, 500, 20000});
    CHECK(find_snapshots(run + "/*.pt")[1].file == run + "/epoch-500.pt");
    // A name without a number: the order of the names
    CHECK(epochs_of(run + "/*") == std::vector<std::int64_t>{0, 1, 2, 3});
    CHECK_THROWS_WITH(find_snapshots(run + "/*.bin"),
                      Contains("*.bin: no file has such a name") && Contains("in quotes"));
}

TEST_CASE("a single model is no run of snapshots", "[snapshots]") {
    const TemporaryFolder folder;
    const std::string file = (folder / "x[1].safetensors").string(); // a name with the signs of a pattern
    write_file(file, to_safetensors({{"embed.W_E", {1}, {0}}}));
    CHECK_THROWS_WITH(find_snapshots(file),
                      Contains("it names one model, not several") && Contains("--checkpoint"));
    write_file(file, to_safetensors({{"loss", {1}, {0}}}));
    CHECK_THROWS_WITH(find_snapshots(file), Contains("x[1].safetensors: it holds no model"));
    // A prefix that nobody could type
    write_file(file, to_safetensors({{std::string(300, 's') + ".embed.W_E", {1}, {0}}}));
    CHECK_THROWS_WITH(find_snapshots(file), Contains("it holds no model"));
    write_file(file, to_safetensors({{"s10.embed.W_E", {1}, {0}}, {"s9.embed.W_E", {1}, {0}}}));
    CHECK(epochs_of(file) == std::vector<std::int64_t>{9, 10});
    CHECK(find_snapshots(file)[0].item == "s9");
}

TEST_CASE("models of other sizes are no snapshots of one training", "[snapshots]") {
    ImportedModel small{}, large{};
    small.file = "a.pt";
    large.file = "b.pt";
    large.item = "7";
    small.models.config.p = 13;
    large.models.config.p = 17;
    CHECK_NOTHROW(require_same_sizes(small, small));
    CHECK_THROWS_WITH(require_same_sizes(small, large),
                      Contains("different p, d_model") && Contains("a.pt: 13, ") &&
                          Contains("b.pt, item 7: 17, ") && Contains("of one training"));
}

TEST_CASE("a curve has a value or a gap at each snapshot", "[snapshots]") {
    std::vector<Snapshot> snapshots(3);
    for (Snapshot& snapshot : snapshots)
        snapshot.claims = {measured_claim("grok.accuracy", {1, 1}),
                           measured_claim("readout.even", {1, 0.25})};
    snapshots[1].claims[1].measurement.values.clear(); // not run
    const std::vector<Curve> curves = readout_curves(snapshots);
    REQUIRE(curves.size() == 2);
    CHECK(curves[1].claim == "readout.even");
    CHECK(curves[1].check == 1);
    CHECK(curves[1].bound == 0.5);
    CHECK(curves[1].values[0] == 0.25);
    CHECK(std::isnan(curves[1].values[1]));
    for (Snapshot& snapshot : snapshots)
        snapshot.claims[1].measurement.values.clear();
    CHECK(readout_curves(snapshots).empty());
}

TEST_CASE("snapshots of a training elsewhere make one page", "[snapshots][pipeline][oracle]") {
    if (!testing::has_oracle()) return;
    const TemporaryFolder folder;
    std::vector<double> accuracies;
    std::vector<Tensor> all; // three models in one file
    for (const std::string epochs : {"2", "60", "250"}) {
        const auto said = nlohmann::json::parse(
            testing::ask_oracle("hooked_training_oracle.py",
                                {(folder / ("at-" + epochs + ".pt")).string(), "13", "1", epochs, "a + b"}));
        accuracies.push_back(said["accuracy"]);
        for (Tensor tensor : load_state_dict(folder / ("at-" + epochs + ".pt"), is_weight).tensors) {
            tensor.name.insert(0, "at-" + epochs + ".");
            all.push_back(std::move(tensor));
        }
    }
    write_file(folder / "run.safetensors", to_safetensors(all));
    CHECK(accuracies[0] < accuracies[2]);
    const ProcessResult result = run_program({"analyze", "--output", folder.path().string(), "--checkpoints",
                                              (folder / "run.safetensors").string()});
    CAPTURE(result.errors);
    REQUIRE(result.exit_status == 0);
    const std::filesystem::path made =
        std::filesystem::directory_iterator(folder / "report/imported")->path();
    CHECK_THAT(made.filename().string(), Contains("at-250"));
    const auto document = nlohmann::json::parse(read_file(made / "claims.json"));
    REQUIRE(document["snapshots"].size() == 3);
    for (std::size_t i = 0; i < 3; ++i)
        CHECK(document["snapshots"][i]["all"]["accuracy"] == accuracies[i]);
    CHECK(document["snapshots"][0]["epoch"] == 2);
    for (const auto& claim : document["claims"])
        CHECK(document["snapshots"][2]["verdicts"][claim["id"].get<std::string>()] == claim["verdict"]);
    const std::string page = read_file(made / "index.html");
    CHECK_THAT(page, Contains("Over the training") && Contains("analyze --checkpoints run.safetensors") &&
                         !Contains("--item"));
    CHECK(std::filesystem::exists(made / "figures/snapshot-curves.svg"));
    CHECK(std::filesystem::exists(made / "figures/snapshot-verdicts.svg"));
}
