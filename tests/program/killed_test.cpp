// A report that is killed at any moment, and what the next one makes of what it left.
#include "base/files.h"
#include "runs/paths.h"
#include "support/reliability.h"
#include "support/small_report.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <functional>
#include <random>

using namespace grokreport;
using namespace grokreport::testing;

namespace fs = std::filesystem;

namespace {

constexpr int most_attempts = 60;
constexpr int killed_status = 128 + 9;

double seconds_of(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// Runs the command, ended by SIGKILL after so many seconds, and waits until it is gone with its locks;
// whether it was still at work.
bool was_killed(double seconds, const std::vector<std::string>& arguments, const fs::path& output) {
    constexpr const char* killing = R"sh(seconds=$1; shift
"$@" >/dev/null 2>&1 & program=$!
sleep "$seconds"; kill -KILL $program 2>/dev/null
wait $program; exit $?)sh";
    std::vector<std::string> argv{
        "sh", "-c", killing, "sh", fmt::format("{:.3f}", seconds), GROKREPORT_BINARY};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    argv.insert(argv.end(), {"--output", output.string()});
    return run_process(argv, "", small_report_limit).exit_status == killed_status;
}

// One part of the road: what must be gone for the command to go through this part again.
struct Stage {
    std::string name;
    std::vector<std::string> arguments;
    std::function<void(const fs::path& output, std::mt19937&)> undo;
};

void remove_page(const fs::path& output) {
    for (const char* file : {"index.html", "claims.json", "claims.junit.xml"})
        fs::remove(output / "report" / file);
}

// Some figures of a seed, files and stamps; all of them would make the test long.
void remove_some_figures(const fs::path& output, std::mt19937& random) {
    const fs::path folder = output / "figures" / "seed-0";
    std::vector<fs::path> stamps;
    for (const auto& entry : fs::directory_iterator(folder / ".stamps"))
        if (is_for_the_table() || !entry.path().filename().string().starts_with("anim-")) // films take long
            stamps.push_back(entry.path());
    std::ranges::sort(stamps);
    std::ranges::shuffle(stamps, random);
    stamps.resize(stamps.size() / 4);
    for (const fs::path& stamp : stamps) {
        for (const char* suffix : {".svg", ".pdf", ".png", ".csv", ".mp4", ".json"})
            fs::remove(folder / (stamp.filename().string() + suffix));
        fs::remove(stamp);
    }
}

// Without the record of who trained when: that of a run that was killed has several sessions.
std::map<std::string, std::string> trained_files(const fs::path& output) {
    std::map<std::string, std::string> files = files_of(output);
    std::erase_if(files, [](const auto& file) {
        return file.first.ends_with(record_file) || file.first.ends_with(checksums_file);
    });
    return files;
}

void kill_in(const Stage& stage, const fs::path& whole,
             const std::function<std::map<std::string, std::string>(const fs::path&)>& files) {
    std::mt19937 random(113);
    const auto expected = files(whole);
    const int kills_a_stage = is_for_the_table() ? 13 : 1;
    double whole_time = 0; // of this stage, undisturbed
    int kills = 0;
    for (int attempt = 0; attempt < most_attempts && kills < kills_a_stage; ++attempt) {
        const TemporaryFolder copy;
        fs::copy(whole, copy.path(), fs::copy_options::recursive);
        stage.undo(copy.path(), random);
        if (attempt == 0) {
            whole_time =
                seconds_of([&] { REQUIRE(run_binary(stage.arguments, copy.path()).exit_status == 0); });
            CHECK(differences(files(copy.path()), expected).empty());
            continue;
        }
        const double moment = std::uniform_real_distribution(0.0, whole_time)(random);
        if (!was_killed(moment, stage.arguments, copy.path())) { // over before: the first was slow
            whole_time = std::max(moment, 0.1);
            continue;
        }
        ++kills;
        const ProcessResult next = run_binary(stage.arguments, copy.path());
        const std::vector<std::string> different = differences(files(copy.path()), expected);
        CAPTURE(moment, next.errors, different);
        tried("Killed", fmt::format("`kill -9` of {} at a random moment", stage.name),
              "the next run ends with the same files, byte for byte, and none besides",
              next.exit_status == 0 && different.empty());
    }
    CHECK(kills == kills_a_stage);
}

std::vector<std::string> small(const std::string& command) {
    std::vector<std::string> arguments{command};
    arguments.insert(arguments.end(), small_model.begin(), small_model.end());
    return arguments;
}

} // namespace

TEST_CASE("a training that is killed is ended by the next with the same bytes", "[faults]") {
    const std::vector<std::string> arguments{"train", "--p",       "23", "--epochs",     "2000", "--d-model",
                                             "32",    "--n-heads", "2",  "--d-head",     "16",   "--d-mlp",
                                             "64",    "--threads", "2",  "--save-every", "0.05"};
    const TemporaryFolder whole;
    REQUIRE(run_binary(arguments, whole.path()).exit_status == 0);
    const auto forget = [](const fs::path& output, std::mt19937&) {
        fs::remove_all(output / "report" / "runs");
    };
    kill_in({"a training", arguments, forget}, whole.path(), trained_files);
}

TEST_CASE("an analysis that is killed is made again", "[faults]") {
    const auto forget = [](const fs::path& output, std::mt19937&) {
        remove_page(output);
        fs::remove_all(output / "report" / "results");
    };
    kill_in({"the analysis", small("report"), forget}, finished_report(), files_of);
}

TEST_CASE("a drawing that is killed is drawn again", "[faults]") {
    const auto forget = [](const fs::path& output, std::mt19937& random) {
        remove_page(output);
        fs::remove_all(output / "report" / "results");
        remove_some_figures(output, random);
    };
    kill_in({"the drawing of figures", small("report"), forget}, finished_report(), files_of);
}

TEST_CASE("a page that is killed on its way is written again", "[faults]") {
    const auto forget = [](const fs::path& output, std::mt19937&) { remove_page(output); };
    kill_in({"the rendering", small("report"), forget}, finished_report(), files_of);
}
