// Text from outside is only text in a Markdown table.
#include "base/json.h"
#include "base/text.h"
#include "claims/robustness_table.h"
#include "support/hostile_text.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <regex>

using namespace grokreport;
using grokreport::testing::harmless;
using grokreport::testing::hostile_texts;
using grokreport::testing::tried_text;

TEST_CASE("hostile text stays in its cell of a Markdown table", "[hostile][robustness]") {
    const auto table_of = [](const std::string& text) {
        Robustness robustness;
        robustness.seeds = {1};
        robustness.commits = {text};
        robustness.grokked = {{true, 5000}};
        robustness.key_frequencies = {{3}};
        ClaimAcrossSeeds claim;
        claim.id = claim.statement = text;
        claim.expected = "pass";
        CheckAcrossSeeds check;
        check.metric = check.unit = check.relation = text;
        check.values = {1};
        claim.checks = {check};
        robustness.claims = {claim};
        robustness.failed = {{2, Json(), text, text}};
        return robustness_table(robustness, {{"config", {{"p", 7}, {"epochs", 5}}},
                                             {"provenance", {{"commit", text}, {"cpu", text}}}});
    };
    const auto bars = [](const std::string& table) {
        return std::ranges::count(std::regex_replace(table, std::regex(R"(\\\|)"), ""), '|');
    };
    const std::string expected = table_of(harmless);
    for (const std::string& text : hostile_texts()) {
        if (text.size() > 1000) continue; // std::regex is recursive
        INFO(text);
        const std::string table = table_of(text);
        const bool same_cells = std::ranges::count(table, '\n') == std::ranges::count(expected, '\n') &&
                                bars(table) == bars(expected);
        const bool has_link = std::regex_search(table, std::regex(R"([^\\]\]\()"));
        tried_text("in a Markdown table", "it stays in its cell, and is no link and no markup",
                   same_cells && !has_link && table.find('<') == table.npos && clean_text(table) == table);
    }
}
