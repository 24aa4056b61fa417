//- support.h: small functions that several kernels call.
@(header)
#ifndef CASTNET_SUPPORT_H
#define CASTNET_SUPPORT_H

#include "vectors.h"

static inline int at_least(int value, int bound) { return value > bound ? value : bound; }
static inline int at_most(int value, int bound) { return value < bound ? value : bound; }

/* Which U a product of `side` x `side` takes, where the last of `kernels` rows and columns is for all that follow. */
static inline int kernel_of(int place, int side, int kernels)
{
    return at_most(place / side, kernels - 1) * kernels + at_most(place % side, kernels - 1);
}

/* Long sums are made of sums of SUM_ROWS rows in floats, which are added up in @(wide)s: rounding does not grow with
 * how many there are. SUM_BLOCK columns at a time stay in the nearest cache. */
enum { SUM_ROWS = @(sum_rows), SUM_BLOCK = @(sum_block) };

/* Where a row begins, of positions `position` apart of n rows each, `image` apart; position 0: there is one. */
INLINE ptrdiff_t row_start(int row, int n, ptrdiff_t image, ptrdiff_t position)
{
    return position ? row / n * position + row % n * image : row * image;
}

/* sum [count] = the sum of `rows` rows of `count` floats that lie as row_start says. */
INLINE void sum_rows_of_positions(int rows, int n, int count, const @(real) *restrict from, ptrdiff_t image, ptrdiff_t position,
                                  @(real) *restrict sum)
{
    for (int first = 0; first < count; first += SUM_BLOCK) {
        const int width = at_most(count - first, SUM_BLOCK);
        @(wide) total[SUM_BLOCK] = {0};
        for (int begin = 0; begin < rows; begin += SUM_ROWS) {
            const int end = at_most(rows, begin + SUM_ROWS);
            @(real) some[SUM_BLOCK] = {0};
            for (int row = begin; row < end; row++)
                for (int c = 0; c < width; c++)
                    some[c] += from[row_start(row, n, image, position) + first + c];
            for (int c = 0; c < width; c++)
                total[c] += (@(wide))some[c];
        }
        for (int c = 0; c < width; c++)
            sum[first + c] = (@(real))total[c];
    }
}

/* The same of rows that lie one after another `distance` apart. */
static inline void sum_rows(int rows, int count, const @(real) *restrict from, ptrdiff_t distance, @(real) *restrict sum)
{
    sum_rows_of_positions(rows, rows, count, from, distance, 0, sum);
}

//: if trains then
/* Statistics of rows that lie as row_start says, by channel: their mean, and the sum of squared distances to it. */
INLINE void statistics_of_positions(int rows, int n, int channels, const @(real) *restrict x, ptrdiff_t image, ptrdiff_t position,
                                    @(real) *restrict mean, @(real) *restrict squares)
{
    sum_rows_of_positions(rows, n, channels, x, image, position, mean);
    for (int c = 0; c < channels; c++)
        mean[c] /= (@(real))rows;
    for (int first = 0; first < channels; first += SUM_BLOCK) {
        const int width = at_most(channels - first, SUM_BLOCK);
        double total[SUM_BLOCK] = {0};
        for (int begin = 0; begin < rows; begin += SUM_ROWS) {
            const int end = at_most(rows, begin + SUM_ROWS);
            @(real) some[SUM_BLOCK] = {0};
            for (int row = begin; row < end; row++) {
                for (int c = 0; c < width; c++) {
                    const @(real) d = x[row_start(row, n, image, position) + first + c] - mean[first + c];
                    some[c] += d * d;
                }
            }
            for (int c = 0; c < width; c++)
                total[c] += (double)some[c];
        }
        for (int c = 0; c < width; c++)
            squares[first + c] = (@(real))total[c];
    }
}

/* The same of one position: of n images `distance` apart. */
static inline void partial_statistics(int channels, int distance, int n, const @(real) *restrict x,
                                      @(real) *restrict mean, @(real) *restrict squares)
{
    statistics_of_positions(n, n, channels, x, distance, 0, mean, squares);
}

/* Channels whose statistics one unit joins. */
enum { JOIN = @(join) };

/* Joins the statistics of parts, partial [parts][2][channels], into those of all, joined [2][channels]: mean and sum of
 * squared distances to it, for JOIN channels (Chan, Golub, LeVeque 1979). A part is of so many values as counts says, or
 * of `count` each where that is NULL; parts of none are left out. */
static inline void join_statistics(int unit, int channels, int parts, const @(real) *counts, int count,
                                   const @(real) *partial, @(real) *joined)
{
    const int first = unit * JOIN, width = at_most(channels - first, JOIN);
    double sum[JOIN] = {0}, squares[JOIN] = {0}, all = 0;
    for (int part = 0; part < parts; part++) {
        const @(real) *const mean = partial + (ptrdiff_t)part * 2 * channels + first;
        const double values = counts ? (double)counts[part] : count;
        if (values > 0)
            for (int c = 0; c < width; c++)
                sum[c] += values * (double)mean[c];
        all += values;
    }
    for (int c = 0; c < width; c++)
        sum[c] /= all;
    for (int part = 0; part < parts; part++) {
        const @(real) *const mean = partial + (ptrdiff_t)part * 2 * channels + first;
        const double values = counts ? (double)counts[part] : count;
        for (int c = 0; c < width && values > 0; c++) {
            const double d = (double)mean[c] - sum[c];
            squares[c] += (double)mean[channels + c] + values * d * d;
        }
    }
    for (int c = 0; c < width; c++) {
        joined[first + c] = (@(real))sum[c];
        joined[channels + first + c] = (@(real))squares[c];
    }
}

/* Adds up partial [sums][2][channels] in order. */
static inline void merge_sums(int channels, int sums, const @(real) *partial, @(real) *first, @(real) *second)
{
    for (int left = 0; left < channels; left += SUM_BLOCK) {
        const int width = at_most(channels - left, SUM_BLOCK);
        double a[SUM_BLOCK] = {0}, b[SUM_BLOCK] = {0};
        for (int p = 0; p < sums; p++) {
            const @(real) *const x = partial + (ptrdiff_t)p * 2 * channels + left, *const y = x + channels;
            for (int c = 0; c < width; c++) {
                a[c] += (double)x[c];
                b[c] += (double)y[c];
            }
        }
        for (int c = 0; c < width; c++) {
            first[left + c] = (@(real))a[c];
            second[left + c] = (@(real))b[c];
        }
    }
}

//: end
//: for _, part in ipairs(kernel_parts) do
@(include("kernels/parts/" .. part))

//: end
//: if trains then
/* A number made of all bits of x (splitmix64, Steele, Lea, Flood 2014). */
static inline uint64_t draw(uint64_t x)
{
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

//: end
#endif
