// Citations, footnotes, code, and the formulas of claims.
#include "support/render_fixture.h"

#include "base/numbers.h"
#include "render/claim_formulas.h"

#include <catch2/catch.hpp>

using namespace grokreport;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using render_fixture::count;
using render_fixture::Report;

namespace {

constexpr const char* two_works = R"([
    {"id": "b2023", "issued": {"date-parts": [[2023]]}, "title": "On B", "author":
        [{"family": "Bee", "given": "B."}, {"family": "Cee", "given": "C."}, {"family": "Dee", "given": "D."}]},
    {"id": "a2020", "issued": {"date-parts": [[2020]]}, "title": "On A", "URL": "https://example.org/a?b&c"}])";

Report with_text(const std::string& text) {
    Report report;
    report.chapter += "\n" + text + "\n";
    return report;
}

Report with_works(const std::string& text) {
    Report report = with_text(text);
    report.references = two_works;
    return report;
}

// The TeX of the formula of one claim with one check.
std::string formula_tex(const std::string& line, const Json& details, const Json& value) {
    Json claim = render_fixture::claim("a.claim", "pass");
    claim["details"] = details;
    claim["checks"][0]["value"] = value;
    const render::Source source{"formulas.tex", "% a comment\n[a.claim]\n" + line + "\n"};
    return render::claim_formulas(source, Json::array({claim})).at("a.claim").at(0).tex;
}

} // namespace

TEST_CASE("citations read as in print and lead to the list", "[render][notes]") {
    const std::string page = with_works("As @b2023 say [@a2020; @b2023]. Mail a@b2023.org.").render();
    const std::string in_brackets = "href=\"#reference-b2023\">Bee et al., 2023</a>";
    CHECK(count(page, "As <a class=\"citation\" href=\"#reference-b2023\">Bee et al. (2023)</a> say") == 1);
    CHECK(count(page, "(<a class=\"citation\" href=\"#reference-a2020\"><cite>On A</cite>, 2020</a>; ") == 1);
    CHECK(count(page, in_brackets) == 1);
    CHECK(count(page, "a@b2023.org") == 1);
    CHECK(count(page, "<li id=\"reference-b2023\">B. Bee, C. Cee and D. Dee (2023). <cite>On B</cite>.") ==
          1);
    CHECK(count(page, "<a href=\"https://example.org/a?b&amp;c\">") == 1);
    CHECK(page.find("reference-b2023\">B.") < page.find("<li id=\"reference-a2020")); // Bee before On A
}

TEST_CASE("every work is cited and every citation is of a work", "[render][notes]") {
    CHECK_THAT(with_works("@a2020").error(), Contains("nothing cites 'b2023'"));
    CHECK_THAT(with_works("@a2020 and @b2032").error(),
               StartsWith("04-test.md:15:12: there is no reference 'b2032'; did you mean 'b2023'?"));
    CHECK_THAT(with_works("[@a2020, p. 3]").error(),
               StartsWith("04-test.md:15:1: this citation cannot be read"));
    Report alike = with_text("");
    alike.references = R"([{"id": "a", "issued": {"date-parts": [[2020]]}, "title": "T"},
                           {"id": "b", "issued": {"date-parts": [[2020]]}, "title": "T"}])";
    CHECK_THAT(alike.error(), Contains("'a' and 'b' would be cited alike, as T, 2020"));
    alike.references = R"([{"id": "a"}])";
    CHECK_THAT(alike.error(), Contains("references.json: work 1: "));
}

TEST_CASE("footnotes are numbered as the text points to them and lead back", "[render][notes]") {
    const std::string page =
        with_text("One.[^late] Two.[^early] Again.[^late]\n\n::: footnote early\n*E* $x$\n:::\n\n"
                  "::: footnote late\nL\n:::")
            .render();
    CHECK(count(page, "One.<sup><a class=\"footnote\" id=\"note-late\" href=\"#footnote-late\"") == 1);
    CHECK(count(page, "href=\"#footnote-late\" role=\"doc-noteref\" aria-label=\"Note 1\">1</a>") == 2);
    CHECK(page.find("<li id=\"footnote-late\"><p>L</p>") <
          page.find("<li id=\"footnote-early\"><p><em>E</em> "));
    CHECK_THAT(with_text("x[^a]").error(), StartsWith("04-test.md:15:2: there is no footnote 'a'"));
    CHECK_THAT(with_text("::: footnote a\nx\n:::").error(),
               StartsWith("04-test.md:15:1: nothing points to the footnote 'a'"));
    CHECK_THAT(with_text("[^a]\n\n::: footnote a\nx\n:::\n::: footnote a\nx\n:::").error(),
               StartsWith("04-test.md:20:1: there are two footnotes 'a'"));
}

TEST_CASE("code is coloured where it names its language", "[render][notes]") {
    const std::string page = with_text("```python\nfor k in {{run.value}}: a < b\n```").render();
    CHECK(count(page, "<pre tabindex=\"0\"><code><span class=\"k\">for</span>") == 1);
    CHECK(count(page, "<span class=\"o\">&lt;</span>") == 1);
    CHECK_THAT(with_text("```pithon\nx\n```").error(), Contains("code of unknown language 'pithon'"));
}

TEST_CASE("a formula has the numbers of the run, and the relation that holds", "[render][notes]") {
    const Json details = {{"k_4", {{"purity", 0.95}, {"null", 0.25}}},
                          {"k_11", {{"purity", 0.875}, {"null", 0.5}}},
                          {"list", {1, 2500}},
                          {"tiny", 2.5e-7},
                          {"note", 1}};
    CHECK(formula_tex("m = \\min\\{ {{k_*.purity}} \\}", details, 0.95) ==
          "m = \\min\\{ 0.95,\\ 0.875 \\} = 0.95 \\ge 0.9\\ \\text{pairs}");
    CHECK(formula_tex("m = {{k_*.purity - k_*.null}}", details, 0.5) ==
          "m = 0.95 - 0.25,\\ 0.875 - 0.5 = 0.5 < 0.9\\ \\text{pairs}");
    CHECK_THAT(formula_tex("m = {{list}} + {{tiny}}", details, 1),
               StartsWith("m = 1,\\ 2{,}500 + 2.5 \\times 10^{-7} = 1"));
    CHECK(formula_tex("m = a = {{k_*.purity}}", Json::object(), nullptr) == "m = a"); // nothing was measured
    CHECK_THROWS_WITH(formula_tex("m = {{k_*.puri}}", details, 1),
                      StartsWith("formulas.tex:3:1: the details of a.claim have no 'k_*.puri'"));
    CHECK(render::number_as_tex(format_number(-0.001234)) == "-0.00123");
}

TEST_CASE("every claim has its formulas, one a check", "[render][notes]") {
    Report report;
    report.formulas = "[grok.accuracy]\nx\n";
    CHECK_THAT(report.error(), Contains("no formula for the claim 'model.ok'"));
    report.formulas = report.plain_formulas() + "y\n";
    CHECK_THAT(report.error(), Contains("formulas.tex:3:1: 2 lines for the 1 checks of 'model.ok'"));
    report.formulas = report.plain_formulas() + "[model.okay]\n";
    CHECK_THAT(report.error(),
               Contains("formulas.tex:5:1: there is no claim 'model.okay'; did you mean 'model.ok'?"));
    report.formulas = "[grok.accuracy]\n\\nope\n[model.ok]\nx\n";
    CHECK_THAT(report.error(), Contains("formulas.tex:2:1: formula '\\nope"));
    report.formulas.clear();
    CHECK(count(report.render(), "<tr class=\"formula\">") == 2);
}
