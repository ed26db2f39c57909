#include "sections/imported/claims.h"

#include "sections/sections.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace grokreport {

namespace {

// Metric and control for models trained elsewhere, where the words for our own runs would be false. "" keeps
// the words.
struct Rewording {
    std::string_view id, metric, control;
};
constexpr auto rewordings = std::to_array<Rewording>({
    {"grok.accuracy", "share of held-out pairs answered rightly",
     "a model of the same sizes with weights drawn afresh"},
    {"grok.loss", "mean test cross-entropy", "a model of the same sizes with weights drawn afresh"},
    {"embed.sparse", "", "a W_E of the same size drawn afresh"},
    {"decoder.same-frequencies", "", "a W_L of the same sizes drawn afresh"},
    {"mlp.positive-orthant", "", "a model of the same sizes with weights drawn afresh"},
});
// In any other control
constexpr std::string_view before_training = "the model before training";
constexpr std::string_view drawn_afresh = "a model of the same sizes with weights drawn afresh";

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
    {"engine.exact", "it is about the training of this program, and this model was trained elsewhere"},
    {"linear.groks", "it is about the training of another model, without a ReLU"},
};
constexpr const char* no_split = "it is not known which pairs the model was trained on";

Measurement symmetric(const ImportedModel& model, const ImportedResults& results) {
    if (model.models.shown().has_positions())
        return {.id = "model.symmetric",
                .not_run = "the model has a positional embedding, which may tell a from b"};
    return {.id = "model.symmetric", .values = {results.asymmetry}};
}

} // namespace

BoundTable table_of_imported_bounds(const Config& config) {
    BoundTable table = table_of_bounds(config);
    for (ClaimDefinition& claim : table) {
        const auto found = std::ranges::find(rewordings, claim.id, &Rewording::id);
        if (found != rewordings.end()) {
            claim.control = found->control;
            if (!found->metric.empty()) claim.checks.front().metric = found->metric;
        }
        if (const auto at = claim.control.find(before_training); at != std::string::npos)
            claim.control.replace(at, before_training.size(), drawn_afresh);
        for (std::string& figure : claim.figures)
            if (figure == "spectrum-we-20k") figure = "spectrum-we";
    }
    return table;
}

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

} // namespace grokreport
