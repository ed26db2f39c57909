// Several seeds and settings, by the real binary at a tiny size.
#include "base/files.h"
#include "runs/paths.h"
#include "support/small_report.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

using namespace grokreport;
using namespace grokreport::testing;
using Catch::Matchers::Contains;
using Catch::Matchers::EndsWith;

namespace fs = std::filesystem;

namespace {

const std::vector<std::string> sweep{
    "report", "--seeds",   "0,1", "--weight-decay", "0.5,1", "--p",     "11", "--epochs", "40", "--d-model",
    "8",      "--n-heads", "2",   "--d-head",       "4",     "--d-mlp", "16", "--pages",  "all"};

// The main setting of the sweep.
const std::vector<std::string> tiny{
    "--p",      "11", "--epochs", "40", "--d-model",      "8",  "--n-heads", "2",
    "--d-head", "4",  "--d-mlp",  "16", "--weight-decay", "0.5"};

// Made once, and without drawing the films where ctest has made them.
const fs::path& finished_sweep() {
    static const TemporaryFolder folder;
    static const ProcessResult made = [] {
        if (report_of_ctest()) copy_films(folder.path());
        return run_binary(sweep, folder.path());
    }();
    CAPTURE(made.errors);
    REQUIRE(made.exit_status == 0);
    return folder.path();
}

class SweepCopy : public TemporaryFolder {
  public:
    SweepCopy() { fs::copy(finished_sweep(), path(), fs::copy_options::recursive); }
};

} // namespace

TEST_CASE("two seeds and a grid: each its page, and what they say together", "[pipeline]") {
    const fs::path& folder = finished_sweep();
    const auto robustness = nlohmann::json::parse(read_file(folder / "report/robustness.json"));
    CHECK(robustness["seeds"] == nlohmann::json{0, 1});
    CHECK(robustness["claims"].size() ==
          nlohmann::json::parse(read_file(folder / "report/claims.json"))["claims"].size());
    const auto grid = nlohmann::json::parse(read_file(folder / "report/grid.json"));
    CHECK(grid["cells"].size() == 2);
    const std::string page = read_file(folder / "report/index.html");
    for (const char* shown :
         {"id=\"figure-robustness\"", "id=\"figure-grid\"", "2/2 seeds", "seeds 0-1; trained at"})
        CHECK_THAT(page, Contains(shown));
    const std::string other = read_file(folder / "report/seeds/seed-1.html");
    CHECK_THAT(other, !Contains("id=\"figure-robustness\""));
}

TEST_CASE("two seeds are compared", "[pipeline]") {
    const SweepCopy folder;
    const ProcessResult compared = run_binary({"compare", "0", "1"}, folder.path());
    CAPTURE(compared.errors);
    CHECK(compared.exit_status == 0);
    CHECK_THAT(read_file(folder / "report/compare.html"), Contains("data:image/svg+xml"));
    const ProcessResult missing = run_binary({"compare", "0", "7"}, folder.path());
    CHECK(missing.exit_status == 1);
    CHECK(is_one_line(missing.errors));
}

TEST_CASE("where the first seed is damaged, the next is the main one", "[pipeline]") {
    const SweepCopy folder;
    for (const auto& entry : fs::directory_iterator(folder / "report/runs"))
        if (entry.path().filename().string().find("-seed0-relu-") != std::string::npos)
            write_file(entry.path() / metrics_file, "epoch,train_loss\n");
    const ProcessResult again = run_binary(sweep, folder.path());
    CHECK(again.exit_status == 1);
    CHECK_THAT(again.output, Contains("seed 0 failed: ") && Contains("metrics.csv"));
    CHECK(nlohmann::json::parse(read_file(folder / "report/claims.json"))["seed"] == 1);
}

