#include "sections/readout/section.h"

#include "runs/paths.h"
#include "sections/judged.h"
#include "sections/readout/claims.h"
#include "sections/readout/explorer.h"
#include "sections/readout/facts.h"
#include "sections/readout/figures.h"

#include <algorithm>

namespace grokreport {

namespace {

SectionOutput readout_of(const Models& models, const std::vector<ReadoutSnapshot>& snapshots) {
    const auto analyse = [&](const Weights& weights, const std::vector<int>& frequencies) {
        return analyse_readout(weights, frequencies, models.untrained(), models.config.seed);
    };
    const std::vector<int> frequencies = models.shown_frequencies();
    const ReadoutResults shown = analyse(models.shown(), frequencies);
    const auto judged = judged_like(models, frequencies, shown, analyse);
    return {.measurements =
                measure_claims(readout_claims(models.config), judged, models.why_not(judged_epoch)),
            .facts = {{"readout", readout_facts(shown, !models.key_frequencies.empty(), snapshots)}},
            .drawings = {figures::readout_ledger("readout-ledger", shown),
                         figures::readout_neurons("readout-neurons", shown),
                         figures::readout_phases("readout-phases", shown),
                         figures::readout_decoder("readout-decoder", shown),
                         figures::readout_ladder("readout-ladder", shown),
                         figures::readout_evenness("readout-evenness", shown),
                         figures::readout_rotation("readout-rotation", shown),
                         figures::readout_contrast("readout-contrast", shown)},
            .explorer = explorer_data(models.shown(), shown)};
}

std::vector<ReadoutSnapshot> snapshots_of(const TrainedRun& run, const Models& models) {
    std::vector<ReadoutSnapshot> snapshots;
    const std::vector<int> frequencies = models.shown_frequencies();
    const auto add = [&](int epoch, const Weights& weights) {
        snapshots.push_back(readout_at(epoch, weights, frequencies, models.config.seed));
    };
    const int memorised = run.memorised_epoch.value_or(models.shown_epoch() + 1);
    for (const auto& [epoch, weights] : models.snapshots)
        if (epoch <= models.shown_epoch()) add(epoch, weights);
    if (memorised < models.shown_epoch() && !models.has(memorised))
        add(memorised, load_weights(run.folder / memorised_file, run.config));
    std::ranges::sort(snapshots, {}, &ReadoutSnapshot::epoch);
    for (ReadoutSnapshot& snapshot : snapshots)
        snapshot.memorised = snapshot.epoch == memorised;
    return snapshots;
}

} // namespace

SectionOutput readout_section(const Runs& runs, const Models& models) {
    return readout_of(models, snapshots_of(runs.relu, models));
}

SectionOutput imported_readout_section(const Models& models) {
    return readout_of(models, {});
}

} // namespace grokreport
