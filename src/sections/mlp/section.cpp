#include "sections/mlp/section.h"

#include "sections/judged.h"
#include "sections/mlp/claims.h"
#include "sections/mlp/facts.h"
#include "sections/mlp/figures.h"
#include "sections/mlp/figures_planes.h"
#include "sections/mlp/figures_subspaces.h"
#include "sections/mlp/figures_zones.h"

namespace grokreport {

SectionOutput mlp_section(const Models& models) {
    const std::vector<int> frequencies = models.shown_frequencies();
    const auto analyse = [&](const Weights& weights, const std::vector<int>& asked) {
        return analyse_mlp(weights, models.untrained(), models.split, asked, models.config.seed);
    };
    const MlpResults shown = analyse(models.shown(), frequencies);
    const auto judged = judged_like(models, frequencies, shown, analyse);
    SectionOutput output{
        .measurements = measure_claims(mlp_claims(models.config), judged, models.why_not(judged_epoch)),
        .facts = {{"mlp", mlp_facts(shown, models.config)}},
        .drawings = {figures::dihedral_angles("dihedral-angles", shown.planes),
                     figures::superposition_zones("superposition-zones"),
                     figures::sorted_biases("b-up-sorted", shown.signs),
                     figures::columns_in_planes("w-up-planes", models.shown().W_in.transpose(), shown.o,
                                                shown.columns),
                     figures::mlp_shift("mlp-shift")}};
    if (!models.split.train.empty())
        output.drawings.push_back(figures::relu_ablation("relu-ablation", shown.ablation, models.config.p));
    output.drawings.push_back(figures::circles_in_planes("circles-mlp", shown.post, frequencies));
    return output;
}

} // namespace grokreport
