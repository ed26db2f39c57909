#include "base/error.h"
#include "base/files.h"
#include "render/chapters.h"
#include "support/render_fixture.h"
#include "support/temporary_folder.h"

#include <catch2/catch.hpp>
#include <regex>
#include <set>

using namespace grokreport;
using render_fixture::claim;
using render_fixture::count;
using render_fixture::recorded_runs;
using render_fixture::Report;

namespace {

const std::string figures_and_badges = Report{}.chapter.substr(Report{}.chapter.find("The value"));

// The article of the page.
std::string text_of(const std::string& page) {
    const std::size_t begin = page.find("<article");
    return page.substr(begin, page.find("</article>") - begin);
}

} // namespace

TEST_CASE("a page stands on its own and is the same every time", "[render][page]") {
    Report report;
    report.chapter += "\nFormula $x^2$.\n";
    const std::string page = report.render();
    CHECK(page == report.render());
    CHECK(page.starts_with("<!DOCTYPE html>"));
    CHECK(count(page, "src=\"") == 0);
    CHECK(count(page, "url(fonts") == 0);
    static const std::regex loads(R"((src|url\(|@import|<link[^>]*href)\s*=?\s*["'(]?\s*https?:)");
    CHECK_FALSE(std::regex_search(page, loads));
    CHECK(count(page, "font-family:KaTeX_Math;src:url(data:font/woff2") == 1);
    CHECK(page.find("\xEE\x80") == std::string::npos); // no placeholder is left
}

TEST_CASE("ids are unique and links lead somewhere", "[render][page]") {
    Report report;
    report.chapter = "# Same\n\n# Same\n\n## One & `two`\n\n" + figures_and_badges +
                     "See @figure-two and [](#section-same-2).\n";
    const std::string page = report.render();
    static const std::regex id(R"re( id="([^"]*)")re");
    static const std::regex link(R"re( href="#([^"]*)")re");
    std::set<std::string> ids;
    for (std::sregex_iterator match(page.begin(), page.end(), id), end; match != end; ++match) {
        INFO((*match)[1]);
        CHECK(ids.insert((*match)[1]).second);
    }
    for (std::sregex_iterator match(page.begin(), page.end(), link), end; match != end; ++match) {
        INFO((*match)[1]);
        CHECK(ids.contains((*match)[1]));
    }
    for (const char* expected : {"section-same", "section-same-2", "section-one-two", "figure-one",
                                 "claim-model.ok", "figure-one-clip", "figure-two-clip"})
        CHECK(ids.contains(expected));
    CHECK(count(page, "<span class=\"number\">4.1</span>") == 2); // in the heading and in the contents
    CHECK(count(page, "<a href=\"#figure-two\">Figure 2</a>") == 1);
    CHECK(count(page, "<a href=\"#section-same-2\">Section 4</a>") == 1);
}

TEST_CASE("errors name the template, line and column", "[render][page]") {
    const auto error_of = [](const std::string& chapter) {
        Report report;
        report.chapter = chapter;
        return report.error();
    };
    CHECK(error_of("# T\n\nHere {{run.valu}}.") ==
          "04-test.md:3:6: unknown name 'run.valu'; did you mean 'run.value'?");
    CHECK(error_of("{{{badge.grok.acuracy}}}{{run.value}}") ==
          "04-test.md:1:1: unknown name 'badge.grok.acuracy'; did you mean 'badge.grok.accuracy'?");
    CHECK_THAT(
        error_of(figures_and_badges + "{{#claim.model.ok.pass}}\n{{/claim.model.ok.pass}}\né $\\nope$"),
        Catch::StartsWith("04-test.md:14:3: formula '\\nope' does not parse"));
    CHECK_THAT(error_of(figures_and_badges + "$x"),
               Catch::StartsWith("04-test.md:12:1: this formula is not closed"));
    CHECK_THAT(error_of(figures_and_badges + "$$"),
               Catch::StartsWith("04-test.md:12:1: this formula is not closed"));
    CHECK_THAT(error_of(figures_and_badges + "$$x$"),
               Catch::StartsWith("04-test.md:12:1: a formula opened by $$"));
    CHECK_THAT(error_of(figures_and_badges + "a @figure-tow"),
               Catch::StartsWith(
                   "04-test.md:12:3: there is no figure or section 'figure-tow'; did you mean 'figure-two'"));
    CHECK_THAT(error_of(figures_and_badges + "::: figure three\nalt: x\nc\n:::"),
               Catch::StartsWith("04-test.md:12:1: there is no figure 'three'"));
    CHECK_THAT(error_of(figures_and_badges + "::: figure one\nalt: x\nc\n:::"),
               Catch::StartsWith("04-test.md:12:1: figure 'one' is shown a second time"));
    CHECK_THAT(error_of("{{run.value}}\n::: figure one\nc\n:::"),
               Catch::StartsWith("04-test.md:2:1: figure 'one' has no alternative text"));
    CHECK_THAT(error_of("{{run.value}}\n::: figure one\nalt: a $b$\nc\n:::"),
               Catch::StartsWith("04-test.md:3:8: an alternative text is plain"));
    CHECK_THAT(error_of("{{run.value}}\n::: figure one\nalt: a\n\n:::"),
               Catch::StartsWith("04-test.md:2:1: figure 'one' has no caption"));
    CHECK_THAT(error_of("{{run.value}}\n::: note\n"),
               Catch::StartsWith("04-test.md:2:1: this directive is never"));
    CHECK_THAT(error_of("{{run.value}}\n:::\n"), Catch::StartsWith("04-test.md:2:1: ::: closes"));
    CHECK_THAT(error_of("{{run.value}}\n::: notes\n:::"),
               Catch::StartsWith("04-test.md:2:1: unknown directive 'notes'"));
}

TEST_CASE("what is measured is shown", "[render][page]") {
    Report fact;
    fact.results.facts["run"]["other"] = "x";
    CHECK_THAT(fact.error(), Catch::StartsWith("no template names the fact 'run.other'"));
    Report figure;
    figure.results.figures.push_back({"three", "abc", "seed 3", "not recorded"});
    CHECK_THAT(figure.error(), Catch::StartsWith("no template shows the figure 'three'"));
    Report silent;
    silent.results.claims["claims"].push_back(claim("a.third", "pass"));
    CHECK_THAT(silent.error(), Catch::StartsWith("no template makes the claim 'a.third'"));
    Report hidden; // its badge stands in a branch that is not taken
    hidden.results.claims["claims"].push_back(claim("a.third", "pass"));
    hidden.chapter += "\n{{#claim.a.third.fail}}\n{{{badge.a.third}}}\n{{/claim.a.third.fail}}\n";
    CHECK_THAT(hidden.error(), Catch::StartsWith("no template makes the claim 'a.third'"));
    Report markup;
    markup.results.facts["run"]["value"] = {{"own html", "<b>"}};
    CHECK_THAT(markup.error(), Catch::StartsWith("the fact 'run.value' brings HTML"));
}

TEST_CASE("a value is text, whatever is in it", "[render][page]") {
    const std::vector<std::pair<std::string, std::string>> hostile{
        {"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
        {"*a* _b_ **c**", "*a* _b_ **c**"},
        {"$x$ $$y$$", "$x$ $$y$$"},
        {"`a` ```", "`a` ```"},
        {"[a](b) ![c](d) <https://e.org>", "[a](b) ![c](d) &lt;https://e.org&gt;"},
        {"# a\n\n- b\n\n::: note\nc\n:::", "# a  - b  ::: note c :::"},
        {"\"'&amp; \\ | ~", "&quot;&#39;&amp;amp; \\ | ~"},
        {"{{run.value}}", "{{run.value}}"},
        {"@figure-one [](#figure-one)", "@figure-one [](#figure-one)"},
        {"\uE001\uE041\uE00F", "\uFFFD\uFFFD\uFFFD"}};
    for (const auto& [value, shown] : hostile) {
        INFO(value);
        Report report;
        report.results.facts["run"]["value"] = value;
        report.chapter =
            "{{run.value}} begins, *in {{run.value}}*, `code {{run.value}}` ends {{run.value}}\n\n" +
            report.chapter + "\n# {{run.value}}\n\n::: details {{run.value}}\nx\n:::\n";
        const std::string text = text_of(report.render());
        CHECK(count(text, "<p>" + shown + " begins, <em>in " + shown + "</em>, <code>code " + shown +
                              "</code> ends " + shown + "</p>") == 1);
        CHECK(count(text, shown + "</span> <a class=\"permalink\"") == 1);
        CHECK(count(text, "<summary>" + shown + "</summary>") == 1);
        CHECK(count(text, "<em>") == 1);
    }
}

TEST_CASE("claims and figures cannot bring markup either", "[render][page]") {
    Report report;
    report.results.facts["run"]["value"] = "\" onload=\"x\" <b>";
    report.chapter =
        "# T\n\n{{{badge.grok.accuracy}}} {{{badge.model.ok}}}\n\n::: figure one\nalt: {{run.value}}\n"
        "Caption {{run.value}}\n:::\n\n::: figure two\nalt: Two.\nC.\n:::\n";
    Json& first = report.results.claims["claims"][0];
    for (const char* field : {"statement", "reason", "metric", "source"})
        first[field] = "<img src=x> $y$ {{z}}";
    first["checks"][0]["reason"] = "<img src=x>";
    first["details"] = {{"<img src=x>", "<img src=x>"}};
    first["control"]["description"] = "<img src=x>";
    report.results.claims["provenance"]["cpu"] = "<img src=x>";
    const std::string page = report.render();
    CHECK(count(page, "<img") == 0);
    CHECK(count(page, "aria-label=\"&quot; onload=&quot;x&quot; &lt;b&gt;\"") == 1);
    CHECK(count(page, "&lt;img src=x&gt; $y$ {{z}}") >= 3);
}

TEST_CASE("mathematics keeps its backslashes and stays out of code", "[render][page]") {
    Report report;
    report.results.facts["run"]["value"] = "4,325";
    report.chapter += "\n$$\\begin{aligned} a_1 &= b*c*d \\\\ e_2 &< f \\end{aligned}$$\n\n"
                      "Inline $n = {{run.value}}$ costs \\$5 and `$x$`.\n\n```\n$y$ ::: note\n```\n";
    const std::string text = text_of(report.render());
    CHECK(count(text, "<span class=\"katex-display\">") == 1);
    CHECK(count(text, "\\\\ e_2 &amp;&lt; f") == 1); // the annotation of KaTeX
    CHECK(count(text, "n = 4{,}325") == 1);
    CHECK(count(text, "costs $5 and <code>$x$</code>") == 1);
    CHECK(count(text, "<pre tabindex=\"0\"><code>$y$ ::: note\n</code></pre>") == 1);
    report.chapter += "\n$a \\ne b \\nsubseteqq c$\n";
    CHECK(count(text_of(report.render()), "\uE020") == 1); // a glyph of KaTeX, not a placeholder
    report.results.facts["run"]["value"] = "\\frac{1}{2} $ % ^ ~ & # _";
    CHECK(count(text_of(report.render()), "\\text{\\textbackslash{}frac") == 1);
}

TEST_CASE("a block of code may have empty lines", "[render][page]") {
    Report report;
    report.chapter += "\n```\na\n\n\n$b$\n\n```\n";
    CHECK(count(text_of(report.render()), "<code>a\n\n\n$b$\n\n</code>") == 1);
}

TEST_CASE("a badge tells its verdict by word, sign and colour", "[render][page]") {
    const std::vector<std::pair<std::string, std::string>> verdicts{{"pass", "✓</span> pass"},
                                                                    {"fail", "✗</span> fail"},
                                                                    {"inconclusive", "?</span> inconclusive"},
                                                                    {"not-run", "–</span> not run"}};
    for (const auto& [verdict, shown] : verdicts) {
        Report report;
        report.results.claims["claims"][0] =
            claim("grok.accuracy", verdict, verdict == "pass" ? "" : "said why");
        const std::string page = report.render();
        const std::string text = text_of(page);
        INFO(verdict);
        CHECK(count(text, "<details class=\"badge " + verdict + "\" id=\"claim-grok.accuracy\">") == 1);
        CHECK(count(text, "<a class=\"chip " + verdict + "\" href=\"#claim-grok.accuracy\"") == 1);
        CHECK(count(page, shown) >= 3); // in the sentence, on its card and in the table
        CHECK(count(text, "grokreport verify --claim grok.accuracy") == 1);
        CHECK(count(text, "said why") == (verdict == "pass" ? 0 : 1));
        const std::string holding =
            "<strong>" + std::string(verdict == "pass" ? "1" : "0") + " of 2</strong>";
        CHECK(count(page, holding + " claims hold") == 1);
        CHECK(count(page, "s laws: " + holding + " hold") == 1);
    }
}

TEST_CASE("a card follows its paragraph and is there once", "[render][page]") {
    Report report;
    report.chapter += "\nAgain {{{badge.grok.accuracy}}}.\n";
    const std::string text = text_of(report.render());
    CHECK(count(text, "id=\"claim-grok.accuracy\"") == 1);
    CHECK(count(text, "class=\"chip pass\"") == 2);
    CHECK(text.find(".</p>\n<details class=\"badge pass\" id=\"claim-grok.accuracy\">") != std::string::npos);
}

TEST_CASE("every figure can be taken along and cited", "[render][page]") {
    Report report;
    const std::string bare = report.render();
    for (const char* part :
         {"download=\"one-seed3.svg\"", "download=\"one-seed3.pdf\"", "download=\"one-seed3.png\"",
          "download=\"one-seed3.csv.gz\"", "@misc{grokreport-one-seed3-01234567,",
          "content sha256:0123456789abcdef}", "trained at commit not recorded;"})
        CHECK(count(bare, part) == 1 + (std::string(part).starts_with("trained") ? 1U : 0U));
    CHECK(count(bare, "year = ") == 0);

    // With the record of the run.
    for (StoredFigure& figure : report.results.figures)
        figure.commit = "0a1b2c";
    report.results.runs = recorded_runs({{"commit", "0a1b2c"}, {"cpu", "an abacus"}});
    const std::string told = report.render();
    CHECK(count(told, "year = \"2026\"") == 2);
    CHECK(count(told, "trained at commit 0a1b2c;") == 2);
    for (const char* part :
         {"an abacus", "sha256 <code>feed</code>", "epochs 0 to 5,000 in 61.5 s from 2026"})
        CHECK(count(told, part) == 1);

    report.results.runs[0]["record"] = nullptr;
    CHECK(count(report.render(), "who trained it was not recorded") == 1);
}

TEST_CASE("the command of a badge carries the options of its run", "[render][page]") {
    Report report;
    report.results.options = " --seed 3 --p 7";
    CHECK(count(report.render(), "verify --claim grok.accuracy --seed 3 --p 7</code>") == 1);
}

TEST_CASE("the figures of a folder of chapters are those that their directives name", "[render]") {
    const testing::TemporaryFolder folder;
    CHECK_THROWS_AS(render::figures_shown_in(folder.path()), Error);
    write_file(folder / "01-a.md",
               "::: figure one\nalt: a\nb\n:::\n@figure-three\n```\n::: figure five\n```\n");
    write_file(folder / "b.md", "{{#x}}\n::: figure two\nalt: a\nb\n:::\n{{/x}}\n text ::: figure four\n");
    CHECK(render::figures_shown_in(folder.path()) == std::set<std::string>{"one", "two"});
}
