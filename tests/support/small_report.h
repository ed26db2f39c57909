// The real binary at a size that takes seconds.
#pragma once

#include "base/hash.h"
#include "base/process.h"
#include "support/temporary_folder.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace grokreport::testing {

inline constexpr std::chrono::seconds small_report_limit{3600};

inline const std::vector<std::string> small_model{"--p",       "23", "--epochs", "300", "--d-model", "32",
                                                  "--n-heads", "2",  "--d-head", "16",  "--d-mlp",   "64"};

inline ProcessResult run_binary(std::vector<std::string> arguments, const std::filesystem::path& output) {
    arguments.insert(arguments.begin(), GROKREPORT_BINARY);
    arguments.insert(arguments.end(), {"--output", output.string()});
    return run_process(arguments, "", small_report_limit);
}

inline ProcessResult run_small(const std::string& command, const std::filesystem::path& output,
                               const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{command};
    arguments.insert(arguments.end(), small_model.begin(), small_model.end());
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_binary(arguments, output);
}

// The folder of the small report that ctest has made; null where it has made none.
inline const char* report_of_ctest() {
    return std::getenv("GROKREPORT_SMALL_REPORT");
}

// A report at that size, made once for all tests that read it or start from a copy of it. ctest makes one for
// all its entries and names its folder in GROKREPORT_SMALL_REPORT.
inline const std::filesystem::path& finished_report() {
    static const TemporaryFolder own;
    static const std::filesystem::path folder = [] {
        if (report_of_ctest()) return std::filesystem::path(report_of_ctest());
        const ProcessResult made = run_small("report", own.path());
        CAPTURE(made.errors);
        REQUIRE(made.exit_status == 0);
        return own.path();
    }();
    return folder;
}

// The films show no data of a run, and they take longer to draw than all other figures: a report of seed 0
// that begins with those of the finished report has the same ones.
inline void copy_films(const std::filesystem::path& output) {
    namespace fs = std::filesystem;
    for (const char* folder : {"figures/seed-0", "figures/seed-0/.stamps"}) {
        fs::create_directories(output / folder);
        for (const auto& entry : fs::directory_iterator(finished_report() / folder))
            if (entry.path().filename().string().starts_with("anim-"))
                fs::copy_file(entry.path(), output / folder / entry.path().filename());
    }
}

// Every file of an output with its hash, named relative to it.
inline std::map<std::string, std::string> files_of(const std::filesystem::path& output) {
    std::map<std::string, std::string> hashes;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(output))
        if (entry.is_regular_file())
            hashes[entry.path().lexically_relative(output).string()] = sha256_of_file(entry.path());
    return hashes;
}

// The names whose files differ or are missing on one side: empty where both outputs are the same.
inline std::vector<std::string> differences(const std::map<std::string, std::string>& a,
                                            const std::map<std::string, std::string>& b) {
    std::vector<std::pair<std::string, std::string>> differing;
    std::ranges::set_symmetric_difference(a, b, std::back_inserter(differing));
    std::vector<std::string> names;
    for (const auto& [name, hash] : differing)
        names.push_back(name);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

// The one run of a variant below report/runs.
inline std::filesystem::path run_folder(const std::filesystem::path& output, const std::string& variant) {
    for (const auto& entry : std::filesystem::directory_iterator(output / "report" / "runs"))
        if (entry.path().filename().string().find("-" + variant + "-") != std::string::npos)
            return entry.path();
    FAIL("no run of variant " << variant);
    return {};
}

inline bool is_one_line(const std::string& text) {
    return std::ranges::count(text, '\n') == 1 && text.ends_with('\n');
}

} // namespace grokreport::testing
