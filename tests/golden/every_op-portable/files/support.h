/* Made by castnet 0.1.0 from every_op.lua --target portable --batch 2.
 * This file belongs to whoever made it. */
#ifndef CASTNET_SUPPORT_H
#define CASTNET_SUPPORT_H

#include "vectors.h"

static inline int at_least(int value, int bound) { return value > bound ? value : bound; }
static inline int at_most(int value, int bound) { return value < bound ? value : bound; }

/* Which U a product of `side` x `side` takes, where the last of `kernels` rows and columns is for
 * all that follow. */
static inline int kernel_of(int place, int side, int kernels)
{
    return at_most(place / side, kernels - 1) * kernels + at_most(place % side, kernels - 1);
}

/* Long sums are made of sums of SUM_ROWS rows in floats, which are added up in doubles: rounding
 * does not grow with how many there are. SUM_BLOCK columns at a time stay in the nearest cache. */
enum { SUM_ROWS = 16, SUM_BLOCK = 32 };

/* Where a row begins, of positions `position` apart of n rows each, `image` apart; position 0:
 * there is one. */
INLINE ptrdiff_t row_start(int row, int n, ptrdiff_t image, ptrdiff_t position)
{
    return position ? row / n * position + row % n * image : row * image;
}

/* sum [count] = the sum of `rows` rows of `count` floats that lie as row_start says. */
INLINE void sum_rows_of_positions(int rows, int n, int count, const float *restrict from,
                                  ptrdiff_t image, ptrdiff_t position, float *restrict sum)
{
    for (int first = 0; first < count; first += SUM_BLOCK) {
        const int width = at_most(count - first, SUM_BLOCK);
        double total[SUM_BLOCK] = {0};
        for (int begin = 0; begin < rows; begin += SUM_ROWS) {
            const int end = at_most(rows, begin + SUM_ROWS);
            float some[SUM_BLOCK] = {0};
            for (int row = begin; row < end; row++)
                for (int c = 0; c < width; c++)
                    some[c] += from[row_start(row, n, image, position) + first + c];
            for (int c = 0; c < width; c++)
                total[c] += (double)some[c];
        }
        for (int c = 0; c < width; c++)
            sum[first + c] = (float)total[c];
    }
}

/* The same of rows that lie one after another `distance` apart. */
static inline void sum_rows(int rows, int count, const float *restrict from, ptrdiff_t distance,
                            float *restrict sum)
{
    sum_rows_of_positions(rows, rows, count, from, distance, 0, sum);
}

/* Statistics of rows that lie as row_start says, by channel: their mean, and the sum of squared
 * distances to it. */
INLINE void statistics_of_positions(int rows, int n, int channels, const float *restrict x,
                                    ptrdiff_t image, ptrdiff_t position, float *restrict mean,
                                    float *restrict squares)
{
    sum_rows_of_positions(rows, n, channels, x, image, position, mean);
    for (int c = 0; c < channels; c++)
        mean[c] /= (float)rows;
    for (int first = 0; first < channels; first += SUM_BLOCK) {
        const int width = at_most(channels - first, SUM_BLOCK);
        double total[SUM_BLOCK] = {0};
        for (int begin = 0; begin < rows; begin += SUM_ROWS) {
            const int end = at_most(rows, begin + SUM_ROWS);
            float some[SUM_BLOCK] = {0};
            for (int row = begin; row < end; row++) {
                for (int c = 0; c < width; c++) {
                    const float d = x[row_start(row, n, image, position) + first + c] -
                        mean[first + c];
                    some[c] += d * d;
                }
            }
            for (int c = 0; c < width; c++)
                total[c] += (double)some[c];
        }
        for (int c = 0; c < width; c++)
            squares[first + c] = (float)total[c];
    }
}

/* The same of one position: of n images `distance` apart. */
static inline void partial_statistics(int channels, int distance, int n, const float *restrict x,
                                      float *restrict mean, float *restrict squares)
{
    statistics_of_positions(n, n, channels, x, distance, 0, mean, squares);
}

/* Channels whose statistics one unit joins. */
enum { JOIN = 16 };

/* Joins the statistics of parts, partial [parts][2][channels], into those of all, joined
 * [2][channels]: mean and sum of squared distances to it, for JOIN channels (Chan, Golub, LeVeque
 * 1979). A part is of so many values as counts says, or of `count` each where that is NULL; parts
 * of none are left out. */
