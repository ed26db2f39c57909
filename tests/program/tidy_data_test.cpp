// The tables for pandas, and the lines of the README that read them.
#include "base/files.h"
#include "claims/check_rows.h"
#include "support/oracle.h"
#include "support/small_report.h"
#include "support/temporary_folder.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

using namespace grokreport;
using namespace grokreport::testing;
using Catch::Matchers::Contains;

namespace {

// The first block of Python in a Markdown text, without the blanks before its lines.
std::string python_block(const std::string& markdown) {
    const std::string fence = "  ```python\n";
    const std::size_t begin = markdown.find(fence) + fence.size(), end = markdown.find("  ```\n", begin);
    REQUIRE(end != std::string::npos);
    std::string code;
    std::istringstream lines(markdown.substr(begin, end - begin));
    for (std::string line; std::getline(lines, line);)
        code += line.substr(2) + "\n";
    return code;
}

} // namespace

TEST_CASE("the README's lines of pandas list the claims that fail", "[pipeline][oracle]") {
    if (!has_oracle("pandas")) return;
    const std::string code = python_block(read_file(GROKREPORT_SOURCE_DIR "/README.md"));
    CHECK(std::ranges::count(code, '\n') == 3);
    // Nothing fails in the small report: in a copy every claim that passes does
    const TemporaryFolder copy;
    std::filesystem::create_directory(copy / "report");
    std::string table = read_file(finished_report() / "report/claims.csv");
    for (std::size_t at = table.find(",pass,"); at != table.npos; at = table.find(",pass,", at))
        table.replace(at, 6, ",fail,");
    write_file(copy / "report/claims.csv", table);
    const std::string there = "import os; os.chdir('" + copy.path().string() + "')\n" +
                              "import pandas; pandas.set_option('display.max_rows', None)\n";
    const std::string printed = run_checked({python, "-c", there + code}, "", oracle_limit, "python3-pandas");
    const auto document = nlohmann::json::parse(read_file(finished_report() / "report/claims.json"));
    int failing = 0, others = 0;
    for (const auto& claim : document["claims"]) {
        const bool fails = claim["verdict"] == "fail" || claim["verdict"] == "pass";
        (fails ? failing : others) += 1;
        const bool is_listed = printed.find(" " + claim["id"].get<std::string>() + " ") != std::string::npos;
        CAPTURE(claim["id"]);
        CHECK(is_listed == fails);
    }
    CHECK(failing > 0); // else this says little
    CHECK(others > 0);
}

TEST_CASE("claims.csv has a row for each check of claims.json", "[pipeline]") {
    const auto document = nlohmann::json::parse(read_file(finished_report() / "report/claims.json"));
    std::size_t checks = 0;
    for (const auto& claim : document["claims"])
        checks += claim["checks"].size();
    const std::string table = read_file(finished_report() / "report/claims.csv");
    CHECK(static_cast<std::size_t>(std::ranges::count(table, '\n')) == checks + 1);
    CHECK_THAT(table, Contains(document["claims"][0]["definition"].get<std::string>()));
}
