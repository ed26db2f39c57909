// Text from outside is only text in the page, in a comparison and in XML.
#include "base/text.h"
#include "claims/junit.h"
#include "drawing/provenance.h"
#include "render/comparison_page.h"
#include "render/html.h"
#include "support/hostile_text.h"
#include "support/render_fixture.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <pugixml.hpp>
#include <regex>
#include <set>

using namespace grokreport;
using grokreport::testing::harmless;
using grokreport::testing::hostile_texts;
using grokreport::testing::tried_text;
using render_fixture::Report;

namespace {

// Fields whose values the program looks up, so that text from outside is refused there before.
bool is_looked_up(const std::string& name) {
    static const std::set<std::string> words{"id",       "verdict", "expected",
                                             "relation", "figures", "checkpoints"};
    return words.contains(name);
}

// Replaces every text below `node` by `text`. Returns their number.
int replace_texts(Json& node, const std::string& text) {
    if (node.is_string()) {
        node = text;
        return 1;
    }
    int places = 0;
    if (node.is_structured())
        for (auto& [name, inner] : node.items())
            if (!is_looked_up(name)) places += replace_texts(inner, text);
    return places;
}

// A report that shows everything that a report can show, with `text` as every text.
Report report_of(const std::string& text, bool with_formulas = true, int* places = nullptr) {
    Report report;
    report.chapter =
        "# {{run.value}}\n\n{{run.value}} [{{run.value}}](<{{run.value}}>) `{{run.value}}` "
        "$x = {{run.value}}$ {{{badge.grok.accuracy}}} {{{badge.model.ok}}} [@work].[^note]\n\n"
        "::: footnote note\n{{run.value}}\n:::\n\n::: details {{run.value}}\n{{run.value}}\n:::\n\n"
        "```\n{{run.value}}\n```\n\n::: figure one\nalt: {{run.value}}\n{{run.value}}\n:::\n\n"
        "::: figure two\nalt: {{run.value}}\n{{run.value}}\n:::\n";
    Results& results = report.results;
    results.claims["claims"][0]["reason"] = "said why";
    results.claims["claims"][0]["details"]["word"] = "of a head";
    results.claims["claims"][1]["details"]["words"] = {"one", {{"deep", "two"}}};
    results.claims["config"] = {{"p", 7}, {"variant", "relu"}};
    results.claims["provenance"] = {{"commit", "c"}, {"cpu", "c"}, {"compiler", "c"}, {"version", "v"}};
    results.runs = render_fixture::recorded_runs(
        {{"commit", "c"}, {"cpu", "c"}, {"onednn", "l"}, {"compiler_flags", "f"}});
    int count = replace_texts(results.claims, text) + replace_texts(results.facts, text) +
                replace_texts(results.runs, text);
    for (Json& checkpoint : results.runs[0]["checkpoints"])
        count += replace_texts(checkpoint, text);
    if (!with_formulas) { // they contain units and, here, a fact
        report.chapter.replace(report.chapter.find("$x = {{run.value}}$"), 19, "$x = y$");
        for (Json& claim : results.claims["claims"])
            claim["checks"][0]["unit"] = "pairs";
    }
    for (StoredFigure& figure : results.figures) {
        figure.seeds = text;
        figure.commit = text;
    }
    for (std::string* word : {&results.data_commit, &results.options, &results.model})
        *word = text;
    report.references = Json::array({{{"id", "work"},
                                      {"title", clean_text(text)},
                                      {"author", {{{"literal", clean_text(text)}}}},
                                      {"container-title", clean_text(text)},
                                      {"URL", "https://e.org/" + clean_text(text)},
                                      {"issued", {{"date-parts", {{2020}}}}}}})
                            .dump();
    if (places != nullptr) *places = count + 2 * 2 + 3 + 4;
    return report;
}

// The parts of a page that can act: elements with the names of their attributes, scripts and styles, and the
// targets of links. The reader follows the rules of HTML for text, attributes, comments and scripts. Elements
// in a formula depend on its letters, so they stand in a set of their own.
struct Skeleton {
    std::vector<std::string> elements, scripts, links;
    std::set<std::string> in_formulas;
    bool operator==(const Skeleton&) const = default;
};
Skeleton skeleton_of(const std::string& page) {
    Skeleton skeleton;
    int depth = 0; // of spans within a formula
    const auto lower = [](std::string text) {
        std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
        return text;
    };
    for (std::size_t at = page.find('<'); at != page.npos; at = page.find('<', at)) {
        if (page.compare(at, 4, "<!--") == 0) {
            at = page.find("-->", at);
            continue;
        }
        std::size_t i = ++at;
        const auto until = [&](const char* ends) {
            const std::size_t begin = i;
            i = std::min(page.find_first_of(ends, i), page.size());
            return lower(page.substr(begin, i - begin));
        };
        std::string element = until(" \t\n/>");
        const std::string name = element;
        if (name.empty() && page[i] == '/') i = at + 1, element = "/" + until(" \t\n>");
        while (i < page.size() && page[i] != '>') {
            i = std::min(page.find_first_not_of(" \t\n/", i), page.size());
            if (i == page.size() || page[i] == '>') break;
            const std::string attribute = until(" \t\n=/>");
            element += " " + attribute;
            if (page[i] != '=') continue;
            const char quote = page[++i];
            std::string value;
            if (quote == '"' || quote == '\'') {
                const std::size_t end = page.find(quote, i + 1);
                value = page.substr(i + 1, end - i - 1);
                i = end + 1;
            } else {
                value = until(" \t\n>");
            }
            if (attribute == "href" || attribute == "src" || attribute == "action" || attribute == "poster")
                skeleton.links.push_back(value.substr(0, 5)); // the kind of link: "https", "data:", "#refe"
        }
        const std::string_view tag(page.data() + at, i - at);
        if (tag.starts_with("span class=\"katex\"") || depth > 0) {
            depth += name == "span" ? 1 : element == "/span" ? -1 : 0;
            skeleton.in_formulas.insert(element);
        } else {
            skeleton.elements.push_back(element);
        }
        at = i;
        if (name == "script" || name == "style") {
            const std::size_t end = page.find("</" + name, at);
            skeleton.scripts.push_back(page.substr(at, end - at));
            at = end;
        }
    }
    return skeleton;
}

bool is_well_formed(const std::string& xml) {
    pugi::xml_document document;
    return clean_text(xml) == xml && bool(document.load_string(xml.c_str(), pugi::parse_full));
}

} // namespace

