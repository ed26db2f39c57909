#include "sections/readout/explain.h"

#include "model/activations.h"
#include "sections/readout/replacements.h"
#include "sections/readout/terms.h"
#include "sections/readout/turns.h"

#include <cmath>
#include <fmt/format.h>
#include <numbers>
#include <span>

namespace grokreport {

namespace {

constexpr double whole_turn = 2 * std::numbers::pi;

double turns_of(int k, int number, int p) {
    return static_cast<double>(static_cast<long>(k) * number % p) / p;
}

double without_whole_turns(double turns) {
    return turns - std::floor(turns);
}

// The angle of the pair in the hidden layer's sum plane, measured from where pairs of sum 0 are on average.
double hidden_turns(const Eigen::RowVectorXd& post, const PairMeans& means, int k) {
    const Eigen::MatrixXd plane = sum_plane(means, k);
    const Eigen::RowVector2d zero = means.by_sum.row(0) * plane;
    const Eigen::RowVector2d here = (post - means.mean) * plane;
    return without_whole_turns((std::atan2(here[1], here[0]) - std::atan2(zero[1], zero[0])) / whole_turn);
}

ExplainedFrequency explain_frequency(const Eigen::VectorXd& logits, int k, int a, int b, int next) {
    const int p = static_cast<int>(logits.size());
    ExplainedFrequency at{.k = k,
                          .turns_a = turns_of(k, a, p),
                          .turns_b = turns_of(k, b, p),
                          .turns_sum = turns_of(k, a + b, p)};
    const auto cosine = [&](int c) { return std::cos(whole_turn * k * (a + b - c) / p); };
    double with_cosine = 0, squares = 0;
    for (int c = 0; c < p; ++c) {
        with_cosine += logits[c] * cosine(c);
        squares += cosine(c) * cosine(c);
    }
    at.amplitude = with_cosine / squares;
    at.to_next = at.amplitude * cosine(next);
    return at;
}

} // namespace

ExplainedPair explain_pair(const Weights& weights, const std::vector<int>& frequencies, int a, int b) {
    const int p = weights.p();
    const ForwardPass forward(weights, Variant::relu);
    const Pair asked{a, b};
    const Activations at = forward.at(std::span(&asked, 1));
    const Eigen::VectorXd logits = over_answers(at.logits.row(0).head(p));
    const LogitPaths paths(weights);
    const Eigen::VectorXd mlp = over_answers(paths.mlp_path(at.post * paths.W_L().transpose()));

    ExplainedPair pair{.p = p, .a = a, .b = b, .answer = (a + b) % p};
    pair.given = largest_answer(logits);
    pair.next = largest_answer(logits, pair.answer);
    pair.logit_answer = logits[pair.answer];
    pair.logit_next = logits[pair.next];
    pair.mlp_answer = mlp[pair.answer];
    pair.mlp_next = mlp[pair.next];
    for (const Eigen::MatrixXd& head : at.attention)
        pair.attention.push_back({head(0, 0), head(0, 1), head(0, 2)});
    const PairMeans hidden = pair_means(post_of_all(forward));
    for (const int k : frequencies) {
        pair.frequencies.push_back(explain_frequency(logits, k, a, b, pair.next));
        pair.frequencies.back().hidden_turns = hidden_turns(at.post.row(0), hidden, k);
    }
    return pair;
}

std::string to_text(const ExplainedPair& pair) {
    const int p = pair.p, a = pair.a, b = pair.b;
    std::string text = fmt::format("{} + {} = {} mod {}\n\n", a, b, pair.answer, p);
    text += "circles: the angle of a number n on the circle of k is k n / p turns\n";
    for (const ExplainedFrequency& at : pair.frequencies)
        text += fmt::format(
            "  k = {:<3}  a at {:.3f}, b at {:.3f}; a + b belongs at {:.3f} = ({} * {}) mod {} / {}\n", at.k,
            at.turns_a, at.turns_b, at.turns_sum, at.k, a + b, p, p);
    text += "attention at '=': to a, to b, to '='\n";
    for (std::size_t head = 0; head < pair.attention.size(); ++head)
        text += fmt::format("  head {}   {:.3f}, {:.3f}, {:.3f}\n", head, pair.attention[head][0],
                            pair.attention[head][1], pair.attention[head][2]);
    text += "hidden layer: its angle in the sum plane of k, in turns\n";
    for (const ExplainedFrequency& at : pair.frequencies)
        text += fmt::format("  k = {:<3}  {:.3f} (a + b belongs at {:.3f})\n", at.k, at.hidden_turns,
                            at.turns_sum);
    text += fmt::format("logits: A_k cos(2 pi k (a + b - c) / p), at the answer {} and at the runner-up {}\n",
                        pair.answer, pair.next);
    double answer = 0, next = 0;
    for (const ExplainedFrequency& at : pair.frequencies) {
        text += fmt::format("  k = {:<3}  A = {:.3f}   {:8.3f} {:8.3f}\n", at.k, at.amplitude, at.amplitude,
                            at.to_next);
        answer += at.amplitude;
        next += at.to_next;
    }
    text += fmt::format("  sum of the cosines    {:8.3f} {:8.3f}\n", answer, next);
    text += fmt::format("  the model's logits    {:8.3f} {:8.3f}   (less their mean)\n", pair.logit_answer,
                        pair.logit_next);
    text += fmt::format("  of which by the MLP   {:8.3f} {:8.3f}\n", pair.mlp_answer, pair.mlp_next);
    text += fmt::format("answer: {}{}\n", pair.given,
                        pair.given == pair.answer ? ", which is right" : ", which is wrong");
    return text;
}

} // namespace grokreport
