// The paper's kind of model beside ours: its spectrum of W_E (section 5) and its attention (section 6).
#include "sections/paper/findings.h"
#include "sections/bounds.h"
#include "sections/attention/figures.h"
#include "sections/embedding/spectrum.h"
#include "sections/attention/findings.h"
#include "spectral/fourier.h"
#include "sections/sections.h"

#include <algorithm>
#include <limits>

namespace grokreport {

namespace {

double test_accuracy_at(const TrainedRun& run, int epoch) {
    const auto row = std::ranges::find(run.metrics.rows, epoch, &MetricsRow::epoch);
    return row == run.metrics.rows.end() ? std::numeric_limits<double>::quiet_NaN() : row->test_accuracy;
}

// The same checks as of our model's attention. The verdict is for the text; no list of claims has it.
Claim judge_periodic(const Config& config, const AttentionAnalysis& attention) {
    const BoundTable bounds = attention_bounds(config);
    Measurement measurement = periodic_in_a_and_b(attention);
    const auto definition = std::ranges::find(bounds, measurement.id, &ClaimDefinition::id);
    return judge(*definition, std::move(measurement));
}

PaperResults analyse(const PaperModel& paper, const Models& ours) {
    const Models& models = *paper.models;
    PaperResults results;
    results.epoch = models.shown_epoch();
    results.test_accuracy = test_accuracy_at(*paper.run, results.epoch);
    results.key = key_frequencies(models.shown());
    results.spectrum = spectrum_of(number_embeddings(models.shown()));
    results.ours = spectrum_of(number_embeddings(ours.shown()));
    results.attention = analyse_attention(models.shown(), results.key, models.config.seed);
    results.periodic = judge_periodic(models.config, results.attention);
    return results;
}

} // namespace

Findings find_paper_model(const PaperModel& paper, const Models& ours) {
    Findings findings;
    if (paper.state != PaperState::there) {
        findings.facts = paper_facts(paper.state, {});
        return findings;
    }
    const PaperResults results = analyse(paper, ours);
    findings.facts = paper_facts(paper.state, results);
    findings.drawings = {
        figures::spectrum("spectrum-we-paper", {.spectrum = results.spectrum,
                                                .key = results.key,
                                                .name = "norm in {/:Italic W}_E",
                                                .epoch = results.epoch,
                                                .highest = figures::highest_norm(results.spectrum)}),
        figures::attention_full("attention-full-paper", results.attention)};
    return findings;
}

} // namespace grokreport
