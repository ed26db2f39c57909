#include "sections/sections.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

using namespace grokreport;

TEST_CASE("each claim has an id of its own, and the table is in the order of the report", "[claims]") {
    const BoundTable table = table_of_bounds({});
    std::set<std::string> ids;
    for (const ClaimDefinition& claim : table) {
        CAPTURE(claim.id);
        CHECK(ids.insert(claim.id).second);
        CHECK(claim.source.starts_with("src/sections/"));
        CHECK(std::filesystem::exists(std::filesystem::path(GROKREPORT_SOURCE_DIR) / claim.source));
    }
    CHECK(std::ranges::is_sorted(table, {}, &ClaimDefinition::section));
    const auto place_of = [&](const char* id) {
        const auto found = std::ranges::find(table, id, &ClaimDefinition::id);
        REQUIRE(found != table.end());
        return found - table.begin();
    };
    CHECK(place_of("mlp.affine") < place_of("linear.groks"));
    CHECK(place_of("linear.groks") < place_of("mlp.circles-preserved"));
}
