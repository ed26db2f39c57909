// The tokens that attention can tell apart: the rows of X, the input of the residual stream.
//
// Without a positional embedding the rows are the tokens: X = W_E.
// With one, X has a row for each token at each position, 2 p + 1 rows:
//     a is row a,         X = W_E[a] + W_pos[0],
//     b is row p + b,     X = W_E[b] + W_pos[1],
//     '=' is row 2 p,     X = W_E[=] + W_pos[2].
// The code that uses X (tables.h) is the same for both.
#pragma once

#include "model/config.h"
#include "model/parameters.h"

#include <vector>

namespace grokreport {

class TokenPositions {
  public:
    explicit TokenPositions(const Config& config);

    int count() const { return count_; } // rows of X
    int a(int number) const { return number; }
    int b(int number) const { return first_b_ + number; }
    int equals() const { return count_ - 1; } // the last row

    // Computes X.
    void build(const ParameterMatrices<const float>& weights);
    // count() x d_model. Without a positional embedding it is a view of the weights of the last build().
    ConstMatrix X() const { return X_; }

    // The backward pass: call begin_backward(), add the gradient of X to X_gradient(), and call
    // end_backward(), which adds it to the gradients of W_E and W_pos.
    void begin_backward(const ParameterMatrices<float>& gradient);
    Matrix X_gradient() { return X_gradient_; } // count() x d_model
    void end_backward(const ParameterMatrices<float>& gradient) const;

  private:
    // A row of X is the sum of row `token` of W_E and row `position` of W_pos.
    struct Place {
        int token = 0;
        int position = 0;
    };
    Place place(int row) const;

    Config config_;
    int first_b_;
    int count_;
    std::vector<float> sums_, sum_gradients_; // (count, d_model); empty without a positional embedding
    ConstMatrix X_;                           // a view of sums_ or of W_E
    Matrix X_gradient_;
};

} // namespace grokreport
