#include "training/cross_entropy.h"

#include "training/exponentials.h"

#include <cmath>

namespace grokreport {

RowLoss CrossEntropy::loss(std::span<const float> logits, int label) {
    Softmax softmax;
    return forward(logits, label, softmax);
}

RowLoss CrossEntropy::loss_and_gradient(std::span<float> logits, int label, double scale) {
    Softmax softmax;
    const RowLoss result = forward(logits, label, softmax);
    const double factor = scale / (softmax.right + softmax.wrong);
    Eigen::Map<Eigen::ArrayXf> row(logits.data(), static_cast<Eigen::Index>(logits.size()));
    row = (exponentials_ * factor).cast<float>();
    logits[static_cast<std::size_t>(label)] = static_cast<float>(-softmax.wrong * factor);
    return result;
}

RowLoss CrossEntropy::forward(std::span<const float> logits, int label, Softmax& softmax) {
    const Eigen::Map<const Eigen::ArrayXf> row(logits.data(), static_cast<Eigen::Index>(logits.size()));
    const float maximum = row.maxCoeff();
    exponentials_of(logits, maximum, {exponentials_.data(), logits.size()});
    softmax.right = exponentials_[label];
    exponentials_[label] = 0;
    softmax.wrong = exponentials_.sum();

    // -log(right / (right + wrong)). log1p keeps the digits of a loss near zero; the second form is used
    // where `right` may underflow.
    const double logit = logits[static_cast<std::size_t>(label)];
    const double loss = softmax.right > 0.5 ? std::log1p(softmax.wrong / softmax.right)
                                            : std::log(softmax.right + softmax.wrong) + maximum - logit;
    const bool is_first_largest = logit == maximum && (label == 0 || row.head(label).maxCoeff() < maximum);
    return {loss, is_first_largest};
}

} // namespace grokreport
