#include "model/activations.h"

#include <cmath>

namespace grokreport {

namespace {

// One matrix for each position, column t for token t at that position: d_head x d_vocab.
std::array<Eigen::MatrixXd, 3> values_of_head(const Weights& weights, int head) {
    std::array<Eigen::MatrixXd, 3> values;
    for (int position = 0; position < 3; ++position)
        values[position] = weights.values(head, position).transpose();
    return values;
}

// Attention scores from '=' to every token at every position: d_vocab x 3. Without a positional embedding the
// columns are equal.
Eigen::MatrixXd scores_of_head(const Weights& weights, int head) {
    const Eigen::VectorXd query = weights.query(head).transpose() / std::sqrt(weights.d_head());
    Eigen::MatrixXd scores(weights.d_vocab(), 3);
    for (int position = 0; position < 3; ++position)
        scores.col(position) =
            ((weights.embedded(position) * weights.W_K[head]).rowwise() + weights.b_K[head]) * query;
    return scores;
}

} // namespace

ForwardPass::ForwardPass(const Weights& weights, Variant variant) : weights_(weights), variant_(variant) {
    for (int head = 0; head < weights.n_heads(); ++head) {
        scores_.push_back(scores_of_head(weights, head));
        values_.push_back(values_of_head(weights, head));
    }
}

// Attention from '=' to the three tokens of each pair: n_pairs x 3.
Eigen::MatrixXd ForwardPass::attention_of_head(int head, std::span<const Pair> pairs) const {
    const auto n = static_cast<Eigen::Index>(pairs.size());
    if (variant_ == Variant::frozen) return Eigen::RowVector3d(0.5, 0.5, 0).replicate(n, 1);
    const Eigen::MatrixXd& scores = scores_[static_cast<std::size_t>(head)];
    Eigen::MatrixXd attention(n, 3);
    for (Eigen::Index i = 0; i < n; ++i) {
        const Pair& pair = pairs[static_cast<std::size_t>(i)];
        const Eigen::Array3d score(scores(pair.a, 0), scores(pair.b, 1), scores(p(), 2));
        const Eigen::Array3d numerator = (score - score.maxCoeff()).exp();
        attention.row(i) = numerator / numerator.sum();
    }
    return attention;
}

std::vector<Eigen::MatrixXd> ForwardPass::attention(std::span<const Pair> pairs) const {
    std::vector<Eigen::MatrixXd> of_heads;
    for (int head = 0; head < weights_.n_heads(); ++head)
        of_heads.push_back(attention_of_head(head, pairs));
    return of_heads;
}

Activations ForwardPass::heads(std::span<const Pair> pairs) const {
    const auto n = static_cast<Eigen::Index>(pairs.size());
    Activations at;
    at.attention = attention(pairs);
    at.o = Eigen::MatrixXd::Zero(n, weights_.d_model());
    for (std::size_t head = 0; head < values_.size(); ++head) {
        const Eigen::MatrixXd& attention = at.attention[head];
        const auto& values = values_[head];
        Eigen::MatrixXd by_pair(weights_.d_head(),
                                n); // z transposed, so that a pair's numbers lie side by side
        for (Eigen::Index i = 0; i < n; ++i) {
            const Pair& pair = pairs[static_cast<std::size_t>(i)];
            by_pair.col(i) = attention(i, 0) * values[0].col(pair.a) +
                             attention(i, 1) * values[1].col(pair.b) + attention(i, 2) * values[2].col(p());
        }
        Eigen::MatrixXd z = by_pair.transpose();
        at.o += z * weights_.W_O[head];
        at.z.push_back(std::move(z));
    }
    at.o.rowwise() += weights_.b_O;
    return at;
}

Eigen::MatrixXd ForwardPass::o(std::span<const Pair> pairs) const {
    return heads(pairs).o;
}

Activations ForwardPass::hidden(std::span<const Pair> pairs) const {
    Activations at = heads(pairs);
    at.resid_mid = at.o.rowwise() + weights_.embedded_equals();
    at.pre = (at.resid_mid * weights_.W_in).rowwise() + weights_.b_in;
    at.post = has_relu(variant_) ? Eigen::MatrixXd(at.pre.cwiseMax(0.0)) : at.pre;
    return at;
}

Eigen::MatrixXd ForwardPass::logits(const Activations& at) const {
    const Eigen::MatrixXd resid_post = (at.resid_mid + at.post * weights_.W_out).rowwise() + weights_.b_out;
    return weights_.unembedded(resid_post);
}

Activations ForwardPass::at(std::span<const Pair> pairs) const {
    Activations all = hidden(pairs);
    all.logits = logits(all);
    return all;
}

Activations activations(const Weights& weights, Variant variant, std::span<const Pair> pairs) {
    return ForwardPass(weights, variant).at(pairs);
}

PairRows pre_of_all(const ForwardPass& forward) {
    return {forward.p(), [&](int a) { return forward.hidden(pairs_of_number(a, forward.p())).pre; }};
}

PairRows post_of_all(const ForwardPass& forward) {
    return {forward.p(), [&](int a) { return forward.hidden(pairs_of_number(a, forward.p())).post; }};
}

PairRows logits_of_all(const ForwardPass& forward) {
    return {forward.p(), [&](int a) { return forward.at(pairs_of_number(a, forward.p())).logits; }};
}

} // namespace grokreport
