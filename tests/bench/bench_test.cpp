#include "base/files.h"
#include "bench/bench.h"
#include "bench/fastest.h"
#include "bench/kernels.h"
#include "bench/sections.h"
#include "support/oracle.h"
#include "support/temporary_folder.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <functional>
#include <map>
#include <sstream>

using namespace grokreport;
using Catch::Matchers::Contains;

namespace {

constexpr bench::Effort little{1, false};

Config small_config() {
    Config config;
    config.p = 59; // the products of an epoch take about a millisecond, of which two decimals tell enough
    return config;
}

using Row = std::vector<std::string>;

// The cells of every table in a Markdown text, a row each, headings included.
std::vector<Row> rows_of(const std::string& text) {
    std::vector<Row> rows;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("| ")) continue;
        Row& row = rows.emplace_back();
        std::istringstream cells(line.substr(2));
        for (std::string cell; std::getline(cells, cell, '|');) {
            const std::size_t first = cell.find_first_not_of(' '), last = cell.find_last_not_of(' ');
            if (first != std::string::npos) row.push_back(cell.substr(first, last - first + 1));
        }
    }
    return rows;
}

} // namespace

TEST_CASE("the engine is measured against the textbook pass and against its floor", "[bench]") {
    const std::vector<Row> rows = rows_of(bench::comparison_table(small_config(), little));
    const std::size_t counts = bench::thread_counts().size();
    REQUIRE(rows.size() == 1 + 4 * counts + 1 + 4);
    std::map<std::string, std::pair<double, double>> least; // of each variant: textbook, engine
    for (std::size_t i = 1; i <= 4 * counts; ++i) {
        CAPTURE(rows[i]);
        REQUIRE(rows[i].size() == 6);
        const double textbook = std::stod(rows[i][2]), engine = std::stod(rows[i][3]);
        CHECK(engine > 0);
        const auto [place, is_first] = least.try_emplace(rows[i][0], textbook, engine);
        place->second = {std::min(place->second.first, textbook), std::min(place->second.second, engine)};
        const bool has_floor = rows[i][0] == "relu" || rows[i][0] == "paper";
        CHECK((rows[i][4] != "–") == has_floor); // without ReLU no product is left
        if (has_floor) CHECK(std::stod(rows[i][5]) == Approx(engine / std::stod(rows[i][4])).epsilon(0.1));
    }
    for (std::size_t i = 4 * counts + 2; i < rows.size(); ++i) { // each at its fastest number of threads
        CAPTURE(rows[i]);
        REQUIRE(rows[i].size() == 6);
        CHECK(std::stod(rows[i][1]) == least.at(rows[i][0]).first);
        CHECK(std::stod(rows[i][3]) == least.at(rows[i][0]).second);
        CHECK(std::stod(rows[i][5]) == Approx(std::stod(rows[i][1]) / std::stod(rows[i][3])).epsilon(0.1));
    }
}

TEST_CASE("the fastest number of threads is the one with the least time", "[bench]") {
    bench::Fastest fastest;
    fastest.add(1, 85);
    fastest.add(2, 240);
    CHECK(fastest.threads() == 1);
    CHECK(fastest.milliseconds() == 85);
    fastest.add(4, 50);
    CHECK(fastest.threads() == 4);
    const std::vector<int> counts = bench::thread_counts();
    CHECK(counts.front() == 1);
    CHECK(std::ranges::adjacent_find(counts, std::greater_equal{}) == counts.end());
}

TEST_CASE("a variable that changes a library's kernels is told", "[bench]") {
    ::unsetenv("OPENBLAS_CORETYPE");
    const std::size_t before = bench::environment_warnings().size();
    ::setenv("OPENBLAS_CORETYPE", "Haswell", 1);
    const std::vector<std::string> warnings = bench::environment_warnings();
    ::unsetenv("OPENBLAS_CORETYPE");
    REQUIRE(warnings.size() == before + 1);
    CHECK_THAT(warnings.front(), Contains("OPENBLAS_CORETYPE=Haswell"));
    CHECK_THAT(bench::kernels(), Contains("oneDNN") && Contains("OpenBLAS"));
}