TEST_CASE("hostile text in every field of a report is text", "[hostile][render][page]") {
    int places = 0;
    const Skeleton expected = skeleton_of(report_of(harmless, true, &places).render());
    CHECK(places > 40);
    CHECK(expected.elements.size() > 300);
    CHECK(expected.links.size() > 30);
    CHECK(std::ranges::count(expected.elements, "script") == 3);
    std::set<std::string> letters; // the elements of formulas that were judged and only typeset
    for (const std::string& text : hostile_texts()) {
        INFO(text.substr(0, 200));
        const std::string refused = report_of(text).error();
        if (refused != "no error")
            CHECK_THAT(one_line(refused), Catch::Contains("formula '")); // a letter that KaTeX does not have
        const std::string page = report_of(text, refused == "no error").render();
        const Skeleton seen = skeleton_of(page);
        bool only_letters = true; // in the formulas
        for (const std::string& element : seen.in_formulas) {
            if (letters.contains(element)) continue;
            static const std::regex typeset(
                "/?(span|math|semantics|m[a-z]+|annotation|svg|path)( class| style| "
                "xmlns| aria-hidden| encoding| [a-z]+(width|height)?)*");
            static const std::regex acts(".* (on|href|src).*");
            INFO(element);
            CHECK(std::regex_match(element, typeset));
            CHECK_FALSE(std::regex_match(element, acts));
            if (std::regex_match(element, typeset) && !std::regex_match(element, acts))
                letters.insert(element);
            else
                only_letters = false;
        }
        tried_text("in a place of a report",
                   "the page has the elements, scripts and links that it has anyway",
                   only_letters && seen.elements == expected.elements && seen.scripts == expected.scripts &&
                       seen.links == expected.links && clean_text(page) == page,
                   places);
    }
}

