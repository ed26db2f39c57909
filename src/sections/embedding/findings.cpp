#include "sections/embedding/findings.h"

#include "base/json.h"
#include "base/json_numbers.h"
#include "base/numbers.h"
#include "base/words.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <set>
#include <span>
#include <tuple>

namespace grokreport {

namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

// The modular-addition paper (Nanda et al. 2023) and its modulus: its frequencies mean nothing for another.
constexpr int paper_modulus = 113;
const std::vector<int> paper_frequencies{14, 35, 41, 42, 52};

// Least and largest of a measure over circles; NaN over none, or where one is not finite.
template <typename Measure>
std::vector<double> values_of(const std::vector<Circle>& circles, const Measure& measure) {
    std::vector<double> values;
    for (const Circle& circle : circles)
        values.push_back(measure(circle));
    return values;
}
bool all_finite(std::span<const double> values) {
    return !values.empty() && std::ranges::all_of(values, [](double value) { return std::isfinite(value); });
}
double least(const std::vector<double>& values) {
    return all_finite(values) ? std::ranges::min(values) : undefined;
}
double largest(const std::vector<double>& values) {
    return all_finite(values) ? std::ranges::max(values) : undefined;
}
double mean(const std::vector<double>& values) {
    double sum = 0;
    for (double value : values)
        sum += value;
    return values.empty() ? undefined : sum / static_cast<double>(values.size());
}

double purity_of(const Circle& circle) {
    return circle.purity;
}
double null_of(const Circle& circle) {
    return circle.purity_null;
}
double excess_of(const Circle& circle) {
    return circle.purity - circle.purity_null;
}
double ratio_of(const Circle& circle) {
    return circle.ring.singular_value_ratio;
}
double cv_of(const Circle& circle) {
    return circle.ring.radius_cv;
}
double radius_of(const Circle& circle) {
    return circle.ring.mean_radius;
}

Json details_of(const std::vector<Circle>& circles) {
    Json details = Json::object();
    for (const Circle& circle : circles)
        details[fmt::format("k_{}", circle.k)] = {{"purity", finite_or_null(circle.purity)},
                                                  {"purity_null", finite_or_null(circle.purity_null)},
                                                  {"singular_value_ratio", finite_or_null(ratio_of(circle))},
                                                  {"radius_cv", finite_or_null(cv_of(circle))},
                                                  {"mean_radius", finite_or_null(radius_of(circle))}};
    return details;
}

// The planes of W_E whose frequency is not active there, and how much of their curves is of key frequencies.
struct Elsewhere {
    std::vector<Circle> circles;
    std::vector<double> leaked;
};
Elsewhere elsewhere(const EmbeddingAnalysis& analysis) {
    Elsewhere found;
    const PlaneSurvey& survey = analysis.embedding_planes;
    for (std::size_t i = 0; i < survey.others.size(); ++i)
        if (std::ranges::binary_search(analysis.inactive, survey.others[i].k)) {
            found.circles.push_back(survey.others[i]);
            found.leaked.push_back(survey.leaked[i]);
        }
    return found;
}

// Whether all idle frequencies are doubles of key frequencies, folded: the second harmonics of circles that
// are not quite round. `chance` is that of drawing none but such doubles from the frequencies outside K.
struct HarmonicIdle {
    bool all_doubles = false;
    double chance = 1;
};
HarmonicIdle harmonics(const EmbeddingAnalysis& analysis, int p) {
    std::set<int> doubles;
    for (int k : analysis.key)
        doubles.insert(std::min(2 * k, p - 2 * k));
    for (int k : analysis.key)
        doubles.erase(k);
    const auto n_others = static_cast<double>(analysis.embedding_planes.others.size());
    HarmonicIdle found{!analysis.idle.empty(), 1};
    for (std::size_t i = 0; i < analysis.idle.size(); ++i) {
        found.all_doubles = found.all_doubles && doubles.contains(analysis.idle[i]);
        const auto drawn = static_cast<double>(i);
        found.chance *= std::max(0.0, static_cast<double>(doubles.size()) - drawn) / (n_others - drawn);
    }
    return found;
}

Measurement sparse_measurement(const EmbeddingAnalysis& analysis, const Spectrum& untrained) {
    Json shares = Json::object();
    for (int k : analysis.embedding.active)
        shares[fmt::format("k_{}", k)] = analysis.embedding.shares[k - 1];
    return {.id = "embed.sparse",
            .values = {analysis.embedding.gini_of_norms, analysis.embedding.active_share},
            .control = {untrained.gini_of_norms, untrained.active_share},
            .details = {{"energy_share", shares},
                        {"key_frequencies", analysis.key},
                        {"idle_frequencies", analysis.idle}}};
}

Measurement pruned_measurement(const EmbeddingResults& results) {
    const auto count = [](const ShownSpectrum& shown) {
        return static_cast<double>(shown.embedding.active.size());
    };
    const auto& [early, middle, late] = std::tie(results.early, results.middle, results.late);
    return {.id = "embed.pruned",
            .values = {count(early) - count(middle), count(middle) - count(late),
                       late.embedding.active_share - early.embedding.active_share},
            .details = {{"n_active_5000", early.embedding.active.size()},
                        {"n_active_10000", middle.embedding.active.size()},
                        {"n_active_20000", late.embedding.active.size()},
                        {"active_share_5000", early.embedding.active_share},
                        {"active_share_10000", middle.embedding.active_share},
                        {"active_share_20000", late.embedding.active_share}}};
}

Measurement other_frequencies_measurement(const EmbeddingAnalysis& analysis, const Config& config) {
    if (config.p != paper_modulus)
        return {.id = "embed.other-frequencies",
                .not_run = fmt::format("the paper's frequencies are for p = {}; here p = {}", paper_modulus,
                                       config.p)};
    return {.id = "embed.other-frequencies",
            .values = {jaccard(analysis.embedding.active, paper_frequencies)},
            .details = {{"active_in_W_E", analysis.embedding.active}}};
}

Measurement circles_measurement(const PlaneSurvey& survey) {
    const auto& [key, others, leaked] = survey;
    return {.id = "embed.circles",
            .values = {least(values_of(key, purity_of)), least(values_of(key, excess_of)),
                       least(values_of(key, ratio_of)), largest(values_of(key, cv_of))},
            .control = {largest(values_of(others, purity_of)), largest(values_of(others, excess_of)),
                        largest(values_of(others, ratio_of)), least(values_of(others, cv_of))},
            .details = details_of(key)};
}

Measurement elsewhere_measurement(const EmbeddingAnalysis& analysis) {
    const auto [circles, leaked] = elsewhere(analysis);
    const std::vector<Circle>& key = analysis.embedding_planes.key;
    const double radius = mean(values_of(circles, radius_of)), key_radius = mean(values_of(key, radius_of));
    Json details = {{"mean_radius", finite_or_null(radius)},
                    {"mean_radius_of_K", finite_or_null(key_radius)},
                    {"mean_share_at_K", finite_or_null(mean(leaked))}};
    details.update(details_of(circles));
    return {.id = "embed.no-circles-elsewhere",
            .values = {largest(values_of(circles, purity_of)), radius / key_radius},
            .control = {largest(values_of(key, purity_of)), key.empty() ? undefined : 1.0},
            .details = std::move(details)};
}

Measurement same_frequencies_measurement(const EmbeddingAnalysis& analysis, const Spectrum& untrained) {
    const auto share = [&](const Spectrum& spectrum) {
        return analysis.key.empty() ? undefined : share_at(spectrum.shares, analysis.key);
    };
    return {.id = "decoder.same-frequencies",
            .values = {share(analysis.decoder), jaccard(analysis.embedding.active, analysis.decoder.active)},
            .control = {share(untrained), jaccard(analysis.embedding.active, untrained.active)},
            .details = {{"active_in_W_E", analysis.embedding.active},
                        {"active_in_W_L", analysis.decoder.active}}};
}

Measurement decoder_circles_measurement(const PlaneSurvey& survey) {
    const auto& [key, others, leaked] = survey;
    return {.id = "decoder.circles",
            .values = {least(values_of(key, purity_of)), least(values_of(key, excess_of))},
            .control = {largest(values_of(others, purity_of)), largest(values_of(others, excess_of))},
            .details = details_of(key)};
}

} // namespace