TEST_CASE("a seed that is damaged is told, and stops nothing", "[pipeline]") {
    const SweepCopy folder;
    for (const auto& entry : fs::directory_iterator(folder / "report/runs"))
        if (entry.path().filename().string().find("-seed1-relu-") != std::string::npos)
            write_file(entry.path() / metrics_file, "epoch,train_loss\n");
    const ProcessResult again = run_binary(sweep, folder.path());
    CHECK(again.exit_status == 1); // the report is written, and a run failed
    CHECK_THAT(again.output, Contains("seed 1 failed: ") && Contains("metrics.csv"));
    CHECK_THAT(read_file(folder / "report/index.html"), Contains("could not be judged"));
    CHECK(nlohmann::json::parse(read_file(folder / "report/robustness.json"))["failed"].size() == 1);
}

TEST_CASE("seeds prepared one by one are gathered into the report that one command gives", "[pipeline]") {
    // The main setting of finished_sweep(): its figures need not be drawn again
    const TemporaryFolder apart, alone;
    fs::copy(finished_sweep() / "figures", apart / "figures", fs::copy_options::recursive);
    fs::copy(finished_sweep() / "figures", alone / "figures", fs::copy_options::recursive);
    const auto run_tiny = [&](std::vector<std::string> arguments, const fs::path& output) {
        arguments.insert(arguments.end(), tiny.begin(), tiny.end());
        return run_binary(arguments, output);
    };
    CHECK(run_tiny({"prepare", "--seeds", "0-2", "--list"}, apart.path()).output == "0\n1\n2\n");
    REQUIRE(run_tiny({"prepare", "--seed", "0"}, apart.path()).exit_status == 0);
    REQUIRE(run_tiny({"prepare", "--seed", "1"}, apart.path()).exit_status == 0);
    CHECK_FALSE(fs::exists(apart / "report/index.html"));
    CHECK(run_tiny({"prepare", "--seeds", "0-2", "--list"}, apart.path()).output == "2\n");

    // The same as on a machine that did this seed alone
    REQUIRE(run_tiny({"prepare", "--seed", "1"}, alone.path()).exit_status == 0);
    const std::string kept = read_file(apart / "report/results/seed-1.cache.json");
    const auto here = nlohmann::json::parse(read_file(alone / "report/results/seed-1.cache.json"));
    for (const char* part : {"claims", "facts", "figures"})
        CHECK(here["results"][part] == nlohmann::json::parse(kept)["results"][part]);

    const ProcessResult gathered =
        run_tiny({"report", "--seeds", "0-2", "--gather", "--keep", "all"}, apart.path());
    CHECK(gathered.exit_status == 1); // the report is written, and a seed is missing
    CHECK_THAT(gathered.output, Contains("seed 2 failed: ") && Contains("is not there"));
    const auto robustness = nlohmann::json::parse(read_file(apart / "report/robustness.json"));
    CHECK(robustness["seeds"] == nlohmann::json{0, 1});
    CHECK(robustness["failed"].size() == 1);

    // What is damaged afterwards is no longer ready, and is made again
    std::string damaged = kept;
    damaged[kept.find("0.") + 2] ^= 1; // one digit of a number
    write_file(apart / "report/results/seed-1.cache.json", damaged);
    write_file(apart / "figures/seed-0/training-20k.csv", "epoch\n");
    CHECK(run_tiny({"prepare", "--seeds", "0,1", "--list"}, apart.path()).output == "0\n1\n");
    REQUIRE(run_tiny({"prepare", "--seeds", "0,1"}, apart.path()).exit_status == 0);
    CHECK(read_file(apart / "report/results/seed-1.cache.json") == kept);
    CHECK(read_file(apart / "figures/seed-0/training-20k.csv") != "epoch\n");

    const ProcessResult none = run_tiny({"report", "--seeds", "7,8", "--gather"}, apart.path());
    CHECK(none.exit_status == 1);
    CHECK_THAT(none.errors, Contains("no seed can be shown; seed 7: "));
    CHECK_THAT(none.errors, EndsWith("without --gather\n")); // after the line of progress
}

