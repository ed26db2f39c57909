// How well logits answer pairs: accuracy and cross-entropy.
#pragma once

#include "model/dataset.h"

#include <Eigen/Core>
#include <span>

namespace grokreport {

// Accuracy and mean cross-entropy over pairs that come in parts.
class ScoreSum {
  public:
    // logits: row i for pairs[i]; as many columns as there are answers, at least p.
    template <typename Derived>
    void add(const Eigen::MatrixBase<Derived>& logits, std::span<const Pair> pairs, int p) {
        add_by_answer(logits.transpose(), pairs, p);
    }

    // Share of pairs whose largest logit is that of the answer; a tie counts for the smaller token. NaN
    // without pairs.
    double accuracy() const;
    // Mean of -log softmax(logits)[answer], nats. NaN without pairs.
    double mean_cross_entropy() const;

  private:
    // One pair's logits stand side by side: answers x pairs.
    void add_by_answer(const Eigen::MatrixXd& logits, std::span<const Pair> pairs, int p);

    std::size_t n_ = 0, right_ = 0;
    double loss_ = 0;
};

// The same of pairs that are there at once.
double accuracy(const Eigen::MatrixXd& logits, std::span<const Pair> pairs, int p);
double mean_cross_entropy(const Eigen::MatrixXd& logits, std::span<const Pair> pairs, int p);

} // namespace grokreport
