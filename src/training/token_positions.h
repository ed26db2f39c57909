// The tokens as attention can tell them apart: the rows of X, what enters the residual stream.
//
// Without a positional embedding a token is the same wherever it stands: X = W_E, one row a token.
// With one, a token in its place is a row of its own, 2 p + 1 of them:
//     a is row a,         X = W_E[a] + W_pos[0],
//     b is row p + b,     X = W_E[b] + W_pos[1],
//     '=' is row 2 p,     X = W_E[=] + W_pos[2].
// What is computed of X (tables.h) need not know which of the two it is.
#pragma once

#include "model/config.h"
#include "model/parameters.h"

#include <vector>

namespace grokreport {

class TokenPositions {
  public:
    explicit TokenPositions(const Config& config);

    int count() const { return count_; }
    int a(int number) const { return number; }
    int b(int number) const { return first_b_ + number; }
    int equals() const { return count_ - 1; } // the last row

    // Takes over new weights.
    void build(const ParameterMatrices<const float>& weights);
    // count() x d_model, at the weights of the last build(), which have to be alive and unchanged.
    ConstMatrix X() const { return X_; }

    // The backward pass: begin_backward(), add the gradient of X to X_gradient(), end_backward(), which adds
    // what is not there yet to the gradients of W_E and W_pos.
    void begin_backward(const ParameterMatrices<float>& gradient);
    Matrix X_gradient() { return X_gradient_; } // count() x d_model
    void end_backward(const ParameterMatrices<float>& gradient) const;

  private:
    // A row of X: which rows of W_E and W_pos it is the sum of.
    struct Place {
        int token = 0;
        int position = 0;
    };
    Place place(int row) const;

    Config config_;
    int first_b_;
    int count_;
    std::vector<float> sums_, sum_gradients_; // (count, d_model); empty without positions
    ConstMatrix X_;                           // of sums_, or W_E itself
    Matrix X_gradient_;
};

} // namespace grokreport
