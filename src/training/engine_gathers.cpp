// The sums over all pairs at the end of the pass of engine.h. Each adds in the order of the pairs, for any
// number of threads.
#include "training/engine.h"

#include <algorithm>

namespace grokreport {

void Engine::index_ends() {
    const TokenPositions& tokens = tables_.tokens();
    ends_.resize(tokens.equals());
    for (int i = 0; i < n_pairs(); ++i) {
        ends_[tokens.a(pairs_[i].a)].push_back(2 * i);
        ends_[tokens.b(pairs_[i].b)].push_back(2 * i + 1);
    }
}

void Engine::gather_constant_gradient() {
    const int stride = tables_.stride();
    float* sum = tables_.constant_gradient().data;
    std::fill_n(sum, stride, 0.0F);
    for (int chunk = 0; chunk < n_chunks(); ++chunk)
        add_row(chunk_sums_.data() + static_cast<std::size_t>(chunk) * stride, output_map_->width(), sum);
}

// The sum, over all pairs with the token, of the gradient of the pair's row times the attention to the token.
void Engine::gather_token(int token) {
    std::vector<WeightedRow> terms;
    terms.reserve(ends_[token].size());
    for (const int end : ends_[token])
        terms.push_back(
            {rows().row(end / 2), attention_.data() + static_cast<std::size_t>(end) * config_.n_heads});
    gather_rows(terms, tables_.difference_gradients(token));
}

// d s[j] = w[j] (d w[j] - sum over i of w[i] d w[i]). Here d w['='] = 0, because the constant row holds T[=],
// and the three d s of a pair sum to zero.
void Engine::backward_softmax() {
    const TokenPositions& tokens = tables_.tokens();
    tables_.clear_score_gradients();
    for (int i = 0; i < n_pairs(); ++i) {
        const auto weights = ends_of(attention_, i), gradients = ends_of(attention_gradients_, i);
        for (int head = 0; head < config_.n_heads; ++head) {
            const double a = weights[head], b = weights[config_.n_heads + head];
            const double a_gradient = gradients[head], b_gradient = gradients[config_.n_heads + head];
            const double mean = a * a_gradient + b * b_gradient;
            const double to_a = a * (a_gradient - mean), to_b = b * (b_gradient - mean);
            tables_.score_gradient(tokens.a(pairs_[i].a), head) += to_a;
            tables_.score_gradient(tokens.b(pairs_[i].b), head) += to_b;
            tables_.score_gradient(tokens.equals(), head) -= to_a + to_b;
        }
    }
}

} // namespace grokreport
