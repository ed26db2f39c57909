#include "sections/embedding/facts.h"

#include "base/json.h"
#include "base/numbers.h"
#include "base/words.h"
#include "claims/extremes.h"

namespace grokreport {

namespace {

Json spectrum_facts(const ShownSpectrum& shown) {
    return {{"epoch", format_count(shown.epoch)},
            {"n_active", std::to_string(shown.embedding.active.size())},
            {"active", listed(shown.embedding.active)},
            {"active_share", format_percent(shown.embedding.active_share)}};
}

} // namespace

Json embedding_facts(const EmbeddingResults& results) {
    const EmbeddingAnalysis& analysis = results.analysis;
    const std::string n_frequencies = std::to_string(analysis.embedding.shares.size());
    const auto [elsewhere, mean_leaked] = inactive_planes(analysis.embedding_planes, analysis.embedding);
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
            {"idle_share", format_percent(share_at(analysis.embedding.shares, analysis.idle))},
            {"example_k", std::to_string(results.shown.front())},
            {"shown", listed(results.shown)},
            {"shown_others", listed(results.shown_others)},
            {"has_inactive", !elsewhere.empty()},
            {"mostly_leaked", mean_leaked > 0.5},
            {"least_purity", number(least_of(key, &Circle::purity))},
            {"least_ratio", number(least_of(key, axis_ratio_of))},
            {"largest_cv", number(largest_of(key, variation_of))},
            {"largest_null", number(largest_of(key, &Circle::purity_null))},
            {"other_purity", number(largest_of(elsewhere, &Circle::purity))},
            {"other_null", number(largest_of(elsewhere, &Circle::purity_null))},
            {"radius_ratio", percent(mean_radius(elsewhere) / mean_radius(key))},
            {"leaked", percent(mean_leaked)},
            {"decoder_share_at_key", percent(share_at(analysis.decoder.shares, analysis.key))},
            {"decoder_active", listed(analysis.decoder.active)},
            {"decoder_gini", format_number(analysis.decoder.gini_of_norms)},
            {"decoder_least_purity", number(least_of(decoder_key, &Circle::purity))},
            {"decoder_largest_null", number(largest_of(decoder_key, &Circle::purity_null))}};
}

} // namespace grokreport
