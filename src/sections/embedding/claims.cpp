#include "sections/embedding/claims.h"

#include "base/json.h"
#include "base/json_numbers.h"
#include "base/undefined.h"
#include "claims/extremes.h"

#include <fmt/format.h>
#include <tuple>

namespace grokreport {

namespace {

using enum Relation;
using EmbeddingClaim = MeasuredClaim<EmbeddingResults>;

double axis_ratio(const Circle& circle) {
    return circle.ring.singular_value_ratio;
}
double variation_of_radius(const Circle& circle) {
    return circle.ring.radius_cv;
}

Json details_of(const std::vector<Circle>& circles) {
    Json details = Json::object();
    for (const Circle& circle : circles)
        details[fmt::format("k_{}", circle.k)] = {
            {"purity", finite_or_null(circle.purity)},
            {"purity_null", finite_or_null(circle.purity_null)},
            {"singular_value_ratio", finite_or_null(axis_ratio(circle))},
            {"radius_cv", finite_or_null(variation_of_radius(circle))},
            {"mean_radius", finite_or_null(circle.ring.mean_radius)}};
    return details;
}

EmbeddingClaim sparse() {
    constexpr double gini_bound = 0.4;
    constexpr double share_bound = 0.8;
    const auto measure = [](const EmbeddingResults& results) -> Measurement {
        const EmbeddingAnalysis& analysis = results.analysis;
        const Spectrum& untrained = results.untrained_embedding;
        Json shares = Json::object();
        for (int k : analysis.embedding.active)
            shares[fmt::format("k_{}", k)] = analysis.embedding.shares[k - 1];
        return {.values = {analysis.embedding.gini_of_norms, analysis.embedding.active_share},
                .control = {untrained.gini_of_norms, untrained.active_share},
                .details = {{"energy_share", shares},
                            {"key_frequencies", analysis.key},
                            {"idle_frequencies", analysis.idle}}};
    };
    return {
        .definition =
            {.id = "embed.sparse",
             .section = "5",
             .headline = true,
             .statement = "W_E is sparse in the Fourier basis.",
             .checks = {{"Gini coefficient of the (p − 1)/2 norms of W_E over the numbers", at_least,
                         gini_bound, "",
                         "far above the untrained matrix, whose norms are nearly equal (Gini about 0.03)"},
                        {"share of the energy of W_E at its active frequencies", at_least, share_bound, "",
                         "what is left over is a minor part"}},
             .control = "W_E before training",
             .figures = {"spectrum-we-20k"},
             .source = this_file()},
        .measure = measure};
}

EmbeddingClaim pruned() {
    const auto measure = [](const EmbeddingResults& results) -> Measurement {
        const auto count = [](const ShownSpectrum& shown) {
            return static_cast<double>(shown.embedding.active.size());
        };
        const auto& [early, middle, late] = std::tie(results.early, results.middle, results.late);
        return {.values = {count(early) - count(middle), count(middle) - count(late),
                           late.embedding.active_share - early.embedding.active_share},
                .details = {{"n_active_5000", early.embedding.active.size()},
                            {"n_active_10000", middle.embedding.active.size()},
                            {"n_active_20000", late.embedding.active.size()},
                            {"active_share_5000", early.embedding.active_share},
                            {"active_share_10000", middle.embedding.active_share},
                            {"active_share_20000", late.embedding.active_share}}};
    };
    return {.definition =
                {.id = "embed.pruned",
                 .section = "5",
                 .statement = "With more epochs fewer frequencies are active, and they are cleaner.",
                 .checks = {{"number of active frequencies at 5,000 epochs less that at 10,000", at_least, 0,
                             "", "their number does not grow", true},
                            {"number of active frequencies at 10,000 epochs less that at 20,000", at_least, 0,
                             "", "their number does not grow", true},
                            {"energy share of the active frequencies at 20,000 epochs less that at 5,000",
                             greater, 0, "", "less energy is left between them", true}},
                 .figures = {"spectrum-we-5k", "spectrum-we-10k", "spectrum-we-20k"},
                 .source = this_file()},
            .measure = measure};
}

// Each check at its best case, even where these are of different frequencies: the most generous reading of
// the control.
std::vector<double> best_purity(const std::vector<Circle>& circles) {
    return {largest_of(circles, &Circle::purity), largest_of(circles, &Circle::over_null)};
}

// The modular-addition paper (Nanda et al., "Progress measures for grokking", 2023) names its frequencies for
// one p. They mean nothing for another.
EmbeddingClaim other_than_in_the_paper() {
    static constexpr int paper_modulus = 113;
    const auto measure = [](const EmbeddingResults& results) -> Measurement {
        if (results.p != paper_modulus)
            return {.not_run = fmt::format("the paper's frequencies are for p = {}; here p = {}",
                                           paper_modulus, results.p)};
        const std::vector<int>& active = results.analysis.embedding.active;
        return {.values = {jaccard(active, {14, 35, 41, 42, 52})}, .details = {{"active_in_W_E", active}}};
    };
    return {
        .definition =
            {.id = "embed.other-frequencies",
             .section = "5",
             .kind = Kind::observation,
             .statement = "The active frequencies are not those of the modular-addition paper.",
             .checks = {{"Jaccard index of the frequencies active in W_E and {14, 35, 41, 42, 52}", less, 1,
                         "", "the sets differ; with so many sets to choose from they nearly always do"}},
             .figures = {"spectrum-we-20k"},
             .source = this_file()},
        .measure = measure};
}

EmbeddingClaim on_circles() {
    constexpr double purity_bound = 0.9;
    constexpr double ratio_bound = 0.7;
    constexpr double variation_bound = 0.2;
    const auto measure = [](const EmbeddingResults& results) -> Measurement {
        const std::vector<Circle>& key = results.analysis.embedding_planes.key;
        const std::vector<Circle> others =
            inactive_planes(results.analysis.embedding_planes, results.analysis.embedding).circles;
        std::vector<double> control = best_purity(others);
        control.push_back(largest_of(others, axis_ratio));
        control.push_back(least_of(others, variation_of_radius));
        return {.values = {least_of(key, &Circle::purity), least_of(key, &Circle::over_null),
                           least_of(key, axis_ratio), largest_of(key, variation_of_radius)},
                .control = std::move(control),
                .details = details_of(key)};
    };
    return {
        .definition = {.id = "embed.circles",
                       .section = "5.1",
                       .statement = "In the planes of the key frequencies the embeddings lie on circles.",
                       .checks = {{"purity in W_E's plane of k, least over K", at_least, purity_bound, "",
                                   "the curve is that of one frequency, up to a tenth of its energy"},
                                  {"purity less the 99 % quantile of its null, least over K", greater, 0, "",
                                   "white noise seen in its own plane has purity too"},
                                  {"second over first singular value of the curve, least over K", at_least,
                                   ratio_bound, "", "an ellipse that the eye takes for a circle"},
                                  {"coefficient of variation of the radius, largest over K", at_most,
                                   variation_bound, "", "a ring; an isotropic cloud has 0.52"}},
                       .control = "the frequencies not active in W_E, each check at its best case",
                       .figures = {"circles-we"},
                       .source = this_file()},
        .measure = measure};
}

EmbeddingClaim no_circles_elsewhere() {
    constexpr double purity_bound = 0.5;
    constexpr double radius_bound = 0.7;
    const auto measure = [](const EmbeddingResults& results) -> Measurement {
        const auto [circles, mean_leaked] =
            inactive_planes(results.analysis.embedding_planes, results.analysis.embedding);
        const std::vector<Circle>& key = results.analysis.embedding_planes.key;
        const double radius = mean_radius(circles), key_radius = mean_radius(key);
        Json details = {{"mean_radius", finite_or_null(radius)},
                        {"mean_radius_of_K", finite_or_null(key_radius)},
                        {"mean_share_at_K", finite_or_null(mean_leaked)}};
        details.update(details_of(circles));
        return {.values = {largest_of(circles, &Circle::purity), radius / key_radius},
                .control = {largest_of(key, &Circle::purity), key.empty() ? undefined : 1.0},
                .details = std::move(details)};
    };
    return {.definition =
                {.id = "embed.no-circles-elsewhere",
                 .section = "5.1",
                 .statement = "In the planes of other frequencies the embeddings look random and small.",
                 .checks = {{"purity in W_E's plane of k, largest over the frequencies not active in W_E",
                             at_most, purity_bound, "",
                             "more than half of what is seen is not of that frequency"},
                            {"mean radius in those planes over that in the planes of K", at_most,
                             radius_bound, "", "smaller by more than the eye overlooks"}},
                 .control = "the key frequencies themselves",
                 .figures = {"circles-we-other"},
                 .source = this_file()},
            .measure = measure};
}

EmbeddingClaim decoder_same_frequencies() {
    constexpr double share_bound = 0.8;
    constexpr double jaccard_bound = 0.6;
    const auto measure = [](const EmbeddingResults& results) -> Measurement {
        const EmbeddingAnalysis& analysis = results.analysis;
        const Spectrum& untrained = results.untrained_decoder;
        const auto share = [&](const Spectrum& spectrum) {
            return analysis.key.empty() ? undefined : share_at(spectrum.shares, analysis.key);
        };
        return {
            .values = {share(analysis.decoder), jaccard(analysis.embedding.active, analysis.decoder.active)},
            .control = {share(untrained), jaccard(analysis.embedding.active, untrained.active)},
            .details = {{"active_in_W_E", analysis.embedding.active},
                        {"active_in_W_L", analysis.decoder.active}}};
    };
    return {.definition = {.id = "decoder.same-frequencies",
                           .section = "5.2",
                           .statement = "W_L has the same key frequencies as W_E.",
                           .checks = {{"share of the energy of W_L at K", at_least, share_bound, "",
                                       "what is left over is a minor part"},
                                      {"Jaccard index of the frequencies active in W_E and in W_L", at_least,
                                       jaccard_bound, "", "more in common than not, by a margin"}},
                           .control = "W_L before training",
                           .figures = {"spectrum-wl"},
                           .source = this_file()},
            .measure = measure};
}

EmbeddingClaim decoder_on_circles() {
    constexpr double purity_bound = 0.8;
    const auto measure = [](const EmbeddingResults& results) -> Measurement {
        const auto& [planes, spectrum] = std::tie(results.analysis.decoder_planes, results.analysis.decoder);
        return {.values = {least_of(planes.key, &Circle::purity), least_of(planes.key, &Circle::over_null)},
                .control = best_purity(inactive_planes(planes, spectrum).circles),
                .details = details_of(planes.key)};
    };
    return {.definition =
                {.id = "decoder.circles",
                 .section = "5.2",
                 .statement = "In the planes of the key frequencies the rows of W_L lie on circles.",
                 .checks =
                     {{"purity in W_L's plane of k, least over K", at_least, purity_bound, "",
                       "the curve is that of one frequency, up to a fifth of its energy"},
                      {"purity less the 99 % quantile of its null, least over K", greater, 0, "",
                       "white noise in as many dimensions as the MLP has neurons is high in its own plane"}},
                 .control = "the frequencies not active in W_L, each check at its best case",
                 .figures = {"circles-wl"},
                 .source = this_file()},
            .measure = measure};
}

} // namespace

ClaimList<EmbeddingResults> embedding_claims(const Config&) {
    return {sparse(),
            pruned(),
            other_than_in_the_paper(),
            on_circles(),
            no_circles_elsewhere(),
            decoder_same_frequencies(),
            decoder_on_circles()};
}

} // namespace grokreport
