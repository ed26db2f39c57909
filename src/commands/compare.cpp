#include "commands/compare.h"

#include "base/error.h"
#include "base/files.h"
#include "base/json.h"
#include "claims/comparison.h"
#include "render/comparison_page.h"
#include "runs/results.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>

namespace grokreport {

namespace {

namespace fs = std::filesystem;

struct StoredRun {
    Json claims; // the document claims.json
    ComparedRun shown;
};

bool is_seed(const std::string& name) {
    return !name.empty() && name.size() < 20 &&
           std::ranges::all_of(name, [](unsigned char c) { return std::isdigit(c) != 0; });
}

Json parsed(const fs::path& file) {
    try {
        return Json::parse(read_file(file));
    } catch (const nlohmann::json::exception& broken) {
        throw Error(fmt::format("{} is damaged: {}", file.string(), broken.what()),
                    "run `grokreport report` to write it anew");
    }
}

// The results of a run list its figures, which lie in figures/seed-N beside the folder report/.
StoredRun load(const std::string& name, const Paths& here) {
    Paths paths = here;
    StoredRun run;
    run.shown.name = is_seed(name) ? "seed " + name : name;
    if (is_seed(name)) {
        run.claims = load_results(paths.results(std::stoull(name))).claims;
    } else {
        const fs::path file =
            fs::is_directory(name) ? fs::path(name) / "report" / "claims.json" : fs::path(name);
        run.claims = parsed(file);
        paths.root = fs::absolute(file).parent_path().parent_path();
    }
    run.shown.commit = run.claims.at("provenance").value("commit", "unknown");
    if (run.claims.at("seed").is_null()) { // trained elsewhere: only the claims are compared
        run.shown.seed = "not known";
        return run;
    }
    const std::uint64_t seed = run.claims.at("seed");
    run.shown.seed = std::to_string(seed);
    run.shown.figures = paths.figures(seed);
    // A claims.json of an earlier report has no figures any more
    if (!fs::exists(paths.results(seed))) return run;
    const Results stored = load_results(paths.results(seed));
    if (stored.claims != run.claims) return run;
    for (const StoredFigure& figure : stored.figures)
        if (fs::exists(run.shown.figures / (figure.id + ".svg"))) run.shown.figure_ids.push_back(figure.id);
    return run;
}

// The spread of each value over the seeds, where a sweep of these settings was run here.
Noise stored_noise(const Paths& paths, const StoredRun& before, const StoredRun& after) {
    const bool same_seed = before.claims.at("seed") == after.claims.at("seed");
    if (same_seed || !fs::exists(paths.robustness())) return {};
    const Json document = parsed(paths.robustness());
    for (const Json* run : {&before.claims, &after.claims}) {
        Json config = run->at("config");
        config["seed"] = document.at("config").at("seed");
        if (config != document.at("config")) return {};
    }
    Robustness robustness;
    for (const Json& claim : document.at("claims")) {
        ClaimAcrossSeeds across;
        across.id = claim.at("id");
        for (const Json& check : claim.at("checks")) {
            CheckAcrossSeeds values;
            values.metric = check.at("metric");
            for (const Json& value : check.at("values"))
                if (value.is_number()) values.values.push_back(value);
            across.checks.push_back(std::move(values));
        }
        robustness.claims.push_back(std::move(across));
    }
    return noise_of(robustness);
}

} // namespace

void compare_runs(const CompareRequest& request) try {
    const StoredRun before = load(request.before, request.paths), after = load(request.after, request.paths);
    const auto comparison = compare(before.claims, after.claims, stored_noise(request.paths, before, after));
    const std::string page =
        render_comparison(before.shown, after.shown, comparison, request.paths.templates);
    write_file(request.paths.report() / "compare.json", to_json(comparison).dump(2) + "\n");
    write_file(request.paths.report() / "compare.html", page);
    fmt::print("{}wrote {}\n", comparison_text(comparison),
               (request.paths.report() / "compare.html").string());
} catch (const nlohmann::json::exception& strange) {
    throw Error(fmt::format("what is to be compared is no claims.json of this program: {}", strange.what()),
                "name a seed, a claims.json, or a folder with report/claims.json");
}

} // namespace grokreport