std::vector<Measurement> embedding_measurements(const EmbeddingResults& results) {
    if (!results.why_not.empty()) {
        std::vector<Measurement> measurements;
        for (const char* id : {"embed.sparse", "embed.pruned", "embed.other-frequencies", "embed.circles",
                               "embed.no-circles-elsewhere", "decoder.same-frequencies", "decoder.circles"})
            measurements.push_back({.id = id, .not_run = results.why_not});
        return measurements;
    }
    const EmbeddingAnalysis& analysis = results.analysis;
    return {sparse_measurement(analysis, results.untrained_embedding),
            pruned_measurement(results),
            other_frequencies_measurement(analysis, results.config),
            circles_measurement(analysis.embedding_planes),
            elsewhere_measurement(analysis),
            same_frequencies_measurement(analysis, results.untrained_decoder),
            decoder_circles_measurement(analysis.decoder_planes)};
}

Json embedding_facts(const EmbeddingResults& results) {
    const EmbeddingAnalysis& analysis = results.analysis;
    const HarmonicIdle harmonic = harmonics(analysis, results.config.p);
    const auto spectrum_facts = [](const ShownSpectrum& shown) -> Json {
        return {{"epoch", format_count(shown.epoch)},
                {"n_active", std::to_string(shown.embedding.active.size())},
                {"active", listed(shown.embedding.active)},
                {"active_share", format_percent(shown.embedding.active_share)}};
    };
    const auto [circles, leaked] = elsewhere(analysis);
    const std::vector<Circle>& key = analysis.embedding_planes.key;
    const auto number = [](double value) { return std::isfinite(value) ? format_number(value) : "–"; };
    return {{"epoch", format_count(results.epoch)},
            {"early", spectrum_facts(results.early)},
            {"middle", spectrum_facts(results.middle)},
            {"late", spectrum_facts(results.late)},
            {"n_frequencies", std::to_string(results.config.n_frequencies())},
            {"last_frequency", std::to_string(results.config.n_frequencies())},
            {"untrained_gini", format_number(results.untrained_embedding.gini_of_norms)},
            {"gini", format_number(analysis.embedding.gini_of_norms)},
            {"has_key", !analysis.key.empty()},
            {"key", listed(analysis.key)},
            {"n_key", counted(analysis.key.size())},
            {"has_idle", !analysis.idle.empty()},
            {"several_idle", analysis.idle.size() > 1},
            {"idle", listed(analysis.idle)},
            {"idle_are_doubles", harmonic.all_doubles},
            {"idle_chance", format_percent(harmonic.chance)},
            {"idle_share", format_percent(share_at(analysis.embedding.shares, analysis.idle))},
            {"example_k", std::to_string(results.shown.front())},
            {"shown", listed(results.shown)},
            {"shown_others", listed(results.shown_others)},
            {"has_inactive", !circles.empty()},
            {"mostly_leaked", mean(leaked) > 0.5},
            {"least_purity", number(least(values_of(key, purity_of)))},
            {"least_ratio", number(least(values_of(key, ratio_of)))},
            {"largest_cv", number(largest(values_of(key, cv_of)))},
            {"largest_null", number(largest(values_of(key, null_of)))},
            {"other_purity", number(largest(values_of(circles, purity_of)))},
            {"other_null", number(largest(values_of(circles, null_of)))},
            {"radius_ratio", percent(mean(values_of(circles, radius_of)) / mean(values_of(key, radius_of)))},
            {"leaked", percent(mean(leaked))},
            {"decoder_share_at_key", percent(share_at(analysis.decoder.shares, analysis.key))},
            {"decoder_active", listed(analysis.decoder.active)},
            {"decoder_gini", format_number(analysis.decoder.gini_of_norms)},
            {"decoder_least_purity", number(least(values_of(analysis.decoder_planes.key, purity_of)))},
            {"decoder_largest_null", number(largest(values_of(analysis.decoder_planes.key, null_of)))}};
}

} // namespace grokreport
