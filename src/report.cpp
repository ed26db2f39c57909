#include "report.h"

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/numbers.h"
#include "base/process.h"
#include "base/progress.h"
#include "bounds/bounds.h"
#include "figures/draw.h"
#include "folder_watch.h"
#include "fourier.h"
#include "live_page.h"
#include "provenance.h"
#include "render/page.h"
#include "results.h"
#include "sections/sections.h"

#include <Eigen/Core>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fmt/format.h>
#include <optional>

namespace grokreport {

namespace {

using Json = nlohmann::ordered_json;

void train_model(const Options& options, Variant variant) {
    const Config config = variant_of(options, variant);
    std::optional<Progress> progress;
    TrainingOptions training;
    training.threads = options.threads;
    training.retrain = options.retrain;
    training.by = provenance_of_numbers();
    training.save_every = std::chrono::milliseconds(std::lround(1000 * options.save_every));
    training.on_progress = [&](const TrainingProgress& at) {
        if (!progress) progress.emplace("training " + to_string(variant), at.first_epoch, config.epochs);
        progress->update(at.epoch, fmt::format("train loss {:.2e}, test accuracy {}", at.train_loss,
                                               format_percent(at.test_accuracy)));
    };
    train(config, options.paths.run(config), training);
}

void require_programs() {
    require_program("gnuplot", "gnuplot-nox");
    require_program("rsvg-convert", "librsvg2-bin");
    require_program("pngquant", "pngquant");
    require_program("ffmpeg", "ffmpeg");
    require_program("node", "nodejs");
}

Runs load_runs(const Options& options) {
    const auto load = [&](Variant variant) {
        const Config config = variant_of(options, variant);
        return load_run(config, options.paths.run(config));
    };
    return {load(Variant::relu), load(Variant::linear), load(Variant::frozen)};
}

// The sections of the post, in its order.
Findings analyse(const Runs& runs, const Models& models) {
    Eigen::setNbThreads(1); // the last bits of a product would depend on the number of threads
    Findings findings;
    find_task(models, findings);
    find_grokking(runs, models, findings);
    find_embedding(models, findings);
    find_attention(models, findings);
    find_petals(models, findings);
    find_recombination(models, findings);
    find_mlp(models, findings);
    find_linear_model(runs, findings);
    find_decoder(models, findings);
    find_beyond(models, findings);
    return findings;
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

Json claims_document(const Options& options, const Runs& runs, const Models& models,
                     const std::vector<Claim>& claims) {
    Json described_runs = Json::array(), judged = Json::array();
    for (const TrainedRun* run : {&runs.relu, &runs.linear, &runs.frozen})
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
figures::Origin origin_of(const Runs& runs) {
    std::vector<std::string> commits;
    for (const TrainedRun* run : {&runs.relu, &runs.linear, &runs.frozen})
        for (const Json& session : run->record)
            if (const std::string commit = session.at("by").at("commit"); !std::ranges::count(commits, commit))
                commits.push_back(commit);
    figures::Origin origin{.seed = runs.relu.config.seed};
    for (const std::string& commit : commits)
        origin.commit = &commit == commits.data() ? commit : origin.commit + ", " + commit;
    return origin;
}

std::vector<figures::DrawnFigure> draw_figures(const Options& options, const figures::Origin& origin,
                                               const std::vector<figures::Drawing>& drawings) {
    Progress progress("drawing figures", 0, static_cast<int>(drawings.size()));
    int done = 0;
    return figures::draw_all(drawings, origin, options.paths.figures(options.config.seed),
                             options.threads,
                             [&](const figures::DrawnFigure& figure) { progress.update(++done, figure.id); });
}

void write_page(const Options& options, const std::string& page) {
    write_file(options.paths.index(), page);
    fmt::print("wrote {}\n", options.paths.index().string());
}

// The results of the run that the options describe, and of no other that had the same seed.
Results stored_results(const Options& options) {
    const auto file = options.paths.results(options.config.seed);
    Results stored = load_results(file);
    if (stored.claims["config"] != to_json(options.config))
        throw Error(fmt::format("{} is of another run of seed {} (p {}, {} epochs)", file.string(), options.config.seed,
                                stored.claims["config"]["p"].dump(), stored.claims["config"]["epochs"].dump()),
                    "give the options of that run, or run `grokreport report` with these");
    return stored;
}

void print_claim(const Json& claim) {
    fmt::print("{}: {}\n{}\n", claim["id"].get<std::string>(), claim["verdict"].get<std::string>(),
               claim["statement"].get<std::string>());
    for (const Json& check : claim["checks"])
        fmt::print("  {}\n    {} {} {} {}\n", check["metric"].get<std::string>(), check["value"].dump(),
                   check["relation"].get<std::string>(), check["bound"].dump(),
                   check["unit"].get<std::string>());
    if (!claim["control"].is_null())
        fmt::print("  control: {}\n    {}\n", claim["control"]["description"].get<std::string>(),
                   claim["control"]["value"].dump());
    if (const std::string reason = claim["reason"]; !reason.empty()) fmt::print("  {}\n", reason);
    fmt::print("  details: {}\n  computed in {}\n", claim["details"].dump(),
               claim["source"].get<std::string>());
}

void print_summary(const std::vector<Claim>& claims) {
    for (const Claim& claim : claims)
        fmt::print("{:<13} {:<24} {}\n", to_string(claim.verdict), claim.definition.id, claim.reason);
}

} // namespace

void train_models(const Options& options) {
    require_writable_folder(options.paths.report());
    for (Variant variant : {Variant::relu, Variant::linear, Variant::frozen})
        train_model(options, variant);
}

bool write_report(const Options& options) {
    require_programs();
    require_writable_folder(options.paths.figures(options.config.seed));
    train_models(options);

    const Runs runs = load_runs(options);
    const Models models = load_models(runs.relu);
    Findings findings = analyse(runs, models);
    const auto claims = judge_all(table_of_bounds(options.config), std::move(findings.measurements));
    const figures::Origin origin = origin_of(runs);
    const auto drawn = draw_figures(options, origin, findings.drawings);

    Results results{.claims = claims_document(options, runs, models, claims),
                    .facts = findings.facts,
                    .figures = {},
                    .runs = Json::array(),
                    .data_commit = origin.commit,
                    .options = departing_options(options)};
    for (const figures::DrawnFigure& figure : drawn)
        results.figures.push_back({figure.id, figure.content});
    for (const TrainedRun* run : {&runs.relu, &runs.linear, &runs.frozen})
        results.runs.push_back(describe_training(options.paths, *run));
    // Rendered before anything is written, so that a mistake in a template leaves the last good set
    const std::string page = render_report(results, options.paths);
    save_results(options.paths.results(options.config.seed), results);
    write_file(options.paths.claims(), results.claims.dump(2) + "\n");
    write_page(options, page);
    figures::remove_other_figures(drawn, options.paths.figures(options.config.seed));
    print_summary(claims);
    return std::ranges::all_of(claims, &Claim::as_expected);
}

bool verify_claim(const Options& options) {
    const Results stored = stored_results(options);
    const auto is_asked_for = [&](const Json& claim) { return claim["id"] == options.claim; };
    const auto before = std::ranges::find_if(stored.claims["claims"], is_asked_for);
    if (before == stored.claims["claims"].end())
        throw Error(fmt::format("there is no claim '{}'", options.claim),
                    "report/claims.json lists them all");

    const Runs runs = load_runs(options);
    const Models models = load_models(runs.relu);
    const auto claims =
        judge_all(table_of_bounds(options.config), std::move(analyse(runs, models).measurements));
    const auto asked_for =
        std::ranges::find(claims, options.claim, [](const Claim& claim) { return claim.definition.id; });
    if (asked_for == claims.end())
        throw Error(fmt::format("claim '{}' is no longer in the table of bounds", options.claim),
                    "run `grokreport report` to write report/claims.json anew");
    const Json now = to_json(*asked_for);
    print_claim(now);
    const bool is_same = now["verdict"] == (*before)["verdict"] && now["value"] == (*before)["value"];
    fmt::print("{}\n", is_same
                           ? "the same as in report/claims.json"
                           : fmt::format("NOT the same as in report/claims.json: {}, {}",
                                         (*before)["verdict"].get<std::string>(), (*before)["value"].dump()));
    return is_same;
}

void render_report_again(const Options& options) {
    require_program("node", "nodejs");
    write_page(options, render_report(stored_results(options), options.paths));
}

void watch_report(const Options& options) {
    using namespace std::chrono_literals;
    const auto results = options.paths.results(options.config.seed);
    const FolderWatch folders({options.paths.templates, results.parent_path()});
    LivePage page(options.port, options.paths.templates / "watch.js");
    fmt::print("open {} ; Ctrl+C ends\n", page.address());
    RenderMemory memory;
    for (;;) {
        try {
            const auto begun = std::chrono::steady_clock::now();
            const std::string html = render_report(stored_results(options), options.paths, {.memory = &memory});
            write_file(options.paths.index(), html);
            page.show(html);
            const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begun;
            fmt::print("rendered in {:.1f} s\n", taken.count());
        } catch (const Error& problem) {
            page.show_problem(problem.what());
            fmt::print(stderr, "grokreport: {}\n", problem.what());
        }
        std::fflush(stdout);
        while (!folders.wait(1h, 50ms)) {
        }
    }
}

} // namespace grokreport
