// The factored training pass: loss, accuracy and the gradient of every parameter, exactly as the textbook
// transformer gives them (model.h, compared in tests), at a fraction of the work.
//
// 1. Attention becomes tables over tokens, or, with a positional embedding, over tokens in their places
//    (tables.h, token_positions.h).
// 2. Without positions (a, b) and (b, a) are one row with a weight (dataset.h).
// 3. Gradients of the tables are gathered token by token; the chain rule through the small tables gives those
//    of the real parameters. What is left that is heavy are three products of size pairs x d_mlp x d_vocab.
// 4. Without a ReLU even those vanish (output_map.h).
//
// Matrix products and row sums are float32; softmax, loss and the gradient of the logits float64. The work is
// cut into fixed blocks, so results have the same bits for any number of threads.
#pragma once

#include "base/thread_pool.h"
#include "model/config.h"
#include "model/dataset.h"
#include "model/parameters.h"
#include "training/aligned.h"
#include "training/output_map.h"
#include "training/table_sums.h"
#include "training/tables.h"

#include <memory>
#include <span>
#include <vector>

namespace grokreport {

// How the work is cut, whatever the number of threads. A block of at most so many pairs stays in the
// second-level cache on its way forward and backward. Each of so many chunks of blocks has a gradient of W_L
// of its own.
inline constexpr int pairs_a_block = 128;
inline constexpr int n_chunks = 8;

struct Evaluation {
    double loss = 0;     // mean cross-entropy over the ordered pairs, nats
    double accuracy = 0; // share of ordered pairs answered rightly
};

class Engine {
  public:
    // Works with `pool`, which has to outlive it. Throws Error where `train` is empty.
    Engine(const Config& config, std::span<const Pair> train, ThreadPool& pool);

    // Training loss and accuracy at these weights; overwrites `gradient` with d loss / d weights.
    Evaluation loss_and_gradient(const Parameters& parameters, Parameters& gradient);

    // Loss and accuracy on other pairs, distinct_pairs() of a set, at the weights of the last
    // loss_and_gradient. An empty set gives 0, 0.
    Evaluation evaluate(std::span<const MergedPair> pairs);

  private:
    // What a block of pairs is computed in: the engine's own rows in training, a thread's in an evaluation.
    struct Block {
        std::span<const MergedPair> pairs;
        Matrix hidden;              // (pairs, d_mlp): relu(pre)
        Matrix rows;                // (pairs, stride): [pre | logits], of pre only the place for its gradient
        std::span<float> attention; // (pairs, 2, n_heads): to a, to b; the rest is to '='
    };
    struct BlockSum {
        double loss = 0;
        double correct = 0;
    };
    struct Workspace {
        AlignedFloats rows, hidden;
        std::vector<float> attention;
    };

    // One block (engine_blocks.cpp)
    Block training_block(int block, Workspace& workspace);
    Block evaluation_block(std::span<const MergedPair> pairs, Workspace& workspace) const;
    void attend(MergedPair pair, std::span<float> attention) const;
    TableRows table_rows(MergedPair pair, std::span<const float> attention) const;
    void forward(const Block& block) const;
    // loss_of(logits of a row, answer, weight of the pair) for each row.
    template <typename LossOf>
    BlockSum sum_rows_losses(const Block& block, const LossOf& loss_of) const;
    BlockSum sum_losses(const Block& block) const;
    BlockSum train_block(const Block& block) const;
    void backward_rows(const Block& block, std::span<float> attention_gradients, float* sum) const;
    Matrix hidden_of(Workspace& workspace, int pairs) const;

    // Sums over all blocks (engine_gathers.cpp)
    void index_ends();
    BlockSum train_chunk(int chunk, Workspace& workspace);
    void gather_constant_gradient();
    void gather_token(int token);
    void backward_softmax();

    std::span<float> ends_of(std::span<float> all, int pair) const {
        return all.subspan(static_cast<std::size_t>(pair) * 2 * config_.n_heads, 2 * config_.n_heads);
    }
    Matrix logits(const Matrix& rows) const {
        return rows.col_block(output_map_->first_logit(), config_.d_vocab());
    }
    Matrix rows() { return {rows_.data(), n_pairs(), tables_.stride(), tables_.stride()}; }
    int n_pairs() const { return static_cast<int>(pairs_.size()); }
    // Blocks are of one size, give or take a pair, and as many in each chunk.
    int blocks_a_chunk() const { return blocks_of(n_pairs(), n_chunks * pairs_a_block); }
    int n_blocks() const { return n_chunks * blocks_a_chunk(); }
    int first_pair(int block) const { return static_cast<int>(std::int64_t{n_pairs()} * block / n_blocks()); }

    Config config_;
    ThreadPool* team_;
    std::vector<MergedPair> pairs_;
    double n_ordered_pairs_ = 0; // sum of the weights
    std::unique_ptr<OutputMap> output_map_;
    TokenTables tables_;
    int hidden_stride_;
    AlignedFloats rows_;       // (pairs, stride): logits, then the gradients of [pre | logits]
    AlignedFloats chunk_sums_; // (chunks, stride): sums of their rows' gradients
    std::vector<float> attention_, attention_gradients_; // (pairs, 2, n_heads)
    std::vector<std::vector<int>> ends_; // by token: 2 i where it is the a of pair i, 2 i + 1 where the b
    std::vector<Workspace> workspaces_;  // one a thread
};

} // namespace grokreport