TEST_CASE("an epoch is told stage by stage", "[bench]") {
    const std::vector<Row> rows = rows_of(bench::profile_table(small_config(), little));
    REQUIRE(rows.size() == 4);
    for (std::size_t i = 1; i < rows.size(); ++i) {
        CAPTURE(rows[i]);
        REQUIRE(rows[i].size() == 10);
        double sum = 0;
        for (std::size_t stage = 3; stage < 8; ++stage)
            sum += std::stod(rows[i][stage]);
        CHECK(sum == Approx(std::stod(rows[i][2])).margin(0.03));       // each is rounded to 0.01
        CHECK((std::stod(rows[i][3]) > 0) == (rows[i][0] != "linear")); // without ReLU no product is left
        CHECK(std::stod(rows[i][8]) > 0);
        CHECK(std::stod(rows[i][9]) > 0);
        CHECK(std::stod(rows[i][9]) < 50); // percent of a training; as often as the figures need, not more
    }
}

TEST_CASE("the scaling counts operations, and the libraries multiply the same matrices", "[bench]") {
    const std::vector<Row> scaling = rows_of(bench::scaling_table(small_config(), little));
    REQUIRE(scaling.size() == 11);
    for (std::size_t i = 1; i < scaling.size(); ++i)
        CHECK(std::stod(scaling[i][4]) > 0);
    const auto operations = [&](const std::string& p) {
        for (const Row& row : scaling)
            if (row[0] == p) return std::stod(row[3]);
        FAIL("no row of p = " + p);
        return 0.0;
    };
    CHECK(operations("199") > 20 * operations("59")); // between the square and the cube of p

    const std::vector<Row> libraries = rows_of(bench::library_table(small_config(), little));
    REQUIRE(libraries.size() == 1 + 3 * bench::thread_counts().size());
    for (std::size_t i = 1; i < libraries.size(); ++i)
        CHECK(std::stod(libraries[i][2]) > 0);
}

TEST_CASE("plain PyTorch trains the same model", "[bench][oracle]") {
    if (!grokreport::testing::has_oracle()) return;
    const std::string section = bench::python_table(small_config(), little);
    const std::vector<Row> rows = rows_of(section);
    REQUIRE(rows.size() >= 1 + bench::thread_counts().size());
    double python = std::stod(rows[1][2]), engine = std::stod(rows[1][3]);
    for (std::size_t i = 1; i < rows.size() && rows[i][0] == "cpu"; ++i) {
        python = std::min(python, std::stod(rows[i][2]));
        engine = std::min(engine, std::stod(rows[i][3]));
    }
    const std::size_t stated = section.find("**");
    REQUIRE(stated != std::string::npos);
    CHECK(std::stod(section.substr(stated + 2)) == Approx(python / engine).epsilon(0.1));
    CHECK_THAT(section, Contains("PyTorch 1.") || Contains("PyTorch 2."));
    CHECK_THAT(section, Contains("OpenBLAS (") || Contains("a BLAS that is not OpenBLAS"));
    if (rows.size() == 1 + bench::thread_counts().size()) CHECK_THAT(section, Contains("no cuda device"));
}

TEST_CASE("the tables are written to a file when one is named", "[bench][oracle]") {
    const grokreport::testing::TemporaryFolder folder;
    bench::run_benchmark({.config = small_config(), .quick = true, .table = folder / "performance.md"});
    const std::string text = read_file(folder / "performance.md");
    for (const char* section : {"An epoch", "Against plain PyTorch", "What an epoch is made of", "Scaling",
                                "The three matrix products"})
        CHECK_THAT(text, Contains(std::string("## ") + section));
}