TEST_CASE("a sweep keeps the claims of all seeds, and of most seeds little else", "[pipeline]") {
    // The main setting of finished_sweep(): its figures of seed 0 need not be drawn again
    const TemporaryFolder folder;
    fs::create_directories(folder / "figures");
    fs::copy(finished_sweep() / "figures/seed-0", folder / "figures/seed-0", fs::copy_options::recursive);
    const auto run_small = [&](const std::string& seeds, std::vector<std::string> more) {
        std::vector<std::string> arguments{"report", "--seeds", seeds};
        arguments.insert(arguments.end(), tiny.begin(), tiny.end());
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run_binary(arguments, folder.path());
    };
    const ProcessResult first = run_small("0-2", {});
    CAPTURE(first.errors);
    REQUIRE(first.exit_status == 0);
    CHECK_THAT(first.errors, Contains("9 of 9 trainings are missing: about 1 min"));
    const std::string robustness = read_file(folder / "report/robustness.json");
    CHECK(nlohmann::json::parse(robustness)["seeds"] == nlohmann::json{0, 1, 2});
    CHECK(fs::exists(folder / "report/sweep.sqlite"));
    CHECK(std::distance(fs::directory_iterator(folder / "report/runs"), {}) == 3); // of seed 0
    CHECK(std::distance(fs::directory_iterator(folder / "report/kept/seed-1"), {}) < 20);
    CHECK(fs::exists(folder / "report/kept/seed-2/relu.pt"));
    CHECK_FALSE(fs::exists(folder / "figures/seed-1"));

    // Nothing is trained for what is known
    const ProcessResult again = run_small("0-2", {});
    CHECK(again.exit_status == 0);
    CHECK_THAT(again.errors, !Contains("trainings"));
    CHECK(read_file(folder / "report/robustness.json") == robustness);

    // A page that was not kept needs its trainings, and the claims stay what they were
    fs::copy(finished_sweep() / "figures/seed-1", folder / "figures/seed-1", fs::copy_options::recursive);
    fs::remove(folder / "figures/seed-1/circles-we.svg");
    const auto drawn = fs::last_write_time(folder / "figures/seed-1/training-20k.svg");
    const ProcessResult pages = run_small("0,1", {"--pages", "all"});
    CHECK(pages.exit_status == 0);
    CHECK_THAT(pages.errors, Contains("3 of 6 trainings are missing"));
    CHECK(fs::exists(folder / "report/seeds/seed-1.html"));
    CHECK(fs::exists(folder / "figures/seed-1/circles-we.svg"));
    CHECK(fs::last_write_time(folder / "figures/seed-1/training-20k.svg") == drawn); // it was there
    CHECK(run_small("0-2", {}).exit_status == 0);
    CHECK(read_file(folder / "report/robustness.json") == robustness);

    // A page that was kept needs no training, and is written again
    const std::string page = read_file(folder / "report/seeds/seed-1.html");
    write_file(folder / "report/seeds/seed-1.html", "of an older template");
    const ProcessResult kept_pages = run_small("0,1", {"--pages", "all"});
    CHECK(kept_pages.exit_status == 0);
    CHECK_THAT(kept_pages.errors, !Contains("trainings"));
    CHECK(read_file(folder / "report/seeds/seed-1.html") == page);
    fs::remove(folder / "figures/seed-1/training-20k.svg");
    const ProcessResult no_figure = run_small("0,1", {"--pages", "all"});
    CHECK(no_figure.exit_status == 0);
    CHECK_THAT(no_figure.errors, Contains("3 of 6 trainings are missing"));

    // As the first of another sweep, a seed has its results in the main page, and no page beside it
    CHECK(run_small("1,2", {}).exit_status == 0);
    CHECK_FALSE(fs::exists(folder / "report/seeds/seed-1.html"));
    CHECK(run_small("0-2", {}).exit_status == 0);
    CHECK(read_file(folder / "report/robustness.json") == robustness);

    // Of the others there are no runs that a page could show
    for (const auto& entry : fs::directory_iterator(folder / "report/runs"))
        if (entry.path().filename().string().find("-relu-") != std::string::npos)
            write_file(entry.path() / metrics_file, "epoch,train_loss\n");
    const ProcessResult damaged = run_small("0-2", {});
    CHECK(damaged.exit_status == 1);
    CHECK_THAT(damaged.errors, Contains("no seed can be shown; seed 0: ") && Contains("metrics.csv"));
    CHECK(read_file(folder / "report/robustness.json") == robustness);
}
