// No text from outside acts as anything but text, wherever it is shown.
#include "base/process.h"
#include "base/text.h"
#include "drawing/draw.h"
#include "drawing/provenance.h"
#include "drawing/plot.h"
#include "claims/junit.h"
#include "support/reliability.h"
#include "render/comparison_page.h"
#include "render/html.h"
#include "support/render_fixture.h"
#include "claims/robustness_table.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <pugixml.hpp>
#include <regex>
#include <set>

using namespace grokreport;
using render_fixture::Json;
using render_fixture::Report;

namespace {

constexpr const char* harmless = "harmless";

const std::vector<std::string>& hostile_texts() {
    static const std::vector<std::string> texts{
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "]]><script>alert(1)</script>",
        "--><script>alert(1)</script><!--",
        "</style><script>alert(1)</script>",
        "</textarea></title></svg><script>alert(1)</script>",
        "{{statement}} {{{badge.grok.accuracy}}} {{#claims}} {{/claims}} {{>page}} {{=<% %>=}}",
        "[x](javascript:alert(1)) <javascript:alert(1)>",
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "$\\href{javascript:alert(1)}{x}$ \\htmlData{onclick=alert(1)}{x}",
        "}\\href{javascript:alert(1)}{x",
        "::: details x\ny\n:::",
        "@figure-one [^note] [](#figure-one) @nobody2020",
        "| a | b |\n|---|---|\n\n# heading",
        "&lt;script&gt; &#60;script&#62; %3Cscript%3E \\u003cscript\\u003e",
        "`rm -rf x` $(rm -rf x); system('rm -rf x') | 'rm'",
        std::string("\0 \x01 \x07 \x08 \x0b \x1b[31m \x7f", 16),
        "\xff\xfe \xc3 \xe2\x82 \xed\xa0\x80 \xf5\x80\x80\x80 \xc0\xbcscript\xc0\xbe \xee<\xee\x80",
        "\u202Egnp.exe\u202C \u2066abc\u2069 \u200F",
        "a\u2028b\u2029c\u0085d\uFEFFe",
        "\uE000\uE041\uE00F \uE001\uE040\uE00F \uE001\uE041\uE00F \uE001\uE049\uE049\uE049\uE049\uE00F",
        "\uE002\uE003 \uE004 \uE0BCscript\uE0BE \uE0A2 onload=x",
        std::string(100'000, '<') + std::string(100'000, '"')};
    return texts;
}

// What the program itself looks up, so that no outside text gets this far as such.
bool is_word_of_ours(const std::string& name) {
    static const std::set<std::string> words{"id",       "verdict", "expected",
                                             "relation", "figures", "checkpoints"};
    return words.contains(name);
}

// Puts `text` in place of every text below `node`; how many there were.
int smuggle(Json& node, const std::string& text) {
    if (node.is_string()) {
        node = text;
        return 1;
    }
    int places = 0;
    if (node.is_structured())
        for (auto& [name, inner] : node.items())
            if (!is_word_of_ours(name)) places += smuggle(inner, text);
    return places;
}

// A report that tells all there is to tell, each word of it `text`.
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
    results.runs = {
        {{"variant", "relu"},
         {"path", "report/runs/x"},
         {"checkpoints", {{{"epoch", 5000}, {"sha256", "feed"}}}},
         {"record",
          {{{"first_epoch", 0},
            {"last_epoch", 5000},
            {"started", "2026-11-24T07:43:10Z"},
            {"seconds", 61.5},
            {"by", {{"commit", "c"}, {"cpu", "c"}, {"onednn", "l"}, {"compiler_flags", "f"}}}}}}}};
    int count = smuggle(results.claims, text) + smuggle(results.facts, text) + smuggle(results.runs, text);
    for (Json& checkpoint : results.runs[0]["checkpoints"])
        count += smuggle(checkpoint, text);
    if (!with_formulas) { // which hold units and, here, a fact
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

// All that could act in a page: its elements with the names of their attributes, the scripts and styles, and
// where links lead. Read as browsers read it, in the states that text could try to leave. What KaTeX makes of
// a formula depends on its letters, and is kept apart.
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
                skeleton.links.push_back(value.substr(0, 5)); // "https", "data:", "#refe": the kind of link
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

void tried_text(const std::string& where, const std::string& outcome, bool held, int places = 1) {
    testing::tried("Hostile text", "markup, scripts, control characters or broken UTF-8 " + where, outcome,
                   held, places);
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
    for (const std::string& text : hostile_texts()) {
        INFO(text.substr(0, 200));
        const std::string refused = report_of(text).error();
        if (refused != "no error")
            CHECK_THAT(one_line(refused), Catch::Contains("formula '")); // a letter that KaTeX lacks
        const std::string page = report_of(text, refused == "no error").render();
        const Skeleton seen = skeleton_of(page);
        bool only_letters = true; // in formulas
        for (const std::string& element : seen.in_formulas) {
            static const std::regex typeset(
                "/?(span|math|semantics|m[a-z]+|annotation|svg|path)( class| style| "
                "xmlns| aria-hidden| encoding| [a-z]+(width|height)?)*");
            static const std::regex acts(".* (on|href|src).*");
            INFO(element);
            CHECK(std::regex_match(element, typeset));
            CHECK_FALSE(std::regex_match(element, acts));
            only_letters &= std::regex_match(element, typeset) && !std::regex_match(element, acts);
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
        if (text.size() > 1000) continue; // std::regex recurses
        INFO(text);
        const std::string table = table_of(text);
        const bool same_cells = std::ranges::count(table, '\n') == std::ranges::count(expected, '\n') &&
                                bars(table) == bars(expected);
        const bool has_link = std::regex_search(table, std::regex(R"([^\\]\]\()"));
        tried_text("in a Markdown table", "it stays in its cell, and is no link and no markup",
                   same_cells && !has_link && table.find('<') == table.npos && clean_text(table) == table);
    }
}

TEST_CASE("no text leaves its gnuplot string", "[hostile][figures]") {
    // Within single quotes gnuplot knows neither escapes, commands nor variables: only a quote ends them, and
    // a line break the command
    for (const std::string& text : hostile_texts())
        for (const std::string& string :
             {figures::plain(text), figures::markup(text), figures::literal(text)}) {
            INFO(text.substr(0, 200));
            REQUIRE(string.size() >= 2);
            CHECK(string.front() == '\'');
            CHECK(string.back() == '\'');
            const std::string inside = string.substr(1, string.size() - 2);
            std::string unpaired = inside;
            for (std::size_t at = unpaired.find("''"); at != unpaired.npos; at = unpaired.find("''", at))
                unpaired.erase(at, 2);
            CHECK(unpaired.find('\'') == unpaired.npos);
            CHECK(std::ranges::none_of(inside, [](unsigned char c) { return c < ' '; }));
        }
    CHECK(figures::literal("/tmp/a_b'c") == "'/tmp/a_b''c'");
}

TEST_CASE("clean text is what every reader can read", "[hostile]") {
    CHECK(clean_text("aé→𝔽\t\n") == "aé→𝔽\t\n");
    CHECK(clean_text(std::string("a\0\x1b[2Jb", 7)) == "a\uFFFD\uFFFD[2Jb");
    CHECK(clean_text("\xC0\xBC\xED\xA0\x80\xF4\x90\x80\x80\xE2\x82").find_first_not_of("\xEF\xBF\xBD") ==
          std::string::npos);
    CHECK(clean_text("\uFFFF\u009B") == "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD");
    CHECK(one_line("a\nb\tc\r\n") == "a b c  ");
    CHECK(split("a..b", '.') == std::vector<std::string_view>{"a", "", "b"});
    CHECK(split("", '.') == std::vector<std::string_view>{""});
}

namespace {

// The code of a source file: without comments and without what stands in quotes.
std::string code_of(const std::string& text) {
    std::string code;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.compare(i, 2, "//") == 0) i = std::min(text.find('\n', i), text.size() - 1);
        if (text.compare(i, 3, "R\"(") == 0) i = text.find(")\"", i) + 2;
        const char quote = text[i];
        if (quote == '"' ||
            (quote == '\'' && (i == 0 || std::isalnum(static_cast<unsigned char>(text[i - 1])) == 0)))
            for (++i; i < text.size() && text[i] != quote; ++i)
                i += text[i] == '\\' ? 1 : 0;
        code += text[i];
    }
    return code;
}

std::set<std::string> files_that_call(const std::regex& call) {
    std::set<std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(GROKREPORT_SOURCE_DIR "/src"))
        if ((entry.path().extension() == ".cpp" || entry.path().extension() == ".h") &&
            std::regex_search(code_of(read_file(entry.path())), call))
            files.insert(entry.path().filename().string());
    return files;
}

} // namespace

