#include "render/claim_sentences.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace grokreport::render;
using Catch::Matchers::Contains;

namespace {

std::string expanded(const std::string& text, const std::vector<std::string>& claims) {
    std::vector<Source> chapters{{"a.md", text}};
    write_claim_sentences(chapters, claims);
    return chapters.front().text;
}

} // namespace

TEST_CASE("a line makes a claim in one sentence and keeps the number of lines", "[render][template]") {
    const std::string text = expanded("# One\n\n::: claim a.b-c\n\nEnd\n", {"a.b-c"});
    CHECK(std::ranges::count(text, '\n') == 5);
    CHECK_THAT(text,
               Contains("\n{{claim.a.b-c.statement}} {{{badge.a.b-c}}} {{#claim.a.b-c.pass}}Measured: "));
    CHECK_THAT(text, Contains("{{/claim.a.b-c.not_run}}\n\nEnd\n"));
    for (const std::string state : {"pass", "fail", "inconclusive", "not_run"})
        CHECK_THAT(text,
                   Contains("{{#claim.a.b-c." + state + "}}") && Contains("{{/claim.a.b-c." + state + "}}"));
}

TEST_CASE("the other claims are those that no chapter makes, each once", "[render][template]") {
    std::vector<Source> chapters{
        {"a.md", "::: claim a.one\n"},
        {"b.md", "{{{badge.a.two}}} and ::: claim a.three in a line\n\n::: other claims"}};
    write_claim_sentences(chapters, {"a.one", "a.two", "a.three", "a.on"});
    CHECK_THAT(chapters[1].text, Contains("{{{badge.a.three}}}") && Contains("{{{badge.a.on}}}"));
    CHECK_THAT(chapters[1].text, !Contains("{{{badge.a.one}}}"));
    CHECK_THAT(chapters[1].text,
               Catch::StartsWith("{{{badge.a.two}}} and ::: claim a.three in a line\n\n{{claim"));
    CHECK(expanded("::: other claims", {}).empty());
    CHECK(expanded("", {"a.b"}).empty());
    CHECK(expanded("no line at its end", {}) == "no line at its end");
}
