/* Made by castnet 0.1.0 from resnet8_tiny.lua --target avx2 --batch 4.
 * This file belongs to whoever made it. */
#ifndef CASTNET_SUPPORT_H
#define CASTNET_SUPPORT_H

#include "base.h"

static inline int at_least(int value, int bound) { return value > bound ? value : bound; }
static inline int at_most(int value, int bound) { return value < bound ? value : bound; }

/* Statistics of one position, by channel: the mean of x[n][step] over images, and the sum of squared
 * distances to it. */
static inline void partial_statistics(int channels, int distance, int n, const float *restrict x,
                                      float *restrict mean, float *restrict squares)
{
    for (int c = 0; c < channels; c++)
        mean[c] = squares[c] = 0;
    for (int i = 0; i < n; i++)
        for (int c = 0; c < channels; c++)
            mean[c] += x[i * distance + c];
    for (int c = 0; c < channels; c++)
        mean[c] /= (float)n;
    for (int i = 0; i < n; i++) {
        for (int c = 0; c < channels; c++) {
            const float d = x[i * distance + c] - mean[c];
            squares[c] += d * d;
        }
    }
}

/* Joins the positions' statistics, partial [positions][2][channels], into those of the batch. */
static inline void merge_statistics(int channels, int positions, int n, const float *partial, float eps,
                                    float momentum, float *mean, float *inv_std, float *running_mean,
                                    float *running_var)
{
    const ptrdiff_t row = 2 * (ptrdiff_t)channels;
    const double count = (double)positions * n;
    for (int c = 0; c < channels; c++) {
        double sum = 0, squares = 0;
        for (int p = 0; p < positions; p++)
            sum += partial[p * row + c];
        const double average = sum / positions;
        for (int p = 0; p < positions; p++) {
            const double d = partial[p * row + c] - average;
            squares += partial[p * row + channels + c] + n * d * d;
        }
        mean[c] = (float)average;
        inv_std[c] = (float)(1 / sqrt(squares / count + eps));
        running_mean[c] += momentum * (mean[c] - running_mean[c]);
        running_var[c] += momentum * ((float)(squares / (count - 1)) - running_var[c]);
    }
}

/* Adds up partial [positions][2][channels] in order. */
static inline void merge_sums(int channels, int positions, const float *partial, float *first, float *second)
{
    const ptrdiff_t row = 2 * (ptrdiff_t)channels;
    for (int c = 0; c < channels; c++) {
        double a = 0, b = 0;
        for (int p = 0; p < positions; p++) {
            a += partial[p * row + c];
            b += partial[p * row + channels + c];
        }
        first[c] = (float)a;
        second[c] = (float)b;
    }
}

/* out [count] = the sum of `parts` stretches of `count` floats that lie one after another `distance` apart,
 * in order. */
static inline void add_parts(int parts, int count, const float *from, ptrdiff_t distance, float *restrict out)
{
    memcpy(out, from, (size_t)count * sizeof *out);
    for (int part = 1; part < parts; part++)
        for (int i = 0; i < count; i++)
            out[i] += from[part * distance + i];
}

/* A number made of all bits of x (splitmix64, Steele, Lea, Flood 2014). */
static inline uint64_t draw(uint64_t x)
{
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

#endif
