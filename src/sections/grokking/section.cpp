#include "sections/sections.h"

#include "sections/grokking/analysis.h"
#include "sections/bounds.h"
#include "sections/task/architecture.h"
#include "sections/grokking/figures.h"
#include "sections/task/periodic_representation.h"
#include "sections/grokking/findings.h"
#include "runs/paths.h"

#include <algorithm>
#include <iterator>

namespace grokreport {

namespace {

void append(std::vector<Measurement> measurements, Findings& findings) {
    std::ranges::move(measurements, std::back_inserter(findings.measurements));
}

GrokkingResults analyse_grokking(const TrainedRun& run, const Models& models) {
    GrokkingResults results;
    results.config = run.config;
    results.milestones = training_milestones(run.metrics);
    results.shown_row = *std::ranges::find(run.metrics.rows, models.shown_epoch(), &MetricsRow::epoch);
    results.untrained = held_out(models.untrained(), Variant::relu, models.split);
    if (models.has(headline_epoch)) {
        results.at_10k = held_out(models.snapshots.at(headline_epoch), Variant::relu, models.split);
        results.train_loss_at_10k =
            std::ranges::find(run.metrics.rows, headline_epoch, &MetricsRow::epoch)->train_loss;
    }
    if (run.memorised_epoch)
        results.memorised =
            held_out(load_weights(run.folder / memorised_file, run.config), Variant::relu, models.split);
    results.asymmetry = asymmetry(models.shown(), Variant::relu);
    results.n_test = models.split.test.size();
    return results;
}

} // namespace

void find_task(const Models& models, Findings& findings) {
    const Config& config = models.config;
    const Pair example = figures::legible_example(config.p);
    findings.facts["run"] = run_facts(config, models.split, example);
    findings.drawings.push_back(figures::periodic_representation("periodic-representation", config.p, example,
                                                                 figures::shown_circles(config.p)));
    findings.drawings.push_back(figures::architecture("architecture", config));
}

void find_grokking(const Runs& runs, const Models& models, Findings& findings) {
    const GrokkingResults results = analyse_grokking(runs.relu, models);
    append(grokking_measurements(results), findings);
    findings.facts["grok"] = grokking_facts(results);
    for (const auto& [id, last_epoch] : {std::pair{"training-10k", 10000}, std::pair{"training-20k", 20000}})
        findings.drawings.push_back(
            figures::training_curves(id, {.run = runs.relu.metrics,
                                          .last_epoch = last_epoch,
                                          .memorised_epoch = results.milestones.memorised_epoch,
                                          .grokked_epoch = results.milestones.grokked_epoch,
                                          .accuracy_line = {}}));
}

void find_linear_model(const Runs& runs, Findings& findings) {
    const auto sustained = [](const TrainedRun& run) {
        return sustained_accuracy(run.metrics, sustained_span, sustained_level, sustained_within);
    };
    const LinearResults results{runs.linear.config, sustained(runs.linear), sustained(runs.frozen)};
    append(linear_measurements(results), findings);
    findings.facts["linear"] = linear_facts(results);
    findings.drawings.push_back(figures::training_curves(
        "training-linear", {.run = runs.linear.metrics,
                            .last_epoch = runs.linear.config.epochs,
                            .memorised_epoch = training_milestones(runs.linear.metrics).memorised_epoch,
                            .grokked_epoch = {},
                            .accuracy_line = sustained_level,
                            .control = &runs.frozen.metrics,
                            .control_name = "test, attention frozen"}));
}

} // namespace grokreport
