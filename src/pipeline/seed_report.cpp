#include "pipeline/seed_report.h"

#include "base/files.h"
#include "base/folder_lock.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/progress.h"
#include "base/version.h"
#include "drawing/draw.h"
#include "drawing/stamp.h"
#include "pipeline/kept_seeds.h"
#include "pipeline/printed_options.h"
#include "runs/provenance.h"
#include "runs/results_cache.h"
#include "runs/trained_run.h"
#include "sections/paper/model.h"
#include "sections/paper/section.h"
#include "sections/sections.h"
#include "spectral/fourier.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

namespace grokreport {

namespace {

Runs load_runs(const Study& study, const Paths& paths) {
    const auto load = [&](Variant variant) {
        const Config config = variant_of(study, variant);
        return load_run(config, paths.run(config));
    };
    return {load(Variant::relu), load(Variant::linear), load(Variant::frozen)};
}

PaperModel load_paper_model_of(const Study& study, const Paths& paths) {
    const Config config = variant_of(study, Variant::paper);
    return load_paper_model(config, paths.run(config), study.paper);
}

Json key_frequencies_by_epoch(const Models& models) {
    Json by_epoch = Json::object();
    for (const auto& [epoch, weights] : models.snapshots)
        if (epoch > 0) by_epoch[std::to_string(epoch)] = key_frequencies(weights);
    return by_epoch;
}

Json describe_run(const Paths& paths, const TrainedRun& run) {
    Json checkpoints;
    for (int epoch : snapshot_epochs(run.config))
        checkpoints[std::to_string(epoch)] = paths.relative(run.folder / snapshot_file(epoch));
    return {{"variant", to_string(run.config.variant)},
            {"path", paths.relative(run.folder)},
            {"config", to_json(run.config)},
            {"checkpoints", checkpoints}};
}

Json describe_training(const Paths& paths, const TrainedRun& run) {
    Json checkpoints = Json::array();
    for (int epoch : snapshot_epochs(run.config))
        checkpoints.push_back(
            {{"epoch", epoch}, {"sha256", sha256_of_file(run.folder / snapshot_file(epoch))}});
    return {{"variant", to_string(run.config.variant)},
            {"path", paths.relative(run.folder)},
            {"checkpoints", checkpoints},
            {"record", run.record}};
}

using RunList = std::vector<const TrainedRun*>;

Json claims_document(const Config& config, const Paths& paths, const RunList& runs, const Models& models,
                     const std::vector<Claim>& claims) {
    Json described_runs = Json::array();
    for (const TrainedRun* run : runs)
        described_runs.push_back(describe_run(paths, *run));
    return {{"schema", 1},
            {"seed", config.seed},
            {"config", to_json(config)},
            {"provenance", provenance()},
            {"key_frequencies", key_frequencies_by_epoch(models)},
            {"runs", described_runs},
            {"claims", to_json(claims)}};
}

// The commits of the programs that trained the models, each once.
std::string commits_of(const RunList& runs) {
    std::vector<std::string> commits;
    for (const TrainedRun* run : runs)
        for (const Json& session : run->record)
            if (const std::string commit = session.at("by").at("commit");
                !std::ranges::count(commits, commit))
                commits.push_back(commit);
    return commits.empty() ? "not recorded" : fmt::format("{}", fmt::join(commits, ", "));
}

// Whether a figure in `folder` is what the results say of it.
auto whole_in(std::filesystem::path folder) {
    return [folder = std::move(folder)](const StoredFigure& figure) {
        return figures::is_whole(figure.id, figure.content, folder);
    };
}

std::optional<Results> cached(const Study& study, const Paths& paths, const std::string& inputs) {
    const std::uint64_t seed = study.config.seed;
    return results_in(
        paths.results_cache(seed), [&](const Results& results) { return results.computed_from == inputs; },
        whole_in(paths.figures(seed)));
}

// Analyses, judges and draws, and caches the results.
Results compute_results(const Study& study, const Place& place, const std::string& inputs,
                        const DrawProgress& progress) {
    const Paths& paths = place.paths;
    const Runs runs = load_runs(study, paths);
    const Models models = load_models(runs.relu);
    const PaperModel paper = load_paper_model_of(study, paths);
    SectionOutput output = analyse_sections(runs, models, place.threads),
                  beside = paper_section(paper, models);
    output.facts.update(beside.facts);
    const std::vector<Claim> claims =
        judge_all(table_of_bounds(study.config), std::move(output.measurements));

    const RunList of_the_post{&runs.relu, &runs.linear, &runs.frozen};
    RunList all = of_the_post;
    if (paper.run) all.push_back(&*paper.run);
    Results results{.claims = claims_document(study.config, paths, all, models, claims),
                    .facts = std::move(output.facts),
                    .figures = {},
                    .runs = Json::array(),
                    .data_commit = commits_of(of_the_post),
                    .options = departing_options(study, paths.root),
                    .explorer = std::move(output.explorer),
                    .computed_from = inputs};
    for (const TrainedRun* run : all)
        results.runs.push_back(describe_training(paths, *run));

    const std::string name = fmt::format("seed {}", study.config.seed);
    const auto draw = [&](const std::vector<figures::Drawing>& drawings, const std::string& commits) {
        draw_figures(drawings, {name, commits}, paths.figures(study.config.seed), place.threads, progress,
                     results);
    };
    std::filesystem::remove(paths.results_cache(study.config.seed)); // it belongs to the old figures
    draw(output.drawings, results.data_commit);
    if (paper.run) draw(beside.drawings, commits_of({&*paper.run}));
    save_results(paths.results_cache(study.config.seed), results);
    return results;
}

} // namespace

void draw_figures(const std::vector<figures::Drawing>& drawings, const figures::Provenance& provenance,
                  const std::filesystem::path& folder, int threads, const DrawProgress& progress,
                  Results& results) {
    const int total = static_cast<int>(drawings.size());
    std::optional<Progress> own;
    if (!progress) own.emplace("drawing figures", 0, total);
    int done = 0;
    const auto update = [&](const figures::DrawnFigure& drawn) {
        ++done;
        own ? own->update(done, drawn.id) : progress(done, total, drawn.id);
    };
    for (const figures::DrawnFigure& figure :
         figures::draw_all(drawings, provenance, folder, threads, update))
        results.figures.push_back({figure.id, figure.content, provenance.seeds, provenance.commit});
}

void remove_other_figures(const std::filesystem::path& folder, const Results& results) {
    std::vector<std::string> ids;
    for (const StoredFigure& figure : results.figures)
        ids.push_back(figure.id);
    figures::remove_other_figures(ids, folder);
}

Results report_on_seed(const Study& study, const Place& place, const DrawProgress& progress) {
    const std::filesystem::path folder = place.paths.figures(study.config.seed);
    require_writable_folder(folder);
    const FolderLock lock(folder);
    remove_temporary_files(figures::stamps_folder(folder));
    remove_temporary_files(place.paths.results(study.config.seed).parent_path());
    const std::string inputs = computed_from(study, place.paths);
    // Throws where the model of the paper's kind is asked for and damaged, also where results are cached
    if (study.paper) load_paper_model_of(study, place.paths);
    if (auto results = cached(study, place.paths, inputs)) return *std::move(results);
    return compute_results(study, place, inputs, progress);
}

std::optional<Results> results_of_page(std::uint64_t seed, const Paths& paths, const Json& claims) {
    if (!std::filesystem::exists(paths.seed_page(seed))) return std::nullopt;
    if (claims.at("provenance").at("commit") != commit()) return std::nullopt;
    return results_in(
        paths.results(seed), [&](const Results& results) { return results.claims == claims; },
        whole_in(paths.figures(seed)));
}

bool is_prepared(const Study& study, const Paths& paths) {
    return has_runs(study, paths) && cached(study, paths, computed_from(study, paths));
}

SeedOutcome outcome_of_seed(const Study& study, const Place& place) {
    const Paths& paths = place.paths;
    const std::uint64_t seed = study.config.seed;
    if (const auto results = cached(study, paths, computed_from(study, paths)))
        return {seed, results->claims, "", results->data_commit};
    const Runs runs = load_runs(study, paths);
    const Models models = load_models(runs.relu);
    const std::vector<Claim> claims = judge_all(
        table_of_bounds(study.config), std::move(analyse_sections(runs, models, place.threads).measurements));
    const RunList of_the_post{&runs.relu, &runs.linear, &runs.frozen};
    return {seed, claims_document(study.config, paths, of_the_post, models, claims), "",
            commits_of(of_the_post)};
}

std::vector<Claim> judge_seed(const Study& study, const Place& place) {
    return judge_runs(load_runs(study, place.paths), place.threads);
}

std::vector<Claim> judge_runs(const Runs& runs, int threads) {
    const Models models = load_models(runs.relu);
    return judge_all(table_of_bounds(runs.relu.config),
                     std::move(analyse_sections(runs, models, threads).measurements));
}

} // namespace grokreport
