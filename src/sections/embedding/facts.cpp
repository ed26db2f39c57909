#include "sections/embedding/facts.h"

#include "base/json.h"
#include "base/numbers.h"
#include "base/words.h"
#include "claims/extremes.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace grokreport {

namespace {

// Whether all idle frequencies are doubles of key frequencies, folded: the second harmonics of circles that
// are not quite round. `chance` is that of drawing none but such doubles from the frequencies outside K.
struct IdleHarmonics {
    bool all_doubles = false;
    double chance = 1;
};
IdleHarmonics harmonics(const EmbeddingAnalysis& analysis, int p) {
    std::set<int> doubles;
    for (int k : analysis.key)
        doubles.insert(std::min(2 * k, p - 2 * k));
    for (int k : analysis.key)
        doubles.erase(k);
    const auto n_others = static_cast<double>(analysis.embedding_planes.others.size());
    IdleHarmonics found{!analysis.idle.empty(), 1};
    for (std::size_t i = 0; i < analysis.idle.size(); ++i) {
        found.all_doubles = found.all_doubles && doubles.contains(analysis.idle[i]);
        const auto drawn = static_cast<double>(i);
        found.chance *= std::max(0.0, static_cast<double>(doubles.size()) - drawn) / (n_others - drawn);
    }
    return found;
}

Json spectrum_facts(const ShownSpectrum& shown) {
    return {{"epoch", format_count(shown.epoch)},
            {"n_active", std::to_string(shown.embedding.active.size())},
            {"active", listed(shown.embedding.active)},
            {"active_share", format_percent(shown.embedding.active_share)}};
}

std::string finite_number(double value) {
    return std::isfinite(value) ? format_number(value) : "–";
}

} // namespace

Json embedding_facts(const EmbeddingResults& results) {
    const EmbeddingAnalysis& analysis = results.analysis;
    const IdleHarmonics harmonic = harmonics(analysis, results.p);
    const std::string n_frequencies = std::to_string(analysis.embedding.shares.size());
    const auto [elsewhere, mean_leaked] = inactive_planes(analysis);
    const std::vector<Circle>& key = analysis.embedding_planes.key;
    const std::vector<Circle>& decoder_key = analysis.decoder_planes.key;
    const auto axis_ratio_of = [](const Circle& circle) { return circle.ring.singular_value_ratio; };
    const auto variation_of = [](const Circle& circle) { return circle.ring.radius_cv; };
    return {{"epoch", format_count(results.epoch)},
            {"early", spectrum_facts(results.early)},
            {"middle", spectrum_facts(results.middle)},
            {"late", spectrum_facts(results.late)},
            {"n_frequencies", n_frequencies},
            {"last_frequency", n_frequencies},
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
            {"has_inactive", !elsewhere.empty()},
            {"mostly_leaked", mean_leaked > 0.5},
            {"least_purity", finite_number(least_of(key, &Circle::purity))},
            {"least_ratio", finite_number(least_of(key, axis_ratio_of))},
            {"largest_cv", finite_number(largest_of(key, variation_of))},
            {"largest_null", finite_number(largest_of(key, &Circle::purity_null))},
            {"other_purity", finite_number(largest_of(elsewhere, &Circle::purity))},
            {"other_null", finite_number(largest_of(elsewhere, &Circle::purity_null))},
            {"radius_ratio", percent(mean_radius(elsewhere) / mean_radius(key))},
            {"leaked", percent(mean_leaked)},
            {"decoder_share_at_key", percent(share_at(analysis.decoder.shares, analysis.key))},
            {"decoder_active", listed(analysis.decoder.active)},
            {"decoder_gini", format_number(analysis.decoder.gini_of_norms)},
            {"decoder_least_purity", finite_number(least_of(decoder_key, &Circle::purity))},
            {"decoder_largest_null", finite_number(largest_of(decoder_key, &Circle::purity_null))}};
}

} // namespace grokreport
