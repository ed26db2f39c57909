// What the real binary refuses: in one line, before anything is trained.
#include "support/small_report.h"

#include <catch2/catch.hpp>
#include <filesystem>

using namespace grokreport;
using namespace grokreport::testing;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;

namespace fs = std::filesystem;

TEST_CASE("what cannot be obeyed is refused in one line", "[pipeline]") {
    const TemporaryFolder folder;
    const auto refused = [&](const std::vector<std::string>& arguments, int status, const std::string& word) {
        const ProcessResult result = run_binary(arguments, folder.path());
        CAPTURE(result.errors);
        CHECK(result.exit_status == status);
        CHECK_THAT(result.errors, Contains(word));
        CHECK(is_one_line(result.errors));
        CHECK_FALSE(fs::exists(folder / "report/runs"));
    };
    refused({"report", "--sede", "1"}, 2, "--sede");
    refused({"report", "--see=-3"}, 2, "--see");
    refused({"report", "--epochs", "2000000000"}, 2, "--epochs");
    refused({"reprot"}, 2, "reprot");
    refused({"report", "stray"}, 2, "positional");
    for (const char* p : {"4", "9", "2", "3", "-113", "114"})
        refused({"report", "--p", p}, 2, "--p");
    refused({"report", "--epochs", "0"}, 2, "--epochs");
    refused({"report", "--epochs", "many"}, 2, "epochs");
    refused({"report", "--seed", "-1"}, 2, "--seed");
    refused({"report", "--threads", "0"}, 2, "--threads");
    refused({"report", "--gather", "--retrain"}, 2, "--retrain");
    refused({"prepare", "--list", "--retrain"}, 2, "--retrain");
    refused({"report", "--gather", "--paper"}, 2, "--paper");
    refused({"prepare", "--weight-decay", "0.5,1"}, 2, "several settings");
    refused({"explain", "--a", "113", "--b", "0"}, 2, "--a");
    refused({"explain", "--a", "1", "--b", "-1"}, 2, "--b");
    refused({"explain", "--a", "1"}, 2, "--b");
    refused({"explain", "--a", "1", "--b", "2"}, 1, "grokreport train");
    refused({"render"}, 1, "grokreport report");
    for (const char* command : {"report", "train", "render", "bench"})
        CHECK(run_process({GROKREPORT_BINARY, command, "--help"}, "", 3600s).exit_status == 0);
}

TEST_CASE("an output folder that cannot be written is named", "[pipeline]") {
    const ProcessResult result = run_small("report", "/proc/grokreport");
    CHECK(result.exit_status == 1);
    CHECK_THAT(result.errors, Contains("/proc/grokreport") && Contains("--output"));
    CHECK(is_one_line(result.errors));
}

TEST_CASE("a missing gnuplot is named before anything is trained", "[pipeline]") {
    const TemporaryFolder folder;
    const ProcessResult result = run_process(
        {"/usr/bin/env", "PATH=/nowhere", GROKREPORT_BINARY, "report", "--output", folder.path().string()},
        "", 3600s);
    CHECK(result.exit_status == 1);
    CHECK_THAT(result.errors, Contains("gnuplot-nox"));
    CHECK(is_one_line(result.errors));
    CHECK_FALSE(fs::exists(folder / "report/runs"));
}
