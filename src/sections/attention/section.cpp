// Section 6 of the post, first part: attention is periodic.
#include "sections/attention/analysis.h"

#include "sections/attention/figures.h"
#include "sections/attention/findings.h"
#include "spectral/fourier.h"
#include "sections/sections.h"

#include <algorithm>
#include <iterator>

namespace grokreport {

namespace {

constexpr int n_samples = 6; // as many pairs as the post shows

} // namespace

void find_attention(const Models& models, Findings& findings) {
    const std::uint64_t seed = models.config.seed;
    const std::vector<int> key = key_frequencies(models.shown());
    AttentionResults results;
    results.analysis = analyse_attention(models.shown(), key, seed);
    results.untrained = analyse_attention(models.untrained(), key, seed);
    results.why_not = models.why_not(judged_epoch);
    const std::vector<SampledMaps> samples = sampled_attention(models.shown(), n_samples, seed);
    results.n_samples = samples.size();

    std::ranges::move(attention_measurements(results), std::back_inserter(findings.measurements));
    findings.facts["attention"] = attention_facts(results);
    findings.drawings.push_back(figures::attention_samples("attention-samples", samples));
    findings.drawings.push_back(figures::attention_periodic("attention-periodic", results.analysis));
    findings.drawings.push_back(figures::attention_spectrum("attention-spectrum", results.analysis));
    findings.drawings.push_back(figures::attention_full("attention-full", results.analysis));
}

} // namespace grokreport
