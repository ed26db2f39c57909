// The three products that are left of an epoch when all else is tables, by three libraries: the measurement
// by which the engine's library was chosen, and the floor that the engine is held against.
#pragma once

#include "base/thread_pool.h"
#include "model/config.h"
#include "training/aligned.h"

#include <string>

namespace grokreport::bench {

enum class Library { eigen, openblas, onednn };

std::string to_string(Library library);

// Milliseconds of one round of the products, for n pairs in blocks as the engine cuts them:
//   logits = hidden W_L            (n x d_mlp) (d_mlp x d_vocab)
//   d hidden = d logits W_L^T      (n x d_vocab) (d_vocab x d_mlp)
//   d W_L = hidden^T d logits      (d_mlp x n) (n x d_vocab)
class ProductRound {
  public:
    ProductRound(const Config& config, int n_pairs, int threads);

    double milliseconds(Library library);
    double gigaflops() const; // operations of a round, 10^9

  private:
    Config config_;
    int n_pairs_;
    ThreadPool pool_;
    AlignedFloats hidden_, hidden_gradient_, logits_, W_L_, W_L_gradient_;
};

} // namespace grokreport::bench
