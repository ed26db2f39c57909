#include "base/error.h"
#include "base/files.h"
#include "base/version.h"
#include "cli/command_line.h"

#include <catch2/catch.hpp>

using namespace grokreport;

namespace {

std::string departing(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), {"grokreport", "report"});
    return departing_options(parse_options(static_cast<int>(arguments.size()), arguments.data()));
}

} // namespace

TEST_CASE("a command names just what departs from the defaults", "[options]") {
    CHECK(departing({}).empty());
    CHECK(departing({"--seed", "0", "--threads", "3"}).empty());
    CHECK(departing({"--p", "23", "--seed", "1"}) == " --seed 1 --p 23");
    CHECK(departing({"--epochs", "500"}) == " --epochs 500"); // twice as many without ReLU, as ever
    CHECK(departing({"--epochs", "500", "--linear-epochs", "700"}) == " --epochs 500 --linear-epochs 700");
    CHECK(departing({"--train-fraction", "0.25"}) == " --train-fraction 0.25");
    CHECK(departing({"--output", "build/quick"}) == " --output build/quick");
    CHECK(departing({"--output", "/home/somebody"}).empty()); // no business of a reader
}

TEST_CASE("the citation names the version of the project", "[options]") {
    const std::string citation = read_file(GROKREPORT_SOURCE_DIR "/CITATION.cff");
    CHECK_THAT(citation, Catch::Contains(std::string("\nversion: ") + version() + "\n"));
}

TEST_CASE("words that Boost would replace by themselves for ever are refused", "[options]") {
    for (const char* name : {"%value%", "%option%", "%canonical_option%", "%prefix%", "%original_token%"}) {
        const std::string word = std::string("a") + name;
        const std::vector<const char*> arguments{"grokreport", "report", "--seed", word.c_str()};
        CHECK_THROWS_AS(parse_options(4, arguments.data()), UsageError);
    }
}
