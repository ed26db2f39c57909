// The table of many seeds, made by the real binary at a tiny size.
#include "base/files.h"
#include "base/version.h"
#include "claims/check_rows.h"
#include "support/small_report.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

using namespace grokreport;
using namespace grokreport::testing;
using Catch::Matchers::Contains;

namespace fs = std::filesystem;

namespace {

ProcessResult run_reference(const std::string& seeds, const fs::path& output,
                            const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{
        "reference", "--seeds",   seeds,      "--reference", (output / "claims.csv").string(),
        "--p",       "11",        "--epochs", "40",          "--d-model",
        "8",         "--n-heads", "2",        "--d-head",    "4",
        "--d-mlp",   "16"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_binary(arguments, output);
}

std::set<std::uint64_t> seeds_of(const fs::path& output) {
    std::set<std::uint64_t> seeds;
    for (const CheckRow& row : check_rows_from_csv(read_file(output / "claims.csv"), "claims.csv"))
        seeds.insert(row.seed);
    return seeds;
}

} // namespace

TEST_CASE("the reference grows seed by seed and is made again without training", "[pipeline]") {
    const TemporaryFolder folder;
    const ProcessResult first = run_reference("5,3", folder.path());
    CAPTURE(first.errors);
    REQUIRE(first.exit_status == 0);
    CHECK(seeds_of(folder.path()) == std::set<std::uint64_t>{3, 5});
    const std::string table = read_file(folder / "claims.csv");

    // What is kept of a seed: the weights of the model with ReLU alone
    const fs::path kept = folder / ".cache/reference" / engine();
    CHECK(fs::exists(run_folder(kept, "relu") / "epoch-00040.pt"));
    CHECK_FALSE(fs::exists(run_folder(kept, "linear") / "epoch-00080.pt"));

    // Nothing is done twice, and another seed adds its rows alone
    const ProcessResult again = run_reference("3,5", folder.path());
    CHECK_THAT(again.output, Contains("2 of 2 seeds are up to date"));
    CHECK(read_file(folder / "claims.csv") == table);
    REQUIRE(run_reference("3-5", folder.path()).exit_status == 0);
    CHECK(seeds_of(folder.path()) == std::set<std::uint64_t>{3, 4, 5});

    // From the weights that are kept: the same bytes
    const std::string three = read_file(folder / "claims.csv");
    const ProcessResult rejudged = run_reference("3-5", folder.path(), {"--rejudge"});
    CHECK_THAT(rejudged.output, Contains("0 to train, 3 to judge again"));
    CHECK(read_file(folder / "claims.csv") == three);

    // Rows of an older definition are made anew; where the weights are gone, this is said
    std::string older = three;
    const std::string hash = check_rows_from_csv(three, "claims.csv").front().definition;
    older.replace(older.find(hash), hash.size(), "000000000000");
    write_file(folder / "claims.csv", older);
    CHECK_THAT(run_reference("3-5", folder.path()).output, Contains("1 to judge again"));
    CHECK(read_file(folder / "claims.csv") == three);
    write_file(folder / "claims.csv", older);
    fs::remove_all(kept);
    const ProcessResult gone = run_reference("3-5", folder.path());
    CHECK(gone.exit_status == 1);
    CHECK_THAT(gone.errors, Contains("seeds 3 have rows of older definitions"));
}

TEST_CASE("a table that is damaged is refused in one line", "[pipeline]") {
    const TemporaryFolder folder;
    write_file(folder / "claims.csv", "seed\n");
    const ProcessResult refused = run_reference("3", folder.path());
    CHECK(refused.exit_status == 1);
    CHECK_THAT(refused.errors, Contains("claims.csv:1: not the columns"));
}
