#include "base/error.h"
#include "render/template.h"

#include <catch2/catch.hpp>

using namespace grokreport;
using namespace grokreport::render;

namespace {

const Json context = {{"run", {{"seed", "7"}, {"is_long", true}}},
                      {"spikes", list_of({{"epoch", ""}, {"height", ""}}, Json::array())},
                      {"heads", {{{"name", "first"}}, {{"name", "second"}}}},
                      {"claim", {{"grok", {{"accuracy-unseen", {{"pass", false}, {"value", "0.5"}}}}}}},
                      {"mark", own_html("<b>!</b>")}};

Template html(const std::string& text) {
    return {Source{"t.html", text}, Template::Language::html};
}

std::string filled(const std::string& text) {
    const Template checked = html(text);
    std::set<std::string> used;
    checked.check(context, used);
    return checked.fill(context);
}

std::string error_of(const std::string& text) {
    try {
        filled(text);
    } catch (const Error& problem) {
        return problem.what();
    }
    return "no error";
}

} // namespace

TEST_CASE("unknown names are refused in every branch, with their place", "[template]") {
    CHECK(error_of("{{run.sed}}") == "t.html:1:1: unknown name 'run.sed'; did you mean 'run.seed'?");
    CHECK_THAT(error_of("é é {{nothing.like.it}}"),
               Catch::StartsWith("t.html:1:5: unknown name 'nothing.like.it'"));
    CHECK_THAT(error_of("a\nb\n  {{^run.is_long}}\n{{run.sede}}{{/run.is_long}}"),
               Catch::StartsWith("t.html:4:1:"));
    CHECK_THAT(error_of("{{#run.is_short}}{{/run.is_short}}"), Catch::StartsWith("t.html:1:1:"));
    CHECK_THAT(error_of("{{#claim.grok.accuracy-unseen.pass}}{{x}}{{/claim.grok.accuracy-unseen.pass}}"),
               Catch::StartsWith("t.html:1:37: unknown name 'x'"));
}

TEST_CASE("inside a list names are those of its prototype, even when it is empty", "[template]") {
    CHECK(filled("{{#spikes}}{{epoch}}, {{run.seed}}{{/spikes}}{{^spikes}}none{{/spikes}}") == "none");
    CHECK(error_of("{{#spikes}}{{epohc}}{{/spikes}}") ==
          "t.html:1:12: unknown name 'epohc'; did you mean 'epoch'?");
    CHECK(filled("{{#heads}}{{name}} {{/heads}}") == "first second ");
    CHECK_THROWS_WITH(validate_context({{"heads", Json::array()}}), Catch::Contains("empty list"));
    CHECK_THROWS_WITH(validate_context({{"heads", {{{"a", ""}}, {{"b", ""}}}}}),
                      Catch::Contains("other names"));
    CHECK_THROWS_WITH(validate_context({{"n", 1}}), Catch::Contains("'n' is 1"));
}

TEST_CASE("sections must nest", "[template]") {
    CHECK(error_of("x\n{{#run}}") == "t.html:2:1: section 'run' is never closed; add {{/run}}");
    CHECK_THAT(error_of("{{/run}}"), Catch::StartsWith("t.html:1:1: section 'run' is closed but not open"));
    CHECK_THAT(
        error_of("{{#run}}{{#heads}}{{/run}}{{/heads}}"),
        Catch::StartsWith("t.html:1:19: 'run' is closed where 'heads', opened at t.html:1:9, is open"));
    CHECK_THAT(error_of("{{run.seed"), Catch::StartsWith("t.html:1:1: this tag is not closed"));
    CHECK_THAT(error_of("{{}}"), Catch::StartsWith("t.html:1:1: this tag has no name"));
    CHECK_THAT(error_of("{{> partial}}"), Catch::StartsWith("t.html:1:1: partials"));
    CHECK_THAT(error_of("{{=<% %>=}}"), Catch::StartsWith("t.html:1:1: partials"));
}

TEST_CASE("a name is used as what it is", "[template]") {
    CHECK_THAT(error_of("{{{run.seed}}}"), Catch::Contains("would let it act as markup"));
    CHECK_THAT(error_of("{{&run.seed}}"), Catch::Contains("would let it act as markup"));
    CHECK_THAT(error_of("{{mark}}"), Catch::Contains("'mark' is HTML; write {{{mark}}}"));
    CHECK_THAT(error_of("{{run.is_long}}"), Catch::Contains("is no text"));
    CHECK_THAT(error_of("{{#run.seed}}{{/run.seed}}"), Catch::Contains("cannot open a section"));
    CHECK_THAT(error_of("{{^run}}{{/run}}"), Catch::Contains("cannot be inverted"));
    CHECK_THAT(error_of("{{run}}"), Catch::Contains("group of names"));
    CHECK(filled("{{#run}}{{seed}}{{/run}} {{{mark}}}") == "7 <b>!</b>");
}

TEST_CASE("filling without a check still refuses a missing name", "[template]") {
    CHECK_THROWS_WITH(html("{{nothing}}").fill(context), Catch::Contains("unknown name 'nothing'"));
}

TEST_CASE("tags on lines of their own leave no line, and empty lines stay", "[template]") {
    CHECK(filled("a\n  {{#run.is_long}}\nb\n  {{/run.is_long}}\nc\n") == "a\nb\nc\n");
    CHECK(filled("a\n{{^run.is_long}}\nb\n{{/run.is_long}}\nc\n") == "a\nc\n");
    CHECK(filled("a\n{{#run.is_long}}\nb\n{{/run.is_long}}\n\nc") == "a\nb\n\nc");
    CHECK(filled("a\n{{! nothing }}\nb") == "a\nb");
    CHECK(filled("{{#heads}}\n- {{name}}\n{{/heads}}\n") == "- first\n- second\n");
}

TEST_CASE("the paths of all names that were seen are reported", "[template]") {
    std::set<std::string> used;
    html("{{#spikes}}{{epoch}}{{/spikes}}{{#run.is_long}}{{run.seed}}{{/run.is_long}}").check(context, used);
    CHECK(used == std::set<std::string>{"run.is_long", "run.seed", "spikes", "spikes.epoch"});
}
