#include "compare_runs.h"

#include "base/error.h"
#include "base/files.h"
#include "compare.h"
#include "render/comparison_page.h"
#include "results.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>

namespace grokreport {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

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
        Json document = Json::parse(read_file(file));
        for (const char* key : {"claims", "seed", "provenance"})
            document.at(key);
        return document;
    } catch (const nlohmann::json::exception& broken) {
        throw Error(fmt::format("{} is no claims.json: {}", file.string(), broken.what()),
                    "name a seed, a claims.json, or a folder with report/claims.json");
    }
}

// The figures of a run lie in figures/seed-N beside the folder report/, whose results list them.
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
    const std::uint64_t seed = run.claims.at("seed");
    run.shown.seed = std::to_string(seed);
    run.shown.commit = run.claims.at("provenance").value("commit", "unknown");
    run.shown.figures = paths.figures(seed);
    if (fs::exists(paths.results(seed)))
        for (const StoredFigure& figure : load_results(paths.results(seed)).figures)
            if (fs::exists(run.shown.figures / (figure.id + ".svg")))
                run.shown.figure_ids.push_back(figure.id);
    return run;
}

// Where a sweep was run here, how much a value differs from seed to seed.
Noise stored_noise(const Paths& paths, bool same_seed) {
    Noise noise;
    if (same_seed || !fs::exists(paths.robustness())) return noise;
    const Json document = Json::parse(read_file(paths.robustness()));
    Robustness robustness;
    for (const Json& claim : document.at("claims")) {
        ClaimAcrossSeeds across;
        across.id = claim.at("id");
        across.metric = claim.at("metric");
        for (const Json& value : claim.at("values"))
            if (value.is_number()) across.values.push_back(value);
        robustness.claims.push_back(std::move(across));
    }
    return noise_of(robustness);
}

} // namespace

bool compare_runs(const Options& options) {
    const StoredRun before = load(options.compared.at(0), options.paths),
                    after = load(options.compared.at(1), options.paths);
    const bool same_seed = before.claims.at("seed") == after.claims.at("seed");
    const auto comparison = compare(before.claims, after.claims, stored_noise(options.paths, same_seed));
    const std::string page =
        render_comparison(before.shown, after.shown, comparison, options.paths.templates);
    write_file(options.paths.report() / "compare.json", to_json(comparison).dump(2) + "\n");
    write_file(options.paths.report() / "compare.html", page);
    fmt::print("{}wrote {}\n", comparison_text(comparison),
               (options.paths.report() / "compare.html").string());
    return std::ranges::none_of(comparison, &ComparedClaim::flipped);
}

} // namespace grokreport
