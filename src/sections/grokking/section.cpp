#include "sections/grokking/section.h"

#include "runs/paths.h"
#include "sections/grokking/claims.h"
#include "sections/grokking/facts.h"
#include "sections/grokking/figures.h"

#include <optional>

namespace grokreport {

namespace {

figures::Drawing curves_until(int last_epoch, const std::string& id, const TrainedRun& run,
                              const TrainingMilestones& milestones) {
    return figures::training_curves(id, {.run = run.metrics,
                                         .last_epoch = last_epoch,
                                         .memorised_epoch = milestones.memorised_epoch,
                                         .grokked_epoch = milestones.grokked_epoch});
}

} // namespace

SectionOutput grokking_section(const Runs& runs, const Models& models) {
    const TrainedRun& run = runs.relu;
    std::optional<Weights> memorised;
    if (run.memorised_epoch) memorised = load_weights(run.folder / memorised_file, run.config);
    const GrokkingResults results = analyse_grokking(run, models, memorised);
    return {.measurements = measure_claims(grokking_claims(models.config), std::optional(results), ""),
            .facts = {{"grok", grokking_facts(results)}},
            .drawings = {curves_until(10000, "training-10k", run, results.milestones),
                         curves_until(20000, "training-20k", run, results.milestones)}};
}

} // namespace grokreport
