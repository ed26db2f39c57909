#include "sections/imported/findings.h"

#include "base/json.h"
#include "base/json_numbers.h"
#include "base/numbers.h"
#include "base/text.h"
#include "base/words.h"
#include "spectral/fourier.h"

#include <cmath>
#include <fmt/format.h>

namespace grokreport {

namespace {

constexpr std::size_t named_frequencies = 5; // of W_E, the strongest
constexpr double clock = 0.5; // distance irrelevance above which a model is more clock than pizza

// Why a claim cannot be settled by one checkpoint of somebody else's training.
struct OutOfReach {
    const char* id;
    const char* reason;
};
constexpr const char* needs_curves = "it needs the curves of the training, and a checkpoint has none";
constexpr OutOfReach out_of_reach[] = {
    {"grok.accuracy-unseen", "its control needs the weights of the same training when it had just memorised, "
                             "and this is one checkpoint"},
    {"grok.epoch", needs_curves},
    {"grok.delayed", needs_curves},
    {"grok.norm-decay", needs_curves},
    {"embed.pruned", "it compares three epochs of one training, and this is one checkpoint"},
    {"linear.groks", "it is about the training of another model, without a ReLU"},
};
constexpr const char* no_split = "it is not known which pairs the model was trained on";

Measurement symmetric(const ImportedModel& model, const ImportedResults& results) {
    if (model.models.shown().has_positions())
        return {.id = "model.symmetric",
                .not_run = "the model has a positional embedding, which may tell a from b"};
    return {.id = "model.symmetric", .values = {results.asymmetry}};
}

Json describe(const Scores& scores) {
    return {{"pairs", scores.n},
            {"accuracy", finite_or_null(scores.accuracy)},
            {"loss", finite_or_null(scores.loss)}};
}

Json describe_split(const ImportOptions& options) {
    if (options.split_seed)
        return {{"rule", "nanda"}, {"seed", *options.split_seed}, {"train_fraction", options.train_fraction}};
    if (!options.split_file.empty())
        return {{"rule", "file"}, {"file", clean_text(options.split_file.filename().string())}};
    return nullptr;
}

std::string number(double value) {
    return std::isfinite(value) ? format_number(value) : "–";
}

Json facts_of(const Scores& scores) {
    return {{"n", format_count(static_cast<std::int64_t>(scores.n))},
            {"accuracy", percent(scores.accuracy)},
            {"loss", number(scores.loss)}};
}

Json facts_of(const BeyondMeasures& beyond, int n_triples) {
    return {{"variance_on_answers", percent(beyond.variance_on_answers)},
            {"single_frequency_neurons", percent(beyond.single_frequency_neurons)},
            {"explained_level", format_percent(explained_level)},
            {"distance_irrelevance", number(beyond.distance_irrelevance)},
            {"clock_like", beyond.distance_irrelevance >= clock},
            {"gradient_symmetricity", number(beyond.gradient_symmetricity)},
            {"n_triples", format_count(n_triples)},
            {"accuracy_with_mean_attention", percent(beyond.accuracy_with_mean_attention)}};
}

Json strongest_facts(const ImportedResults& results) {
    Json items = Json::array();
    for (std::size_t i = 0; i < std::min(named_frequencies, results.strongest.size()); ++i) {
        const int k = results.strongest[i];
        items.push_back(
            {{"first", i == 0}, {"k", std::to_string(k)}, {"share", percent(results.shares[k - 1])}});
    }
    return {{"prototype", {{"first", true}, {"k", ""}, {"share", ""}}}, {"items", items}};
}

} // namespace

std::vector<Measurement> imported_measurements(const ImportedModel& model, const ImportedResults& results) {
    std::vector<Measurement> measurements{symmetric(model, results)};
    if (model.has_split()) {
        measurements.push_back({.id = "grok.accuracy",
                                .values = {results.test.accuracy},
                                .control = {results.fresh.accuracy},
                                .details = {{"n_test", results.test.n}}});
        measurements.push_back(
            {.id = "grok.loss", .values = {results.test.loss}, .control = {results.fresh.loss}});
    } else {
        for (const char* id : {"grok.accuracy", "grok.loss", "mlp.affine"})
            measurements.push_back({.id = id, .not_run = no_split});
    }
    for (const OutOfReach& claim : out_of_reach)
        measurements.push_back({.id = claim.id, .not_run = claim.reason});
    return measurements;
}

Json imported_facts(const ImportedModel& model, const ImportOptions& options,
                    const ImportedResults& results) {
    const Config& config = model.models.config;
    const std::vector<int>& key = model.models.key_frequencies;
    constexpr std::size_t shown_digits = 16; // of the hash; claims.json has them all
    return {{"file", clean_text(model.file.filename().string())},
            {"sha256", model.sha256.substr(0, shown_digits)},
            {"layout", to_string(model.layout)},
            {"p", std::to_string(config.p)},
            {"d_vocab", std::to_string(config.d_vocab())},
            {"d_model", std::to_string(config.d_model)},
            {"n_heads", std::to_string(config.n_heads)},
            {"d_head", std::to_string(config.d_head)},
            {"d_mlp", std::to_string(config.d_mlp)},
            {"has_positions", model.models.shown().has_positions()},
            {"has_split", model.has_split()},
            {"split_by_rule", options.split_seed.has_value()},
            {"split_seed", std::to_string(options.split_seed.value_or(0))},
            {"train_fraction", format_percent(options.train_fraction)},
            {"split_file", clean_text(options.split_file.filename().string())},
            {"train", facts_of(results.train)},
            {"test", facts_of(results.test)},
            {"all", facts_of(results.all)},
            {"asymmetry", number(results.asymmetry)},
            {"strongest", strongest_facts(results)},
            {"has_key", !key.empty()},
            {"key", listed(key)},
            {"has_idle", !results.idle.empty()},
            {"idle", listed(results.idle)},
            {"beyond", facts_of(results.beyond, results.n_triples)}};
}

Json describe_imported(const ImportedModel& model, const ImportOptions& options,
                       const ImportedResults& results) {
    Json frequencies = Json::array();
    for (const int k : results.strongest)
        if (const double share = results.shares[k - 1]; share > active_share)
            frequencies.push_back({{"k", k}, {"share", share}});
    return {{"file", clean_text(model.file.filename().string())},
            {"sha256", model.sha256},
            {"layout", to_string(model.layout)},
            {"positions", model.models.shown().has_positions()},
            {"split", describe_split(options)},
            {"train", describe(results.train)},
            {"test", describe(results.test)},
            {"all", describe(results.all)},
            {"active_in_W_E", frequencies}};
}

} // namespace grokreport
