// The factored training pass: loss, accuracy and the gradient of every parameter, exactly as the textbook
// transformer gives them (model.h, compared in tests), at a fraction of the work.
//
// 1. Attention becomes tables over tokens, or, with a positional embedding, over tokens in their places
//    (tables.h, placed_tokens.h).
// 2. Without positions (a, b) and (b, a) are one row with a weight (dataset.h).
// 3. Gradients of the tables are gathered token by token; the chain rule through the small tables gives those
//    of the real parameters. What is left that is heavy are three products of size pairs x d_mlp x d_vocab.
// 4. Without a ReLU even those vanish (readout.h).
//
// Matrix products and row sums are float32; softmax, loss and the gradient of the logits float64. The work is
// cut into fixed blocks, so results have the same bits for any number of threads.
#pragma once

#include "config.h"
#include "dataset.h"
#include "parameters.h"
#include "training/aligned.h"
#include "training/readout.h"
#include "training/tables.h"

#include <memory>
#include <span>
#include <vector>

namespace grokreport {

// How the work is cut: rows that stay in the second-level cache on their way forward and backward, and
// columns of a sum over all pairs.
inline constexpr int pairs_a_block = 128;
inline constexpr int columns_a_block = 64;

struct Evaluation {
    double loss = 0;     // mean cross-entropy over the ordered pairs, nats
    double accuracy = 0; // share of ordered pairs answered rightly
};

class Engine {
  public:
    // Throws Error where `train` is empty.
    Engine(const Config& config, std::span<const Pair> train, int threads);

    // Training loss and accuracy at these weights; overwrites `gradient` with d loss / d weights.
    Evaluation loss_and_gradient(const Parameters& parameters, Parameters& gradient);

    // Loss and accuracy on other pairs, distinct_pairs() of a set, at the weights of the last
    // loss_and_gradient. An empty set gives 0, 0.
    Evaluation evaluate(std::span<const MergedPair> pairs);

  private:
    // Softmax weights of one pair and head to a and b (that to '=' is the rest), and later their gradients.
    struct Attention {
        float to_a = 0;
        float to_b = 0;
    };
    // A pair that contains a token (a row of tables_), as its a or as its b.
    struct Incidence {
        int pair = 0;
        bool is_b = false;
    };
    struct BlockSum {
        double loss = 0;
        double correct = 0;
    };

    void index_incidences();
    void attend(MergedPair pair, std::span<Attention> attention) const;
    void sum_rows(MergedPair pair, std::span<const Attention> attention, float* row) const;
    void forward(std::span<const MergedPair> pairs, std::span<Attention> attention, Matrix rows,
                 Matrix hidden) const;
    BlockSum train_block(int block);
    void gather_W_L_gradient();
    void gather_constant_gradient();
    void gather_token(int token);
    void backward_softmax();

    std::span<Attention> attention_of(std::vector<Attention>& all, int pair) const {
        return std::span(all).subspan(static_cast<std::size_t>(pair) * config_.n_heads, config_.n_heads);
    }
    Matrix rows() { return {rows_.data(), n_pairs(), readout_->width(), tables_.stride()}; }
    Matrix hidden() { return {hidden_.data(), n_pairs(), readout_->hidden(), hidden_stride_}; }
    int n_pairs() const { return static_cast<int>(pairs_.size()); }

    Config config_;
    int threads_;
    std::vector<MergedPair> pairs_;
    double n_ordered_pairs_ = 0;                     // sum of the weights
    std::vector<std::vector<Incidence>> incidences_; // by token
    std::unique_ptr<Readout> readout_;
    TokenTables tables_;
    int hidden_stride_;
    AlignedFloats rows_;   // (pairs, stride): [pre | logits], then their gradients
    AlignedFloats hidden_; // (pairs, d_mlp): relu(pre)
    std::vector<Attention> attention_, attention_gradients_; // (pairs, n_heads)
};

} // namespace grokreport