static inline void join_statistics(int unit, int channels, int parts, const float *counts,
                                   int count, const float *partial, float *joined)
{
    const int first = unit * JOIN, width = at_most(channels - first, JOIN);
    double sum[JOIN] = {0}, squares[JOIN] = {0}, all = 0;
    for (int part = 0; part < parts; part++) {
        const float *const mean = partial + (ptrdiff_t)part * 2 * channels + first;
        const double values = counts ? (double)counts[part] : count;
        if (values > 0)
            for (int c = 0; c < width; c++)
                sum[c] += values * (double)mean[c];
        all += values;
    }
    for (int c = 0; c < width; c++)
        sum[c] /= all;
    for (int part = 0; part < parts; part++) {
        const float *const mean = partial + (ptrdiff_t)part * 2 * channels + first;
        const double values = counts ? (double)counts[part] : count;
        for (int c = 0; c < width && values > 0; c++) {
            const double d = (double)mean[c] - sum[c];
            squares[c] += (double)mean[channels + c] + values * d * d;
        }
    }
    for (int c = 0; c < width; c++) {
        joined[first + c] = (float)sum[c];
        joined[channels + first + c] = (float)squares[c];
    }
}

/* Adds up partial [sums][2][channels] in order. */
static inline void merge_sums(int channels, int sums, const float *partial, float *first,
                              float *second)
{
    for (int left = 0; left < channels; left += SUM_BLOCK) {
        const int width = at_most(channels - left, SUM_BLOCK);
        double a[SUM_BLOCK] = {0}, b[SUM_BLOCK] = {0};
        for (int p = 0; p < sums; p++) {
            const float *const x = partial + (ptrdiff_t)p * 2 * channels + left,
                *const y = x + channels;
            for (int c = 0; c < width; c++) {
                a[c] += (double)x[c];
                b[c] += (double)y[c];
            }
        }
        for (int c = 0; c < width; c++) {
            first[left + c] = (float)a[c];
            second[left + c] = (float)b[c];
        }
    }
}

/* Functions of one value and, called _backward, what gradient d comes to on its way back. They are
 * made of additions and multiplications alone: compilers make vectors of them, and they have the
 * same bits on every machine. What is not a number stays so. */

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

static inline float sigmoid(float x) { return logistic(x); }
static inline float sigmoid_backward(float d, float out) { return d * out * (1 - out); }

static inline float relu(float x) { return x < 0 ? 0 : x; }
static inline float relu_backward(float d, float out) { return out > 0 ? d : 0; }

static inline float relu6(float x) { return x < 0 ? 0 : x > 6 ? 6 : x; }
static inline float relu6_backward(float d, float out) { return out > 0 && out < 6 ? d : 0; }

static inline float leaky_relu(float x, float slope) { return x > 0 ? x : x * slope; }
static inline float leaky_relu_backward(float d, float out, float slope)
{
    return out > 0 ? d : d * slope;
}

static inline float scale(float x, float factor) { return x * factor; }
static inline float scale_backward(float d, float factor) { return d * factor; }

static inline float silu(float x) { return x * logistic(x); }
static inline float silu_slope(float x)
{
    const float s = logistic(x);
    return s * (1 + x * (1 - s));
}
static inline float silu_backward(float d, float x) { return d * silu_slope(x); }

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
static inline float gelu_backward(float d, float x) { return d * gelu_slope(x); }

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
static inline float gelu_tanh_backward(float d, float x) { return d * gelu_tanh_slope(x); }

/* How `positions` positions, `distance` apart, of `channels` channels are cut into units: `grain`
 * of them each, or `slices` slices of `slice` images of one. */
struct cut {
    int positions, grain, slices, slice, channels;
    ptrdiff_t distance;
};

/* What a unit takes: positions begin .. end - 1, of them images first .. last - 1 of n. */
struct share {
    int begin, end, first, last;
};

INLINE struct share share_of(int unit, const struct cut cut, int n)
{
    const int begin = unit / cut.slices * cut.grain, first = unit % cut.slices * cut.slice;
    return (struct share){begin, at_most(begin + cut.grain, cut.positions), first,
                          cut.slices > 1 ? at_most(first + cut.slice, n) : n};
}

/* A value a channel: scale and, unless that is NULL, shift, so that x * scale + shift is what a
 * batch norm makes of x. Whether it has a gamma and a beta is known where these are called. */
INLINE void training_factors(const struct batch_norm *bn, int channels, int has_gamma, int has_beta,
                             float *scale, float *shift)
{
    for (int c = 0; c < channels; c++) {
        scale[c] = has_gamma ? bn->gamma[c] * bn->inv_std[c] : bn->inv_std[c];
        if (shift)
            shift[c] = has_beta ? bn->beta[c] - bn->mean[c] * scale[c] : -bn->mean[c] * scale[c];
    }
}

INLINE void running_factors(const struct batch_norm *bn, int channels, float eps, int has_gamma,
                            int has_beta, float *scale, float *shift)
{
    for (int c = 0; c < channels; c++) {
        scale[c] = (has_gamma ? bn->gamma[c] : 1) / sqrtf(bn->running_var[c] + eps);
        if (shift)
            shift[c] = has_beta ? bn->beta[c] - bn->running_mean[c] * scale[c]
                : -bn->running_mean[c] * scale[c];
    }
}

