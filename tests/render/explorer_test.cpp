#include "support/render_fixture.h"

#include <catch2/catch.hpp>

using namespace grokreport;
using render_fixture::count;
using render_fixture::Report;

namespace {

Json settings() {
    return Json::array({{{"name", "half"},
                         {"words", "x/2 & more"},
                         {"setting", "activation=half&path=mlp"},
                         {"accuracy", "25.5 %"}}});
}

Report with_explorer(const Json& model) {
    Report report;
    report.chapter += "\nHalf {{{setting.half}}}.\n\n::: explorer\nThe *still*.\n:::\n";
    report.results.explorer = {{"left_out", model.is_null() ? "it has p = 211" : ""},
                               {"a", 2},
                               {"b", 5},
                               {"settings", settings()},
                               {"model", model}};
    return report;
}

} // namespace

TEST_CASE("the explorer stands around its still, with its data and its scripts", "[render][explorer]") {
    const std::string page = with_explorer({{"p", 7}, {"W_E", "</script><b>"}}).render();
    CHECK(count(page, "id=\"try\"") == 1);
    CHECK(count(page, "<em>still</em>") == 1);
    CHECK(count(page, "function explorerModel(") == 1);
    CHECK(count(page, "max=\"6\" value=\"2\"") == 2); // a number and a slider
    CHECK(count(page, "</script><b>") == 0);
    CHECK(count(page, "<a href=\"#try\">Try the model in this page</a>") == 1);
    CHECK(
        count(
            page,
            R"(<a class="setting" href="#try" data-setting="activation=half&amp;path=mlp" data-accuracy="25.5 %" aria-label="try it: x/2 &amp; more">try it</a>)") ==
        1);
}

TEST_CASE("without a model the page keeps the still and says why", "[render][explorer]") {
    const std::string page = with_explorer(nullptr).render();
    CHECK(count(page, "id=\"try\"") == 0);
    CHECK(count(page, "#try\"") == 0);
    CHECK(count(page, "<em>still</em>") == 1);
    CHECK(count(page, "explorerModel") == 0);
    CHECK(count(page, "The page does not compute with this model: it has p = 211.") == 1);
}

TEST_CASE("a setting that does not exist is an error in its place", "[render][explorer]") {
    Report report = with_explorer({{"p", 7}});
    report.chapter += "\n{{{setting.halve}}}\n";
    CHECK_THAT(report.error(), Catch::Contains("unknown name 'setting.halve'; did you mean 'setting.half'?"));
    CHECK_THAT(report.error(), Catch::StartsWith("04-test.md:"));
}