TEST_CASE("one file starts programs, and none a shell", "[hostile][process]") {
    const std::set<std::string> starts = files_that_call(std::regex(
        R"(\b(system|popen|wordexp|fork|vfork|clone|exec[lv]p?e?|execve|fexecve|posix_spawnp?)\s*\()"));
    CHECK(starts == std::set<std::string>{"process.cpp"});
    CHECK(files_that_call(std::regex(R"(\b(system|popen|wordexp)\s*\()")).empty());
    // gnuplot-iostream would call popen were it given a command: it is given a stream, in one place
    CHECK(files_that_call(std::regex(R"(\bGnuplot\b)")) == std::set<std::string>{"plot.cpp"});
    CHECK(code_of(read_file(GROKREPORT_SOURCE_DIR "/src/figures/plot.cpp"))
              .find("Gnuplot gnuplot_{file_.new_stream()}") != std::string::npos);
    // The search can find
    CHECK(std::regex_search(code_of("x = '\\''; std::system(\"ls\"); // popen(1)"),
                            std::regex(R"(\bsystem\s*\()")));
    CHECK_FALSE(std::regex_search(code_of("\"popen(1)\" // popen(1)"), std::regex("popen")));
}

TEST_CASE("a program is given its arguments as they are", "[hostile][process]") {
    for (const std::string& text : hostile_texts()) {
        if (text.find('\0') != text.npos || text.size() > 100'000) continue; // no argument can be so
        INFO(text.substr(0, 200));
        CHECK((run_checked({"printf", "%s", text}, "", std::chrono::seconds(10)) == text));
        CHECK((run_checked({"cat"}, text, std::chrono::seconds(10)) == text));
    }
}

TEST_CASE("a film is drawn whatever its folder is called", "[hostile][figures]") {
    const render_fixture::Folder folder("grokreport-a_b'c`d$(e) {f}@~^%03d:");
    figures::Plot still("one", {300, 200}), frames("one", {300, 200});
    for (figures::Plot* plot : {&still, &frames})
        plot->line("plot [0:1] x with lines notitle");
    figures::Drawing drawing = std::move(still).finish("x\n1\n");
    drawing.frames =
        "set terminal pngcairo size 320,240\nset output 'frame-0000.png'\nplot [0:1] x\nset output\n";
    CHECK(figures::draw(drawing, folder.path() / "out", {"seed 0", "c"}));
    CHECK(std::filesystem::file_size(folder.path() / "out" / "one.mp4") > 0);
}
