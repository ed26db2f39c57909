#include "training/concurrent_runs.h"

#include "base/files.h"
#include "runs/paths.h"
#include "runs/trained_run.h"
#include "support/temporary_folder.h"

#include <catch2/catch.hpp>

using namespace grokreport;
using Catch::Matchers::Contains;
using grokreport::testing::TemporaryFolder;

namespace {

Config small(std::uint64_t seed) {
    Config config;
    config.seed = seed;
    config.epochs = 12;
    config.p = 7;
    config.d_model = 8;
    config.n_heads = 2;
    config.d_head = 4;
    config.d_mlp = 16;
    return config;
}

} // namespace

TEST_CASE("runs trained at once have the bytes of runs trained alone", "[concurrent]") {
    const TemporaryFolder folder;
    std::vector<TrainingJob> jobs;
    std::vector<TrainingCost> costs;
    for (const std::uint64_t seed : {0, 1, 2, 3, 4}) {
        jobs.push_back({small(seed), folder.path() / "concurrent" / std::to_string(seed)});
        costs.push_back(measure_cost(small(seed)));
        train(small(seed), folder.path() / "alone" / std::to_string(seed), {.threads = 1});
    }
    double share = 0;
    int finished = 0;
    const auto failures = train_concurrently(
        jobs, costs, {.threads = 3, .on_progress = [&](const ConcurrentProgress& progress) {
                          CHECK(progress.share >= share);
                          share = progress.share;
                          finished = progress.finished;
                      }});
    CHECK(failures == std::vector<std::string>(5));
    CHECK(share == Approx(1));
    CHECK(finished == 5);
    for (const std::string& file : {snapshot_file(12), std::string(metrics_file)})
        for (int seed = 0; seed < 5; ++seed)
            CHECK(read_file(folder.path() / "concurrent" / std::to_string(seed) / file) ==
                  read_file(folder.path() / "alone" / std::to_string(seed) / file));
}

TEST_CASE("a run that fails does not stop the others", "[concurrent]") {
    const TemporaryFolder folder;
    write_file(folder.path() / "blocked", "a file where a folder should be");
    const std::vector<TrainingJob> jobs{{small(0), folder.path() / "blocked"},
                                        {small(1), folder.path() / "free"}};
    const std::vector<TrainingCost> costs(2, measure_cost(small(0)));
    const auto failures = train_concurrently(jobs, costs, {.threads = 1});
    CHECK_FALSE(failures[0].empty());
    CHECK(failures[1].empty());
    CHECK(is_complete(small(1), folder.path() / "free"));
}

TEST_CASE("on request a run that fails stops the others, and its failure is thrown", "[concurrent]") {
    const TemporaryFolder folder;
    write_file(folder.path() / "blocked", "a file where a folder should be");
    Config endless = small(1);
    endless.epochs = 16'000'000;
    const std::vector<TrainingJob> jobs{{endless, folder.path() / "free"},
                                        {small(0), folder.path() / "blocked"}};
    const std::vector<TrainingCost> costs(2, measure_cost(small(0)));
    CHECK_THROWS_WITH(train_concurrently(jobs, costs, {.threads = 2, .stop_at_failure = true}),
                      Contains("blocked"));
}

TEST_CASE("threads without a run of their own help, and the bytes stay", "[concurrent]") {
    const TemporaryFolder folder;
    Config longer = small(0);
    longer.epochs = 400;
    train(longer, folder.path() / "alone", {.threads = 1});
    const std::vector<TrainingJob> jobs{{longer, folder.path() / "helped"},
                                        {small(1), folder.path() / "short"}};
    const std::vector<TrainingCost> costs(2, measure_cost(small(0)));
    CHECK(train_concurrently(jobs, costs, {.threads = 4}) == std::vector<std::string>(2));
    for (const std::string& file : {snapshot_file(400), std::string(metrics_file)})
        CHECK(read_file(folder.path() / "helped" / file) == read_file(folder.path() / "alone" / file));
}

TEST_CASE("the size of a run is known before it is trained, about", "[concurrent]") {
    const TemporaryFolder folder;
    train(small(0), folder.path(), {.threads = 1});
    std::uintmax_t size = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
        size += entry.file_size();
    const auto expected = static_cast<double>(measure_cost(small(0)).bytes);
    CHECK(expected > 0.4 * static_cast<double>(size));
    CHECK(expected < 2.0 * static_cast<double>(size));
}
