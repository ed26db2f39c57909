#include "sections/sections.h"

#include "model/activations.h"
#include "sections/mlp/analysis.h"
#include "sections/decoder/figures.h"
#include "sections/decoder/findings.h"
#include "spectral/fourier.h"
#include "sections/judged.h"

#include <algorithm>
#include <iterator>

namespace grokreport {

namespace {

std::vector<int> not_among(const std::vector<int>& active, int p) {
    std::vector<int> others;
    for (int k = 1; k <= (p - 1) / 2; ++k)
        if (std::ranges::find(active, k) == active.end()) others.push_back(k);
    return others;
}

DecoderResults analyse(const Weights& weights, const std::vector<int>& frequencies) {
    const int p = weights.p();
    const Eigen::MatrixXd W_L = decoder(weights);
    const Eigen::VectorXd shares = energy_shares(W_L);
    const Activations fixed = activations(weights, Variant::relu, pairs_at_fixed_number(p));
    const Eigen::MatrixXd embeddings = answer_embeddings(fixed.post, fixed_number(p));
    const Eigen::MatrixXd logits = activations(weights, Variant::relu, all_pairs(p)).logits;
    const std::vector<int> others = not_among(active_frequencies(shares), p);
    return {.aligned = alignments(W_L, embeddings, frequencies),
            .elsewhere = alignments(W_L, embeddings, others),
            .elsewhere_without_key = alignments_without(frequencies, W_L, embeddings, others),
            .circles = scores_by_circle(logits, p, frequencies),
            .one_hertz_share = shares[0],
            .close_up = close_up(W_L, embeddings, frequencies.empty() ? 1 : frequencies.front())};
}

} // namespace

void find_decoder(const Models& models, Findings& findings) {
    const std::vector<int> frequencies = models.shown_frequencies();
    const DecoderResults shown = analyse(models.shown(), frequencies);
    const std::optional<DecoderResults> judged = judged_like(models, frequencies, shown, analyse);
    std::ranges::move(decoder_measurements(judged, models.why_not(judged_epoch)),
                      std::back_inserter(findings.measurements));
    findings.facts["decoder"] = decoder_facts(shown);
    findings.drawings.push_back(figures::decoder_close_up("decoder-closeup", shown.close_up));
    findings.drawings.push_back(figures::circles_kept("decoder-circles-kept", shown.circles));
}

} // namespace grokreport
