#include "base/files.h"
#include "bench/bench.h"
#include "bench/sections.h"
#include "support/oracle.h"
#include "support/temporary_folder.h"

#include <catch2/catch.hpp>
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
    REQUIRE(rows.size() == 5);
    for (std::size_t i = 1; i < rows.size(); ++i) {
        CAPTURE(rows[i]);
        REQUIRE(rows[i].size() == 7);
        const double textbook = std::stod(rows[i][2]), engine = std::stod(rows[i][3]);
        CHECK(engine > 0);
        CHECK(std::stod(rows[i][4]) == Approx(textbook / engine).epsilon(0.1));
        const bool has_floor = rows[i][0] == "relu" || rows[i][0] == "paper";
        CHECK((rows[i][5] != "–") == has_floor); // without ReLU no product is left
        if (has_floor) CHECK(std::stod(rows[i][6]) == Approx(engine / std::stod(rows[i][5])).epsilon(0.1));
    }
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
    REQUIRE(scaling.size() == 9);
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
    REQUIRE(libraries.size() == 7);
    for (std::size_t i = 1; i < libraries.size(); ++i)
        CHECK(std::stod(libraries[i][2]) > 0);
}

TEST_CASE("plain PyTorch trains the same model", "[bench][oracle]") {
    if (!grokreport::testing::has_oracle()) return;
    const std::string section = bench::python_table(small_config(), little);
    const std::vector<Row> rows = rows_of(section);
    REQUIRE(rows.size() >= 3);
    for (std::size_t i = 1; i < rows.size(); ++i)
        CHECK(std::stod(rows[i][4]) == Approx(std::stod(rows[i][2]) / std::stod(rows[i][3])).epsilon(0.1));
    if (rows.size() == 3) CHECK_THAT(section, Contains("no cuda device"));
}

TEST_CASE("the tables are written to a file when one is named", "[bench][oracle]") {
    const grokreport::testing::TemporaryFolder folder;
    bench::run_benchmark({.config = small_config(), .quick = true, .table = folder / "performance.md"});
    const std::string text = read_file(folder / "performance.md");
    for (const char* section : {"An epoch", "Against plain PyTorch", "What an epoch is made of", "Scaling",
                                "The three matrix products"})
        CHECK_THAT(text, Contains(std::string("## ") + section));
}
