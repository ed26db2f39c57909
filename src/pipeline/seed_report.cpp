#include "pipeline/seed_report.h"

#include "base/error.h"
#include "base/files.h"
#include "base/folder_lock.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/process.h"
#include "base/progress.h"
#include "base/thread_pool.h"
#include "sections/bounds.h"
#include "drawing/draw.h"
#include "spectral/fourier.h"
#include "runs/results_cache.h"
#include "sections/paper/model.h"
#include "runs/provenance.h"
#include "sections/sections.h"

#include <Eigen/Core>
#include <algorithm>
#include <functional>
#include <iterator>
#include <optional>

namespace grokreport {

namespace {

Runs load_runs(const Options& options) {
    const auto load = [&](Variant variant) {
        const Config config = variant_of(options, variant);
        return load_run(config, options.paths.run(config));
    };
    return {load(Variant::relu), load(Variant::linear), load(Variant::frozen)};
}

void append(Findings one, Findings& all) {
    std::ranges::move(one.measurements, std::back_inserter(all.measurements));
    all.facts.update(one.facts);
    std::ranges::move(one.drawings, std::back_inserter(all.drawings));
}

// The sections of the post, side by side on `threads` threads, and what they found in the order of the post.
Findings analyse(const Runs& runs, const Models& models, int threads) {
    Eigen::setNbThreads(1); // the last bits of a product would depend on the number of threads
    const std::vector<std::function<void(Findings&)>> sections{
        [&](Findings& found) { find_task(models, found); },
        [&](Findings& found) { find_grokking(runs, models, found); },
        [&](Findings& found) { find_embedding(models, found); },
        [&](Findings& found) { find_attention(models, found); },
        [&](Findings& found) { find_petals(models, found); },
        [&](Findings& found) { find_recombination(models, found); },
        [&](Findings& found) { find_mlp(models, found); },
        [&](Findings& found) { find_linear_model(runs, found); },
        [&](Findings& found) { find_decoder(models, found); }};
    std::vector<Findings> found(sections.size());
    ThreadPool pool(threads);
    pool.for_each_block(static_cast<int>(sections.size()),
                        [&](int section) { sections[section](found[section]); });

    Findings all;
    for (Findings& one : found)
        append(std::move(one), all);
    find_beyond(models, all);
    return all;
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

Json claims_document(const Options& options, const RunList& runs, const Models& models,
                     const std::vector<Claim>& claims) {
    Json described_runs = Json::array(), judged = Json::array();
    for (const TrainedRun* run : runs)
        described_runs.push_back(describe_run(options.paths, *run));
    for (const Claim& claim : claims)
        judged.push_back(to_json(claim));
    return {{"schema", 1},
            {"seed", options.config.seed},
            {"config", to_json(options.config)},
            {"provenance", provenance()},
            {"key_frequencies", key_frequencies_by_epoch(models)},
            {"runs", described_runs},
            {"claims", judged}};
}

// The commits that trained the models, each once.
std::string commits_of(const RunList& runs) {
    std::vector<std::string> commits;
    for (const TrainedRun* run : runs)
        for (const Json& session : run->record)
            if (const std::string commit = session.at("by").at("commit");
                !std::ranges::count(commits, commit))
                commits.push_back(commit);
    return commits.empty() ? "not recorded" : fmt::format("{}", fmt::join(commits, ", "));
}

} // namespace

void draw_figures(const Options& options, const std::vector<figures::Drawing>& drawings,
                  const figures::Origin& origin, const DrawProgress& progress, Results& results) {
    const int total = static_cast<int>(drawings.size());
    std::optional<Progress> own;
    if (!progress) own.emplace("drawing figures", 0, total);
    int done = 0;
    const auto tell = [&](const figures::DrawnFigure& drawn) {
        ++done;
        own ? own->update(done, drawn.id) : progress(done, total, drawn.id);
    };
    for (const figures::DrawnFigure& figure : figures::draw_all(
             drawings, origin, options.paths.figures(options.config.seed), options.threads, tell))
        results.figures.push_back({figure.id, figure.content, origin.seeds, origin.commit});
}

void require_programs() {
    require_program("gnuplot", "gnuplot-nox");
    require_program("rsvg-convert", "librsvg2-bin");
    require_program("pngquant", "pngquant");
    require_program("ffmpeg", "ffmpeg");
    require_program("node", "nodejs");
    require_program("/usr/bin/python3", "python3-pygments");
    if (run_process({"/usr/bin/python3", "-c", "import pygments"}, "", std::chrono::seconds(60))
            .exit_status != 0)
        throw Error("Pygments, which colours code, is not installed",
                    "install it with: apt-get install python3-pygments");
    if (!std::filesystem::exists(std::filesystem::path(katex_folder) / "katex.js"))
        throw Error(fmt::format("there is no KaTeX in {}", katex_folder),
                    "install it with: apt-get install libjs-katex");
}

void remove_other_figures(const Options& options, const Results& results) {
    std::vector<std::string> ids;
    for (const StoredFigure& figure : results.figures)
        ids.push_back(figure.id);
    figures::remove_other_figures(ids, options.paths.figures(options.config.seed));
}

Results report_on_seed(const Options& options, const DrawProgress& progress) {
    require_writable_folder(options.paths.figures(options.config.seed));
    const FolderLock lock(options.paths.figures(options.config.seed));
    remove_temporary_files(figures::stamps_folder(options.paths.figures(options.config.seed)));
    remove_temporary_files(options.paths.results(options.config.seed).parent_path());
    const std::string origin = computed_from(options);
    if (options.paper) load_paper_model(options); // throws where it is damaged, whatever is kept
    if (auto kept = cached_results(options, origin)) return *std::move(kept);

    const Runs runs = load_runs(options);
    const Models models = load_models(runs.relu);
    const PaperModel paper = load_paper_model(options);
    Findings findings = analyse(runs, models, options.threads), beside = find_paper_model(paper, models);
    findings.facts["paper"] = std::move(beside.facts);
    const std::vector<Claim> claims =
        judge_all(table_of_bounds(options.config), std::move(findings.measurements));

    const RunList of_the_post{&runs.relu, &runs.linear, &runs.frozen};
    RunList all = of_the_post;
    if (paper.run) all.push_back(&*paper.run);
    Results results{.claims = claims_document(options, all, models, claims),
                    .facts = std::move(findings.facts),
                    .figures = {},
                    .runs = Json::array(),
                    .data_commit = commits_of(of_the_post),
                    .options = departing_options(options),
                    .computed_from = origin};
    for (const TrainedRun* run : all)
        results.runs.push_back(describe_training(options.paths, *run));
    const std::string seed = fmt::format("seed {}", options.config.seed);
    discard_cached_results(options); // what is drawn from here on is no longer theirs
    draw_figures(options, findings.drawings, {seed, results.data_commit}, progress, results);
    if (paper.run)
        draw_figures(options, beside.drawings, {seed, commits_of({&*paper.run})}, progress, results);
    cache_results(options, results);
    return results;
}

std::vector<Claim> judge_seed(const Options& options) {
    const Runs runs = load_runs(options);
    const Models models = load_models(runs.relu);
    return judge_all(table_of_bounds(options.config),
                     std::move(analyse(runs, models, options.threads).measurements));
}

} // namespace grokreport