TEST_CASE("the skeleton of a page tells what could act in it", "[hostile]") {
    const Skeleton plain = skeleton_of("<p title=\"a\">b</p>");
    CHECK(skeleton_of("<p title=\"&quot; onload=x\">b &lt;i></p>") == plain);
    CHECK(skeleton_of("<p title=\"\" onload=x>b</p>") != plain);
    CHECK(skeleton_of("<p title=\"a\"><script>b</script></p>") != plain);
    CHECK(skeleton_of("<a href='javascript:x'>").links == std::vector<std::string>{"javas"});
    CHECK(skeleton_of("<script>a < b</script>").scripts == std::vector<std::string>{">a < b"});
}

TEST_CASE("a reference links to a page, never to a script", "[hostile][render]") {
    for (const char* url : {"javascript:alert(1)", " https://e.org", "data:text/html,x", "//e.org"}) {
        Report report = report_of(harmless);
        report.references =
            Json::array(
                {{{"id", "work"}, {"title", "t"}, {"URL", url}, {"issued", {{"date-parts", {{2020}}}}}}})
                .dump();
        CHECK_THAT(report.error(), Catch::Contains("work 1: the URL '" + std::string(url) + "' is no http"));
    }
}

TEST_CASE("data in a script cannot end it", "[hostile][render]") {
    const Json json = {{"</script><script>", "<!-- </script>"}};
    const std::string text = render::as_script_data(json);
    CHECK(text.find('<') == text.npos);
    CHECK(Json::parse(text) == json);
}

TEST_CASE("hostile text leaves a comparison as it was", "[hostile][compare]") {
    const auto page_of = [](const std::string& text) {
        ComparedRun before, after;
        for (ComparedRun* run : {&before, &after})
            run->name = run->seed = run->commit = text;
        ComparedClaim claim;
        claim.id = claim.statement = claim.before = text;
        claim.after = "pass";
        claim.checks = {{.metric = text, .before = 1, .after = 2}};
        return render_comparison(before, after, {claim},
                                 std::filesystem::path(GROKREPORT_SOURCE_DIR) / "templates");
    };
    const Skeleton expected = skeleton_of(page_of(harmless));
    for (const std::string& text : hostile_texts()) {
        INFO(text.substr(0, 200));
        const std::string page = page_of(text);
        tried_text("in a comparison of two runs", "its page has the elements and links that it has anyway",
                   skeleton_of(page) == expected && clean_text(page) == page);
    }
}

TEST_CASE("hostile text leaves XML well-formed", "[hostile][svg][junit]") {
    for (const std::string& text : hostile_texts()) {
        INFO(text.substr(0, 200));
        const std::string svg =
            figures::with_metadata("<svg></svg>", {text, {text, text}, "0123456789abcdef"});
        REQUIRE(is_well_formed(svg));
        CHECK(figures::without_metadata(svg) == "<svg></svg>");
        pugi::xml_document parsed;
        parsed.load_string(svg.c_str(), pugi::parse_full);
        CHECK(std::distance(parsed.child("svg").begin(), parsed.child("svg").end()) == 1);

        Json claims = report_of(text).results.claims;
        const bool is_trained_here = is_well_formed(junit_xml(claims));
        claims["seed"] = nullptr;
        claims["model"]["file"] = text;
        tried_text("in an SVG or in the JUnit file", "it is well-formed XML",
                   is_trained_here && is_well_formed(junit_xml(claims)));
    }
}