/* What a batch norm's units read and write: rows of a value a channel, `scale` and `shift` one row
 * each. */
struct norm_forward {
    const float *x, *residual;
    const float *scale, *shift;
    float *out;
    float *partial, *statistics;
    int n;
};

/* Positions of a unit: out = x * scale + shift, with the residual where it adds, at least 0 where
 * it cuts, or what `function` makes of it, unless that is NULL. All but the first two are known
 * where it is called. */
INLINE void scale_positions(const struct norm_forward *a, int unit, const struct cut cut, int adds,
                            int cuts, float (*function)(float))
{
    const float *const scale = a->scale, *const shift = a->shift;
    const struct share share = share_of(unit, cut, a->n);
    for (int position = share.begin; position < share.end; position++) {
        const ptrdiff_t start = position * cut.distance;
        const float *const x = a->x + start;
        const float *const residual = adds ? a->residual + start : NULL;
        float *const out = a->out + start;
        for (int i = share.first; i < share.last; i++) {
            INDEPENDENT
            for (int c = 0; c < cut.channels; c++) {
                const int j = i * cut.channels + c;
                const float scaled = x[j] * scale[c] + shift[c];
                const float y = adds ? scaled + residual[j] : scaled;
                out[j] = function ? function(y) : cuts && y < 0 ? 0 : y;
            }
        }
    }
}

/* Statistics of `each` positions, `distance` apart, where no convolution left them; part: which of
 * the partial ones. Of `count` of the channels, from c on. */
INLINE void position_statistics(const struct norm_forward *a, int part, int each,
                                ptrdiff_t distance, int channels, int c, int count)
{
    float *const mean = a->partial + (ptrdiff_t)part * 2 * channels + c;
    const float *const x = a->x + (ptrdiff_t)part * each * distance + c;
    statistics_of_positions(each * a->n, a->n, count, x, channels, each > 1 ? distance : 0, mean,
                            mean + channels);
}

/* From what is in statistics [2][channels], means and sums of squared distances over all positions
 * of n images. */
static inline void take_statistics(int channels, int positions, int n, const float *statistics,
                                   float eps, float momentum, const struct batch_norm *bn)
{
    const double count = (double)positions * n;
    for (int c = 0; c < channels; c++) {
        const double squares = (double)statistics[channels + c];
        bn->mean[c] = statistics[c];
        bn->inv_std[c] = (float)(1 / sqrt(squares / count + (double)eps));
        bn->running_mean[c] += momentum * (bn->mean[c] - bn->running_mean[c]);
        bn->running_var[c] += momentum * ((float)(squares / (count - 1)) - bn->running_var[c]);
    }
}

/* Where a function is joined to a batch norm, a gradient goes back through it by its result, which
 * was kept, or by what it was given, which is made again from x. Relu, for which both will do, lets
 * through what was above 0: it needs no function, nor does a batch norm alone, of which nothing is
 * kept. */
enum kept { NOTHING, RESULT, AGAIN };

INLINE float below(float d, float kept, float (*function)(float, float))
{
    return function ? function(d, kept) : kept > 0 ? d : 0;
}

/* Of gradients that are read 64 rows later, `width` of `bytes` each come nearer: a compiler may
 * load of relu's only those that it lets through, once it knows which, too late for what is not
 * near (Zen 5, 32x32x64 in memory, one thread: 5.1 ms for 6.5). What lies there may be another
 * unit's, mostly the thread's next one; rows that don't exist do no harm. */
INLINE void bring_later(const void *row, int channels, int width, size_t bytes)
{
    const uintptr_t later = (uintptr_t)row + 64 * (size_t)channels * bytes;
    for (size_t i = 0; i < (size_t)width * bytes; i += 64)
        PREFETCH_READ((const void *)(later + i));
}

/* What becomes of a result: nothing, it is written, or added to what is there. */
enum put { NOWHERE, SET, ADD };

/* What a batch norm's units read and write on the way back; mean, inv_std, scale and shift have a
 * value a channel; partial is [sums][2][channels]. */
struct norm_backward {
    const float *d_out, *x, *out;
    const float *mean, *inv_std, *scale, *shift;
    float *d_x, *d_residual;
    float *partial;
    int n;
};

/* What flows on, as is known where scale_gradients is called; is_training: whether the batch's
 * statistics were taken. */
struct flow {
    enum kept kept;
    enum put d_x, d_residual;
    int is_training;
};

/* Two sums over a unit's positions and images, of d and of d (x - mean) inv_std, where d is the
 * gradient below the function.
 * part: which of the partial sums. */
