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
enum { SUM_ROWS = 16, SUM_BLOCK = 32 };

/* sum [count] = the sum of `rows` rows of `count` floats that lie one after another `distance` apart. */
static inline void sum_rows(int rows, int count, const @(real) *restrict from, ptrdiff_t distance, @(real) *restrict sum)
{
    for (int first = 0; first < count; first += SUM_BLOCK) {
        const int width = at_most(count - first, SUM_BLOCK);
        @(wide) total[SUM_BLOCK] = {0};
        for (int begin = 0; begin < rows; begin += SUM_ROWS) {
            const int end = at_most(rows, begin + SUM_ROWS);
            @(real) some[SUM_BLOCK] = {0};
            for (int row = begin; row < end; row++)
                for (int c = 0; c < width; c++)
                    some[c] += from[row * distance + first + c];
            for (int c = 0; c < width; c++)
                total[c] += (@(wide))some[c];
        }
        for (int c = 0; c < width; c++)
            sum[first + c] = (@(real))total[c];
    }
}

//: if trains then
/* Statistics of one position, by channel: the mean of x over n images `distance` apart, and the sum of squared
 * distances to it. */
static inline void partial_statistics(int channels, int distance, int n, const @(real) *restrict x,
                                      @(real) *restrict mean, @(real) *restrict squares)
{
    sum_rows(n, channels, x, distance, mean);
    for (int c = 0; c < channels; c++)
        mean[c] /= (@(real))n;
    for (int first = 0; first < channels; first += SUM_BLOCK) {
        const int width = at_most(channels - first, SUM_BLOCK);
        double total[SUM_BLOCK] = {0};
        for (int begin = 0; begin < n; begin += SUM_ROWS) {
            const int end = at_most(n, begin + SUM_ROWS);
            @(real) some[SUM_BLOCK] = {0};
            for (int i = begin; i < end; i++) {
                for (int c = 0; c < width; c++) {
                    const @(real) d = x[i * distance + first + c] - mean[first + c];
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

/* Adds up partial [positions][2][channels] in order. */
static inline void merge_sums(int channels, int positions, const @(real) *partial, @(real) *first, @(real) *second)
{
    const ptrdiff_t row = 2 * (ptrdiff_t)channels;
    for (int c = 0; c < channels; c++) {
        double a = 0, b = 0;
        for (int p = 0; p < positions; p++) {
            a += (double)partial[p * row + c];
            b += (double)partial[p * row + channels + c];
        }
        first[c] = (@(real))a;
        second[c] = (@(real))b;
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
