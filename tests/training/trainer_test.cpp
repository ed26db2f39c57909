#include "base/error.h"
#include "base/files.h"
#include "base/folder_lock.h"
#include "checkpoint/checkpoint.h"
#include "runs/paths.h"
#include "runs/trained_run.h"
#include "support/reliability.h"
#include "support/temporary_folder.h"
#include "training/trainer.h"

#include <catch2/catch.hpp>

using namespace grokreport;
using grokreport::testing::TemporaryFolder;

namespace {

Config tiny(Variant variant) {
    Config config;
    config.variant = variant;
    config.p = 11;
    config.d_model = 16;
    config.n_heads = 2;
    config.d_head = 8;
    config.d_mlp = 24;
    config.epochs = 630;
    config.seed = 4;
    return config;
}

struct Interruption {};

// Trains with an interruption after every `patience` epochs, until the run is complete.
void train_with_interruptions(const Config& config, const std::filesystem::path& folder, int patience) {
    for (int attempt = 0; !is_complete(config, folder); ++attempt) {
        REQUIRE(attempt < 1000);
        TrainingOptions options;
        options.threads = 1 + attempt % 2;
        options.save_every = std::chrono::milliseconds(0);
        options.on_progress = [&](const TrainingProgress& at) {
            if (at.epoch - at.first_epoch == patience) throw Interruption();
        };
        try {
            train(config, folder, options);
        } catch (const Interruption&) {
        }
    }
}

} // namespace

// A save after every epoch waits for the disk: the epochs are few, but enough to memorise the training pairs.
TEST_CASE("a run that was cut off and resumed ends with the same bits", "[trainer]") {
    for (Variant variant : {Variant::relu, Variant::linear, Variant::paper}) {
        Config config = tiny(variant);
        config.epochs = 400;
        const TemporaryFolder folder;
        train(config, folder.path() / "whole", {});
        train_with_interruptions(config, folder.path() / "resumed", 31);
        for (const std::string& file :
             {snapshot_file(0), snapshot_file(config.epochs), std::string(memorised_file),
              std::string(metrics_file), std::string(config_file)})
            CHECK(read_file(folder.path() / "whole" / file) == read_file(folder.path() / "resumed" / file));
        CHECK_FALSE(std::filesystem::exists(folder.path() / "resumed" / resume_file));
    }
}

TEST_CASE("training memorises, and its run is read back", "[trainer]") {
    const Config config = tiny(Variant::relu);
    const TemporaryFolder folder;
    train(config, folder.path(), {});
    const TrainedRun run = load_run(config, folder.path());
    REQUIRE(run.memorised_epoch.has_value());
    CHECK(run.metrics.rows.front().train_accuracy < 1);
    CHECK(run.metrics.rows.back().epoch == config.epochs);
    CHECK(run.metrics.rows.back().train_loss < 0.1 * run.metrics.rows.front().train_loss);
    CHECK(run.metrics.parameters.size() == run.metrics.rows.front().sums_of_squares.size());
}

TEST_CASE("a complete run is left alone, and trained anew when asked", "[trainer]") {
    const Config config = tiny(Variant::relu);
    const TemporaryFolder folder;
    train(config, folder.path(), {});
    bool trained = false;
    TrainingOptions options;
    options.on_progress = [&](const TrainingProgress&) { trained = true; };
    train(config, folder.path(), options);
    CHECK_FALSE(trained);
    options.retrain = true;
    train(config, folder.path(), options);
    CHECK(trained);
}

TEST_CASE("a damaged resume file is named, or harmless", "[trainer]") {
    const Config config = tiny(Variant::relu);
    const TemporaryFolder folder, undisturbed;
    train(config, undisturbed.path(), {});
    TrainingOptions options;
    options.save_every = std::chrono::milliseconds(0);
    options.on_progress = [](const TrainingProgress& at) {
        if (at.epoch == 20) throw Interruption();
    };
    CHECK_THROWS_AS(train(config, folder.path() / "cut", options), Interruption);
    const std::string bytes = read_file(folder.path() / "cut" / resume_file);
    int named = 0;
    constexpr int n_flips = 40;
    for (int i = 0; i < n_flips; ++i) {
        const auto run = folder.path() / std::to_string(i);
        std::filesystem::copy(folder.path() / "cut", run);
        std::string damaged = bytes;
        char& flipped = damaged[bytes.size() * static_cast<std::size_t>(i) / n_flips];
        flipped = static_cast<char>(flipped ^ 1);
        write_file(run / resume_file, damaged);
        bool held = false;
        try {
            train(config, run, {}); // a byte between the records of the archive is never read
            held = read_file(run / snapshot_file(config.epochs)) ==
                   read_file(undisturbed.path() / snapshot_file(config.epochs));
        } catch (const Error& error) {
            ++named;
            CHECK_THAT(error.what(), Catch::Contains(resume_file) && Catch::Contains("--retrain"));
            held = true;
        }
        testing::tried("Damaged", "the optimiser's state of a training that was cut off: one bit flipped",
                       "it is named, or the training ends with the same bytes", held);
    }
    CHECK(named > n_flips / 2);
}

