#include "sections/recombination/section.h"

#include "sections/judged.h"
#include "sections/recombination/claims.h"
#include "sections/recombination/facts.h"
#include "sections/recombination/figures.h"

#include <algorithm>

namespace grokreport {

SectionOutput recombination_section(const Models& models) {
    const auto analyse = [&](const Weights& weights, const std::vector<int>& frequencies) {
        return recombination_of(weights, frequencies, models.config.seed);
    };
    const std::vector<int> frequencies = models.shown_frequencies();
    const RecombinationResults shown = analyse(models.shown(), frequencies);
    const auto judged = judged_like(models, frequencies, shown, analyse);
    SectionOutput output{.measurements = measure_claims(recombination_claims(models.config), judged,
                                                        models.why_not(judged_epoch)),
                         .facts = {{"sum", recombination_facts(shown, !models.key_frequencies.empty())}},
                         .drawings = {figures::wo_action("wo-action", models.config)}};
    for (std::size_t i = 0; i < std::min(shown.frequencies.size(), most_drawn_sums); ++i) {
        const std::string rank = std::to_string(i + 1);
        output.drawings.push_back(figures::petals_sum("petals-sum-" + rank, shown.frequencies[i]));
        output.drawings.push_back(
            figures::petals_sum_spectrum("petals-sum-spectrum-" + rank, shown.frequencies[i]));
    }
    output.drawings.push_back(figures::circles_of_o("circles-o", shown));
    return output;
}

} // namespace grokreport
