// The same bytes, whoever computes them with however many threads, and with two at work at once.
#include "base/files.h"
#include "runs/paths.h"
#include "support/reliability.h"
#include "support/small_report.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <future>

using namespace grokreport;
using namespace grokreport::testing;

namespace fs = std::filesystem;

namespace {

// The runs of the finished report and nothing made of them.
void copy_runs(const fs::path& output) {
    fs::create_directories(output / "report");
    fs::copy(finished_report() / "report" / "runs", output / "report" / "runs", fs::copy_options::recursive);
}

// The small report was made with all the cores of the machine.
std::vector<std::string> thread_counts() {
    return is_for_the_table() ? std::vector<std::string>{"1", "2", "4"} : std::vector<std::string>{"1"};
}

// Who trained a run, when and how long is told in its record alone, and by its checksums.
bool tells_of_time(const std::string& file) {
    return file.ends_with(record_file) || file.ends_with(checksums_file);
}

} // namespace

TEST_CASE("a training gives the same files with any number of threads", "[faults]") {
    auto expected = files_of(finished_report() / "report/runs");
    std::erase_if(expected, [](const auto& file) { return tells_of_time(file.first); });
    for (const std::string& threads : thread_counts()) {
        const TemporaryFolder output;
        REQUIRE(run_small("train", output.path(), {"--threads", threads}).exit_status == 0);
        auto files = files_of(output / "report/runs");
        std::erase_if(files, [](const auto& file) { return tells_of_time(file.first); });
        const auto different = differences(files, expected);
        CAPTURE(threads, different);
        tried("Reproducible", "training with 1, 2 and 4 threads",
              "the same bytes of every checkpoint, curve and split", different.empty());
    }
}

TEST_CASE("a report gives the same files with any number of threads", "[faults]") {
    const auto expected = files_of(finished_report());
    for (const std::string& threads : thread_counts()) {
        const TemporaryFolder output;
        copy_runs(output.path());
        if (!is_for_the_table()) copy_films(output.path());
        REQUIRE(run_small("report", output.path(), {"--threads", threads}).exit_status == 0);
        const auto different = differences(files_of(output.path()), expected);
        CAPTURE(threads, different);
        tried("Reproducible", "a report with 1, 2 and 4 threads, in another folder",
              "the same bytes of claims.json and of every CSV, SVG, PDF, PNG, MP4 and HTML",
              different.empty());
    }
}

TEST_CASE("two reports at once on one output: neither harms the other", "[faults]") {
    const auto expected = files_of(finished_report());
    for (int attempt = 0; attempt < (is_for_the_table() ? 3 : 1); ++attempt) {
        const TemporaryFolder output;
        fs::copy(finished_report(), output.path(), fs::copy_options::recursive);
        fs::remove_all(output / "report/results");
        fs::remove(output / "figures/seed-0/.stamps/anim-offsets");
        const auto report = [&] { return run_small("report", output.path()); };
        auto other = std::async(std::launch::async, report);
        const ProcessResult one = report(), two = other.get();
        const auto is_right = [](const ProcessResult& result) {
            return result.exit_status == 0 ||
                   (result.exit_status == 1 &&
                    result.errors.find("another grokreport is at work") != std::string::npos);
        };
        const auto different = differences(files_of(output.path()), expected);
        CAPTURE(one.errors, two.errors, different);
        tried(
            "At once", "two reports on the same output",
            "one does it, the other does too or says that it is being done; the bytes are those of one alone",
            is_right(one) && is_right(two) && (one.exit_status == 0 || two.exit_status == 0) &&
                different.empty());
    }
}
