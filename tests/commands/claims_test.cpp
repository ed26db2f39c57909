#include "commands/claims.h"
#include "sections/sections.h"

#include <catch2/catch.hpp>
#include <set>

using namespace grokreport;
using Catch::Matchers::Contains;

TEST_CASE("every claim of the table is printed once, whole", "[claims]") {
    const BoundTable table = table_of_bounds({});
    const std::string text = claims_text(table);
    const nlohmann::ordered_json document = claims_json(table);
    REQUIRE(document.size() == table.size());
    std::set<std::string> ids;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const ClaimDefinition& claim = table[i];
        CAPTURE(claim.id);
        CHECK(ids.insert(claim.id).second);
        for (const std::string& part : {"\n" + claim.id + "  (section ", claim.statement, claim.control})
            CHECK_THAT("\n" + text, Contains(part));
        for (const ClaimDefinition::Check& check : claim.checks)
            CHECK_THAT(text, Contains(check.metric) && Contains(check.reason));
        CHECK(document[i]["id"] == claim.id);
        CHECK(document[i]["checks"].size() == claim.checks.size());
        CHECK(document[i]["control"].is_null() == claim.control.empty());
        CHECK(document[i]["expected"] == to_string(claim.expected));
        CHECK(document[i]["kind"] == to_string(claim.kind));
        CHECK((claim.kind == Kind::ours) >= (claim.section == "9"));
        for (const char* measured : {"value", "verdict", "details"})
            CHECK_FALSE(document[i].contains(measured));
    }
}

TEST_CASE("bounds that depend on p follow it", "[claims]") {
    CHECK(claims_json(table_of_bounds({.p = 59})) != claims_json(table_of_bounds({.p = 113})));
}
