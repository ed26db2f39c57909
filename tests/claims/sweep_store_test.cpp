#include "base/error.h"
#include "base/files.h"
#include "claims/sweep_store.h"
#include "support/temporary_folder.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <thread>

using namespace grokreport;

namespace {

StoredOutcome outcome(std::uint64_t seed, double value) {
    const nlohmann::ordered_json claim{
        {"id", "grok.accuracy"},
        {"verdict", "pass"},
        {"control", {{"value", 0.25}}},
        {"checks",
         {{{"metric", "accuracy"}, {"value", value}, {"bound", 1}, {"relation", ">="}},
          {{"metric", "loss"}, {"value", nullptr}, {"bound", 2}, {"relation", "<"}}}}};
    nlohmann::ordered_json document{{"seed", seed}, {"claims", nlohmann::ordered_json::array({claim})}};
    return {"settings", "files", {seed, std::move(document), "", "abc"}};
}

} // namespace

TEST_CASE("a stored seed is found as it was, and replaced", "[sweep_store]") {
    const testing::TemporaryFolder folder;
    const std::uint64_t large = 18'446'744'073'709'551'615U;
    {
        SweepStore store(folder / "sweep.sqlite");
        store.put(outcome(3, 0.5));
        store.put(outcome(large, 1));
        store.put(outcome(3, 0.75));
    }
    SweepStore store(folder / "sweep.sqlite");
    const auto found = store.find("settings", 3);
    REQUIRE(found);
    CHECK(found->outcome.document == outcome(3, 0.75).outcome.document);
    CHECK(found->outcome.commit == "abc");
    CHECK(found->computed_from == "files");
    CHECK(store.find("settings", large)->outcome.seed == large);
    CHECK_FALSE(store.find("other settings", 3));
    CHECK_FALSE(store.find("settings", 4));

    Database database(folder / "sweep.sqlite");
    Statement checks =
        database.prepare("SELECT value, control FROM claims WHERE seed = ? ORDER BY \"check\"");
    checks.bind("3");
    REQUIRE(checks.step());
    CHECK(checks.number(0) == 0.75);
    CHECK(checks.number(1) == 0.25);
    REQUIRE(checks.step());
    CHECK_FALSE(checks.number(0));
    CHECK_FALSE(checks.step());
}

TEST_CASE("several writers take turns", "[sweep_store]") {
    const testing::TemporaryFolder folder;
    const auto write = [&](std::uint64_t first) {
        SweepStore store(folder / "sweep.sqlite"); // a connection of its own, as another process has
        for (std::uint64_t seed = first; seed < first + 10; ++seed)
            store.put(outcome(seed, 1));
    };
    {
        const std::jthread one([&] { write(0); }), other([&] { write(100); });
    }
    SweepStore store(folder / "sweep.sqlite");
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        CHECK(store.find("settings", seed));
        CHECK(store.find("settings", 100 + seed));
    }
}

TEST_CASE("what is not written as a whole is not there", "[sweep_store]") {
    const testing::TemporaryFolder folder;
    StoredOutcome broken = outcome(1, 1);
    broken.outcome.document["claims"][0]["checks"][1].erase("metric");
    SweepStore store(folder / "sweep.sqlite");
    CHECK_THROWS(store.put(broken));
    CHECK_FALSE(store.find("settings", 1));
    store.put(outcome(1, 1));
    CHECK(store.find("settings", 1));
}

TEST_CASE("a file that is no database is named with its mend", "[sweep_store]") {
    const testing::TemporaryFolder folder;
    write_file(folder / "sweep.sqlite", std::string(5000, 'x'));
    CHECK_THROWS_AS(SweepStore(folder / "sweep.sqlite"), Error);
}
