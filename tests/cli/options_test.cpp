#include "base/error.h"
#include "base/files.h"
#include "base/version.h"
#include "cli/command_line.h"
#include "pipeline/printed_options.h"

#include <catch2/catch.hpp>

using namespace grokreport;

namespace {

CommandLine parsed(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), "grokreport");
    return parse_command_line(static_cast<int>(arguments.size()), arguments.data());
}

template <typename Asked>
Asked request(const std::vector<const char*>& arguments) {
    return std::get<Asked>(parsed(arguments).request);
}

std::string departing(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), "report");
    const TrainRequest training = request<ReportRequest>(arguments).training;
    return departing_options(training.sweep.study, training.place.paths.root);
}

} // namespace

TEST_CASE("a command names just what departs from the defaults", "[options]") {
    CHECK(departing({}).empty());
    CHECK(departing({"--seed", "0", "--threads", "3"}).empty());
    CHECK(departing({"--p", "23", "--seed", "1"}) == " --seed 1 --p 23");
    CHECK(departing({"--epochs", "500"}) == " --epochs 500"); // the models without ReLU keep their default
    CHECK(departing({"--epochs", "500", "--linear-epochs", "700"}) == " --epochs 500 --linear-epochs 700");
    CHECK(departing({"--train-fraction", "0.25"}) == " --train-fraction 0.25");
    CHECK(departing({"--output", "build/quick"}) == " --output build/quick");
    CHECK(departing({"--output", "/home/somebody"}).empty());
}

TEST_CASE("each command gets its own request", "[options]") {
    const auto report = request<ReportRequest>(
        {"report", "--seeds", "3,5", "--p", "59,113", "--epochs", "70", "--paper", "--save-every", "0.5"});
    const Sweep& sweep = report.training.sweep;
    CHECK(sweep.seeds == std::vector<std::uint64_t>{3, 5});
    REQUIRE(sweep.grid.size() == 2);
    CHECK(sweep.grid[0] == sweep.study.config);
    CHECK(sweep.grid[1] == Config{.seed = 3, .epochs = 70, .p = 113});
    CHECK(sweep.study.linear_epochs == 140);
    CHECK(sweep.study.paper);
    CHECK(report.training.save_every == std::chrono::milliseconds(500));
    CHECK_FALSE(report.gather);
    CHECK(parsed({"report", "--strict"}).strict);
    CHECK(request<PrepareRequest>({"prepare", "--list"}).list);
    CHECK(request<TrainRequest>({"train", "--retrain", "--threads", "3"}).retrain);
    CHECK(request<RenderRequest>({"render", "--seed", "4"}).config.seed == 4);
    CHECK(request<WatchRequest>({"watch", "--port", "81"}).port == 81);
    CHECK(request<VerifyRequest>({"verify", "--claim", "grok.loss"}).claim == "grok.loss");
    CHECK(request<CompareRequest>({"compare", "0", "1"}).after == "1");
    CHECK(request<bench::BenchRequest>({"bench", "--quick", "--p", "59"}).config.p == 59);
    CHECK(request<ClaimsRequest>({"claims", "--p", "59", "--json"}).json);
    CHECK_THROWS_AS(parsed({"claims", "--p", "4"}), UsageError);
    for (const char* command :
         {"report", "prepare", "train", "render", "watch", "analyze", "claims", "verify", "compare", "bench"})
        CHECK_THAT(request<ShowText>({command, "--help"}).text,
                   Catch::Contains(std::string("usage: grokreport ") + command));
}

TEST_CASE("a path may hold spaces", "[options]") {
    const AnalyzeRequest analyze =
        request<AnalyzeRequest>({"analyze", "--checkpoint", "my models/a b.pth", "--split-file",
                                 "my pairs.csv", "--output", "an output", "--templates=my templates"});
    CHECK(analyze.model.checkpoint == "my models/a b.pth");
    CHECK(analyze.model.split_file == "my pairs.csv");
    CHECK(analyze.place.paths.root == "an output");
    CHECK(analyze.place.paths.templates == "my templates");
    CHECK(request<bench::BenchRequest>({"bench", "--table", "my table.md"}).table == "my table.md");
    CHECK(request<CompareRequest>({"compare", "run a/report", "run b"}).before == "run a/report");
    CHECK(departing({"--output", "an output"}) == " --output 'an output'");
}

TEST_CASE("the citation names the version of the project", "[options]") {
    const std::string citation = read_file(GROKREPORT_SOURCE_DIR "/CITATION.cff");
    CHECK_THAT(citation, Catch::Contains(std::string("\nversion: ") + version() + "\n"));
}

TEST_CASE("words that Boost would replace by themselves for ever are refused", "[options]") {
    for (const char* name : {"%value%", "%option%", "%canonical_option%", "%prefix%", "%original_token%"}) {
        const std::string word = std::string("a") + name;
        CHECK_THROWS_AS(parsed({"report", "--seed", word.c_str()}), UsageError);
    }
}
