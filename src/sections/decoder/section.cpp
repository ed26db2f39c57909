#include "sections/decoder/section.h"

#include "sections/decoder/claims.h"
#include "sections/decoder/facts.h"
#include "sections/decoder/figures.h"
#include "sections/judged.h"

namespace grokreport {

SectionOutput decoder_section(const Models& models) {
    const std::vector<int> frequencies = models.shown_frequencies();
    const auto analyse = [&](const Weights& weights, const std::vector<int>& asked) {
        return analyse_decoder(weights, asked, models.config.seed);
    };
    const DecoderResults shown = analyse(models.shown(), frequencies);
    const auto judged = judged_like(models, frequencies, shown, analyse);
    return {.measurements =
                measure_claims(decoder_claims(models.config), judged, models.why_not(judged_epoch)),
            .facts = {{"decoder", decoder_facts(shown)}},
            .drawings = {figures::decoder_close_up("decoder-closeup", shown.close_up),
                         figures::circles_kept("decoder-circles-kept", shown.circles)}};
}

} // namespace grokreport
