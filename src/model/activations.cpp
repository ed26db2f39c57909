#include "model/activations.h"

#include <array>
#include <cmath>
#include <limits>

namespace grokreport {

namespace {

// One matrix for each position: row t belongs to token t at that position.
using ByPosition = std::array<Eigen::MatrixXd, 3>; // d_vocab x d_head

ByPosition values_of_head(const Weights& weights, int head) {
    ByPosition values;
    for (int position = 0; position < 3; ++position)
        values[position] = weights.values(head, position);
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

// Attention from '=' to the three tokens of each pair: n_pairs x 3.
Eigen::MatrixXd attention_of_head(const Weights& weights, Variant variant, int head,
                                  std::span<const Pair> pairs) {
    const auto n = static_cast<Eigen::Index>(pairs.size());
    if (variant == Variant::frozen) return Eigen::RowVector3d(0.5, 0.5, 0).replicate(n, 1);
    const Eigen::MatrixXd scores = scores_of_head(weights, head);

    Eigen::MatrixXd attention(n, 3);
    for (Eigen::Index i = 0; i < n; ++i) {
        const Eigen::Array3d score(scores(pairs[i].a, 0), scores(pairs[i].b, 1), scores(weights.p(), 2));
        const Eigen::Array3d numerator = (score - score.maxCoeff()).exp();
        attention.row(i) = numerator / numerator.sum();
    }
    return attention;
}

} // namespace

Activations activations(const Weights& weights, Variant variant, std::span<const Pair> pairs) {
    const auto n = static_cast<Eigen::Index>(pairs.size());
    Activations at_equals;
    at_equals.o = Eigen::MatrixXd::Zero(n, weights.d_model());
    for (int head = 0; head < weights.n_heads(); ++head) {
        const Eigen::MatrixXd attention = attention_of_head(weights, variant, head, pairs);
        const ByPosition values = values_of_head(weights, head);
        Eigen::MatrixXd z(n, weights.d_head());
        for (Eigen::Index i = 0; i < n; ++i)
            z.row(i) = attention(i, 0) * values[0].row(pairs[i].a) +
                       attention(i, 1) * values[1].row(pairs[i].b) +
                       attention(i, 2) * values[2].row(weights.p());
        at_equals.o += z * weights.W_O[head];
        at_equals.attention.push_back(attention);
        at_equals.z.push_back(std::move(z));
    }
    at_equals.o.rowwise() += weights.b_O;
    at_equals.resid_mid = at_equals.o.rowwise() + weights.embedded_equals();
    at_equals.pre = (at_equals.resid_mid * weights.W_in).rowwise() + weights.b_in;
    at_equals.post = has_relu(variant) ? Eigen::MatrixXd(at_equals.pre.cwiseMax(0.0)) : at_equals.pre;
    const Eigen::MatrixXd resid_post =
        (at_equals.resid_mid + at_equals.post * weights.W_out).rowwise() + weights.b_out;
    at_equals.logits = weights.unembedded(resid_post);
    return at_equals;
}

int modulus_of(const Eigen::MatrixXd& of_all) {
    return static_cast<int>(std::lround(std::sqrt(static_cast<double>(of_all.rows()))));
}

Eigen::MatrixXd rows_of_pairs(const Eigen::MatrixXd& of_all, std::span<const Pair> pairs, int p) {
    Eigen::MatrixXd rows(static_cast<Eigen::Index>(pairs.size()), of_all.cols());
    for (std::size_t i = 0; i < pairs.size(); ++i)
        rows.row(static_cast<Eigen::Index>(i)) =
            of_all.row(static_cast<Eigen::Index>(pairs[i].a) * p + pairs[i].b);
    return rows;
}

double accuracy(const Eigen::MatrixXd& logits, std::span<const Pair> pairs, int p) {
    if (pairs.empty()) return std::numeric_limits<double>::quiet_NaN();
    int right = 0;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        Eigen::Index largest = 0;
        logits.row(static_cast<Eigen::Index>(i)).maxCoeff(&largest);
        right += largest == answer(pairs[i], p) ? 1 : 0;
    }
    return static_cast<double>(right) / static_cast<double>(pairs.size());
}

double mean_cross_entropy(const Eigen::MatrixXd& logits, std::span<const Pair> pairs, int p) {
    if (pairs.empty()) return std::numeric_limits<double>::quiet_NaN();
    double sum = 0;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const auto row = logits.row(static_cast<Eigen::Index>(i)).array();
        const double largest = row.maxCoeff();
        sum += std::log((row - largest).exp().sum()) + largest - row[answer(pairs[i], p)];
    }
    return sum / static_cast<double>(pairs.size());
}

} // namespace grokreport
