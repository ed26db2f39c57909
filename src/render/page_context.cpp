#include "render/page_context.h"

#include "base/error.h"
#include "base/numbers.h"
#include "claims/claim.h"
#include "drawing/style.h"
#include "render/claim_context.h"
#include "render/explorer.h"
#include "render/named_values.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <functional>
#include <iterator>

namespace grokreport::render {

namespace {

void refuse_html(const Json& node, const std::string& path) {
    const NodeKind kind = kind_of(node, path);
    if (kind == NodeKind::html)
        throw Error(fmt::format("the fact '{}' brings HTML", path),
                    "facts are text; markup belongs in templates");
    if (kind == NodeKind::list)
        for (const Json& item : items_of(node))
            refuse_html(item, path);
    if (kind == NodeKind::names)
        for (const auto& [name, inner] : node.items())
            refuse_html(inner, path.empty() ? name : fmt::format("{}.{}", path, name));
}

// Counts claims that hold, in the whole report or in one chapter.
Json summarise(const std::vector<Json>& claims) {
    const auto holds = [](const Json& claim) { return claim.at("pass").get<bool>(); };
    const auto holding = std::ranges::count_if(claims, holds), total = std::ssize(claims);
    return {
        {"holding", format_count(holding)}, {"total", format_count(total)}, {"all_hold", holding == total}};
}

// ", 3 fail as expected, 1 fails, 2 inconclusive": the claims of one kind that do not hold.
std::string describe_others(const std::vector<Json>& claims) {
    const auto count = [&](const char* state, bool as_expected) {
        return std::ranges::count_if(claims, [&](const Json& claim) {
            return claim.at("state") == state && claim.at("as_expected") == as_expected;
        });
    };
    std::string text;
    const auto add = [&](std::ptrdiff_t n, const char* one, const char* several) {
        if (n > 0) text += fmt::format(", {} {}", format_count(n), n == 1 ? one : several);
    };
    add(count("fail", true), "fails as expected", "fail as expected");
    add(count("fail", false), "fails", "fail");
    add(count(not_recurring, true), "does not", "do not");
    add(count("inconclusive", false), "is inconclusive", "are inconclusive");
    add(count("not-run", true), "was not run", "were not run");
    return text;
}

// The claims of each kind that has some, counted apart.
Json summarise_kinds(const std::vector<Json>& claims) {
    struct KindOnPage {
        const char *kind, *name, *verb;
    };
    constexpr std::array kinds{KindOnPage{"law", "The post's laws", "hold"},
                               KindOnPage{"observation", "Its observations on its own run", "recur"},
                               KindOnPage{"ours", "Our explanation and checks", "hold"}};
    Json rows = Json::array();
    for (const KindOnPage& shown : kinds) {
        std::vector<Json> of_kind;
        std::ranges::copy_if(claims, std::back_inserter(of_kind),
                             [&](const Json& claim) { return claim.at("kind") == shown.kind; });
        if (of_kind.empty()) continue;
        rows.push_back(summarise(of_kind));
        rows.back().update(
            Json{{"name", shown.name}, {"verb", shown.verb}, {"rest", describe_others(of_kind)}});
    }
    Json prototype = summarise({});
    prototype.update(Json{{"name", ""}, {"verb", ""}, {"rest", ""}});
    return list_of(prototype, rows);
}

// The claims that the first screen lists, in the order in which a reader asks for them. Exactly one truth of
// a group holds.
Json first_screen(const std::vector<Json>& claims) {
    struct Group {
        const char* name;
        std::function<bool(const Json&)> has;
    };
    const auto in_state = [](const char* state) {
        return [state](const Json& claim) { return claim.at("state") == state; };
    };
    const std::vector<Group> groups{{"failing", in_state("fail")},
                                    {"not_recurring", in_state(not_recurring)},
                                    {"open", in_state("inconclusive")},
                                    {"headline", [](const Json& claim) {
                                         return claim.at("headline").get<bool>() &&
                                                claim.at("pass").get<bool>();
                                     }}};
    const auto described = [&](const std::string& name, const Json& listed) {
        Json group = Json::object();
        for (const Group& other : groups)
            group[other.name] = other.name == name;
        group["claims"] = list_of(claims.front(), listed);
        return group;
    };
    Json rows = Json::array();
    for (const Group& group : groups) {
        Json listed = Json::array();
        std::ranges::copy_if(claims, std::back_inserter(listed), group.has);
        if (!listed.empty()) rows.push_back(described(group.name, listed));
    }
    return list_of(described("", Json::array()), rows);
}

Json describe_contents(const std::vector<Heading>& headings, const std::map<std::string, Json>& claims) {
    Json entries = Json::array();
    for (std::size_t i = 0; i < headings.size(); ++i) {
        const Heading& heading = headings[i];
        // The claims of a chapter include those of its sections.
        std::vector<Json> made;
        for (std::size_t j = i; j < headings.size() && (j == i || headings[j].level > heading.level); ++j)
            for (const std::string& claim : headings[j].claims)
                made.push_back(claims.at(claim));
        const Json summary = summarise(made);
        entries.push_back({{"level", std::to_string(heading.level)},
                           {"id", heading.id},
                           {"title", own_html(heading.title)},
                           {"number", heading.number},
                           {"has_number", !heading.number.empty()},
                           {"has_claims", !made.empty()},
                           {"is_listed", heading.level < 3 || !made.empty()},
                           {"holding", summary.at("holding")},
                           {"total", summary.at("total")},
                           {"all_hold", summary.at("all_hold")}});
    }
    const Json prototype = {{"level", ""},       {"id", ""},           {"title", own_html("")},
                            {"number", ""},      {"has_number", true}, {"has_claims", true},
                            {"is_listed", true}, {"holding", ""},      {"total", ""},
                            {"all_hold", true}};
    return list_of(prototype, entries);
}

Json describe_footnotes(const std::vector<Footnote>& in_order) {
    Json described = Json::array();
    for (const Footnote& footnote : in_order)
        described.push_back({{"name", footnote.name}, {"text", own_html(footnote.html)}});
    return list_of({{"name", ""}, {"text", own_html("")}}, described);
}

Json describe_work(const Work& work) {
    return {{"key", work.key},
            {"authors", work.authors},
            {"has_authors", !work.authors.empty()},
            {"year", work.year},
            {"title", work.title},
            {"container", work.container},
            {"has_container", !work.container.empty()},
            {"url", work.url},
            {"has_url", !work.url.empty()}};
}

Json describe_works(const std::vector<Work>& cited) {
    Json described = Json::array();
    for (const Work& work : cited)
        described.push_back(describe_work(work));
    return list_of(describe_work({}), described);
}

// One session of a training, from its record (runs/record.h).
Json describe_session(const Json& session) {
    const Json& by = session.at("by");
    Json described = {{"first_epoch", format_count(session.at("first_epoch").get<std::int64_t>())},
                      {"last_epoch", format_count(session.at("last_epoch").get<std::int64_t>())},
                      {"started", session.at("started")},
                      {"seconds", format_number(session.at("seconds").get<double>())}};
    for (const char* name : {"commit", "onednn", "compiler_flags", "cpu"})
        described[name] = by.value(name, "not recorded");
    return described;
}

Json describe_runs(const Json& stored) {
    const Json session_names = {{"first_epoch", ""},    {"last_epoch", ""}, {"started", ""},
                                {"seconds", ""},        {"commit", ""},     {"onednn", ""},
                                {"compiler_flags", ""}, {"cpu", ""}};
    const Json checkpoint_names = {{"epoch", ""}, {"sha256", ""}};
    Json described = Json::array();
    for (const Json& run : stored) {
        Json checkpoints = Json::array(), sessions = Json::array();
        for (const Json& checkpoint : run.at("checkpoints"))
            checkpoints.push_back({{"epoch", format_count(checkpoint.at("epoch").get<std::int64_t>())},
                                   {"sha256", checkpoint.at("sha256")}});
        for (const Json& session : run.at("record"))
            sessions.push_back(describe_session(session));
        described.push_back({{"variant", run.at("variant")},
                             {"path", run.at("path")},
                             {"recorded", !sessions.empty()},
                             {"checkpoints", list_of(checkpoint_names, checkpoints)},
                             {"sessions", list_of(session_names, sessions)}});
    }
    return list_of({{"variant", ""},
                    {"path", ""},
                    {"recorded", true},
                    {"checkpoints", list_of(checkpoint_names, Json::array())},
                    {"sessions", list_of(session_names, Json::array())}},
                   described);
}

} // namespace

Json palette_context() {
    Json colours = Json::array();
    for (const figures::Colour& colour : figures::palette())
        colours.push_back({{"name", std::string(colour.name)},
                           {"light", std::string(colour.light)},
                           {"dark", std::string(colour.dark)}});
    return colours;
}

Json chapter_context(const Results& results, const ComparedWith& with) {
    refuse_html(results.facts, "");
    Json context = results.facts;
    for (const char* ours : {"claim", "badge", "reference", "setting"})
        if (context.contains(ours))
            throw Error(fmt::format("a fact is called '{}', which is a name of the renderer", ours),
                        "rename it");
    for (const Json& claim : results.claims.at("claims")) {
        const std::string id = claim.at("id");
        add_at_name(context, "claim." + id, describe_claim(claim));
        add_at_name(context, "badge." + id, own_html(id));
    }
    context["reference"] = reference_context(results.claims, with);
    add_settings(context, results);
    validate_context(context);
    return context;
}

Json page_context(const Results& results, const ComparedWith& with, const Manuscript& manuscript,
                  const std::string& text, const PageFiles& files) {
    std::map<std::string, Json> claims;
    std::vector<Json> in_order;
    for (const Json& claim : results.claims.at("claims")) {
        const std::string id = claim.at("id");
        const Heading* section = manuscript.section_of(id);
        Json described = describe_claim(claim);
        described["section_id"] = section == nullptr ? "text" : section->id;
        // Under a heading without a number the section is that of the post.
        const bool is_numbered = section != nullptr && !section->number.empty();
        described["section"] = is_numbered ? section->number : claim.at("section").get<std::string>();
        add_reference(claim, with, described);
        in_order.push_back(described);
        claims[id] = std::move(described);
    }
    Json context = {{"seed", results.claims.at("seed").dump()},
                    {"imported", !results.model.empty()},
                    {"model", results.model},
                    {"text", own_html(text)},
                    {"style", own_html(files.katex_style + files.style)},
                    {"script", own_html(files.script + files.figures_script + files.explorer_script)},
                    {"has_explorer", has_explorer(results)},
                    {"palette", palette_context()},
                    {"contents", describe_contents(manuscript.headings(), claims)},
                    {"has_footnotes", !manuscript.footnotes().empty()},
                    {"footnotes", describe_footnotes(manuscript.footnotes())},
                    {"has_works", !manuscript.works().empty()},
                    {"works", describe_works(manuscript.works())},
                    {"summary", summarise(in_order)},
                    {"kinds", summarise_kinds(in_order)},
                    {"first_screen", first_screen(in_order)},
                    {"reference", reference_context(results.claims, with)},
                    {"claims", in_order},
                    {"provenance", named_values(results.claims.at("provenance"))},
                    {"config", named_values(results.claims.at("config"))},
                    {"runs", describe_runs(results.runs)}};
    validate_context(context);
    return context;
}

} // namespace grokreport::render
