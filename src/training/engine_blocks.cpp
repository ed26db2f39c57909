// The forward and backward pass of engine.h over one block of pairs.
#include "training/cross_entropy.h"
#include "training/engine.h"

#include <algorithm>

namespace grokreport {

Matrix Engine::hidden_of(Workspace& workspace, int pairs) const {
    workspace.hidden.resize(static_cast<std::size_t>(pairs_a_block) * hidden_stride_);
    return {workspace.hidden.data(), pairs, output_map_->hidden(), hidden_stride_};
}

Engine::Block Engine::training_block(int block, Workspace& workspace) {
    const int first = first_pair(block), count = first_pair(block + 1) - first;
    return {std::span(pairs_).subspan(first, count), hidden_of(workspace, count),
            rows().row_block(first, count),
            std::span(attention_).subspan(static_cast<std::size_t>(first) * 2 * config_.n_heads)};
}

Engine::Block Engine::evaluation_block(std::span<const MergedPair> pairs, Workspace& workspace) const {
    workspace.rows.resize(static_cast<std::size_t>(pairs_a_block) * tables_.stride());
    workspace.attention.resize(static_cast<std::size_t>(pairs_a_block) * 2 * config_.n_heads);
    const int count = static_cast<int>(pairs.size());
    return {pairs,
            hidden_of(workspace, count),
            {workspace.rows.data(), count, tables_.stride(), tables_.stride()},
            workspace.attention};
}

void Engine::attend(MergedPair pair, std::span<float> attention) const {
    if (config_.variant == Variant::frozen) {
        std::ranges::fill(attention, 0.5F);
        return;
    }
    const TokenPositions& tokens = tables_.tokens();
    for (int head = 0; head < config_.n_heads; ++head) {
        const double a = tables_.attention_numerator(tokens.a(pair.a), head);
        const double b = tables_.attention_numerator(tokens.b(pair.b), head);
        const double sum = a + b + tables_.attention_numerator(tokens.equals(), head);
        attention[head] = static_cast<float>(a / sum);
        attention[config_.n_heads + head] = static_cast<float>(b / sum);
    }
}

TableRows Engine::table_rows(MergedPair pair, std::span<const float> attention) const {
    return {tables_.differences(tables_.tokens().a(pair.a)), tables_.differences(tables_.tokens().b(pair.b)),
            attention};
}

// logits = constant + table rows + relu(pre) W_L.
void Engine::forward(const Block& block) const {
    const float* constant = tables_.constant().data;
    const int first_logit = output_map_->first_logit();
    for (int i = 0; i < block.rows.rows; ++i) {
        const auto attention = ends_of(block.attention, i);
        attend(block.pairs[i], attention);
        const TableRows rows = table_rows(block.pairs[i], attention);
        sum_rows_relu(constant, rows, 0, first_logit, block.hidden.row(i));
        sum_rows(constant, rows, first_logit, output_map_->width(), block.rows.row(i));
    }
    if (block.hidden.cols > 0) multiply(block.hidden, output_map_->W_L(), logits(block.rows), Into::add);
}

template <typename LossOf>
Engine::BlockSum Engine::sum_rows_losses(const Block& block, const LossOf& loss_of) const {
    BlockSum sum;
    const Matrix all = logits(block.rows);
    for (int i = 0; i < all.rows; ++i) {
        const auto [a, b, weight] = block.pairs[i];
        const RowLoss result = loss_of(std::span(all.row(i), static_cast<std::size_t>(all.cols)),
                                       answer({a, b}, config_.p), weight);
        sum.loss += weight * result.loss;
        sum.correct += result.is_correct ? weight : 0;
    }
    return sum;
}

Engine::BlockSum Engine::sum_losses(const Block& block) const {
    CrossEntropy cross_entropy(config_.d_vocab());
    return sum_rows_losses(block, [&](std::span<float> row, int answer_of_row, double) {
        return cross_entropy.loss(row, answer_of_row);
    });
}

// The forward and backward pass over the blocks of a chunk. The rows of the blocks hold d loss / d [pre |
// logits] then, and the sums over the pairs of the chunk are complete.
Engine::BlockSum Engine::train_chunk(int chunk, Workspace& workspace) {
    const Matrix W_L_gradient = output_map_->W_L_gradient_of(chunk);
    float* row_sum = chunk_sums_.data() + static_cast<std::size_t>(chunk) * tables_.stride();
    std::fill_n(row_sum, tables_.stride(), 0.0F);
    BlockSum sum;
    for (int i = 0; i < blocks_a_chunk(); ++i) {
        const int i_block = chunk * blocks_a_chunk() + i;
        const Block block = training_block(i_block, workspace);
        const BlockSum of_block = train_block(block);
        sum.loss += of_block.loss;
        sum.correct += of_block.correct;
        if (block.hidden.cols > 0)
            multiply(transposed(block.hidden), logits(block.rows), W_L_gradient,
                     i == 0 ? Into::overwrite : Into::add);
        const std::size_t first_end = static_cast<std::size_t>(first_pair(i_block)) * 2 * config_.n_heads;
        backward_rows(block, std::span(attention_gradients_).subspan(first_end), row_sum);
    }
    return sum;
}

// Overwrites the rows of the block with the gradients of relu(pre) and of the logits.
Engine::BlockSum Engine::train_block(const Block& block) const {
    forward(block);
    CrossEntropy cross_entropy(config_.d_vocab());
    const BlockSum sum = sum_rows_losses(block, [&](std::span<float> row, int answer_of_row, double weight) {
        return cross_entropy.loss_and_gradient(row, answer_of_row, weight / n_ordered_pairs_);
    });
    if (block.hidden.cols > 0)
        multiply(logits(block.rows), transposed(output_map_->W_L()),
                 block.rows.col_block(0, block.hidden.cols));
    return sum;
}

// The gradients through the ReLU, of the attention, and of the constant row, which is part of the row of
// every pair; done while the cache holds the rows and tables of the block.
void Engine::backward_rows(const Block& block, std::span<float> attention_gradients, float* sum) const {
    for (int i = 0; i < block.rows.rows; ++i) {
        float* row = block.rows.row(i);
        mask_relu(block.hidden.row(i), output_map_->first_logit(), row);
        add_row(row, output_map_->width(), sum);
        if (config_.variant == Variant::frozen) continue;
        const TableRows rows = table_rows(block.pairs[i], {});
        const auto products = ends_of(attention_gradients, i);
        dot_rows(row, rows.of_a, products.first(config_.n_heads));
        dot_rows(row, rows.of_b, products.last(config_.n_heads));
    }
}

} // namespace grokreport