TEST_CASE("whatever file of a run is damaged is named and not used", "[trainer]") {
    const Config config = tiny(Variant::relu);
    const TemporaryFolder folder;
    SECTION("of a finished run") {
        train(config, folder.path(), {});
        CHECK_NOTHROW(load_run(config, folder.path()));
        for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
            const auto& file = entry.path();
            CAPTURE(file.string());
            const std::string bytes = read_file(file);
            for (const std::size_t at : {std::size_t{0}, bytes.size() / 3, bytes.size() - 1}) {
                std::string damaged = bytes;
                damaged[at] = static_cast<char>(damaged[at] ^ 1);
                write_file(file, damaged);
                CHECK_THROWS_WITH(load_run(config, folder.path()),
                                  Catch::Contains(folder.path().string()) && Catch::Contains("damaged"));
            }
            write_file(file, bytes.substr(0, bytes.size() / 2));
            CHECK_THROWS_WITH(load_run(config, folder.path()), Catch::Contains("damaged"));
            write_file(file, bytes);
        }
        CHECK_NOTHROW(load_run(config, folder.path()));
    }
    SECTION("the curves of an unfinished one") {
        TrainingOptions options;
        options.save_every = std::chrono::milliseconds(0);
        options.on_progress = [](const TrainingProgress& at) {
            if (at.epoch == 40) throw Interruption();
        };
        CHECK_THROWS_AS(train(config, folder.path(), options), Interruption);
        const auto curves = folder / metrics_file;
        std::string csv = read_file(curves);
        const std::size_t digit = csv.rfind('.') + 1;
        csv[digit] = csv[digit] == '1' ? '2' : '1';
        write_file(curves, csv);
        CHECK_THROWS_WITH(train(config, folder.path(), {}),
                          Catch::Contains(metrics_file) && Catch::Contains("damaged"));
    }
}

TEST_CASE("a run that another process trains is left alone", "[trainer]") {
    const Config config = tiny(Variant::relu);
    const TemporaryFolder folder;
    {
        const FolderLock theirs(folder.path());
        CHECK_THROWS_WITH(train(config, folder.path(), {}), Catch::Contains("another grokreport"));
    }
    CHECK_NOTHROW(train(config, folder.path(), {}));
    const FolderLock theirs(folder.path());
    CHECK_NOTHROW(train(config, folder.path(), {})); // there is nothing to do
    TrainingOptions anew;
    anew.retrain = true;
    CHECK_THROWS_WITH(train(config, folder.path(), anew), Catch::Contains("another grokreport"));
    CHECK(is_complete(config, folder.path()));
}

TEST_CASE("training that diverges stops with the epoch and the last good snapshot", "[trainer]") {
    Config config = tiny(Variant::relu);
    config.learning_rate = 1e30;
    const TemporaryFolder folder;
    CHECK_THROWS_WITH(train(config, folder.path(), {}),
                      Catch::Contains("no longer finite at epoch") && Catch::Contains("epoch-00000.pt"));
}

TEST_CASE("a run says who trained it, session by session", "[trainer]") {
    const Config config = tiny(Variant::relu);
    const TemporaryFolder folder;
    train_with_interruptions(config, folder.path(), 400);
    const TrainingRecord sessions = load_run(config, folder.path()).record;
    REQUIRE(sessions.size() == 2);
    CHECK(sessions[0]["first_epoch"] == 0);
    CHECK(sessions[1]["first_epoch"] == sessions[0]["last_epoch"]); // save_every = 0 loses nothing
    CHECK(sessions[1]["last_epoch"] == config.epochs);
    for (const auto& session : sessions) {
        CHECK(session["seconds"] >= 0);
        CHECK(session["started"].get<std::string>().size() == std::string("2026-11-24T07:43:10Z").size());
        for (const char* name : {"commit", "libtorch", "compiler", "compiler_flags", "cpu"})
            CHECK_FALSE(session["by"][name].get<std::string>().empty());
    }
    // Runs without a record, as older programs wrote them, can be read
    std::filesystem::remove(folder / record_file);
    std::filesystem::remove(folder / checksums_file);
    CHECK(load_run(config, folder.path()).record.is_null());
    write_file(folder / record_file, "{");
    CHECK_THROWS_WITH(load_run(config, folder.path()), Catch::Contains(record_file));
}

TEST_CASE("metrics survive the way through their file", "[metrics]") {
    const Metrics written{{"embed.W_E"},
                          {{0, 4.7, 4.8, 0.01, 0.0, {112.5}}, {5, 1e-300, 1.0 / 3, 1, 0.125, {0.1 + 0.2}}}};
    const Metrics read = metrics_from_csv(to_csv(written), "metrics.csv");
    CHECK(read.parameters == written.parameters);
    CHECK(read.rows[1].train_loss == 1e-300);
    CHECK(read.rows[1].test_loss == 1.0 / 3);
    CHECK(read.rows[1].sums_of_squares == written.rows[1].sums_of_squares);
    CHECK_THROWS_WITH(metrics_from_csv(to_csv(written) + "7,x,1,1,1,1\n", "metrics.csv"),
                      Catch::Contains("metrics.csv:4"));
    for (const std::string epoch : {"nan", "inf", "-1", "1.5", "1e30"})
        CHECK_THROWS_WITH(metrics_from_csv(to_csv(written) + epoch + ",1,1,1,1,1\n", "metrics.csv"),
                          Catch::Matchers::Contains("'" + epoch + "' is no epoch"));
    CHECK_THROWS_WITH(metrics_from_csv("epoch,train_loss\n", "metrics.csv"),
                      Catch::Contains("metrics.csv:1"));
}
