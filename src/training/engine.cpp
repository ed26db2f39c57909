#include "training/engine.h"

#include "base/error.h"
#include "training/cross_entropy.h"

#include <algorithm>
#include <tuple>

namespace grokreport {

namespace {

// The pairs are ordered by squares of the addition table, so that a block has few tokens and the cache holds
// their table rows.
constexpr int numbers_a_square = 16;

auto place(const MergedPair& pair) {
    return std::tuple(pair.a / numbers_a_square, pair.b / numbers_a_square, pair.a, pair.b);
}

} // namespace

Engine::Engine(const Config& config, std::span<const Pair> train, ThreadPool& pool)
    : config_(config),
      pool_(&pool),
      pairs_(distinct_pairs(config, train)),
      output_map_(make_output_map(config, n_chunks())),
      tables_(config, output_map_->width()),
      hidden_stride_(row_stride(output_map_->hidden())),
      workspaces_(pool.capacity()) {
    if (pairs_.empty()) throw Error("there is no training pair", "raise --train-fraction");
    for (const MergedPair& pair : pairs_)
        n_ordered_pairs_ += pair.weight;
    std::ranges::sort(pairs_, {}, place);
    rows_.resize(pairs_.size() * tables_.stride());
    chunk_sums_.resize(static_cast<std::size_t>(n_chunks()) * tables_.stride());
    attention_.resize(pairs_.size() * 2 * config.n_heads);
    attention_gradients_.resize(attention_.size());
    index_ends();
}

Evaluation Engine::loss_and_gradient(const Parameters& parameters, Parameters& gradient) {
    const auto weights = matrices(parameters);
    output_map_->build(weights, *pool_);
    tables_.build(weights, output_map_->B(), output_map_->bias(), *pool_);

    // Forward pass, loss, and the gradient of every row
    std::vector<BlockSum> sums(n_chunks());
    pool_->for_each_block(
        n_chunks(), [&](int chunk, int thread) { sums[chunk] = train_chunk(chunk, workspaces_[thread]); });

    // Gradients of the tables from those of the rows
    output_map_->add_W_L_gradients(*pool_);
    gather_constant_gradient();
    pool_->for_each_block(tables_.tokens().equals(), [&](int token) { gather_token(token); });
    if (config_.variant != Variant::frozen) backward_softmax();

    // Chain rule through the tables
    std::ranges::fill(gradient.flat(), 0.0F);
    const auto gradients = matrices(gradient);
    tables_.backward(weights, output_map_->B(), gradients, output_map_->B_gradient(), *pool_);
    output_map_->backward(weights, tables_.constant_gradient(), gradients, *pool_);

    BlockSum total;
    for (const BlockSum& sum : sums) {
        total.loss += sum.loss;
        total.correct += sum.correct;
    }
    return {total.loss / n_ordered_pairs_, total.correct / n_ordered_pairs_};
}

Evaluation Engine::evaluate(std::span<const MergedPair> pairs) {
    const int n = static_cast<int>(pairs.size());
    std::vector<BlockSum> sums(blocks_of(n, pairs_a_block));
    pool_->for_each_block(static_cast<int>(sums.size()), [&](int i, int thread) {
        const int first = i * pairs_a_block, count = std::min(pairs_a_block, n - first);
        const Block block = evaluation_block(pairs.subspan(first, count), workspaces_[thread]);
        forward(block);
        sums[i] = sum_losses(block);
    });

    double weight = 0;
    BlockSum total;
    for (const MergedPair& pair : pairs)
        weight += pair.weight;
    for (const BlockSum& sum : sums) {
        total.loss += sum.loss;
        total.correct += sum.correct;
    }
    if (weight == 0) return {};
    return {total.loss / weight, total.correct / weight};
}

} // namespace grokreport
