#include "sections/readout/mixing.h"

#include "sections/readout/terms.h"
#include "spectral/fourier.h"

#include <numeric>
#include <utility>

namespace grokreport {

AmplitudeSum::AmplitudeSum(const std::vector<int>& frequencies, int p)
    : p_(p),
      waves_(wave_columns(frequencies, p)),
      answer_waves_(2.0 / p * waves_),
      sum_(Eigen::MatrixXd::Zero(p, static_cast<Eigen::Index>(frequencies.size()))) {}

void AmplitudeSum::add(int a, const Eigen::MatrixXd& on_waves) {
    for (int b = 0; b < p_; ++b) {
        const int sum = (a + b) % p_, difference = (a - b + p_) % p_;
        for (Eigen::Index i = 0; i < sum_.cols(); ++i)
            sum_(difference, i) += waves_.row(sum).segment(2 * i, 2).dot(on_waves.row(b).segment(2 * i, 2));
    }
}

Eigen::MatrixXd AmplitudeSum::mean() const {
    return sum_ / p_;
}

AttentionOfHeads held_at_mean(AttentionOfHeads attention, const std::vector<int>& heads) {
    for (const int head : heads) {
        Eigen::MatrixXd& of_head = attention[static_cast<std::size_t>(head)];
        const Eigen::RowVectorXd mean = of_head.colwise().mean();
        of_head.rowwise() = mean;
    }
    return attention;
}

AttentionOfHeads held_at_mean(AttentionOfHeads attention) {
    std::vector<int> all(attention.size());
    std::iota(all.begin(), all.end(), 0);
    return held_at_mean(std::move(attention), all);
}

HeadTables::HeadTables(const Weights& weights, const Eigen::MatrixXd& map)
    : of_equals_(weights.n_heads(), map.cols()) {
    for (int head = 0; head < weights.n_heads(); ++head) {
        const Eigen::MatrixXd through = weights.W_V[head] * (weights.W_O[head] * map);
        for (int position = 0; position < 2; ++position)
            of_number_[position].push_back(weights.embedded(position).topRows(weights.p()) * through);
        of_equals_.row(head) = weights.embedded_equals() * through;
    }
}

HeadTables HeadTables::without(const std::vector<int>& frequencies) const {
    HeadTables changed = *this;
    for (auto& tables : changed.of_number_)
        for (Eigen::MatrixXd& table : tables)
            table -= at_frequencies(table, frequencies);
    return changed;
}

Eigen::MatrixXd HeadTables::at(int a, const AttentionOfHeads& attention) const {
    const Eigen::Index p = of_number_[0].front().rows(), n_heads = of_equals_.rows();
    Eigen::MatrixXd to_a_and_equals(p, 2 * n_heads), brought(2 * n_heads, of_equals_.cols());
    Eigen::MatrixXd o = Eigen::MatrixXd::Zero(p, of_equals_.cols());
    for (Eigen::Index head = 0; head < n_heads; ++head) {
        const auto at = static_cast<std::size_t>(head);
        const auto of_head = attention[at].middleRows(a * p, p);
        to_a_and_equals.col(2 * head) = of_head.col(0);
        to_a_and_equals.col(2 * head + 1) = of_head.col(2);
        brought.row(2 * head) = of_number_[0][at].row(a);
        brought.row(2 * head + 1) = of_equals_.row(head);
        o += of_head.col(1).asDiagonal() * of_number_[1][at];
    }
    o.noalias() += to_a_and_equals * brought;
    return o;
}

PairRows logits_with_attention(const Weights& weights, AttentionOfHeads attention) {
    const int p = weights.p();
    const Eigen::MatrixXd W_U = weights.W_U.leftCols(p);
    const Eigen::RowVectorXd equals = weights.embedded_equals() + weights.attention_constant();
    const Eigen::RowVectorXd pre_constant = equals * weights.W_in + weights.b_in;
    const Eigen::RowVectorXd constant = (equals + weights.b_out) * W_U + weights.b_U.head(p);
    return {p,
            [=, pre = HeadTables(weights, weights.W_in), direct = HeadTables(weights, W_U),
             W_L = decoder(weights), held = std::move(attention)](int a) -> Eigen::MatrixXd {
                const Eigen::MatrixXd post = (pre.at(a, held).rowwise() + pre_constant).cwiseMax(0.0);
                return (post * W_L.transpose() + direct.at(a, held)).rowwise() + constant;
            }};
}

ReadoutRun::ReadoutRun(const Weights& weights, const std::vector<int>& frequencies)
    : p_(weights.p()),
      frequencies_(frequencies),
      pre_(weights, weights.W_in),
      direct_(weights, weights.W_U.leftCols(p_) * AmplitudeSum(frequencies, p_).answer_waves()),
      pre_constant_((weights.embedded_equals() + weights.attention_constant()) * weights.W_in + weights.b_in),
      decoder_(decoder(weights).transpose() * AmplitudeSum(frequencies, p_).answer_waves()) {}

ReadoutRun ReadoutRun::without(const std::vector<int>& frequencies) const {
    ReadoutRun changed = *this;
    changed.pre_ = pre_.without(frequencies);
    changed.direct_ = direct_.without(frequencies);
    return changed;
}

Eigen::MatrixXd ReadoutRun::amplitudes(const AttentionOfHeads& attention) const {
    AmplitudeSum sum(frequencies_, p_);
    // What is the same for all pairs has no part in a mean over a + b
    for (int a = 0; a < p_; ++a) {
        const Eigen::MatrixXd post = (pre_.at(a, attention).rowwise() + pre_constant_).cwiseMax(0.0);
        sum.add(a, post * decoder_ + direct_.at(a, attention));
    }
    return sum.mean();
}

} // namespace grokreport
