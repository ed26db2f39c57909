#include "model/scores.h"

#include "base/undefined.h"

#include <cmath>

namespace grokreport {

void ScoreSum::add_by_answer(const Eigen::MatrixXd& logits, std::span<const Pair> pairs, int p) {
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const auto of_pair = logits.col(static_cast<Eigen::Index>(i)).array();
        Eigen::Index given = 0;
        const double largest = of_pair.maxCoeff(&given);
        right_ += given == answer(pairs[i], p) ? 1 : 0;
        loss_ += std::log((of_pair - largest).exp().sum()) + largest - of_pair[answer(pairs[i], p)];
    }
    n_ += pairs.size();
}

double ScoreSum::accuracy() const {
    if (n_ == 0) return undefined;
    return static_cast<double>(right_) / static_cast<double>(n_);
}

double ScoreSum::mean_cross_entropy() const {
    if (n_ == 0) return undefined;
    return loss_ / static_cast<double>(n_);
}

double accuracy(const Eigen::MatrixXd& logits, std::span<const Pair> pairs, int p) {
    ScoreSum sum;
    sum.add(logits, pairs, p);
    return sum.accuracy();
}

double mean_cross_entropy(const Eigen::MatrixXd& logits, std::span<const Pair> pairs, int p) {
    ScoreSum sum;
    sum.add(logits, pairs, p);
    return sum.mean_cross_entropy();
}

} // namespace grokreport
