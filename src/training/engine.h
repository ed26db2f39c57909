// The factored training pass: the loss, the accuracy and the gradient of every parameter. It is
// mathematically equal to the textbook transformer (model/transformer.h, compared in tests) and needs a
// fraction of the work.
//
// 1. Attention is a sum over tables of tokens, or of tokens with their positions (tables.h,
// token_positions.h).
// 2. Without a positional embedding (a, b) and (b, a) are one row with a weight (model/dataset.h).
// 3. The gradients of the tables are gathered token by token; the chain rule through the small tables gives
//    the gradients of the parameters. The rest, most of the work, are three products of size
//    n_pairs x d_mlp x d_vocab.
// 4. Without a ReLU these products vanish, too (output_map.h).
//
// Matrix products and row sums are float32; softmax, loss and the gradient of the logits are float64. The
// work is divided into fixed blocks, so results have the same bits for any number of threads.
#pragma once

#include "base/thread_pool.h"
#include "model/config.h"
#include "model/dataset.h"
#include "model/parameters.h"
#include "training/aligned.h"
#include "training/output_map.h"
#include "training/table_sums.h"
#include "training/tables.h"

#include <algorithm>
#include <memory>
#include <span>
#include <vector>

namespace grokreport {

// The division of the work, for any number of threads.
inline constexpr int pairs_a_block =
    128; // at most: the L2 cache holds the forward and backward rows of a block
inline constexpr int pairs_a_chunk = 400; // about; each chunk sums its own gradient of W_L, and with more
                                          // sums their addition costs more than the threads gain
// Chunks of blocks, from 8 to 32: so many threads have work. p = 113 has 8, p = 199 has 24.
constexpr int chunks_of(int n_pairs) {
    return std::clamp(n_pairs / pairs_a_chunk, 8, 32);
}

struct Evaluation {
    double loss = 0;     // mean cross-entropy over the ordered pairs, nats
    double accuracy = 0; // share of ordered pairs with the right answer
};

class Engine {
  public:
    // The pool must outlive the engine. Throws Error where `train` is empty.
    Engine(const Config& config, std::span<const Pair> train, ThreadPool& pool);

    // The training loss and accuracy at these parameters. Overwrites `gradient` with d loss / d parameters.
    Evaluation loss_and_gradient(const Parameters& parameters, Parameters& gradient);

    // The loss and accuracy on other pairs at the parameters of the last loss_and_gradient(). pairs:
    // distinct_pairs() of a set; an empty set gives 0, 0.
    Evaluation evaluate(std::span<const MergedPair> pairs);

  private:
    // A block of pairs and the buffers of its rows: those of the engine in training, those of a thread in
    // evaluation.
    struct Block {
        std::span<const MergedPair> pairs;
        Matrix hidden;              // (n_pairs, d_mlp): relu(pre)
        Matrix rows;                // (n_pairs, stride): [gradient of pre | logits]
        std::span<float> attention; // (n_pairs, 2, n_heads): to a, to b; the rest is to '='
    };
    struct BlockSum {
        double loss = 0;
        double correct = 0;
    };
    struct Workspace {
        AlignedFloats rows, hidden;
        std::vector<float> attention;
    };

    // One block: engine_blocks.cpp.
    Block training_block(int block, Workspace& workspace);
    Block evaluation_block(std::span<const MergedPair> pairs, Workspace& workspace) const;
    void attend(MergedPair pair, std::span<float> attention) const;
    TableRows table_rows(MergedPair pair, std::span<const float> attention) const;
    void forward(const Block& block) const;
    // Sums loss_of(logits of a row, answer, weight of the pair) over the rows.
    template <typename LossOf>
    BlockSum sum_rows_losses(const Block& block, const LossOf& loss_of) const;
    BlockSum sum_losses(const Block& block) const;
    BlockSum train_block(const Block& block) const;
    void backward_rows(const Block& block, std::span<float> attention_gradients, float* sum) const;
    Matrix hidden_of(Workspace& workspace, int pairs) const;

    // Sums over all pairs: engine_gathers.cpp.
    void index_ends();
    BlockSum train_chunk(int chunk, Workspace& workspace);
    void gather_constant_gradient();
    void gather_token(int token);
    void backward_softmax();

    // The 2 * n_heads values of a pair in an array of shape (n_pairs, 2, n_heads).
    std::span<float> ends_of(std::span<float> all, int pair) const {
        return all.subspan(static_cast<std::size_t>(pair) * 2 * config_.n_heads, 2 * config_.n_heads);
    }
    Matrix logits(const Matrix& rows) const {
        return rows.col_block(output_map_->first_logit(), config_.d_vocab());
    }
    Matrix rows() { return {rows_.data(), n_pairs(), tables_.stride(), tables_.stride()}; }
    int n_pairs() const { return static_cast<int>(pairs_.size()); }
    // All blocks have the same size, or one pair more, and all chunks have the same number of blocks.
    int n_chunks() const { return chunks_of(n_pairs()); }
    int blocks_a_chunk() const { return blocks_of(n_pairs(), n_chunks() * pairs_a_block); }
    int n_blocks() const { return n_chunks() * blocks_a_chunk(); }
    int first_pair(int block) const { return static_cast<int>(std::int64_t{n_pairs()} * block / n_blocks()); }

    Config config_;
    ThreadPool* pool_;
    std::vector<MergedPair> pairs_;
    double n_ordered_pairs_ = 0; // sum of the weights
    std::unique_ptr<OutputMap> output_map_;
    TokenTables tables_;
    int hidden_stride_;
    AlignedFloats rows_;       // (n_pairs, stride): logits, then the gradients of [pre | logits]
    AlignedFloats chunk_sums_; // (n_chunks, stride): sums of the gradients of their rows
    std::vector<float> attention_, attention_gradients_; // (n_pairs, 2, n_heads)
    std::vector<std::vector<int>> ends_; // of each token: 2 i where it is a of pair i, 2 i + 1 where it is b
    std::vector<Workspace> workspaces_;  // one for each thread
};

} // namespace grokreport
