/* Made by castnet 0.1.0 from every_op.lua --target portable --batch 2.
 * This file belongs to whoever made it. */
#ifndef CASTNET_SUPPORT_H
#define CASTNET_SUPPORT_H

#include "base.h"

static inline int at_least(int value, int bound) { return value > bound ? value : bound; }
static inline int at_most(int value, int bound) { return value < bound ? value : bound; }

/* Long sums are made of sums of SUM_ROWS rows in floats, which are added up in doubles: rounding
 * does not grow with how many there are. SUM_BLOCK columns at a time stay in the nearest cache. */
enum { SUM_ROWS = 16, SUM_BLOCK = 32 };

/* sum [count] = the sum of `rows` rows of `count` floats that lie one after another `distance`
 * apart. */
static inline void sum_rows(int rows, int count, const float *restrict from, ptrdiff_t distance,
                            float *restrict sum)
{
    for (int first = 0; first < count; first += SUM_BLOCK) {
        const int width = at_most(count - first, SUM_BLOCK);
        double total[SUM_BLOCK] = {0};
        for (int begin = 0; begin < rows; begin += SUM_ROWS) {
            const int end = at_most(rows, begin + SUM_ROWS);
            float some[SUM_BLOCK] = {0};
            for (int row = begin; row < end; row++)
                for (int c = 0; c < width; c++)
                    some[c] += from[row * distance + first + c];
            for (int c = 0; c < width; c++)
                total[c] += some[c];
        }
        for (int c = 0; c < width; c++)
            sum[first + c] = (float)total[c];
    }
}

/* Statistics of one position, by channel: the mean of x over n images `distance` apart, and the sum
 * of squared distances to it. */
static inline void partial_statistics(int channels, int distance, int n, const float *restrict x,
                                      float *restrict mean, float *restrict squares)
{
    sum_rows(n, channels, x, distance, mean);
    for (int c = 0; c < channels; c++)
        mean[c] /= (float)n;
    for (int first = 0; first < channels; first += SUM_BLOCK) {
        const int width = at_most(channels - first, SUM_BLOCK);
        double total[SUM_BLOCK] = {0};
        for (int begin = 0; begin < n; begin += SUM_ROWS) {
            const int end = at_most(n, begin + SUM_ROWS);
            float some[SUM_BLOCK] = {0};
            for (int i = begin; i < end; i++) {
                for (int c = 0; c < width; c++) {
                    const float d = x[i * distance + first + c] - mean[first + c];
                    some[c] += d * d;
                }
            }
            for (int c = 0; c < width; c++)
                total[c] += some[c];
        }
        for (int c = 0; c < width; c++)
            squares[first + c] = (float)total[c];
    }
}

/* Joins the positions' statistics, partial [positions][2][channels], into those of the batch. */
static inline void merge_statistics(int channels, int positions, int n, const float *partial,
                                    float eps, float momentum, float *mean, float *inv_std,
                                    float *running_mean, float *running_var)
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
static inline void merge_sums(int channels, int positions, const float *partial, float *first,
                              float *second)
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

/* Functions of one value, of additions and multiplications alone: compilers make vectors of them,
 * and they have the same bits on every machine. What is not a number stays so. */

/* e^x, relative error below 2e-7, for x from -87 to 88; beyond that as there. e^x = 2^n e^r, |r| <=
 * log(2) / 2. */
static inline float exponential(float x)
{
    const float above = x > -87 ? x : -87, within = above < 88 ? above : 88;
    const int n = (int)(within * 1.44269504f + 127.5f) - 127;
    const float r = within - (float)n * 0.693359375f + (float)n * 2.12194440e-4f;
    const float tail = 0.5f + r * (0.166665152f + r *
                                   (0.0416684560f + r * (0.00836941972f + r * 0.00138131389f)));
    const uint32_t bits = (uint32_t)(n + 127) << 23;
    float power;
    memcpy(&power, &bits, sizeof power);
    return x == x ? (1 + (r + r * r * tail)) * power : x;
}

/* 1 / (1 + e^-x) */
static inline float logistic(float x) { return 1 / (1 + exponential(-x)); }

static inline float silu(float x) { return x * logistic(x); }
static inline float silu_slope(float x)
{
    const float s = logistic(x);
    return s * (1 + x * (1 - s));
}

/* The share of the standard normal distribution below x, absolute error below 1.2e-7: erf(t) as t
 * times a polynomial of t^2 near 0, 1 - erf(t) as the exponential of one further off, t = |x| /
 * sqrt(2). */
static inline float normal_share(float x)
{
    const float t = (x < 0 ? -x : x) * 0.707106781f, s = t * t;
    const float near = 1.12837917f + s * (-0.376124800f + s *
                                          (0.112816826f + s *
                                           (-0.0267617125f + s *
                                            (0.00498593180f + s * -0.000595370424f))));
    const float far = 1.12871039f + t * (0.634894133f + t *
                                         (0.106671758f + t *
                                          (-0.0241444223f + t *
                                           (0.00382666243f + t *
                                            (-0.000368873473f + t * 1.59022838e-5f)))));
    const float below = 0.5f * (t < 0.93f ? 1 - t * near : exponential(-t * far));
    return x < 0 ? below : 1 - below;
}

static inline float gelu(float x) { return x * normal_share(x); }
static inline float gelu_slope(float x)
{
    return normal_share(x) + x * 0.398942280f * exponential(-0.5f * x * x);
}

/* With tanh(u) = 2 logistic(2 u) - 1, u = sqrt(2 / pi) (x + 0.044715 x^3). */
static inline float gelu_tanh(float x)
{
    return x * logistic(1.59576912f * (x + 0.044715f * x * x * x));
}
static inline float gelu_tanh_slope(float x)
{
    const float s = logistic(1.59576912f * (x + 0.044715f * x * x * x));
    return s + x * s * (1 - s) * 1.59576912f * (1 + 0.134145f * x * x);
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
