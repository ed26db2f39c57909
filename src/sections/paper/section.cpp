#include "sections/paper/section.h"

#include "sections/attention/figures.h"
#include "sections/embedding/figures_spectrum.h"
#include "sections/paper/analysis.h"
#include "sections/paper/facts.h"

namespace grokreport {

SectionOutput paper_section(const PaperModel& paper, const Models& ours) {
    if (paper.state != PaperState::available) return {.facts = {{"paper", paper_facts(paper.state, {})}}};
    const PaperResults results = analyse_paper(paper, ours);
    return {.facts = {{"paper", paper_facts(paper.state, results)}},
            .drawings = {
                figures::spectrum("spectrum-we-paper", {.spectrum = results.spectrum,
                                                        .key = results.key,
                                                        .name = "norm in {/:Italic W}_E",
                                                        .epoch = results.epoch,
                                                        .highest = figures::highest_norm(results.spectrum)}),
                figures::attention_full("attention-full-paper", results.attention)}};
}

} // namespace grokreport
