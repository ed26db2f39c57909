// Views of row-major float32 matrices and their products. A view does not own its values.
#pragma once

#include <cstddef>
#include <type_traits>

namespace grokreport {

class ThreadPool;

template <typename Value>
struct MatrixOf {
    Value* data = nullptr;
    int rows = 0;
    int cols = 0;
    int stride = 0; // values from one row to the next, at least cols

    Value* row(int i) const { return data + static_cast<std::ptrdiff_t>(i) * stride; }
    MatrixOf row_block(int first, int count) const { return {row(first), count, cols, stride}; }
    MatrixOf col_block(int first, int count) const { return {data + first, rows, count, stride}; }

    operator MatrixOf<const Value>() const requires(!std::is_const_v<Value>) {
        return {data, rows, cols, stride};
    }
};

using Matrix = MatrixOf<float>;
using ConstMatrix = MatrixOf<const float>;

// An operand of a product: a matrix or its transpose.
struct Operand {
    ConstMatrix matrix;
    bool is_transposed = false;

    Operand(ConstMatrix m, bool t = false) : matrix(m), is_transposed(t) {}
    Operand(Matrix m) : matrix(m) {}
    int rows() const { return is_transposed ? matrix.cols : matrix.rows; }
    int cols() const { return is_transposed ? matrix.rows : matrix.cols; }
};

inline Operand transposed(ConstMatrix m) {
    return {m, true};
}

enum class Into { overwrite, add };

// product = left right, or product += left right, on the calling thread alone (sgemm of oneDNN).
// left: n x k, right: k x m, product: n x m. Throws Error where the shapes do not fit.
void multiply(Operand left, Operand right, Matrix product, Into into = Into::overwrite);

// The same on a thread pool. The rows of the product are divided into fixed blocks, so that the result does
// not depend on the number of threads.
void multiply_in_parallel(Operand left, Operand right, Matrix product, ThreadPool& pool,
                          Into into = Into::overwrite);

} // namespace grokreport
