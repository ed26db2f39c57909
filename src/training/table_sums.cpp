#include "training/table_sums.h"

#include "training/simd.h"

#include <algorithm>
#include <type_traits>

namespace grokreport {

namespace {

// Independent sums at a time, enough to hide the latency of an addition.
constexpr int columns_a_tile = 4; // vectors of columns
constexpr int rows_a_tile = 4;
constexpr int terms_a_tile = 4;        // terms that a gather adds between a load and a store of a sum
constexpr int columns_a_gather = 1024; // columns whose sums fit into the first-level cache
template <int n>
using Size = std::integral_constant<int, n>; // a constant of the compiler, so that a tile stays in registers

// Calls body(column, tile) for tiles of `tile` vectors that cover [first, last).
template <typename Body>
void for_each_tile(int first, int last, const Body& body) {
    int column = first;
    for (; column + columns_a_tile * simd_width <= last; column += columns_a_tile * simd_width)
        body(column, Size<columns_a_tile>{});
    for (; column < last; column += simd_width)
        body(column, Size<1>{});
}

// Calls body(first, tile) for tiles of `tile` rows that cover [0, n).
template <typename Body>
void for_each_row_tile(int n, const Body& body) {
    int first = 0;
    for (; first + rows_a_tile <= n; first += rows_a_tile)
        body(first, Size<rows_a_tile>{});
    for (; first < n; ++first)
        body(first, Size<1>{});
}

template <bool with_relu>
void sum_tables(const float* start, const TableRows& rows, int first, int last, float* to) {
    const int n_heads = rows.of_a.rows;
    for_each_tile(first, last, [&]<int tile>(int column, Size<tile>) {
        SimdVector sums[tile];
        for (int i = 0; i < tile; ++i)
            sums[i] = load(start + column + i * simd_width);
        for (int head = 0; head < n_heads; ++head) {
            const float to_a = rows.weights[head], to_b = rows.weights[n_heads + head];
            const float* of_a = rows.of_a.row(head) + column;
            const float* of_b = rows.of_b.row(head) + column;
            for (int i = 0; i < tile; ++i)
                sums[i] += to_a * load(of_a + i * simd_width) + to_b * load(of_b + i * simd_width);
        }
        for (int i = 0; i < tile; ++i) {
            if (with_relu) sums[i] = sums[i] > 0.0F ? sums[i] : SimdVector{};
            store(sums[i], to + column + i * simd_width);
        }
    });
}

// sums[h][j] += weights[head + h] row[first + j] for `terms` terms. The rows are not in the cache, so they
// are read from end to end, and the rows of the following terms are prefetched.
template <int heads, int terms>
void add_terms(const WeightedRow* term, const WeightedRow* following, int head, int first, Matrix sums) {
    float weights[terms][heads];
    for (int i = 0; i < terms; ++i)
        std::copy_n(term[i].weights + head, heads, weights[i]);
    for (int column = 0; column < sums.cols; column += simd_width) {
        SimdVector values[terms];
        for (int i = 0; i < terms; ++i) {
            values[i] = load(term[i].row + first + column);
            __builtin_prefetch(following[i].row + first + column);
        }
        for (int h = 0; h < heads; ++h) {
            float* to = sums.row(h) + column;
            SimdVector sum = load(to);
            for (int i = 0; i < terms; ++i)
                sum += weights[i][h] * values[i];
            store(sum, to);
        }
    }
}

// Adds all terms for the heads [head, head + heads) and the columns from `first` on.
template <int heads>
void gather(std::span<const WeightedRow> terms, int head, int first, Matrix sums) {
    const int n = static_cast<int>(terms.size());
    int i = 0;
    for (; i + terms_a_tile <= n; i += terms_a_tile) {
        const int following =
            std::min(i + terms_a_tile, n - terms_a_tile); // the last tile where fewer terms follow
        add_terms<heads, terms_a_tile>(&terms[i], &terms[following], head, first, sums);
    }
    for (; i < n; ++i)
        add_terms<heads, 1>(&terms[i], &terms[n - 1], head, first, sums);
}

} // namespace

void sum_rows(const float* start, const TableRows& rows, int first, int last, float* to) {
    sum_tables<false>(start, rows, first, last, to);
}

void sum_rows_relu(const float* start, const TableRows& rows, int first, int last, float* to) {
    sum_tables<true>(start, rows, first, last, to);
}

void mask_relu(const float* hidden, int width, float* gradient) {
    for (int column = 0; column < width; column += simd_width)
        store(load(hidden + column) > 0.0F ? load(gradient + column) : SimdVector{}, gradient + column);
}

void add_row(const float* row, int width, float* sum) {
    for (int column = 0; column < width; column += simd_width)
        store(load(sum + column) + load(row + column), sum + column);
}

void dot_rows(const float* row, ConstMatrix rows, std::span<float> products) {
    for_each_row_tile(rows.rows, [&]<int tile>(int first, Size<tile>) {
        SimdVector sums[tile] = {};
        for (int column = 0; column < rows.cols; column += simd_width) {
            const SimdVector values = load(row + column);
            for (int i = 0; i < tile; ++i)
                sums[i] += values * load(rows.row(first + i) + column);
        }
        for (int i = 0; i < tile; ++i)
            products[first + i] = sum_of(sums[i]);
    });
}

void gather_rows(std::span<const WeightedRow> terms, Matrix sums) {
    for (int head = 0; head < sums.rows; ++head)
        std::fill_n(sums.row(head), padded(sums.cols), 0.0F);
    for_each_row_tile(sums.rows, [&]<int heads>(int head, Size<heads>) {
        for (int first = 0; first < sums.cols; first += columns_a_gather) {
            const int count = std::min(columns_a_gather, sums.cols - first);
            gather<heads>(terms, head, first, sums.row_block(head, heads).col_block(first, count));
        }
    });
}

} // namespace grokreport
