#include "render/page.h"

#include "base/error.h"
#include "base/files.h"
#include "render/chapters.h"
#include "render/claim_context.h"
#include "render/claim_formulas.h"
#include "render/claim_reference.h"
#include "render/claim_sentences.h"
#include "render/code.h"
#include "render/explorer.h"
#include "render/manuscript.h"
#include "render/mathematics.h"
#include "render/page_context.h"
#include "render/placeholders.h"

#include <algorithm>
#include <fmt/format.h>

namespace grokreport {

using namespace render;

namespace {

namespace fs = std::filesystem;

struct Templates {
    std::vector<Template> chapters;
    Template page;
    Template claim;
    Template figure;
};

Templates read_templates(const fs::path& folder, const fs::path& chapters, const Json& claims) {
    Templates templates{{},
                        Template(read_source(folder / "page.html"), Template::Language::html),
                        Template(read_source(folder / "claim.html"), Template::Language::html),
                        Template(read_source(folder / "figure.html"), Template::Language::html)};
    std::vector<Source> sources;
    for (const fs::path& file : chapter_files(chapters))
        sources.push_back(read_source(file));
    std::vector<std::string> ids;
    for (const Json& claim : claims)
        ids.push_back(claim.at("id"));
    write_claim_sentences(sources, ids);
    for (Source& source : sources)
        templates.chapters.emplace_back(std::move(source), Template::Language::markdown);
    return templates;
}

// Checks that the context has every name of the chapters, and that the chapters name every fact.
void check_chapters(const std::vector<Template>& chapters, const Json& context, const Json& facts) {
    std::set<std::string> used;
    for (const Template& chapter : chapters)
        chapter.check(context, used);
    for (const std::string& fact : leaf_paths(facts))
        if (!used.contains(fact))
            throw Error(fmt::format("no template names the fact '{}'", fact),
                        "show it in a template, or do not measure it");
}

void check_all_is_shown(const Manuscript& manuscript, const Results& results) {
    for (const StoredFigure& figure : results.figures)
        if (std::ranges::count(manuscript.figures(), figure.id, &FigureText::id) == 0)
            throw Error(fmt::format("no template shows the figure '{}'", figure.id),
                        fmt::format("add ::: figure {} to a template, or do not draw it", figure.id));
    for (const Json& claim : results.claims.at("claims"))
        if (const std::string id = claim.at("id"); !manuscript.has_badge(id))
            throw Error(fmt::format("no template makes the claim '{}'", id),
                        fmt::format("put {{{{{{badge.{}}}}}}} where the text makes it", id));
}

FigureSource figure_source(const Results& results, const fs::path& folder) {
    const bool imported = !results.model.empty();
    FigureSource source{folder, imported ? results.model : "seed" + results.claims.at("seed").dump(),
                        imported, "", results.claims.at("provenance").value("version", "")};
    constexpr std::size_t digits_of_a_year = 4;
    for (const Json& run : results.runs)
        for (const Json& session : run.at("record"))
            source.year = session.at("started").get<std::string>().substr(0, digits_of_a_year);
    return source;
}

std::string write_figure(const FigureText& figure, const Results& results, const FigureSource& source,
                         const Template& figure_template, RenderCache& cache) {
    const auto stored = std::ranges::find(results.figures, figure.id, &StoredFigure::id);
    if (stored == results.figures.end()) {
        std::vector<std::string> known;
        for (const StoredFigure& one : results.figures)
            known.push_back(one.id);
        throw Error(fmt::format("there is no figure '{}'", figure.id),
                    did_you_mean(figure.id, known, "draw it first"));
    }
    // The cache has the figure without its caption, because only the caption changes with the prose.
    constexpr std::string_view caption = "<caption>";
    FigureText without_caption = figure;
    without_caption.caption = caption;
    const std::string inputs = fmt::format(
        "{} {} {} {} {} {} {} {} {} {}", figure_template.source().text, figure.id, source.run, stored->seeds,
        stored->commit, source.version, source.year, stored->content, figure.number, figure.alt);
    std::string& html = cache.figures[inputs];
    if (html.empty()) html = figure_html(figure_template, without_caption, source, *stored);
    const std::size_t at = html.find(caption);
    if (at == std::string::npos)
        throw Error(fmt::format("{} does not show the caption", figure_template.source().name),
                    "add {{{caption}}}");
    return std::string(html).replace(at, caption.size(), figure.caption);
}

// Typesets all formulas again if one of them has changed.
std::vector<std::string> typeset_cached(std::span<const Formula> formulas, const KatexFiles& katex,
                                        RenderCache& cache) {
    std::vector<std::string> asked;
    for (const Formula& formula : formulas)
        asked.push_back((formula.display ? "$$" : "$") + formula.tex);
    if (asked != cache.formulas_asked) {
        cache.formulas = typeset(formulas, katex);
        cache.formulas_asked = std::move(asked);
    }
    return cache.formulas;
}

Writers writers(const Results& results, const FigureSource& figures, const fs::path& folder,
                const std::map<std::string, Json>& claims, const Templates& templates,
                const KatexFiles& katex, RenderCache& cache) {
    Writers write;
    write.figure = [&, source = figures](const FigureText& figure) {
        return write_figure(figure, results, source, templates.figure, cache);
    };
    write.chip = [&](const std::string& id) {
        const Json& claim = claims.at(id);
        const std::string seeds = claim.at("seeds");
        return fmt::format(
            R"(<a class="chip {0}" href="#claim-{1}" aria-label="claim {1}: {3}{4}"><span aria-hidden="true">{2}</span> {3}{4}</a>)",
            claim.at("state").get<std::string>(), value_as_html(id), claim.at("symbol").get<std::string>(),
            claim.at("verdict").get<std::string>(), seeds.empty() ? "" : ", " + seeds);
    };
    write.card = [&](const std::string& id) { return templates.claim.fill(claims.at(id)); };
    write.formulas = [katex, &cache](std::span<const Formula> formulas) {
        return typeset_cached(formulas, katex, cache);
    };
    write.setting = [&](const std::string& name) { return explorer_setting(name, results); };
    write.explorer = [&, folder](const std::string& text) { return explorer_html(text, results, folder); };
    write.code = [script = folder / "code.py"](std::span<const Code> blocks) {
        return colour_code(blocks, script);
    };
    return write;
}

// The first 12 digits of a commit, with the suffix "-modified" of a build from changed sources.
std::string short_commit(const std::string& commit) {
    constexpr std::size_t shown = 12;
    const std::size_t dash = std::min(commit.find('-'), commit.size());
    return commit.substr(0, std::min(shown, dash)) + commit.substr(dash);
}

// "9/10 seeds" for a sweep; "" where there is no sweep or no seed judges the claim.
std::string seeds_that_pass(const Results& results, const std::string& claim) {
    if (results.by_seeds.is_null()) return "";
    const Json& counts = results.by_seeds.at(claim);
    if (counts.at("judged") == 0) return "";
    return fmt::format("{}/{} seeds", counts.at("passed").get<int>(), counts.at("judged").get<int>());
}

// The context of the card of each claim: its description, the formula of each check, and the commit.
std::map<std::string, Json> describe_cards(const Results& results, const fs::path& templates,
                                           const ComparedWith& with, Manuscript& manuscript) {
    auto formulas = claim_formulas(read_source(templates / "formulas.tex"), results.claims.at("claims"));
    std::map<std::string, Json> claims;
    for (const Json& claim : results.claims.at("claims")) {
        Json card = describe_claim(claim);
        std::vector<Formula>& of_claim = formulas.at(claim.at("id"));
        for (std::size_t i = 0; i < of_claim.size(); ++i)
            card["checks"][i]["formula"] = own_html(manuscript.put(std::move(of_claim[i])));
        card["seeds"] = seeds_that_pass(results, claim.at("id"));
        card["has_seeds"] = !card["seeds"].get<std::string>().empty();
        add_reference(claim, with, card);
        card["options"] = results.options;
        card["imported"] = !results.model.empty();
        card["commit"] = short_commit(results.claims.at("provenance").at("commit"));
        claims[claim.at("id")] = std::move(card);
    }
    return claims;
}

} // namespace

std::string render_report(const Results& results, const Paths& paths, const RenderOptions& options) {
    const fs::path chapters = options.chapters.empty() ? paths.templates : options.chapters;
    const fs::path figures =
        options.figures.empty() ? paths.figures(results.claims.at("seed")) : options.figures;
    const Templates templates = read_templates(paths.templates, chapters, results.claims.at("claims"));
    const KatexFiles katex{paths.templates / "mathematics.js", options.katex, options.formulas_cache};

    // Check all names in all templates.
    std::map<std::string, Json> claims;
    RenderCache empty_cache;
    RenderCache& cache = options.cache == nullptr ? empty_cache : *options.cache;
    Manuscript manuscript(
        writers(results, figure_source(results, figures), paths.templates, claims, templates, katex, cache),
        Bibliography::read(chapters / "references.json"));
    const ComparedWith with = read_compared_with(results.claims, paths.reference);
    claims = describe_cards(results, paths.templates, with, manuscript);
    const Json text_context = chapter_context(results, with);
    check_chapters(templates.chapters, text_context, results.facts);
    for (const auto& [id, claim] : claims) {
        std::set<std::string> unused;
        templates.claim.check(claim, unused);
    }

    // Write the text.
    for (const Template& chapter : templates.chapters)
        manuscript.add(chapter, text_context);
    const std::string text = manuscript.finish();
    check_all_is_shown(manuscript, results);

    // Insert the text into the page.
    const PageFiles files{read_file(paths.templates / "style.css"), katex_style(text, katex),
                          read_file(paths.templates / "page.js"), read_file(paths.templates / "figures.js"),
                          explorer_scripts(results, paths.templates)};
    return templates.page.fill_checked(page_context(results, with, manuscript, text, files));
}

} // namespace grokreport
