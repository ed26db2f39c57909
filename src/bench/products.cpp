#include "bench/products.h"

#include "base/matrix.h"
#include "bench/timing.h"
#include "training/engine.h"

#include <Eigen/Core>
#include <cblas.h>
#include <random>

namespace grokreport::bench {

namespace {

using RowMajor = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Strided = Eigen::OuterStride<>;

constexpr int neurons_a_block = 64; // of the product that sums over all pairs

Eigen::Map<const RowMajor, 0, Strided> as_eigen(ConstMatrix m) {
    return {m.data, m.rows, m.cols, Strided(m.stride)};
}

void multiply_with_eigen(Operand left, Operand right, Matrix product) {
    Eigen::Map<RowMajor, 0, Strided> target(product.data, product.rows, product.cols,
                                            Strided(product.stride));
    const auto l = as_eigen(left.matrix), r = as_eigen(right.matrix);
    if (left.is_transposed)
        target.noalias() = l.transpose() * r;
    else if (right.is_transposed)
        target.noalias() = l * r.transpose();
    else
        target.noalias() = l * r;
}

void multiply_with_openblas(Operand left, Operand right, Matrix product) {
    cblas_sgemm(CblasRowMajor, left.is_transposed ? CblasTrans : CblasNoTrans,
                right.is_transposed ? CblasTrans : CblasNoTrans, product.rows, product.cols, left.cols(),
                1.0F, left.matrix.data, left.matrix.stride, right.matrix.data, right.matrix.stride, 0.0F,
                product.data, product.stride);
}

void multiply_with(Library library, Operand left, Operand right, Matrix product) {
    switch (library) {
    case Library::eigen:
        multiply_with_eigen(left, right, product);
        break;
    case Library::openblas:
        multiply_with_openblas(left, right, product);
        break;
    case Library::onednn:
        multiply(left, right, product);
        break;
    }
}

AlignedFloats noise(int rows, int cols) {
    const std::size_t size = static_cast<std::size_t>(rows) * row_stride(cols);
    std::mt19937 random(size);
    std::uniform_real_distribution<float> uniform(-1, 1);
    AlignedFloats values(size);
    for (float& value : values)
        value = uniform(random);
    return values;
}

} // namespace

std::string to_string(Library library) {
    switch (library) {
    case Library::eigen:
        return "Eigen";
    case Library::openblas:
        return "OpenBLAS";
    case Library::onednn:
        return "oneDNN";
    }
    return "";
}

ProductRound::ProductRound(const Config& config, int n_pairs, int threads)
    : config_(config),
      n_pairs_(n_pairs),
      pool_(threads),
      hidden_(noise(n_pairs, config.d_mlp)),
      hidden_gradient_(hidden_.size()),
      logits_(noise(n_pairs, config.d_vocab())),
      W_L_(noise(config.d_mlp, config.d_vocab())),
      W_L_gradient_(W_L_.size()) {}

double ProductRound::milliseconds(Library library) {
    const int d_mlp = config_.d_mlp, d_vocab = config_.d_vocab();
    const Matrix hidden{hidden_.data(), n_pairs_, d_mlp, row_stride(d_mlp)};
    const Matrix hidden_gradient{hidden_gradient_.data(), n_pairs_, d_mlp, row_stride(d_mlp)};
    const Matrix logits{logits_.data(), n_pairs_, d_vocab, row_stride(d_vocab)};
    const Matrix W_L{W_L_.data(), d_mlp, d_vocab, row_stride(d_vocab)};
    const Matrix W_L_gradient{W_L_gradient_.data(), d_mlp, d_vocab, row_stride(d_vocab)};
    openblas_set_num_threads(1); // the blocks are shared out among our own threads
    Eigen::setNbThreads(1);
    return milliseconds_of([&] {
        pool_.for_each_block(blocks_of(n_pairs_, pairs_a_block), [&](int block) {
            const int first = block * pairs_a_block, count = std::min(pairs_a_block, n_pairs_ - first);
            multiply_with(library, hidden.row_block(first, count), W_L, logits.row_block(first, count));
            multiply_with(library, logits.row_block(first, count), transposed(W_L),
                          hidden_gradient.row_block(first, count));
        });
        pool_.for_each_block(blocks_of(d_mlp, neurons_a_block), [&](int block) {
            const int first = block * neurons_a_block, count = std::min(neurons_a_block, d_mlp - first);
            multiply_with(library, transposed(hidden.col_block(first, count)), logits,
                          W_L_gradient.row_block(first, count));
        });
    });
}

double ProductRound::gigaflops() const {
    return 3 * 2e-9 * n_pairs_ * config_.d_mlp * config_.d_vocab();
}

} // namespace grokreport::bench