INLINE void position_sums(const struct norm_backward *a, int part, const struct cut cut,
                          enum kept kept, float (*function)(float, float))
{
    const int channels = cut.channels;
    const struct share share = share_of(part, cut, a->n);
    const int rows = (share.end - share.begin) * (share.last - share.first);
    const ptrdiff_t start = share.begin * cut.distance + (ptrdiff_t)share.first * channels,
                    apart = cut.grain > 1 ? cut.distance : 0;
    const float *const d_out = a->d_out + start, *const x = a->x + start;
    const float *const out = kept == RESULT ? a->out + start : NULL;
    const float *const mean = a->mean, *const inv_std = a->inv_std, *const scale = a->scale,
        *const shift = a->shift;
    float *const sum_d = a->partial + (ptrdiff_t)part * 2 * channels,
        *const sum_x = sum_d + channels;
    for (int first = 0; first < channels; first += SUM_BLOCK) {
        const int width = at_most(channels - first, SUM_BLOCK);
        double sum[SUM_BLOCK], sum_by_x[SUM_BLOCK];
        for (int k = 0; k < width; k++)
            sum[k] = sum_by_x[k] = 0;
        for (int begin = 0; begin < rows; begin += SUM_ROWS) {
            const int end = at_most(rows, begin + SUM_ROWS);
            float some[SUM_BLOCK], some_by_x[SUM_BLOCK];
            for (int k = 0; k < width; k++)
                some[k] = some_by_x[k] = 0;
            for (int row = begin; row < end; row++) {
                const ptrdiff_t from = row_start(row, a->n, channels, apart) + first;
                bring_later(d_out + from, channels, width, sizeof(float));
                for (int k = 0; k < width; k++) {
                    const int c = first + k;
                    const ptrdiff_t j = from + k;
                    const float value = x[j];
                    const float by = kept == RESULT ? out[j] : kept == AGAIN
                        ? value * scale[c] + shift[c] : 1;
                    const float d = below(d_out[j], by, function);
                    some[k] += d;
                    some_by_x[k] += d * (value - mean[c]);
                }
            }
            for (int k = 0; k < width; k++) {
                sum[k] += (double)some[k];
                sum_by_x[k] += (double)some_by_x[k];
            }
        }
        for (int k = 0; k < width; k++) {
            sum_d[first + k] = (float)sum[k];
            sum_x[first + k] = (float)sum_by_x[k] * inv_std[first + k];
        }
    }
}

/* Once the sums of m values a channel are out of it, partial holds what all d_x of a channel share,
 * and their slope over x - mean. */
INLINE void share_sums(const struct norm_backward *a, int channels, float m, const float *sum_d,
                       const float *sum_x)
{
    float *const constant = a->partial, *const slope = constant + channels;
    for (int c = 0; c < channels; c++) {
        constant[c] = -a->scale[c] * sum_d[c] / m;
        slope[c] = -a->scale[c] * a->inv_std[c] * sum_x[c] / m;
    }
}

INLINE void put_value(enum put put, float *to, int j, float value)
{
    if (put == SET)
        to[j] = value;
    else if (put == ADD)
        to[j] += value;
}

/* Positions of a unit: d to d_residual and d * scale to d_x; in training there is more to d_x, what
 * share_sums left. */
INLINE void scale_gradients(const struct norm_backward *a, int unit, const struct cut cut,
                            const struct flow flow, float (*function)(float, float))
{
    const float *const mean = a->mean, *const scale = a->scale, *const shift = a->shift;
    const float *const constant = a->partial, *const slope = flow.is_training
        ? constant + cut.channels : NULL;
    const struct share share = share_of(unit, cut, a->n);
    for (int position = share.begin; position < share.end; position++) {
        const ptrdiff_t start = position * cut.distance;
        const float *const d_out = a->d_out + start;
        const float *const out = flow.kept == RESULT ? a->out + start : NULL;
        const float *const x = flow.is_training ? a->x + start : NULL;
        float *const d_x = flow.d_x == NOWHERE ? NULL : a->d_x + start;
        float *const d_residual = flow.d_residual == NOWHERE ? NULL : a->d_residual + start;
        for (int i = share.first; i < share.last; i++) {
            bring_later(d_out + i * cut.channels, cut.channels, cut.channels, sizeof(float));
            ROLLED
            INDEPENDENT
            for (int c = 0; c < cut.channels; c++) {
                const int j = i * cut.channels + c;
                const float value = flow.is_training ? x[j] : 0;
                const float by = flow.kept == RESULT ? out[j]
                    : flow.kept == AGAIN ? value * scale[c] + shift[c] : 1;
                const float d = below(d_out[j], by, function);
                const float scaled = flow.d_x == NOWHERE ? 0 : d * scale[c];
                const float through = flow.d_x == NOWHERE || !flow.is_training ? scaled
                    : scaled + constant[c] + (value - mean[c]) * slope[c];
                put_value(flow.d_residual, d_residual, j, d);
                put_value(flow.d_x, d_x, j, through);
            }
        }
    }
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
