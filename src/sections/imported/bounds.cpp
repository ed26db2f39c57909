#include "sections/bounds.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace grokreport {

namespace {

// What is measured, or held against it, in other words than of our own runs. "" leaves the words as they are.
struct Rewording {
    std::string_view id, metric, control;
};
constexpr std::array<Rewording, 8> rewordings{{
    {"grok.accuracy", "share of held-out pairs answered rightly",
     "a model of the same sizes with weights drawn afresh"},
    {"grok.loss", "mean test cross-entropy", "a model of the same sizes with weights drawn afresh"},
    {"embed.sparse", "", "a W_E of the same size drawn afresh"},
    {"decoder.same-frequencies", "", "a W_L of the same sizes drawn afresh"},
    {"attention.not-uniform", "", "a model of the same sizes with weights drawn afresh"},
    {"attention.equals-ignored", "",
     "a model of the same sizes with weights drawn afresh, which attends evenly to its three tokens"},
    {"attention.heads-tuned", "", "a model of the same sizes with weights drawn afresh"},
    {"mlp.positive-orthant", "", "a model of the same sizes with weights drawn afresh"},
}};

} // namespace

BoundTable table_of_imported_bounds(const Config& config) {
    BoundTable table = table_of_bounds(config);
    for (ClaimDefinition& claim : table) {
        const auto found = std::ranges::find(rewordings, claim.id, &Rewording::id);
        if (found != rewordings.end()) {
            claim.control = found->control;
            if (!found->metric.empty()) claim.checks.front().metric = found->metric;
        }
        for (std::string& figure : claim.figures)
            if (figure == "spectrum-we-20k") figure = "spectrum-we";
    }
    return table;
}

} // namespace grokreport
