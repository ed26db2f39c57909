// The row sums of the factored pass, forward and backward: what a pair takes from the tables (tables.h), and
// what it gives back to them. All rows start on a cache line, and what follows
// their last column in its line is summed along.
#pragma once

#include "base/matrix.h"

#include <span>

namespace grokreport {

// What stands at the two ends of a pair, its a and its b: a row a head in a table, n_heads rows each, and the
// attention to them, n_heads weights to a followed by n_heads weights to b.
struct TableRows {
    ConstMatrix of_a;
    ConstMatrix of_b;
    std::span<const float> weights;
};

// to[j] = start[j] + sum over heads of w[a] of_a[h][j] + w[b] of_b[h][j], for j in [first, last).
void sum_rows(const float* start, const TableRows& rows, int first, int last, float* to);

// The same, with negative sums replaced by 0.
void sum_rows_relu(const float* start, const TableRows& rows, int first, int last, float* to);

// gradient[j] = 0 where hidden[j] is not positive, for j in [0, width).
void mask_relu(const float* hidden, int width, float* gradient);

// sum[j] += row[j], for j in [0, width).
void add_row(const float* row, int width, float* sum);

// products[i] = row . rows[i], all of rows' columns.
void dot_rows(const float* row, ConstMatrix rows, std::span<float> products);

// One end of a pair: the gradient of the pair's row, and the attention of each head to this end.
struct WeightedRow {
    const float* row;
    const float* weights;
};

// sums[h][j] = sum over terms, in their order, of weights[h] row[j].
void gather_rows(std::span<const WeightedRow> terms, Matrix sums);

} // namespace grokreport
