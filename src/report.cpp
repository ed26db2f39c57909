#include "report.h"

#include "analysis/grokking.h"
#include "base/files.h"
#include "base/numbers.h"
#include "base/process.h"
#include "base/progress.h"
#include "bounds.h"
#include "dataset.h"
#include "figures/architecture.h"
#include "figures/draw.h"
#include "figures/grokking.h"
#include "figures/periodic_representation.h"
#include "findings/grokking.h"
#include "fourier.h"
#include "parameters.h"
#include "provenance.h"
#include "render/page.h"
#include "results.h"
#include "training/trainer.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <optional>

namespace grokreport {

namespace {

using Json = nlohmann::ordered_json;

// The trained models of one seed.
struct Runs {
    TrainedRun relu, linear, frozen;
};

// What the analyses found, on its way to claims, text and figures.
struct Findings {
    GrokkingResults grokking;
    LinearResults linear;
    Json key_frequencies; // by epoch
};

void train_model(const Options& options, Variant variant) {
    const Config config = variant_of(options, variant);
    std::optional<Progress> progress;
    TrainingOptions training;
    training.threads = options.threads;
    training.retrain = options.retrain;
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
    require_program("node", "nodejs");
}

Runs load_runs(const Options& options) {
    const auto load = [&](Variant variant) {
        const Config config = variant_of(options, variant);
        return load_run(config, options.paths.run(config));
    };
    return {load(Variant::relu), load(Variant::linear), load(Variant::frozen)};
}

Weights weights_at(const TrainedRun& run, int epoch) {
    return load_weights(run.folder / snapshot_file(epoch), run.config);
}

bool has_snapshot(const TrainedRun& run, int epoch) {
    return std::ranges::binary_search(snapshot_epochs(run.config), epoch);
}

GrokkingResults analyse_grokking(const TrainedRun& run) {
    const Split split = split_pairs(run.config);
    GrokkingResults results;
    results.config = run.config;
    results.milestones = training_milestones(run.metrics);
    results.final_row = run.metrics.rows.back();
    results.untrained = held_out(weights_at(run, 0), Variant::relu, split);
    if (has_snapshot(run, headline_epoch)) {
        results.at_10k = held_out(weights_at(run, headline_epoch), Variant::relu, split);
        results.train_loss_at_10k =
            std::ranges::find(run.metrics.rows, headline_epoch, &MetricsRow::epoch)->train_loss;
    }
    if (run.memorised_epoch)
        results.memorised =
            held_out(load_weights(run.folder / memorised_file, run.config), Variant::relu, split);
    results.asymmetry = asymmetry(weights_at(run, run.config.epochs), Variant::relu);
    results.n_train = split.train.size();
    results.n_test = split.test.size();
    results.n_parameters = Parameters(run.config).flat().size();
    return results;
}

Findings analyse(const Runs& runs) {
    Findings findings;
    findings.grokking = analyse_grokking(runs.relu);
    findings.linear = {runs.linear.config,
                       sustained_accuracy(runs.linear.metrics, sustained_span, sustained_level),
                       sustained_accuracy(runs.frozen.metrics, sustained_span, sustained_level)};
    for (int epoch : snapshot_epochs(runs.relu.config))
        if (epoch > 0)
            findings.key_frequencies[std::to_string(epoch)] = key_frequencies(weights_at(runs.relu, epoch));
    return findings;
}

std::vector<Claim> judge_findings(const Config& config, const Findings& findings) {
    std::vector<Measurement> measurements = grokking_measurements(findings.grokking);
    std::ranges::move(linear_measurements(findings.linear), std::back_inserter(measurements));
    return judge_all(table_of_bounds(config), std::move(measurements));
}

std::vector<figures::Drawing> compose_figures(const Runs& runs, const Findings& findings) {
    const TrainingMilestones& milestones = findings.grokking.milestones;
    const auto curves = [&](const std::string& id, int last_epoch) {
        return figures::training_curves(id, {.run = runs.relu.metrics,
                                             .last_epoch = last_epoch,
                                             .memorised_epoch = milestones.memorised_epoch,
                                             .grokked_epoch = milestones.grokked_epoch});
    };
    return {
        figures::periodic_representation("periodic-representation", runs.relu.config.p),
        figures::architecture("architecture", runs.relu.config), curves("training-10k", 10000),
        curves("training-20k", 20000),
        figures::training_curves("training-linear",
                                 {.run = runs.linear.metrics,
                                  .last_epoch = runs.linear.config.epochs,
                                  .memorised_epoch = training_milestones(runs.linear.metrics).memorised_epoch,
                                  .accuracy_line = sustained_level,
                                  .control = &runs.frozen.metrics,
                                  .control_name = "test, attention frozen"})};
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

Json claims_document(const Options& options, const Runs& runs, const Findings& findings,
                     const std::vector<Claim>& claims) {
    Json claims_as_json = Json::array();
    for (const Claim& claim : claims)
        claims_as_json.push_back(to_json(claim));
    return {{"schema", 1},
            {"seed", options.config.seed},
            {"config", to_json(options.config)},
            {"provenance", provenance()},
            {"key_frequencies", findings.key_frequencies},
            {"runs",
             {describe_run(options.paths, runs.relu), describe_run(options.paths, runs.linear),
              describe_run(options.paths, runs.frozen)}},
            {"claims", claims_as_json}};
}

void draw_figures(const Options& options, const std::vector<figures::Drawing>& drawings) {
    Progress progress("drawing figures", 0, static_cast<int>(drawings.size()));
    int done = 0;
    figures::draw_all(drawings, options.paths.figures(options.config.seed), options.threads,
                      [&](const figures::DrawnFigure& figure) { progress.update(++done, figure.id); });
}

void write_page(const Options& options, const Results& results) {
    write_file(options.paths.index(), render_report(results, options.paths));
    fmt::print("wrote {}\n", options.paths.index().string());
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
    const Findings findings = analyse(runs);
    const std::vector<Claim> claims = judge_findings(options.config, findings);
    const std::vector<figures::Drawing> drawings = compose_figures(runs, findings);
    draw_figures(options, drawings);

    Results results;
    results.claims = claims_document(options, runs, findings, claims);
    results.facts = {{"run", run_facts(findings.grokking)},
                     {"grok", grokking_facts(findings.grokking)},
                     {"linear", linear_facts(findings.linear)}};
    for (const figures::Drawing& drawing : drawings)
        results.figures.push_back(drawing.id);
    save_results(options.paths.results(options.config.seed), results);
    write_file(options.paths.claims(), results.claims.dump(2) + "\n");
    write_page(options, results);
    print_summary(claims);
    return std::ranges::all_of(claims, &Claim::as_expected);
}

void render_report_again(const Options& options) {
    require_program("node", "nodejs");
    write_page(options, load_results(options.paths.results(options.config.seed)));
}

} // namespace grokreport
