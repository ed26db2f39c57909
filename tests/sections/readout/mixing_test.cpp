#include "sections/readout/mixing.h"

#include "model/activations.h"
#include "sections/readout/terms.h"
#include "spectral/fourier.h"
#include "support/exact.h"
#include "support/pair_rows.h"
#include "support/planted.h"

#include <catch2/catch.hpp>
#include <numbers>

using namespace grokreport;
using grokreport::testing::exact;

namespace {

Weights with_places(Weights weights) {
    weights.W_pos = testing::noise(3, weights.d_model(), 90);
    return weights;
}

// The logits of the p numbers with given attention and given embeddings of the numbers, term by term.
Eigen::MatrixXd brute_logits(const Weights& weights, const Eigen::MatrixXd& W_E,
                             const AttentionOfHeads& attention) {
    const int p = weights.p();
    Eigen::MatrixXd logits(p * p, p);
    for (int a = 0; a < p; ++a)
        for (int b = 0; b < p; ++b) {
            Eigen::RowVectorXd x = weights.embedded_equals();
            for (int head = 0; head < weights.n_heads(); ++head) {
                const Eigen::RowVector3d alpha = attention[static_cast<std::size_t>(head)].row(a * p + b);
                x += (alpha[0] * (W_E.row(a) + weights.W_pos.row(0)) +
                      alpha[1] * (W_E.row(b) + weights.W_pos.row(1)) + alpha[2] * weights.embedded_equals()) *
                     weights.W_V[head] * weights.W_O[head];
            }
            const Eigen::RowVectorXd post = (x * weights.W_in + weights.b_in).cwiseMax(0.0);
            logits.row(a * p + b) = ((x + post * weights.W_out + weights.b_out) * weights.W_U).head(p);
        }
    return logits;
}

Eigen::MatrixXd brute_amplitudes(const Eigen::MatrixXd& logits, int p, const std::vector<int>& key) {
    Eigen::MatrixXd amplitudes = Eigen::MatrixXd::Zero(p, static_cast<Eigen::Index>(key.size()));
    for (std::size_t at = 0; at < key.size(); ++at)
        for (int a = 0; a < p; ++a)
            for (int b = 0; b < p; ++b) {
                Eigen::VectorXd wave(p);
                for (int c = 0; c < p; ++c)
                    wave[c] = std::cos(2 * std::numbers::pi * key[at] * (a + b - c) / p);
                const Eigen::VectorXd row =
                    logits.row(a * p + b).transpose().array() - logits.row(a * p + b).mean();
                amplitudes((a - b + p) % p, static_cast<Eigen::Index>(at)) +=
                    row.dot(wave) / wave.squaredNorm() / p;
            }
    return amplitudes;
}

Eigen::MatrixXd amplitudes_by_difference(const PairRows& logits, const std::vector<int>& frequencies) {
    const int p = logits.p();
    AmplitudeSum sum(frequencies, p);
    for (int a = 0; a < p; ++a)
        sum.add(a, logits.of_number(a).leftCols(p) * sum.answer_waves());
    return sum.mean();
}

} // namespace

TEST_CASE("amplitudes are projections on cosines of a + b - c, by a - b", "[readout]") {
    for (const int p : {3, 7, 11}) {
        const Eigen::MatrixXd logits = testing::noise(p * p, p + 1, 1);
        std::vector<int> all;
        for (int k = 1; k <= (p - 1) / 2; ++k)
            all.push_back(k);
        CHECK((amplitudes_by_difference(logits, all) - brute_amplitudes(logits.leftCols(p), p, all)).norm() <
              exact);
    }
}

TEST_CASE("the model in tables is the model", "[readout]") {
    const int p = 7;
    const std::vector<int> key{1, 3};
    const Weights plain = testing::random_weights(p, 6, 2, 3, 8);
    for (const Weights& weights : {plain, with_places(plain)}) {
        const Activations at_equals = activations(weights, Variant::relu, all_pairs(p));
        const ReadoutRun run(weights, key);
        CHECK((testing::of_all(logits_with_attention(weights, at_equals.attention)) -
               at_equals.logits.leftCols(p))
                  .norm() < exact * at_equals.logits.norm());
        CHECK((run.amplitudes(at_equals.attention) - amplitudes_by_difference(at_equals.logits, key)).norm() <
              exact * at_equals.logits.norm());

        const AttentionOfHeads held = held_at_mean(at_equals.attention, {1});
        const Eigen::MatrixXd W_E = weights.W_E, kept = number_embeddings(weights),
                              removed = kept - at_frequencies(kept, {2});
        CHECK((run.amplitudes(held) - brute_amplitudes(brute_logits(weights, W_E, held), p, key)).norm() <
              exact * at_equals.logits.norm());
        CHECK((run.without({2}).amplitudes(at_equals.attention) -
               brute_amplitudes(brute_logits(weights, removed, at_equals.attention), p, key))
                  .norm() < exact * at_equals.logits.norm());
    }
}

TEST_CASE("heads are held at their means, one at a time or all", "[readout]") {
    const AttentionOfHeads attention{testing::noise(9, 3, 2), testing::noise(9, 3, 3)};
    const AttentionOfHeads one = held_at_mean(attention, {1}), all = held_at_mean(attention);
    CHECK(one[0] == attention[0]);
    CHECK((one[1].rowwise() - attention[1].colwise().mean()).norm() < exact);
    CHECK((all[0].rowwise() - attention[0].colwise().mean()).norm() < exact);
}
