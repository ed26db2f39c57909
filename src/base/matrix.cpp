#include "base/matrix.h"

#include "base/error.h"
#include "base/thread_pool.h"

#include <algorithm>
#include <dnnl.h>
#include <fmt/format.h>
#include <omp.h>

namespace grokreport {

namespace {

constexpr int rows_a_block =
    32; // of a product on a thread pool; fixed, so that the sums are the same for any number of threads

void require_fitting(const Operand& left, const Operand& right, const Matrix& product) {
    if (left.cols() != right.rows() || left.rows() != product.rows || right.cols() != product.cols)
        throw Error(fmt::format("product of {} x {} and {} x {} into {} x {}", left.rows(), left.cols(),
                                right.rows(), right.cols(), product.rows, product.cols),
                    "this is a defect of the program: please report it");
}

// Keeps oneDNN, which uses OpenMP, on the calling thread during its lifetime.
class SingleThreaded {
  public:
    SingleThreaded() : before_(omp_get_max_threads()) { omp_set_num_threads(1); }
    ~SingleThreaded() { omp_set_num_threads(before_); }
    SingleThreaded(const SingleThreaded&) = delete;
    SingleThreaded& operator=(const SingleThreaded&) = delete;

  private:
    int before_;
};

} // namespace

void multiply(Operand left, Operand right, Matrix product, Into into) {
    require_fitting(left, right, product);
#ifdef GROKREPORT_SAME_KERNELS // the build for every x86-64-v3 machine uses AVX2 kernels alone
    static const bool is_limited = dnnl_set_max_cpu_isa(dnnl_cpu_isa_avx2) == dnnl_success;
    if (!is_limited)
        throw Error("oneDNN does not let its kernels be chosen", "build with GROKREPORT_ARCH=native");
#endif
    const SingleThreaded single_threaded;
    const float beta = into == Into::add ? 1.0F : 0.0F;
    const auto status =
        dnnl_sgemm(left.is_transposed ? 'T' : 'N', right.is_transposed ? 'T' : 'N', product.rows,
                   product.cols, left.cols(), 1.0F, left.matrix.data, left.matrix.stride, right.matrix.data,
                   right.matrix.stride, beta, product.data, product.stride);
    if (status != dnnl_success)
        throw Error(fmt::format("oneDNN refused a matrix product (status {})", static_cast<int>(status)), "");
}

void multiply_in_parallel(Operand left, Operand right, Matrix product, ThreadPool& pool, Into into) {
    require_fitting(left, right, product);
    pool.for_each_block(blocks_of(product.rows, rows_a_block), [&](int block) {
        const int first = block * rows_a_block;
        const int count = std::min(rows_a_block, product.rows - first);
        const Operand rows = left.is_transposed ? transposed(left.matrix.col_block(first, count))
                                                : Operand(left.matrix.row_block(first, count));
        multiply(rows, right, product.row_block(first, count), into);
    });
}

} // namespace grokreport
