#include "base/error.h"
#include "pipeline/needs.h"
#include "sections/memory.h"
#include "support/temporary_folder.h"

#include <catch2/catch.hpp>
#include <cmath>

using namespace grokreport;
using Catch::Matchers::Contains;

namespace {

std::string refusal(const Needs& needs, const Room& room, int p, int threads) {
    Study study;
    study.config.p = p;
    try {
        require_room(needs, room, study, threads);
    } catch (const Error& refused) {
        return refused.what();
    }
    return "";
}

} // namespace

TEST_CASE("the memory of the analyses is of order p d_mlp + p^2", "[needs]") {
    const auto memory = [](int p, int d_mlp) {
        Config config;
        config.p = p;
        config.d_mlp = d_mlp;
        return analysis_memory(config, 1);
    };
    CHECK(memory(113, 512) < 0.5e9);
    CHECK(memory(499, 512) < 2 * 1024.0 * 1024 * 1024);
    CHECK(memory(997, 512) < 8 * 1024.0 * 1024 * 1024);
    // Far less than one matrix over all pairs
    CHECK(memory(1999, 512) < 8.0 * 1999 * 1999 * 512);
}

TEST_CASE("what fits is not refused, and what does not is told with what would", "[needs]") {
    CHECK(refusal({.memory = 1e9, .disk = 1e9}, {.memory = 1e9, .disk = 1e9}, 113, 2).empty());
    Config large;
    large.p = 997;
    const double two = analysis_memory(large, 2);
    CHECK_THAT(refusal({.memory = two}, {.memory = 0.9 * two, .disk = 1e9}, 997, 2),
               Contains("the report needs about") && Contains("--threads 1 would fit"));
    CHECK_THAT(refusal({.memory = two}, {.memory = 0.6e9, .disk = 1e9}, 997, 2),
               Contains("600 MB are free; --p ") && Contains(" --threads 1 would fit"));
    CHECK_THAT(refusal({.disk = 4e9}, {.memory = 1e9, .disk = 1e9}, 113, 2),
               Contains("25 % of the seeds or epochs would fit"));
}

TEST_CASE("this machine has room for something", "[needs]") {
    const testing::TemporaryFolder folder;
    const Room room = room_for(folder.path());
    CHECK(room.memory > 1e6);
    CHECK(room.disk > 0);
    CHECK(std::isinf(room_for(folder / "nowhere").disk));
}
