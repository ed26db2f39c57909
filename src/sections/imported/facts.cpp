#include "sections/imported/facts.h"

#include "base/json.h"
#include "base/json_numbers.h"
#include "base/numbers.h"
#include "base/text.h"
#include "base/words.h"
#include "runs/lists.h"
#include "spectral/fourier.h"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>

namespace grokreport {

namespace {

constexpr std::size_t named_frequencies = 5; // of W_E, the strongest
constexpr double clock_level = 0.5; // distance irrelevance above which a model is more clock than pizza

Json describe_split(const ImportRequest& request) {
    if (request.split_seed)
        return {{"rule", "nanda"}, {"seed", *request.split_seed}, {"train_fraction", request.train_fraction}};
    if (!request.split_file.empty())
        return {{"rule", "file"}, {"file", clean_text(request.split_file.filename().string())}};
    return nullptr;
}

Json facts_of(const Scores& scores) {
    return {{"n", format_count(static_cast<std::int64_t>(scores.n))},
            {"accuracy", percent(scores.accuracy)},
            {"loss", number(scores.loss)}};
}

Json facts_of(const BeyondMeasures& beyond) {
    return {{"variance_on_answers", percent(beyond.variance_on_answers)},
            {"single_frequency_neurons", percent(beyond.single_frequency_neurons)},
            {"explained_level", format_percent(explained_level)},
            {"distance_irrelevance", number(beyond.distance_irrelevance)},
            {"clock_like", beyond.distance_irrelevance >= clock_level},
            {"gradient_symmetricity", number(beyond.gradient_symmetricity)},
            {"n_triples", format_count(sampled_triples)},
            {"accuracy_with_mean_attention", percent(beyond.accuracy_with_mean_attention)}};
}

Json strongest_facts(const ImportedResults& results) {
    Json items = Json::array();
    for (std::size_t i = 0; i < std::min(named_frequencies, results.strongest.size()); ++i) {
        const int k = results.strongest[i];
        items.push_back(
            {{"first", i == 0}, {"k", std::to_string(k)}, {"share", percent(results.shares[k - 1])}});
    }
    return list_of({{"first", true}, {"k", ""}, {"share", ""}}, items);
}

Json describe_task(const ImportedResults& results) {
    Json tried = Json::object();
    for (const TriedTask& task : results.tried)
        tried[task.name] = task.accuracy;
    return {{"near_chance", results.near_chance},
            {"accuracies", tried},
            {"answers", results.other_task ? Json(results.other_task->name) : Json()},
            {"adds_modulo", results.other_modulus ? Json(*results.other_modulus) : Json()}};
}

Json task_facts(const ImportedResults& results, int p) {
    Json tried = Json::array();
    for (const TriedTask& task : results.tried)
        tried.push_back({{"first", tried.empty()}, {"name", task.name}, {"share", percent(task.accuracy)}});
    return {{"near_chance", results.near_chance},
            {"chance", percent(1.0 / p)},
            {"has_other", results.other_task.has_value()},
            {"other", results.other_task ? results.other_task->name : ""},
            {"other_share", results.other_task ? percent(results.other_task->accuracy) : ""},
            {"has_modulus", results.other_modulus.has_value()},
            {"modulus", std::to_string(results.other_modulus.value_or(0))},
            {"tried", list_of({{"first", true}, {"name", ""}, {"share", ""}}, tried)}};
}

} // namespace

Json imported_facts(const ImportedModel& model, const ImportRequest& request,
                    const ImportedResults& results) {
    const Config& config = model.models.config;
    const std::vector<int>& key = model.models.key_frequencies;
    const std::vector<std::string> biases = model.models.shown().further_biases();
    constexpr std::size_t shown_digits = 16; // of the hash; claims.json has them all
    return {{"file", clean_text(model.file.filename().string())},
            {"sha256", model.sha256.substr(0, shown_digits)},
            {"layout", to_string(model.layout)},
            {"has_item", !model.item.empty()},
            {"item", clean_text(model.item)},
            {"has_prefix", !model.prefix.empty()},
            {"prefix", clean_text(model.prefix)},
            {"has_biases", !biases.empty()},
            {"biases", fmt::format("{}", fmt::join(biases, ", "))},
            {"task", task_facts(results, config.p)},
            {"p", std::to_string(config.p)},
            {"d_vocab", std::to_string(config.d_vocab())},
            {"d_model", std::to_string(config.d_model)},
            {"n_heads", std::to_string(config.n_heads)},
            {"d_head", std::to_string(config.d_head)},
            {"d_mlp", std::to_string(config.d_mlp)},
            {"has_positions", model.models.shown().has_positions()},
            {"has_split", model.has_split()},
            {"split_by_rule", request.split_seed.has_value()},
            {"split_seed", std::to_string(request.split_seed.value_or(0))},
            {"train_fraction", format_percent(request.train_fraction)},
            {"split_file", clean_text(request.split_file.filename().string())},
            {"train", facts_of(results.train)},
            {"test", facts_of(results.test)},
            {"all", facts_of(results.all)},
            {"asymmetry", number(results.asymmetry)},
            {"strongest", strongest_facts(results)},
            {"has_key", !key.empty()},
            {"key", listed(key)},
            {"has_idle", !results.idle.empty()},
            {"idle", listed(results.idle)},
            {"beyond", facts_of(results.beyond)}};
}

Json describe_scores(const Scores& scores) {
    return {{"pairs", scores.n},
            {"accuracy", finite_or_null(scores.accuracy)},
            {"loss", finite_or_null(scores.loss)}};
}

Json describe_imported(const ImportedModel& model, const ImportRequest& request,
                       const ImportedResults& results) {
    Json frequencies = Json::array();
    for (const int k : results.strongest)
        if (const double share = results.shares[k - 1]; share > active_share)
            frequencies.push_back({{"k", k}, {"share", share}});
    return {{"file", clean_text(model.file.filename().string())},
            {"sha256", model.sha256},
            {"item", clean_text(model.item)},
            {"prefix", clean_text(model.prefix)},
            {"layout", to_string(model.layout)},
            {"biases", model.models.shown().further_biases()},
            {"task", describe_task(results)},
            {"positions", model.models.shown().has_positions()},
            {"split", describe_split(request)},
            {"train", describe_scores(results.train)},
            {"test", describe_scores(results.test)},
            {"all", describe_scores(results.all)},
            {"active_in_W_E", frequencies}};
}

} // namespace grokreport
