#include "sections/paper/analysis.h"

#include "base/undefined.h"
#include "sections/attention/claims.h"
#include "spectral/fourier.h"

#include <algorithm>

namespace grokreport {

namespace {

double test_accuracy_at(const TrainedRun& run, int epoch) {
    const auto row = std::ranges::find(run.metrics.rows, epoch, &MetricsRow::epoch);
    return row == run.metrics.rows.end() ? undefined : row->test_accuracy;
}

// The same checks as of our model's attention. The verdict is for the text; no list of claims has it.
Claim judge_periodic(const Config& config, const AttentionAnalysis& attention) {
    const auto claims = attention_claims(config);
    const auto& [definition, measure] =
        *std::ranges::find(claims, "attention.periodic-a-and-b",
                           [](const auto& claim) -> const std::string& { return claim.definition.id; });
    AttentionResults results;
    results.analysis = attention;
    Measurement measurement = measure(results);
    measurement.id = definition.id;
    return judge(definition, std::move(measurement));
}

} // namespace

double noise_floor(const Spectrum& spectrum) {
    const Eigen::ArrayXd norms =
        (spectrum.cos_norms.array().square() + spectrum.sin_norms.array().square()).sqrt();
    double active = 0;
    for (const int k : spectrum.active)
        active += norms[k - 1];
    const auto n_active = static_cast<double>(spectrum.active.size());
    const auto n_others = static_cast<double>(norms.size()) - n_active;
    if (n_active == 0 || n_others == 0) return undefined;
    return ((norms.sum() - active) / n_others) / (active / n_active);
}

PaperResults analyse_paper(const PaperModel& paper, const Models& ours) {
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

} // namespace grokreport
