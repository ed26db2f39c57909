// The row sums of the factored pass over the tables (tables.h): forward, the row of a pair; backward, the
// gradients of the tables. All rows start on a cache line. The sums include the padding after the last column
// up to the end of its line.
#pragma once

#include "base/matrix.h"

#include <span>

namespace grokreport {

// The table rows of the two ends of a pair, a and b (n_heads rows each), and the attention to them: n_heads
// weights to a, then n_heads weights to b.
struct TableRows {
    ConstMatrix of_a;
    ConstMatrix of_b;
    std::span<const float> weights;
};

// to[j] = start[j] + sum over h of (w_a[h] of_a[h][j] + w_b[h] of_b[h][j]), for j in [first, last).
void sum_rows(const float* start, const TableRows& rows, int first, int last, float* to);

// The same, with negative sums replaced by 0.
void sum_rows_relu(const float* start, const TableRows& rows, int first, int last, float* to);

// Sets gradient[j] = 0 where hidden[j] is not positive, for j in [0, width).
void mask_relu(const float* hidden, int width, float* gradient);

// sum[j] += row[j], for j in [0, width).
void add_row(const float* row, int width, float* sum);

// products[i] = sum over all columns j of row[j] rows[i][j].
void dot_rows(const float* row, ConstMatrix rows, std::span<float> products);

// One end of a pair: the gradient of the row of the pair, and the attention of each head to this end.
struct WeightedRow {
    const float* row;
    const float* weights;
};

// sums[h][j] = sum over the terms, in their order, of weights[h] row[j].
void gather_rows(std::span<const WeightedRow> terms, Matrix sums);

} // namespace grokreport
