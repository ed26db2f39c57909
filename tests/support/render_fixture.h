// A small report with one chapter, two claims and two figures, for tests of the renderer.
#pragma once

#include "base/error.h"
#include "base/files.h"
#include "base/json.h"
#include "drawing/provenance.h"
#include "render/page.h"
#include "runs/paths.h"
#include "runs/results.h"
#include "support/temporary_folder.h"

#include <filesystem>
#include <string>

namespace render_fixture {

namespace fs = std::filesystem;
using grokreport::Json;

inline Json claim(const std::string& id, const std::string& verdict, const std::string& reason = "") {
    const Json value = verdict == "not-run" ? Json(nullptr) : Json(0.98765);
    return {{"id", id},
            {"section", "4"},
            {"headline", false},
            {"kind", "law"},
            {"statement", "statement of " + id},
            {"metric", "share of pairs"},
            {"value", value},
            {"checks",
             {{{"metric", "share of pairs"},
               {"value", value},
               {"relation", ">="},
               {"bound", 0.9},
               {"unit", "pairs"},
               {"reason", "bound fixed before"}}}},
            {"details", {{"by head", {0.25, 0.5}}}},
            {"control",
             {{"description", "untrained"},
              {"value", 0.125},
              {"values", {0.125}},
              {"fails_as_it_must", verdict == "pass"}}},
            {"expected", "pass"},
            {"verdict", verdict},
            {"reason", reason},
            {"figures", Json::array()},
            {"source", "src/sections/topic/claims.cpp"}};
}

// One run with a checkpoint and the record of one training session. trained_by: commit, cpu and the like.
inline Json recorded_runs(const Json& trained_by) {
    const Json session = {{"first_epoch", 0},
                          {"last_epoch", 5000},
                          {"started", "2026-11-24T07:43:10Z"},
                          {"seconds", 61.5},
                          {"by", trained_by}};
    const Json checkpoint = {{"epoch", 5000}, {"sha256", "feed"}};
    return Json::array({{{"variant", "relu"},
                         {"path", "report/runs/x"},
                         {"checkpoints", Json::array({checkpoint})},
                         {"record", Json::array({session})}}});
}

inline constexpr const char* drawing = R"svg(<?xml version="1.0"?>
<svg width="100" height="50" xmlns="http://www.w3.org/2000/svg"><title>tool</title>
<defs><clipPath id="clip"><rect width="9" height="9"/></clipPath><path id="dot" d="M0 0"/></defs>
<g clip-path="url(#clip)" stroke="#1F6FB5"><use href="#dot" fill='#123456'/></g></svg>
)svg";

// A test changes the members, then renders.
struct Report {
    std::string chapter =
        "# Title\n\nThe value is {{run.value}} {{{badge.grok.accuracy}}}, {{{badge.model.ok}}}.\n\n"
        "::: figure one\nalt: One.\nCaption one.\n:::\n\n::: figure two\nalt: Two.\nCaption.\n:::\n";
    grokreport::Results results{
        {{"schema", 1},
         {"seed", 3},
         {"config", {{"p", 7}}},
         {"provenance", {{"commit", "abc"}}},
         {"runs",
          {{{"variant", "relu"}, {"path", "report/runs/x"}, {"checkpoints", {{"5", "epoch-00005.pt"}}}}}},
         {"claims",
          {claim("grok.accuracy", "pass"), claim("model.ok", "fail", "share of pairs is too small")}}},
        {{"run", {{"value", "4,325"}}}},
        {{"one", "0123456789abcdef", "seed 3", "not recorded"},
         {"two", "fedcba9876543210", "seed 3", "not recorded"}},
        Json::array(),
        "not recorded",
        ""};

    std::string references = "[]";
    std::string formulas; // "" for plain_formulas()

    // The formula x for each claim.
    std::string plain_formulas() const {
        std::string text;
        for (const Json& one : results.claims["claims"])
            text += "[" + one["id"].get<std::string>() + "]\nx\n";
        return text;
    }

    // The page. Throws what render_report throws. Places in its errors begin with "04-test.md:".
    std::string render() const {
        const grokreport::testing::TemporaryFolder folder;
        const fs::path source = fs::path(GROKREPORT_SOURCE_DIR) / "templates";
        grokreport::Paths paths;
        paths.root = folder.path();
        paths.templates = folder.path() / "templates";
        fs::create_directories(paths.templates);
        for (const char* file : {"page.html", "claim.html", "figure.html", "style.css", "page.js",
                                 "figures.js", "mathematics.js", "code.py", "explorer.html",
                                 "explorer-model.js", "explorer-drawing.js", "explorer.js"})
            fs::copy_file(source / file, paths.templates / file);
        grokreport::write_file(paths.templates / "references.json", references);
        grokreport::write_file(paths.templates / "formulas.tex",
                               formulas.empty() ? plain_formulas() : formulas);
        grokreport::write_file(paths.templates / "04-test.md", chapter);
        for (const grokreport::StoredFigure& figure : results.figures) {
            for (const char* extension : {"pdf", "png", "csv"})
                grokreport::write_file(paths.figures(3) / (figure.id + "." + extension), drawing);
            grokreport::write_file(paths.figures(3) / (figure.id + ".svg"),
                                   grokreport::figures::with_metadata(
                                       drawing, {figure.id, {figure.seeds, figure.commit}, figure.content}));
        }
        return grokreport::render_report(results, paths);
    }

    // The message of the error that render() throws, from the name of the template on; "no error" without
    // one.
    std::string error() const {
        try {
            render();
        } catch (const grokreport::Error& problem) {
            const std::string line = problem.what();
            const std::size_t name = line.find("04-test.md:");
            return name == std::string::npos ? line : line.substr(name);
        }
        return "no error";
    }
};

// The number of occurrences of `part`, which may overlap.
inline std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++found;
    return found;
}

} // namespace render_fixture
