#include "training/engine.h"

#include "base/error.h"
#include "base/parallel.h"
#include "training/cross_entropy.h"

#include <algorithm>

namespace grokreport {

Engine::Engine(const Config& config, std::span<const Pair> train, int threads)
    : config_(config),
      threads_(threads),
      pairs_(distinct_pairs(config, train)),
      readout_(make_readout(config)),
      tables_(config, readout_->width()),
      hidden_stride_(padded(readout_->hidden())) {
    if (pairs_.empty()) throw Error("there is no training pair", "raise --train-fraction");
    for (const MergedPair& pair : pairs_)
        n_ordered_pairs_ += pair.weight;
    rows_.resize(pairs_.size() * tables_.stride());
    hidden_.resize(pairs_.size() * hidden_stride_);
    attention_.resize(pairs_.size() * config.n_heads);
    attention_gradients_.resize(attention_.size());
    index_incidences();
}

void Engine::index_incidences() {
    const PlacedTokens& tokens = tables_.tokens();
    incidences_.resize(tokens.equals());
    for (int i = 0; i < n_pairs(); ++i) {
        incidences_[tokens.a(pairs_[i].a)].push_back({i, false});
        incidences_[tokens.b(pairs_[i].b)].push_back({i, true});
    }
}

Evaluation Engine::loss_and_gradient(const Parameters& parameters, Parameters& gradient) {
    const auto weights = matrices(parameters);
    readout_->build(weights, threads_);
    tables_.build(weights, readout_->B(), readout_->bias(), threads_);

    // Forward, loss and the gradient of every row
    std::vector<BlockSum> sums(blocks_of(n_pairs(), pairs_a_block));
    for_each_block(static_cast<int>(sums.size()), threads_,
                   [&](int block) { sums[block] = train_block(block); });

    // Gather the gradients of the tables from the rows
    gather_W_L_gradient();
    gather_constant_gradient();
    for_each_block(tables_.tokens().equals(), threads_, [&](int token) { gather_token(token); });
    if (config_.variant != Variant::frozen) backward_softmax();

    // Chain rule through the tables
    std::ranges::fill(gradient.flat(), 0.0F);
    const auto gradients = matrices(gradient);
    tables_.backward(weights, readout_->B(), gradients, readout_->B_gradient(), threads_);
    readout_->backward(weights, tables_.constant_gradient(), gradients, threads_);

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
    for_each_block(static_cast<int>(sums.size()), threads_, [&](int block) {
        const int first = block * pairs_a_block, count = std::min(pairs_a_block, n - first);
        AlignedFloats row_values(static_cast<std::size_t>(count) * tables_.stride());
        AlignedFloats hidden_values(static_cast<std::size_t>(count) * hidden_stride_);
        std::vector<Attention> attention(static_cast<std::size_t>(count) * config_.n_heads);
        const Matrix block_rows{row_values.data(), count, readout_->width(), tables_.stride()};
        forward(pairs.subspan(first, count), attention, block_rows,
                {hidden_values.data(), count, readout_->hidden(), hidden_stride_});

        CrossEntropy cross_entropy(config_.d_vocab());
        for (int i = 0; i < count; ++i) {
            const MergedPair pair = pairs[first + i];
            const std::span<const float> logits(block_rows.row(i) + readout_->hidden(), config_.d_vocab());
            const RowLoss result = cross_entropy.loss(logits, answer({pair.a, pair.b}, config_.p));
            sums[block].loss += pair.weight * result.loss;
            sums[block].correct += result.is_correct ? pair.weight : 0;
        }
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

void Engine::attend(MergedPair pair, std::span<Attention> attention) const {
    const PlacedTokens& tokens = tables_.tokens();
    for (int head = 0; head < config_.n_heads; ++head) {
        if (config_.variant == Variant::frozen) {
            attention[head] = {0.5F, 0.5F};
            continue;
        }
        const double a = tables_.attention_numerator(tokens.a(pair.a), head);
        const double b = tables_.attention_numerator(tokens.b(pair.b), head);
        const double sum = a + b + tables_.attention_numerator(tokens.equals(), head);
        attention[head] = {static_cast<float>(a / sum), static_cast<float>(b / sum)};
    }
}

// row = constant + sum over heads of w[a] D^h[a] + w[b] D^h[b]
void Engine::sum_rows(MergedPair pair, std::span<const Attention> attention, float* row) const {
    const int stride = tables_.stride();
    const ConstMatrix of_a = tables_.differences(tables_.tokens().a(pair.a));
    const ConstMatrix of_b = tables_.differences(tables_.tokens().b(pair.b));
    std::copy_n(tables_.constant().data, stride, row);
    for (int head = 0; head < config_.n_heads; ++head) {
        const float* row_of_a = of_a.row(head);
        const float* row_of_b = of_b.row(head);
        const auto [to_a, to_b] = attention[head];
#pragma omp simd
        for (int i = 0; i < stride; ++i)
            row[i] += to_a * row_of_a[i] + to_b * row_of_b[i];
    }
}

// rows = [pre | logits], hidden = relu(pre)
void Engine::forward(std::span<const MergedPair> pairs, std::span<Attention> attention, Matrix rows,
                     Matrix hidden) const {
    for (int i = 0; i < rows.rows; ++i) {
        const auto weights =
            attention.subspan(static_cast<std::size_t>(i) * config_.n_heads, config_.n_heads);
        attend(pairs[i], weights);
        sum_rows(pairs[i], weights, rows.row(i));
        for (int j = 0; j < hidden.cols; ++j)
            hidden.row(i)[j] = std::max(rows.row(i)[j], 0.0F);
    }
    if (hidden.cols > 0)
        multiply(hidden, readout_->W_L(), rows.col_block(hidden.cols, config_.d_vocab()), Into::add);
}

// Forward pass of a block of training pairs; leaves d loss / d [pre | logits] in its rows.
Engine::BlockSum Engine::train_block(int block) {
    const int first = block * pairs_a_block, count = std::min(pairs_a_block, n_pairs() - first);
    const Matrix block_rows = rows().row_block(first, count);
    const Matrix block_hidden = hidden().row_block(first, count);
    const Matrix logits = block_rows.col_block(readout_->hidden(), config_.d_vocab());
    forward(std::span(pairs_).subspan(first, count),
            std::span(attention_).subspan(static_cast<std::size_t>(first) * config_.n_heads), block_rows,
            block_hidden);

    BlockSum sum;
    CrossEntropy cross_entropy(config_.d_vocab());
    for (int i = 0; i < count; ++i) {
        const MergedPair pair = pairs_[first + i];
        const RowLoss result = cross_entropy.loss_and_gradient(
            {logits.row(i), static_cast<std::size_t>(logits.cols)}, answer({pair.a, pair.b}, config_.p),
            pair.weight / n_ordered_pairs_);
        sum.loss += pair.weight * result.loss;
        sum.correct += result.is_correct ? pair.weight : 0;
    }

    if (block_hidden.cols > 0) {
        multiply(logits, transposed(readout_->W_L()), block_rows.col_block(0, block_hidden.cols));
        for (int i = 0; i < count; ++i)
            for (int j = 0; j < block_hidden.cols; ++j)
                block_rows.row(i)[j] = block_hidden.row(i)[j] > 0 ? block_rows.row(i)[j] : 0.0F;
    }
    return sum;
}

// d W_L = hidden^T d logits, hidden neurons shared out among threads
void Engine::gather_W_L_gradient() {
    const Matrix logits = rows().col_block(readout_->hidden(), config_.d_vocab());
    for_each_block(blocks_of(readout_->hidden(), columns_a_block), threads_, [&](int block) {
        const int first = block * columns_a_block;
        const int count = std::min(columns_a_block, readout_->hidden() - first);
        multiply(transposed(hidden().col_block(first, count)), logits,
                 readout_->W_L_gradient().row_block(first, count));
    });
}

// The constant row is part of every pair's row.
void Engine::gather_constant_gradient() {
    const Matrix constant_gradient = tables_.constant_gradient();
    for_each_block(blocks_of(tables_.stride(), columns_a_block), threads_, [&](int block) {
        const int first = block * columns_a_block;
        const int count = std::min(columns_a_block, tables_.stride() - first);
        float* sum = constant_gradient.data + first;
        std::fill_n(sum, count, 0.0F);
        for (int i = 0; i < n_pairs(); ++i) {
            const float* row = rows().row(i) + first;
#pragma omp simd
            for (int j = 0; j < count; ++j)
                sum[j] += row[j];
        }
    });
}

// For every pair that contains the token: its row gradient, times the attention, into the table's gradient,
// and its product with the table's row into the gradient of the attention.
void Engine::gather_token(int token) {
    const int stride = tables_.stride();
    const ConstMatrix table = tables_.differences(token);
    const Matrix table_gradient = tables_.difference_gradients(token);
    for (int head = 0; head < config_.n_heads; ++head)
        std::fill_n(table_gradient.row(head), stride, 0.0F);

    for (const auto [pair, is_b] : incidences_[token]) {
        const float* row = rows().row(pair);
        for (int head = 0; head < config_.n_heads; ++head) {
            const std::size_t at = static_cast<std::size_t>(pair) * config_.n_heads + head;
            const float weight = is_b ? attention_[at].to_b : attention_[at].to_a;
            const float* table_row = table.row(head);
            float* gradient_row = table_gradient.row(head);
            float attention_gradient = 0;
#pragma omp simd reduction(+ : attention_gradient)
            for (int i = 0; i < stride; ++i) {
                attention_gradient += row[i] * table_row[i];
                gradient_row[i] += weight * row[i];
            }
            (is_b ? attention_gradients_[at].to_b : attention_gradients_[at].to_a) = attention_gradient;
        }
    }
}

// d s[j] = w[j] (d w[j] - sum over i of w[i] d w[i]); attention to '=' has no gradient of its own, and the
// three d s of a pair sum to zero.
void Engine::backward_softmax() {
    const PlacedTokens& tokens = tables_.tokens();
    tables_.clear_score_gradients();
    for (int i = 0; i < n_pairs(); ++i) {
        for (int head = 0; head < config_.n_heads; ++head) {
            const Attention weight = attention_of(attention_, i)[head];
            const Attention gradient = attention_of(attention_gradients_, i)[head];
            const double mean = static_cast<double>(weight.to_a) * gradient.to_a +
                                static_cast<double>(weight.to_b) * gradient.to_b;
            const double to_a = weight.to_a * (gradient.to_a - mean);
            const double to_b = weight.to_b * (gradient.to_b - mean);
            tables_.score_gradient(tokens.a(pairs_[i].a), head) += to_a;
            tables_.score_gradient(tokens.b(pairs_[i].b), head) += to_b;
            tables_.score_gradient(tokens.equals(), head) -= to_a + to_b;
        }
    }
}

} // namespace grokreport
