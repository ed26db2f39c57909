// Softmax cross-entropy of one row of logits, in float64. In float32 the gradient 1 - p of a confident answer
// is rounding error, which causes loss spikes late in the training.
#pragma once

#include <Eigen/Core>
#include <span>

namespace grokreport {

struct RowLoss {
    double loss = 0;         // -log softmax(logits)[label], nats
    bool is_correct = false; // the label has the largest logit; a tie counts for the smaller token
};

class CrossEntropy {
  public:
    explicit CrossEntropy(int d_vocab) : exponentials_(d_vocab) {}

    // logits: d_vocab values. label: index of the answer.
    RowLoss loss(std::span<const float> logits, int label);

    // The same, and replaces the logits by the gradient scale * (softmax(logits) - one_hot(label)).
    RowLoss loss_and_gradient(std::span<float> logits, int label, double scale);

  private:
    struct Softmax {
        double right = 0; // exp(logit[label] - largest logit)
        double wrong = 0; // sum over the other tokens; all - right would cancel
    };
    RowLoss forward(std::span<const float> logits, int label, Softmax& softmax);

    Eigen::ArrayXd exponentials_; // exp(logit - largest logit), 0 at the label
};

} // namespace grokreport
