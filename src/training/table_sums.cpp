#include "training/table_sums.h"

#include "training/lanes.h"

#include <type_traits>

namespace grokreport {

namespace {

// Registers of columns that are summed at once: enough to hide the latency of a sum. Where several rows are
// summed too, their sums take half of the machine's registers; the rest is for values and weights.
constexpr int columns_a_tile = 4;
constexpr int rows_a_tile = 4;
constexpr int columns_a_gather = n_registers / (2 * rows_a_tile);
template <int n>
using Size = std::integral_constant<int, n>; // known to the compiler, so that a tile is kept in registers

// Calls body(column, tile) for tiles of at most so many registers that cover [first, last).
template <int columns, typename Body>
void for_each_tile(int first, int last, const Body& body) {
    int column = first;
    for (; column + columns * lanes <= last; column += columns * lanes)
        body(column, Size<columns>{});
    for (; column < last; column += lanes)
        body(column, Size<1>{});
}

// Calls body(first, tile) for tiles of rows that cover [0, n).
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
    for_each_tile<columns_a_tile>(first, last, [&]<int tile>(int column, Size<tile>) {
        Lanes sums[tile];
        for (int i = 0; i < tile; ++i)
            sums[i] = load(start + column + i * lanes);
        for (int head = 0; head < n_heads; ++head) {
            const float to_a = rows.weights[head], to_b = rows.weights[n_heads + head];
            const float* of_a = rows.of_a.row(head) + column;
            const float* of_b = rows.of_b.row(head) + column;
            for (int i = 0; i < tile; ++i)
                sums[i] += to_a * load(of_a + i * lanes) + to_b * load(of_b + i * lanes);
        }
        for (int i = 0; i < tile; ++i) {
            if (with_relu) sums[i] = sums[i] > 0.0F ? sums[i] : Lanes{};
            store(sums[i], to + column + i * lanes);
        }
    });
}

} // namespace

void sum_rows(const float* start, const TableRows& rows, int first, int last, float* to) {
    sum_tables<false>(start, rows, first, last, to);
}

void sum_rows_relu(const float* start, const TableRows& rows, int first, int last, float* to) {
    sum_tables<true>(start, rows, first, last, to);
}

void mask_relu(const float* hidden, int width, float* gradient) {
    for (int column = 0; column < width; column += lanes)
        store(load(hidden + column) > 0.0F ? load(gradient + column) : Lanes{}, gradient + column);
}

void add_row(const float* row, int width, float* sum) {
    for (int column = 0; column < width; column += lanes)
        store(load(sum + column) + load(row + column), sum + column);
}

void dot_rows(const float* row, ConstMatrix rows, std::span<float> products) {
    for_each_row_tile(rows.rows, [&]<int tile>(int first, Size<tile>) {
        Lanes sums[tile] = {};
        for (int column = 0; column < rows.cols; column += lanes) {
            const Lanes values = load(row + column);
            for (int i = 0; i < tile; ++i)
                sums[i] += values * load(rows.row(first + i) + column);
        }
        for (int i = 0; i < tile; ++i)
            products[first + i] = sum_of(sums[i]);
    });
}

void gather_rows(std::span<const WeightedRow> terms, Matrix sums) {
    for_each_row_tile(sums.rows, [&]<int heads>(int head, Size<heads>) {
        for_each_tile<columns_a_gather>(0, sums.cols, [&]<int tile>(int column, Size<tile>) {
            Lanes parts[heads][tile] = {};
            for (const WeightedRow& term : terms) {
                Lanes values[tile];
                for (int i = 0; i < tile; ++i)
                    values[i] = load(term.row + column + i * lanes);
                for (int h = 0; h < heads; ++h) {
                    const float weight = term.weights[head + h];
                    for (int i = 0; i < tile; ++i)
                        parts[h][i] += weight * values[i];
                }
            }
            for (int h = 0; h < heads; ++h)
                for (int i = 0; i < tile; ++i)
                    store(parts[h][i], sums.row(head + h) + column + i * lanes);
        });
    });
}

} // namespace grokreport
