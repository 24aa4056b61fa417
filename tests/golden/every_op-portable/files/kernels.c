/* Made by castnet 0.1.0 from every_op.lua --target portable --batch 2.
 * This file belongs to whoever made it. */
#include "kernels.h"

#include "gemm.h"
#include "support.h"

/* normalise_12x10c3: image
 *
 *     out = (byte / 255 - mean) / std by channel, images [n][channel][y][x] -> out [y][x][n][channel] */
struct normalise_12x10c3_arguments {
    float (*out)[10][BATCH][3];
    const uint8_t *images;
    int n;
};

static void normalise_12x10c3_unit(const void *argument, int y)
{
    static const double scale[3] = {0.01568627450980392, 0.01568627450980392, 0.01568627450980392};
    static const double shift[3] = {-2, -2, -2};
    const struct normalise_12x10c3_arguments *const a = argument;
    for (int x = 0; x < 10; x++)
        for (int i = 0; i < a->n; i++)
            for (int c = 0; c < 3; c++)
                a->out[y][x][i][c] =
                    (float)(a->images[((i * 3 + c) * 12 + y) * 10 + x] * scale[c] + shift[c]);
}

void normalise_12x10c3(float out[12][10][BATCH][3], const uint8_t *images, int n)
{
    const struct normalise_12x10c3_arguments a = {out, images, n};
    model_run(12, normalise_12x10c3_unit, &a);
}

/* conv5x5s2_12x10c3_6x5c8_forward: stem
 *
 * One unit makes one column of an output row, over all images: for each tap that
 * reaches them, [columns * images][3] x [3][8].
 * 25 of 25 taps live; 0.1 MFLOP for a batch, 0.1 with every padded product. */
static const struct tap conv5x5s2_12x10c3_6x5c8_forward_taps[25] = {
    {12, 0, 0, 0, 6, 0, 5},
    {0, -2, -2, 1, 6, 1, 5},
    {1, -2, -1, 1, 6, 1, 5},
    {2, -2, 0, 1, 6, 0, 5},
    {3, -2, 1, 1, 6, 0, 5},
    {4, -2, 2, 1, 6, 0, 4},
    {5, -1, -2, 1, 6, 1, 5},
    {6, -1, -1, 1, 6, 1, 5},
    {7, -1, 0, 1, 6, 0, 5},
    {8, -1, 1, 1, 6, 0, 5},
    {9, -1, 2, 1, 6, 0, 4},
    {10, 0, -2, 0, 6, 1, 5},
    {11, 0, -1, 0, 6, 1, 5},
    {13, 0, 1, 0, 6, 0, 5},
    {14, 0, 2, 0, 6, 0, 4},
    {15, 1, -2, 0, 6, 1, 5},
    {16, 1, -1, 0, 6, 1, 5},
    {17, 1, 0, 0, 6, 0, 5},
    {18, 1, 1, 0, 6, 0, 5},
    {19, 1, 2, 0, 6, 0, 4},
    {20, 2, -2, 0, 5, 1, 5},
    {21, 2, -1, 0, 5, 1, 5},
    {22, 2, 0, 0, 5, 0, 5},
    {23, 2, 1, 0, 5, 0, 5},
    {24, 2, 2, 0, 5, 0, 4},
};

struct conv5x5s2_12x10c3_6x5c8_forward_arguments {
    float (*out)[5][BATCH][8];
    float (*x)[10][BATCH][3];
    float (*weight)[1][3][8];
    float *bias;
    int n;
};

static void conv5x5s2_12x10c3_6x5c8_forward_unit(const void *argument, int unit)
{
    const struct conv5x5s2_12x10c3_6x5c8_forward_arguments *const a = argument;
    const int y = unit / 5, x_begin = unit / 1 % 5 * 1;
    const int x_end = at_most(x_begin + 1, 5);
    enum { o = 0 };
    for (int x = x_begin; x < x_end; x++)
        for (int i = 0; i < a->n; i++)
            for (int c = 0; c < 8; c++)
                a->out[y][x][i][o + c] = a->bias[o + c];
    for (int j = 0; j < 25; j++) {
        const struct tap *const tap = &conv5x5s2_12x10c3_6x5c8_forward_taps[j];
        const int x0 = at_least(x_begin, tap->x0), x1 = at_most(x_end, tap->x1);
        if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
            continue;
        columns_nn(x1 - x0, a->n, 8, 3, a->x[y * 2 + tap->dy][x0 * 2 + tap->dx][0],
                   2 * BATCH * 3, 3, &a->weight[tap->place][0][0][o], 8,
                   1, &a->out[y][x0][0][o], BATCH * 8, 8);
    }
}

void conv5x5s2_12x10c3_6x5c8_forward(float out[6][5][BATCH][8], float x[12][10][BATCH][3],
    float weight[25][1][3][8], float bias[8], int n)
{
    const struct conv5x5s2_12x10c3_6x5c8_forward_arguments a = {out, x, weight, bias, n};
    model_run(30, conv5x5s2_12x10c3_6x5c8_forward_unit, &a);
}

/* relu_6x5c8_forward: relu
 *
 *     out = max(0, x) */
struct relu_6x5c8_forward_arguments {
    float (*out)[5][BATCH][8];
    float (*x)[5][BATCH][8];
    int n;
};

static void relu_6x5c8_forward_unit(const void *argument, int unit)
{
    const struct relu_6x5c8_forward_arguments *const a = argument;
    const int end = at_most((unit + 1) * 30, 30);
    for (int position = unit * 30; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
        const float *const x = (float *)a->x + start;
        float *const out = (float *)a->out + start;
        INDEPENDENT
        for (int j = 0; j < a->n * 8; j++)
            out[j] = x[j] < 0 ? 0 : x[j];
    }
}

void relu_6x5c8_forward(float out[6][5][BATCH][8], float x[6][5][BATCH][8], int n)
{
    const struct relu_6x5c8_forward_arguments a = {out, x, n};
    model_run(1, relu_6x5c8_forward_unit, &a);
}

/* max_pool3x3s2_6x5c8_forward: maxpool
 *
 *     out = the largest x of each 3x3 window, stride 2x2, padding 1x1 that never wins
 *     choice = which of the window's taps that was, the first of equals, row by row
 */
struct max_pool3x3s2_6x5c8_forward_arguments {
    float (*out)[3][BATCH][8];
    float (*x)[5][BATCH][8];
    uint8_t (*choice)[3][BATCH][8];
    int n;
};

static void max_pool3x3s2_6x5c8_forward_unit(const void *argument, int unit)
{
    const struct max_pool3x3s2_6x5c8_forward_arguments *const a = argument;
    const int oy = unit / 3, ox = unit % 3;
    for (int i = 0; i < a->n; i++) {
        float *const best = a->out[oy][ox][i];
        uint8_t *const choice = a->choice[oy][ox][i];
        int first = 1; /* whatever is there loses to the first tap inside */
        for (int tap = 0; tap < 9; tap++) {
            const int y = oy * 2 + tap / 3 - 1, x = ox * 2 + tap % 3 - 1;
            if (y < 0 || y >= 6 || x < 0 || x >= 5)
                continue;
            const float *const in = a->x[y][x][i];
            INDEPENDENT
            for (int c = 0; c < 8; c++) {
                const int better = first | (in[c] > best[c]) | (in[c] != in[c]);
                best[c] = better ? in[c] : best[c];
                choice[c] = better ? (uint8_t)tap : choice[c];
            }
            first = 0;
        }
    }
}

void max_pool3x3s2_6x5c8_forward(float out[3][3][BATCH][8], float x[6][5][BATCH][8],
    uint8_t choice[3][3][BATCH][8], int n)
{
    const struct max_pool3x3s2_6x5c8_forward_arguments a = {out, x, choice, n};
    model_run(9, max_pool3x3s2_6x5c8_forward_unit, &a);
}

/* conv3x3g2_3c8_3c8_forward: one.conv1
 *
 * One unit makes one column of an output row, over all images: for each tap that
 * reaches them, [columns * images][4] x [4][4].
 * 9 of 9 taps live; 0.0 MFLOP for a batch, 0.0 with every padded product. */
static const struct tap conv3x3g2_3c8_3c8_forward_taps[9] = {
    {4, 0, 0, 0, 3, 0, 3},
    {0, -1, -1, 1, 3, 1, 3},
    {1, -1, 0, 1, 3, 0, 3},
    {2, -1, 1, 1, 3, 0, 2},
    {3, 0, -1, 0, 3, 1, 3},
    {5, 0, 1, 0, 3, 0, 2},
    {6, 1, -1, 0, 2, 1, 3},
    {7, 1, 0, 0, 2, 0, 3},
    {8, 1, 1, 0, 2, 0, 2},
};

struct conv3x3g2_3c8_3c8_forward_arguments {
    float (*out)[3][BATCH][8];
    float (*x)[3][BATCH][8];
    float (*weight)[2][4][4];
    float (*partial)[2][8];
    int n;
};

static void conv3x3g2_3c8_3c8_forward_unit(const void *argument, int unit)
{
    const struct conv3x3g2_3c8_3c8_forward_arguments *const a = argument;
    const int y = unit / 3, x_begin = unit / 1 % 3 * 1;
    const int x_end = at_most(x_begin + 1, 3);
    enum { o = 0 };
    for (int j = 0; j < 9; j++) {
        const struct tap *const tap = &conv3x3g2_3c8_3c8_forward_taps[j];
        const int x0 = at_least(x_begin, tap->x0), x1 = at_most(x_end, tap->x1);
        if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
            continue;
        for (int group = 0; group < 2; group++)
            columns_nn(x1 - x0, a->n, 4, 4,
                       &a->x[y + tap->dy][x0 + tap->dx][0][group * 4],
                       1 * BATCH * 8, 8, a->weight[tap->place][group][0], 4,
                       j > 0, &a->out[y][x0][0][group * 4], BATCH * 8, 8);
    }
    for (int x = x_begin; x < x_end; x++)
        partial_statistics(8, 8, a->n, &a->out[y][x][0][o],
                           &a->partial[y * 3 + x][0][o], &a->partial[y * 3 + x][1][o]);
}

void conv3x3g2_3c8_3c8_forward(float out[3][3][BATCH][8], float x[3][3][BATCH][8],
    float weight[9][2][4][4], float partial[9][2][8], int n)
{
    const struct conv3x3g2_3c8_3c8_forward_arguments a = {out, x, weight, partial, n};
    model_run(9, conv3x3g2_3c8_3c8_forward_unit, &a);
}

/* bn_relu_3c8_forward: one.bn1
 *
 *     out = max(0, (x - mean) * inv_std * gamma + beta)
 *
 * mean and variance of each channel over 9 positions and the images; inv_std = 1 / sqrt(variance + 1e-05).
 * partial: what the convolution left for each position, the mean over images and the sum of squared
 * distances to it, so that no large numbers cancel (Chan, Golub, LeVeque 1979).
 * factors: what x is scaled by and what is added, a row each.
 * The running variance takes the unbiased estimate, as PyTorch's does. */
struct bn_relu_3c8_forward_arguments {
    float (*out)[3][BATCH][8];
    float (*x)[3][BATCH][8];
    float *gamma;
    float *beta;
    float *running_mean;
    float *running_var;
    float *mean;
    float *inv_std;
    float (*partial)[2][8];
    float (*factors)[8];
    int n;
};

static void bn_relu_3c8_forward_unit(const void *argument, int unit)
{
    const struct bn_relu_3c8_forward_arguments *const a = argument;
    const float *restrict const scale = a->factors[0], *restrict const shift = a->factors[1];
    const int end = at_most((unit + 1) * 9, 9);
    for (int position = unit * 9; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
        const float *const x = (float *)a->x + start;
        float *restrict const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            for (int c = 0; c < 8; c++) {
                const float y = x[i * 8 + c] * scale[c] + shift[c];
                out[i * 8 + c] = y < 0 ? 0 : y;
            }
        }
    }
}

void bn_relu_3c8_forward(float out[3][3][BATCH][8], float x[3][3][BATCH][8], float gamma[8],
    float beta[8], float running_mean[8], float running_var[8], float mean[8], float inv_std[8],
    float partial[9][2][8], float factors[2][8], int n)
{
    const struct bn_relu_3c8_forward_arguments a = {out, x, gamma, beta, running_mean, running_var, mean, inv_std, partial, factors, n};
    merge_statistics(8, 9, n, (float *)partial, 1e-05f, 0.1f, mean, inv_std, running_mean, running_var);
    for (int c = 0; c < 8; c++) {
        factors[0][c] = gamma[c] * inv_std[c];
        factors[1][c] = beta[c] - mean[c] * factors[0][c];
    }
    model_run(1, bn_relu_3c8_forward_unit, &a);
}

/* conv1x3_3c8_3c8_forward: one.conv2
 *
 * One unit makes one column of an output row, over all images: for each tap that
 * reaches them, [columns * images][8] x [8][8].
 * 3 of 3 taps live; 0.0 MFLOP for a batch, 0.0 with every padded product. */
static const struct tap conv1x3_3c8_3c8_forward_taps[3] = {
    {1, 0, 0, 0, 3, 0, 3},
    {0, 0, -1, 0, 3, 1, 3},
    {2, 0, 1, 0, 3, 0, 2},
};

struct conv1x3_3c8_3c8_forward_arguments {
    float (*out)[3][BATCH][8];
    float (*x)[3][BATCH][8];
    float (*weight)[1][8][8];
    float (*partial)[2][8];
    int n;
};

static void conv1x3_3c8_3c8_forward_unit(const void *argument, int unit)
{
    const struct conv1x3_3c8_3c8_forward_arguments *const a = argument;
    const int y = unit / 3, x_begin = unit / 1 % 3 * 1;
    const int x_end = at_most(x_begin + 1, 3);
    enum { o = 0 };
    for (int j = 0; j < 3; j++) {
        const struct tap *const tap = &conv1x3_3c8_3c8_forward_taps[j];
        const int x0 = at_least(x_begin, tap->x0), x1 = at_most(x_end, tap->x1);
        if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
            continue;
        columns_nn(x1 - x0, a->n, 8, 8, a->x[y + tap->dy][x0 + tap->dx][0],
                   1 * BATCH * 8, 8, &a->weight[tap->place][0][0][o], 8,
                   j > 0, &a->out[y][x0][0][o], BATCH * 8, 8);
    }
    for (int x = x_begin; x < x_end; x++)
        partial_statistics(8, 8, a->n, &a->out[y][x][0][o],
                           &a->partial[y * 3 + x][0][o], &a->partial[y * 3 + x][1][o]);
}

void conv1x3_3c8_3c8_forward(float out[3][3][BATCH][8], float x[3][3][BATCH][8],
    float weight[3][1][8][8], float partial[9][2][8], int n)
{
    const struct conv1x3_3c8_3c8_forward_arguments a = {out, x, weight, partial, n};
    model_run(9, conv1x3_3c8_3c8_forward_unit, &a);
}

/* bn_add_relu_3c8_forward: one.bn2
 *
 *     out = max(0, (x - mean) * inv_std * gamma + beta + residual)
 *
 * mean and variance of each channel over 9 positions and the images; inv_std = 1 / sqrt(variance + 0.001).
 * partial: what the convolution left for each position, the mean over images and the sum of squared
 * distances to it, so that no large numbers cancel (Chan, Golub, LeVeque 1979).
 * factors: what x is scaled by and what is added, a row each.
 * The running variance takes the unbiased estimate, as PyTorch's does. */
struct bn_add_relu_3c8_forward_arguments {
    float (*out)[3][BATCH][8];
    float (*x)[3][BATCH][8];
    float (*residual)[3][BATCH][8];
    float *gamma;
    float *beta;
    float *running_mean;
    float *running_var;
    float *mean;
    float *inv_std;
    float (*partial)[2][8];
    float (*factors)[8];
    int n;
};

static void bn_add_relu_3c8_forward_unit(const void *argument, int unit)
{
    const struct bn_add_relu_3c8_forward_arguments *const a = argument;
    const float *restrict const scale = a->factors[0], *restrict const shift = a->factors[1];
    const int end = at_most((unit + 1) * 9, 9);
    for (int position = unit * 9; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
        const float *const x = (float *)a->x + start;
        const float *const residual = (float *)a->residual + start;
        float *restrict const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            for (int c = 0; c < 8; c++) {
                const float y = x[i * 8 + c] * scale[c] + shift[c] + residual[i * 8 + c];
                out[i * 8 + c] = y < 0 ? 0 : y;
            }
        }
    }
}

void bn_add_relu_3c8_forward(float out[3][3][BATCH][8], float x[3][3][BATCH][8],
    float residual[3][3][BATCH][8], float gamma[8], float beta[8], float running_mean[8],
    float running_var[8], float mean[8], float inv_std[8], float partial[9][2][8],
    float factors[2][8], int n)
{
    const struct bn_add_relu_3c8_forward_arguments a = {out, x, residual, gamma, beta, running_mean, running_var, mean, inv_std, partial, factors, n};
    merge_statistics(8, 9, n, (float *)partial, 0.001f, 0.1f, mean, inv_std, running_mean, running_var);
    for (int c = 0; c < 8; c++) {
        factors[0][c] = gamma[c] * inv_std[c];
        factors[1][c] = beta[c] - mean[c] * factors[0][c];
    }
    model_run(1, bn_add_relu_3c8_forward_unit, &a);
}

/* avg_pool2x2s1_3c8_forward: avgpool
 *
 *     out = the mean of each 2x2 window, stride 1x1, padding 0x0 counted as zeros */
struct avg_pool2x2s1_3c8_forward_arguments {
    float (*out)[2][BATCH][8];
    float (*x)[3][BATCH][8];
    int n;
};

static void avg_pool2x2s1_3c8_forward_unit(const void *argument, int unit)
{
    const struct avg_pool2x2s1_3c8_forward_arguments *const a = argument;
    const int oy = unit / 2, ox = unit % 2;
    float *const out = (float *)a->out[oy][ox];
    for (int first = 0; first < a->n * 8; first += SUM_BLOCK) {
        const int width = at_most(a->n * 8 - first, SUM_BLOCK);
        double total[SUM_BLOCK] = {0};
        for (int tap = 0; tap < 4; tap++) {
            const int y = oy * 1 + tap / 2 - 0, x = ox * 1 + tap % 2 - 0;
            if (y < 0 || y >= 3 || x < 0 || x >= 3)
                continue;
            const float *const in = (float *)a->x[y][x] + first;
            for (int j = 0; j < width; j++)
                total[j] += in[j];
        }
        for (int j = 0; j < width; j++)
            out[first + j] = (float)(total[j] / 4);
    }
}

void avg_pool2x2s1_3c8_forward(float out[2][2][BATCH][8], float x[3][3][BATCH][8], int n)
{
    const struct avg_pool2x2s1_3c8_forward_arguments a = {out, x, n};
    model_run(4, avg_pool2x2s1_3c8_forward_unit, &a);
}

/* mean_pool_2c8_forward: mean
 *
 *     out = the mean of x over its 4 positions, by image and channel */
struct mean_pool_2c8_forward_arguments {
    float (*out)[1][BATCH][8];
    float (*x)[2][BATCH][8];
    int n;
};

static void mean_pool_2c8_forward_unit(const void *argument, int image)
{
    const struct mean_pool_2c8_forward_arguments *const a = argument;
    float *const out = a->out[0][0][image];
    sum_rows(4, 8, a->x[0][0][image], (ptrdiff_t)BATCH * 8, out);
    for (int c = 0; c < 8; c++)
        out[c] /= 4;
}

void mean_pool_2c8_forward(float out[1][1][BATCH][8], float x[2][2][BATCH][8], int n)
{
    const struct mean_pool_2c8_forward_arguments a = {out, x, n};
    model_run(n, mean_pool_2c8_forward_unit, &a);
}

/* linear_8_6_forward: pooled
 *
 *     out [n][6] = x [n][8] weight', weight [6][8] as in PyTorch; a unit takes 2 images */
struct linear_8_6_forward_arguments {
    float (*out)[1][BATCH][6];
    float (*x)[1][BATCH][8];
    float (*weight)[8];
    int n;
};

static void linear_8_6_forward_unit(const void *argument, int unit)
{
    const struct linear_8_6_forward_arguments *const a = argument;
    const int first = unit * 2, count = at_most(a->n - first, 2);
    if (count <= 0)
        return;
    gemm_nt(count, 6, 8, a->x[0][0][first], 8, a->weight[0], 8, 0,
            a->out[0][0][first], 6);
}

void linear_8_6_forward(float out[1][1][BATCH][6], float x[1][1][BATCH][8], float weight[6][8],
    int n)
{
    const struct linear_8_6_forward_arguments a = {out, x, weight, n};
    model_run(1, linear_8_6_forward_unit, &a);
}

/* flatten_2c8_forward: flatten
 *
 *     out [n][channel][y][x] = x [y][x][n][channel], PyTorch's order */
struct flatten_2c8_forward_arguments {
    float (*out)[1][BATCH][32];
    float (*x)[2][BATCH][8];
    int n;
};

static void flatten_2c8_forward_unit(const void *argument, int image)
{
    const struct flatten_2c8_forward_arguments *const a = argument;
    float *const out = a->out[0][0][image];
    for (int y = 0; y < 2; y++)
        for (int x = 0; x < 2; x++)
            for (int c = 0; c < 8; c++)
                out[(c * 2 + y) * 2 + x] = a->x[y][x][image][c];
}

void flatten_2c8_forward(float out[1][1][BATCH][32], float x[2][2][BATCH][8], int n)
{
    const struct flatten_2c8_forward_arguments a = {out, x, n};
    model_run(n, flatten_2c8_forward_unit, &a);
}

/* dropout_c32_forward: dropout
 *
 *     out = x / 0.75 where the element's draw keeps it, else 0
 *
 * The draw is a function of seed, update, layer and element, so backward repeats it and threads don't
 * matter. */
struct dropout_c32_forward_arguments {
    float (*out)[1][BATCH][32];
    float (*x)[1][BATCH][32];
    uint64_t seed;
    uint64_t update;
    int n;
};

static void dropout_c32_forward_unit(const void *argument, int unit)
{
    const struct dropout_c32_forward_arguments *const a = argument;
    const int end = at_most((unit + 1) * 1, 1);
    const uint64_t key = draw(draw(a->seed ^ 1925735977u) ^ a->update);
    for (int position = unit * 1; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 32;
        const float *const x = (float *)a->x + start;
        float *const out = (float *)a->out + start;
        for (int j = 0; j < a->n * 32; j++) {
            const int keep = (draw(key + (uint64_t)(start + j)) >> 32) >= 1073741824u;
            out[j] = keep ? x[j] * 1.33333333f : 0;
        }
    }
}

void dropout_c32_forward(float out[1][1][BATCH][32], float x[1][1][BATCH][32], uint64_t seed,
    uint64_t update, int n)
{
    const struct dropout_c32_forward_arguments a = {out, x, seed, update, n};
    model_run(1, dropout_c32_forward_unit, &a);
}

/* linear_32_6_forward: fc
 *
 *     out [n][6] = x [n][32] weight' + bias, weight [6][32] as in PyTorch; a unit takes 2 images */
struct linear_32_6_forward_arguments {
    float (*out)[1][BATCH][6];
    float (*x)[1][BATCH][32];
    float (*weight)[32];
    float *bias;
    int n;
};

static void linear_32_6_forward_unit(const void *argument, int unit)
{
    const struct linear_32_6_forward_arguments *const a = argument;
    const int first = unit * 2, count = at_most(a->n - first, 2);
    if (count <= 0)
        return;
    for (int i = first; i < first + count; i++)
        for (int c = 0; c < 6; c++)
            a->out[0][0][i][c] = a->bias[c];
    gemm_nt(count, 6, 32, a->x[0][0][first], 32, a->weight[0], 32, 1,
            a->out[0][0][first], 6);
}

void linear_32_6_forward(float out[1][1][BATCH][6], float x[1][1][BATCH][32], float weight[6][32],
    float bias[6], int n)
{
    const struct linear_32_6_forward_arguments a = {out, x, weight, bias, n};
    model_run(1, linear_32_6_forward_unit, &a);
}

/* add_c6_forward: add
 *
 *     out = left + right */
struct add_c6_forward_arguments {
    float (*out)[1][BATCH][6];
    float (*left)[1][BATCH][6];
    float (*right)[1][BATCH][6];
    int n;
};

static void add_c6_forward_unit(const void *argument, int unit)
{
    const struct add_c6_forward_arguments *const a = argument;
    const int end = at_most((unit + 1) * 1, 1);
    for (int position = unit * 1; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 6;
        const float *const left = (float *)a->left + start;
        const float *const right = (float *)a->right + start;
        float *const out = (float *)a->out + start;
        INDEPENDENT
        for (int j = 0; j < a->n * 6; j++)
            out[j] = left[j] + right[j];
    }
}

void add_c6_forward(float out[1][1][BATCH][6], float left[1][1][BATCH][6],
    float right[1][1][BATCH][6], int n)
{
    const struct add_c6_forward_arguments a = {out, left, right, n};
    model_run(1, add_c6_forward_unit, &a);
}

/* cross_entropy_c6_forward: loss
 *
 *     out = -sum over classes of target' * log softmax(logits), target' = target * 0.9 + 0.0166666667
 *
 * result: the mean over images, and how many have their largest logit where the target is largest. */
void cross_entropy_c6_forward(float out[1][1][BATCH][1], float logits[1][1][BATCH][6],
    const float *targets, struct model_result *result, int n)
{
    double sum = 0;
    result->correct = 0;
    for (int i = 0; i < n; i++) {
        const float *const z = logits[0][0][i], *const target = targets + i * 6;
        int best = 0, label = 0;
        for (int c = 1; c < 6; c++) {
            if (z[c] > z[best])
                best = c;
            if (target[c] > target[label])
                label = c;
        }
        double total = 0, loss = 0;
        for (int c = 0; c < 6; c++)
            total += expf(z[c] - z[best]);
        const float log_total = logf((float)total) + z[best];
        for (int c = 0; c < 6; c++)
            loss -= (target[c] * 0.9f + 0.016666667f) * (z[c] - log_total);
        out[0][0][i][0] = (float)loss;
        sum += loss;
        result->correct += best == label;
    }
    result->loss = sum / n;
}

/* cross_entropy_c6_backward: loss
 *
 *     d_logits = (softmax(logits) - target') / n, targets sum to 1 */
void cross_entropy_c6_backward(float d_logits[1][1][BATCH][6], float logits[1][1][BATCH][6],
    const float *targets, int n)
{
    for (int i = 0; i < n; i++) {
        const float *const z = logits[0][0][i], *const target = targets + i * 6;
        float *const d = d_logits[0][0][i], largest = z[0];
        double total = 0;
        for (int c = 1; c < 6; c++)
            largest = z[c] > largest ? z[c] : largest;
        for (int c = 0; c < 6; c++) {
            d[c] = expf(z[c] - largest);
            total += d[c];
        }
        for (int c = 0; c < 6; c++)
            d[c] = (d[c] / (float)total - target[c] * 0.9f - 0.016666667f) / (float)n;
    }
}

/* add_c6_backward: add
 *
 *     d_x = d_out */
struct add_c6_backward_arguments {
    float (*d_x)[1][BATCH][6];
    float (*d_out)[1][BATCH][6];
    int n;
};

static void add_c6_backward_unit(const void *argument, int unit)
{
    const struct add_c6_backward_arguments *const a = argument;
    const int end = at_most((unit + 1) * 1, 1);
    for (int position = unit * 1; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 6;
        const float *const d_out = (float *)a->d_out + start;
        float *const d_x = (float *)a->d_x + start;
        INDEPENDENT
        for (int j = 0; j < a->n * 6; j++)
            d_x[j] = d_out[j];
    }
}

void add_c6_backward(float d_x[1][1][BATCH][6], float d_out[1][1][BATCH][6], int n)
{
    const struct add_c6_backward_arguments a = {d_x, d_out, n};
    model_run(1, add_c6_backward_unit, &a);
}

/* linear_32_6_grad_weight: fc
 *
 *     d_weight [6][32] = d_out' x; a unit takes 32 of the inputs */
struct linear_32_6_grad_weight_arguments {
    float (*d_weight)[32];
    float (*d_out)[1][BATCH][6];
    float (*x)[1][BATCH][32];
    int n;
};

static void linear_32_6_grad_weight_unit(const void *argument, int unit)
{
    const struct linear_32_6_grad_weight_arguments *const a = argument;
    const int first = unit * 32;
    gemm_tn(6, 32, a->n, a->d_out[0][0][0], 6, &a->x[0][0][0][first], 32, 0,
            &a->d_weight[0][first], 32);
}

void linear_32_6_grad_weight(float d_weight[6][32], float d_out[1][1][BATCH][6],
    float x[1][1][BATCH][32], int n)
{
    const struct linear_32_6_grad_weight_arguments a = {d_weight, d_out, x, n};
    model_run(1, linear_32_6_grad_weight_unit, &a);
}

/* channel_sum_c6: fc
 *
 *     sum = the sum of x over 1 position and the images, by channel */
struct channel_sum_c6_arguments {
    float *sum;
    float (*x)[1][BATCH][6];
    float (*partial)[6];
    int n;
};

static void channel_sum_c6_unit(const void *argument, int position)
{
    const struct channel_sum_c6_arguments *const a = argument;
    const float *const x = (float *)a->x + (ptrdiff_t)position * BATCH * 6;
    sum_rows(a->n, 6, x, 6, a->partial[position]);
}

void channel_sum_c6(float sum[6], float x[1][1][BATCH][6], float partial[1][6], int n)
{
    const struct channel_sum_c6_arguments a = {sum, x, partial, n};
    model_run(1, channel_sum_c6_unit, &a);
    for (int c = 0; c < 6; c++) {
        double total = 0;
        for (int position = 0; position < 1; position++)
            total += partial[position][c];
        sum[c] = (float)total;
    }
}

/* linear_32_6_grad_input: fc
 *
 *     d_x [n][32] = d_out [n][6] weight; a unit takes 2 images */
struct linear_32_6_grad_input_arguments {
    float (*d_x)[1][BATCH][32];
    float (*d_out)[1][BATCH][6];
    float (*weight)[32];
    int n;
};

static void linear_32_6_grad_input_unit(const void *argument, int unit)
{
    const struct linear_32_6_grad_input_arguments *const a = argument;
    const int first = unit * 2, count = at_most(a->n - first, 2);
    if (count > 0)
        gemm_nn(count, 32, 6, a->d_out[0][0][first], 6, a->weight[0], 32, 0,
                a->d_x[0][0][first], 32);
}

void linear_32_6_grad_input(float d_x[1][1][BATCH][32], float d_out[1][1][BATCH][6],
    float weight[6][32], int n)
{
    const struct linear_32_6_grad_input_arguments a = {d_x, d_out, weight, n};
    model_run(1, linear_32_6_grad_input_unit, &a);
}

/* dropout_c32_backward: dropout
 *
 *     d_x = d_out / 0.75 where the element's draw keeps it, else 0
 *
 * The draw is a function of seed, update, layer and element, so backward repeats it and threads don't
 * matter. */
struct dropout_c32_backward_arguments {
    float (*d_x)[1][BATCH][32];
    float (*d_out)[1][BATCH][32];
    uint64_t seed;
    uint64_t update;
    int n;
};

static void dropout_c32_backward_unit(const void *argument, int unit)
{
    const struct dropout_c32_backward_arguments *const a = argument;
    const int end = at_most((unit + 1) * 1, 1);
    const uint64_t key = draw(draw(a->seed ^ 1925735977u) ^ a->update);
    for (int position = unit * 1; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 32;
        const float *const d_out = (float *)a->d_out + start;
        float *const d_x = (float *)a->d_x + start;
        for (int j = 0; j < a->n * 32; j++) {
            const int keep = (draw(key + (uint64_t)(start + j)) >> 32) >= 1073741824u;
            d_x[j] = keep ? d_out[j] * 1.33333333f : 0;
        }
    }
}

void dropout_c32_backward(float d_x[1][1][BATCH][32], float d_out[1][1][BATCH][32], uint64_t seed,
    uint64_t update, int n)
{
    const struct dropout_c32_backward_arguments a = {d_x, d_out, seed, update, n};
    model_run(1, dropout_c32_backward_unit, &a);
}

/* flatten_2c8_backward: flatten
 *
 *     d_x [y][x][n][channel] = d_out [n][channel][y][x] */
struct flatten_2c8_backward_arguments {
    float (*d_x)[2][BATCH][8];
    float (*d_out)[1][BATCH][32];
    int n;
};

static void flatten_2c8_backward_unit(const void *argument, int image)
{
    const struct flatten_2c8_backward_arguments *const a = argument;
    const float *const d_out = a->d_out[0][0][image];
    for (int y = 0; y < 2; y++)
        for (int x = 0; x < 2; x++)
            for (int c = 0; c < 8; c++)
                a->d_x[y][x][image][c] = d_out[(c * 2 + y) * 2 + x];
}

void flatten_2c8_backward(float d_x[2][2][BATCH][8], float d_out[1][1][BATCH][32], int n)
{
    const struct flatten_2c8_backward_arguments a = {d_x, d_out, n};
    model_run(n, flatten_2c8_backward_unit, &a);
}

/* linear_8_6_grad_weight: pooled
 *
 *     d_weight [6][8] = d_out' x; a unit takes 8 of the inputs */
struct linear_8_6_grad_weight_arguments {
    float (*d_weight)[8];
    float (*d_out)[1][BATCH][6];
    float (*x)[1][BATCH][8];
    int n;
};

static void linear_8_6_grad_weight_unit(const void *argument, int unit)
{
    const struct linear_8_6_grad_weight_arguments *const a = argument;
    const int first = unit * 8;
    gemm_tn(6, 8, a->n, a->d_out[0][0][0], 6, &a->x[0][0][0][first], 8, 0,
            &a->d_weight[0][first], 8);
}

void linear_8_6_grad_weight(float d_weight[6][8], float d_out[1][1][BATCH][6],
    float x[1][1][BATCH][8], int n)
{
    const struct linear_8_6_grad_weight_arguments a = {d_weight, d_out, x, n};
    model_run(1, linear_8_6_grad_weight_unit, &a);
}

/* linear_8_6_grad_input: pooled
 *
 *     d_x [n][8] = d_out [n][6] weight; a unit takes 2 images */
struct linear_8_6_grad_input_arguments {
    float (*d_x)[1][BATCH][8];
    float (*d_out)[1][BATCH][6];
    float (*weight)[8];
    int n;
};

static void linear_8_6_grad_input_unit(const void *argument, int unit)
{
    const struct linear_8_6_grad_input_arguments *const a = argument;
    const int first = unit * 2, count = at_most(a->n - first, 2);
    if (count > 0)
        gemm_nn(count, 8, 6, a->d_out[0][0][first], 6, a->weight[0], 8, 0,
                a->d_x[0][0][first], 8);
}

void linear_8_6_grad_input(float d_x[1][1][BATCH][8], float d_out[1][1][BATCH][6],
    float weight[6][8], int n)
{
    const struct linear_8_6_grad_input_arguments a = {d_x, d_out, weight, n};
    model_run(1, linear_8_6_grad_input_unit, &a);
}

/* mean_pool_2c8_add_backward: mean
 *
 *     d_x += d_out / 4 at each position */
struct mean_pool_2c8_add_backward_arguments {
    float (*d_x)[2][BATCH][8];
    float (*d_out)[1][BATCH][8];
    int n;
};

static void mean_pool_2c8_add_backward_unit(const void *argument, int position)
{
    const struct mean_pool_2c8_add_backward_arguments *const a = argument;
    const float *const d_out = (float *)a->d_out;
    float *const d_x = (float *)a->d_x + (ptrdiff_t)position * BATCH * 8;
    INDEPENDENT
    for (int j = 0; j < a->n * 8; j++)
        d_x[j] += d_out[j] / 4;
}

void mean_pool_2c8_add_backward(float d_x[2][2][BATCH][8], float d_out[1][1][BATCH][8], int n)
{
    const struct mean_pool_2c8_add_backward_arguments a = {d_x, d_out, n};
    model_run(4, mean_pool_2c8_add_backward_unit, &a);
}

/* avg_pool2x2s1_3c8_backward: avgpool
 *
 *     d_x = the sum of d_out over the windows that hold it, / 4 */
struct avg_pool2x2s1_3c8_backward_arguments {
    float (*d_x)[3][BATCH][8];
    float (*d_out)[2][BATCH][8];
    int n;
};

static void avg_pool2x2s1_3c8_backward_unit(const void *argument, int unit)
{
    const struct avg_pool2x2s1_3c8_backward_arguments *const a = argument;
    const int y = unit / 3, x = unit % 3;
    float *const d_x = (float *)a->d_x[y][x];
    for (int first = 0; first < a->n * 8; first += SUM_BLOCK) {
        const int columns = at_most(a->n * 8 - first, SUM_BLOCK);
        double total[SUM_BLOCK] = {0};
        for (int tap = 0; tap < 4; tap++) {
            const int up = y + 0 - tap / 2, left = x + 0 - tap % 2;
            const int oy = up / 1, ox = left / 1;
            if (up < 0 || left < 0 || oy * 1 != up || ox * 1 != left || oy >= 2 || ox >= 2)
                continue;
            const float *const d_out = (float *)a->d_out[oy][ox] + first;
            for (int j = 0; j < columns; j++)
                total[j] += d_out[j];
        }
        for (int j = 0; j < columns; j++)
            d_x[first + j] = (float)(total[j] / 4);
    }
}

void avg_pool2x2s1_3c8_backward(float d_x[3][3][BATCH][8], float d_out[2][2][BATCH][8], int n)
{
    const struct avg_pool2x2s1_3c8_backward_arguments a = {d_x, d_out, n};
    model_run(9, avg_pool2x2s1_3c8_backward_unit, &a);
}

/* bn_add_relu_3c8_backward: one.bn2
 *
 * With x' = (x - mean) * inv_std and m = 9 * n values a channel:
 *
 *     d = d_out where out > 0, else 0
 *     d_beta = sum d          d_gamma = sum d x'
 *     d_x = gamma * inv_std * (d - d_beta / m - x' * d_gamma / m)
 *     d_residual = d
 *
 * Once the sums are out of it, partial holds what all d_x of a channel share and their slope over x - mean.
 * (Ioffe, Szegedy 2015.) First each position's two sums, then d_x. */
struct bn_add_relu_3c8_backward_arguments {
    float (*d_x)[3][BATCH][8];
    float (*d_residual)[3][BATCH][8];
    float (*d_out)[3][BATCH][8];
    float (*x)[3][BATCH][8];
    float (*out)[3][BATCH][8];
    float *mean;
    float *inv_std;
    float *gamma;
    float *d_gamma;
    float *d_beta;
    float (*partial)[2][8];
    int n;
};

static void bn_add_relu_3c8_backward_sums(const void *argument, int position)
{
    const struct bn_add_relu_3c8_backward_arguments *const a = argument;
    const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
    const float *const d_out = (float *)a->d_out + start, *const x = (float *)a->x + start;
    const float *const out = (float *)a->out + start;
    const float *const mean = a->mean;
    for (int first = 0; first < 8; first += SUM_BLOCK) {
        const int width = at_most(8 - first, SUM_BLOCK);
        double sum[SUM_BLOCK] = {0}, sum_x[SUM_BLOCK] = {0};
        for (int begin = 0; begin < a->n; begin += SUM_ROWS) {
            const int end = at_most(a->n, begin + SUM_ROWS);
            float some[SUM_BLOCK] = {0}, some_x[SUM_BLOCK] = {0};
            for (int i = begin; i < end; i++) {
                for (int k = 0; k < width; k++) {
                    const int c = first + k, j = i * 8 + c;
                    const float d = out[j] > 0 ? d_out[j] : 0;
                    some[k] += d;
                    some_x[k] += d * (x[j] - mean[c]);
                }
            }
            for (int k = 0; k < width; k++) {
                sum[k] += some[k];
                sum_x[k] += some_x[k];
            }
        }
        for (int k = 0; k < width; k++) {
            a->partial[position][0][first + k] = (float)sum[k];
            a->partial[position][1][first + k] = (float)sum_x[k] * a->inv_std[first + k];
        }
    }
}

static void bn_add_relu_3c8_backward_unit(const void *argument, int unit)
{
    const struct bn_add_relu_3c8_backward_arguments *const a = argument;
    const float *const mean = a->mean, *const constant = a->partial[0][0], *const slope = a->partial[0][1];
    const float *const gamma = a->gamma, *const inv_std = a->inv_std;
    const int end = at_most((unit + 1) * 9, 9);
    for (int position = unit * 9; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
        const float *const d_out = (float *)a->d_out + start, *const x = (float *)a->x + start;
        const float *const out = (float *)a->out + start;
        float *const d_residual = (float *)a->d_residual + start;
        float *const d_x = (float *)a->d_x + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 8; c++) {
                const int j = i * 8 + c;
                const float d = out[j] > 0 ? d_out[j] : 0;
                const float through = d * (gamma[c] * inv_std[c]) + constant[c] + (x[j] - mean[c]) * slope[c];
                d_residual[j] = d;
                d_x[j] = through;
            }
        }
    }
}

void bn_add_relu_3c8_backward(float d_x[3][3][BATCH][8], float d_residual[3][3][BATCH][8],
    float d_out[3][3][BATCH][8], float x[3][3][BATCH][8], float out[3][3][BATCH][8], float mean[8],
    float inv_std[8], float gamma[8], float d_gamma[8], float d_beta[8], float partial[9][2][8],
    int n)
{
    const struct bn_add_relu_3c8_backward_arguments a = {d_x, d_residual, d_out, x, out, mean, inv_std, gamma, d_gamma, d_beta, partial, n};
    model_run(9, bn_add_relu_3c8_backward_sums, &a);
    merge_sums(8, 9, (float *)partial, d_beta, d_gamma);
    const float m = 9.0f * (float)n;
    for (int c = 0; c < 8; c++) {
        const float scale = gamma[c] * inv_std[c];
        partial[0][0][c] = -scale * d_beta[c] / m;
        partial[0][1][c] = -scale * inv_std[c] * d_gamma[c] / m;
    }
    model_run(1, bn_add_relu_3c8_backward_unit, &a);
}

/* conv1x3_3c8_3c8_grad_weight: one.conv2
 *
 * One unit sums the output rows of one of 3 parts for all taps:
 * [columns * images][8]' x [columns * images][8]. The parts are added up afterwards.
 * 3 of 3 taps live; 0.0 MFLOP for a batch, 0.0 with every padded product. */
static const struct tap conv1x3_3c8_3c8_grad_weight_taps[3] = {
    {1, 0, 0, 0, 3, 0, 3},
    {0, 0, -1, 0, 3, 1, 3},
    {2, 0, 1, 0, 3, 0, 2},
};

struct conv1x3_3c8_3c8_grad_weight_arguments {
    float (*d_weight)[1][8][8];
    float (*d_out)[3][BATCH][8];
    float (*x)[3][BATCH][8];
    float (*workspace)[3][1][8][8];
    int n;
};

/* Adds one tap's share of output columns x0..x1 of row y, input channels from c on. */
static void conv1x3_3c8_3c8_grad_weight_tap(
    const struct conv1x3_3c8_3c8_grad_weight_arguments *a, const struct tap *tap, int y, int x0,
    int x1, int c, float beta, float sum[1][8][8])
{
    columns_tn(x1 - x0, a->n, 8, 8, &a->x[y + tap->dy][x0 + tap->dx][0][c],
               1 * BATCH * 8, 8, a->d_out[y][x0][0], BATCH * 8,
               8, beta, sum[0][c], 8);
}

static void conv1x3_3c8_3c8_grad_weight_unit(const void *argument, int unit)
{
    const struct conv1x3_3c8_3c8_grad_weight_arguments *const a = argument;
    const int part = unit / 1;
    float(*const sum)[1][8][8] = a->workspace[part];
    const int y_begin = part * 3 / 3, y_end = (part + 1) * 3 / 3;
    const int first = unit / 1 % 1 * 3;
    const int c = unit % 1 * 8;
    for (int y = y_begin; y < y_end; y++) {
        for (int x = 0; x < 3; x += 1) {
            for (int j = 0; j < 3; j++) {
                const struct tap *const tap = &conv1x3_3c8_3c8_grad_weight_taps[first + j];
                const int x0 = at_least(x, tap->x0), x1 = at_most(x + 1, tap->x1);
                if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
                    continue;
                const int is_first = y == at_least(y_begin, tap->y0) && x0 == tap->x0;
                conv1x3_3c8_3c8_grad_weight_tap(a, tap, y, x0, x1, c, is_first ? 0 : 1, sum[tap->place]);
            }
        }
    }
    for (int j = 0; j < 3; j++) {
        const struct tap *const tap = &conv1x3_3c8_3c8_grad_weight_taps[first + j];
        const int reaches = at_least(y_begin, tap->y0) < at_most(y_end, tap->y1);
        for (int group = 0; !reaches && group < 1; group++)
            memset(sum[tap->place][group][c], 0, 8 * sizeof sum[0][0][0]);
    }
}

/* Adds the parts of one tap. */
static void conv1x3_3c8_3c8_grad_weight_add(const void *argument, int tap)
{
    const struct conv1x3_3c8_3c8_grad_weight_arguments *const a = argument;
    sum_rows(3, 64, (const float *)a->workspace[0][tap], 192,
             (float *)a->d_weight[tap]);
}

void conv1x3_3c8_3c8_grad_weight(float d_weight[3][1][8][8], float d_out[3][3][BATCH][8],
    float x[3][3][BATCH][8], float workspace[3][3][1][8][8], int n)
{
    const struct conv1x3_3c8_3c8_grad_weight_arguments a = {d_weight, d_out, x, workspace, n};
    model_run(3, conv1x3_3c8_3c8_grad_weight_unit, &a);
    model_run(3, conv1x3_3c8_3c8_grad_weight_add, &a);
}

/* conv1x3_3c8_3c8_grad_input: one.conv2
 *
 * One unit completes one column of an input row: for each tap and the outputs y, x with
 * y * stride + dy on that row, [columns * images][8] x [8][8]'.
 * 3 of 3 taps live; 0.0 MFLOP for a batch, 0.0 with every padded product. */
static const struct tap conv1x3_3c8_3c8_grad_input_taps[3] = {
    {1, 0, 0, 0, 3, 0, 3},
    {0, 0, -1, 0, 3, 1, 3},
    {2, 0, 1, 0, 3, 0, 2},
};

struct conv1x3_3c8_3c8_grad_input_arguments {
    float (*d_x)[3][BATCH][8];
    float (*d_out)[3][BATCH][8];
    float (*weight)[1][8][8];
    int n;
};

static void conv1x3_3c8_3c8_grad_input_unit(const void *argument, int unit)
{
    const struct conv1x3_3c8_3c8_grad_input_arguments *const a = argument;
    const int row = unit / 3;
    const int begin = unit / 1 % 3 * 1, end = at_most(begin + 1, 3);
    enum { o = 0 };
    for (int j = 0; j < 3; j++) {
        const struct tap *const tap = &conv1x3_3c8_3c8_grad_input_taps[j];
        const int y = row - tap->dy;
        if (y < tap->y0 || y >= tap->y1)
            continue;
        const int x0 = at_least(begin - tap->dx, tap->x0), x1 = at_most(end - tap->dx, tap->x1);
        if (x0 >= x1)
            continue;
        columns_nt(x1 - x0, a->n, 8, 8, a->d_out[y][x0][0], BATCH * 8,
                   8, a->weight[tap->place][0][o], 8, j > 0,
                   &a->d_x[row][x0 + tap->dx][0][o], 1 * BATCH * 8, 8);
    }
}

void conv1x3_3c8_3c8_grad_input(float d_x[3][3][BATCH][8], float d_out[3][3][BATCH][8],
    float weight[3][1][8][8], int n)
{
    const struct conv1x3_3c8_3c8_grad_input_arguments a = {d_x, d_out, weight, n};
    model_run(9, conv1x3_3c8_3c8_grad_input_unit, &a);
}

/* bn_relu_3c8_backward: one.bn1
 *
 * With x' = (x - mean) * inv_std and m = 9 * n values a channel:
 *
 *     d = d_out where the forward result x' * gamma + beta was above 0, else 0
 *     d_beta = sum d          d_gamma = sum d x'
 *     d_x = gamma * inv_std * (d - d_beta / m - x' * d_gamma / m)
 *
 * factors: what the forward kernel scaled x by and what it added, a row each.
 * Once the sums are out of it, partial holds what all d_x of a channel share and their slope over x - mean.
 * (Ioffe, Szegedy 2015.) First each position's two sums, then d_x. */
struct bn_relu_3c8_backward_arguments {
    float (*d_x)[3][BATCH][8];
    float (*d_out)[3][BATCH][8];
    float (*x)[3][BATCH][8];
    float *mean;
    float *inv_std;
    float *gamma;
    float *beta;
    float *d_gamma;
    float *d_beta;
    float (*partial)[2][8];
    float (*factors)[8];
    int n;
};

static void bn_relu_3c8_backward_sums(const void *argument, int position)
{
    const struct bn_relu_3c8_backward_arguments *const a = argument;
    const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
    const float *const d_out = (float *)a->d_out + start, *const x = (float *)a->x + start;
    const float *const mean = a->mean;
    const float *const scale = a->factors[0], *const shift = a->factors[1];
    for (int first = 0; first < 8; first += SUM_BLOCK) {
        const int width = at_most(8 - first, SUM_BLOCK);
        double sum[SUM_BLOCK] = {0}, sum_x[SUM_BLOCK] = {0};
        for (int begin = 0; begin < a->n; begin += SUM_ROWS) {
            const int end = at_most(a->n, begin + SUM_ROWS);
            float some[SUM_BLOCK] = {0}, some_x[SUM_BLOCK] = {0};
            for (int i = begin; i < end; i++) {
                for (int k = 0; k < width; k++) {
                    const int c = first + k, j = i * 8 + c;
                    const float d = x[j] * scale[c] + shift[c] > 0 ? d_out[j] : 0;
                    some[k] += d;
                    some_x[k] += d * (x[j] - mean[c]);
                }
            }
            for (int k = 0; k < width; k++) {
                sum[k] += some[k];
                sum_x[k] += some_x[k];
            }
        }
        for (int k = 0; k < width; k++) {
            a->partial[position][0][first + k] = (float)sum[k];
            a->partial[position][1][first + k] = (float)sum_x[k] * a->inv_std[first + k];
        }
    }
}

static void bn_relu_3c8_backward_unit(const void *argument, int unit)
{
    const struct bn_relu_3c8_backward_arguments *const a = argument;
    const float *const mean = a->mean, *const constant = a->partial[0][0], *const slope = a->partial[0][1];
    const float *const scale = a->factors[0], *const shift = a->factors[1];
    const int end = at_most((unit + 1) * 9, 9);
    for (int position = unit * 9; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
        const float *const d_out = (float *)a->d_out + start, *const x = (float *)a->x + start;
        float *const d_x = (float *)a->d_x + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 8; c++) {
                const int j = i * 8 + c;
                const float d = x[j] * scale[c] + shift[c] > 0 ? d_out[j] : 0;
                const float through = d * scale[c] + constant[c] + (x[j] - mean[c]) * slope[c];
                d_x[j] = through;
            }
        }
    }
}

void bn_relu_3c8_backward(float d_x[3][3][BATCH][8], float d_out[3][3][BATCH][8],
    float x[3][3][BATCH][8], float mean[8], float inv_std[8], float gamma[8], float beta[8],
    float d_gamma[8], float d_beta[8], float partial[9][2][8], float factors[2][8], int n)
{
    const struct bn_relu_3c8_backward_arguments a = {d_x, d_out, x, mean, inv_std, gamma, beta, d_gamma, d_beta, partial, factors, n};
    for (int c = 0; c < 8; c++) {
        factors[0][c] = gamma[c] * inv_std[c];
        factors[1][c] = beta[c] - mean[c] * factors[0][c];
    }
    model_run(9, bn_relu_3c8_backward_sums, &a);
    merge_sums(8, 9, (float *)partial, d_beta, d_gamma);
    const float m = 9.0f * (float)n;
    for (int c = 0; c < 8; c++) {
        const float scale = gamma[c] * inv_std[c];
        partial[0][0][c] = -scale * d_beta[c] / m;
        partial[0][1][c] = -scale * inv_std[c] * d_gamma[c] / m;
    }
    model_run(1, bn_relu_3c8_backward_unit, &a);
}

/* conv3x3g2_3c8_3c8_grad_weight: one.conv1
 *
 * One unit sums all output rows for one tap:
 * [columns * images][4]' x [columns * images][4].
 * 9 of 9 taps live; 0.0 MFLOP for a batch, 0.0 with every padded product. */
static const struct tap conv3x3g2_3c8_3c8_grad_weight_taps[9] = {
    {4, 0, 0, 0, 3, 0, 3},
    {0, -1, -1, 1, 3, 1, 3},
    {1, -1, 0, 1, 3, 0, 3},
    {2, -1, 1, 1, 3, 0, 2},
    {3, 0, -1, 0, 3, 1, 3},
    {5, 0, 1, 0, 3, 0, 2},
    {6, 1, -1, 0, 2, 1, 3},
    {7, 1, 0, 0, 2, 0, 3},
    {8, 1, 1, 0, 2, 0, 2},
};

struct conv3x3g2_3c8_3c8_grad_weight_arguments {
    float (*d_weight)[2][4][4];
    float (*d_out)[3][BATCH][8];
    float (*x)[3][BATCH][8];
    int n;
};

/* Adds one tap's share of output columns x0..x1 of row y, input channels from c on. */
static void conv3x3g2_3c8_3c8_grad_weight_tap(
    const struct conv3x3g2_3c8_3c8_grad_weight_arguments *a, const struct tap *tap, int y, int x0,
    int x1, int c, float beta, float sum[2][4][4])
{
    for (int group = 0; group < 2; group++)
        columns_tn(x1 - x0, a->n, 4, 4, &a->x[y + tap->dy][x0 + tap->dx][0][group * 4 + c],
                   1 * BATCH * 8, 8, &a->d_out[y][x0][0][group * 4],
                   BATCH * 8, 8, beta, sum[group][c], 4);
}

static void conv3x3g2_3c8_3c8_grad_weight_unit(const void *argument, int unit)
{
    const struct conv3x3g2_3c8_3c8_grad_weight_arguments *const a = argument;
    float(*const sum)[2][4][4] = a->d_weight;
    enum { y_begin = 0, y_end = 3 };
    const int first = unit / 1 % 9 * 1;
    const int c = unit % 1 * 4;
    for (int y = y_begin; y < y_end; y++) {
        for (int x = 0; x < 3; x += 3) {
            for (int j = 0; j < 1; j++) {
                const struct tap *const tap = &conv3x3g2_3c8_3c8_grad_weight_taps[first + j];
                const int x0 = at_least(x, tap->x0), x1 = at_most(x + 3, tap->x1);
                if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
                    continue;
                const int is_first = y == at_least(y_begin, tap->y0) && x0 == tap->x0;
                conv3x3g2_3c8_3c8_grad_weight_tap(a, tap, y, x0, x1, c, is_first ? 0 : 1, sum[tap->place]);
            }
        }
    }
    for (int j = 0; j < 1; j++) {
        const struct tap *const tap = &conv3x3g2_3c8_3c8_grad_weight_taps[first + j];
        const int reaches = at_least(y_begin, tap->y0) < at_most(y_end, tap->y1);
        for (int group = 0; !reaches && group < 2; group++)
            memset(sum[tap->place][group][c], 0, 4 * sizeof sum[0][0][0]);
    }
}

void conv3x3g2_3c8_3c8_grad_weight(float d_weight[9][2][4][4], float d_out[3][3][BATCH][8],
    float x[3][3][BATCH][8], int n)
{
    const struct conv3x3g2_3c8_3c8_grad_weight_arguments a = {d_weight, d_out, x, n};
    model_run(9, conv3x3g2_3c8_3c8_grad_weight_unit, &a);
}

/* conv3x3g2_3c8_3c8_add_grad_input: one.conv1
 *
 * One unit completes one column of an input row: for each tap and the outputs y, x with
 * y * stride + dy on that row, [columns * images][4] x [4][4]'.
 * 9 of 9 taps live; 0.0 MFLOP for a batch, 0.0 with every padded product. */
static const struct tap conv3x3g2_3c8_3c8_add_grad_input_taps[9] = {
    {4, 0, 0, 0, 3, 0, 3},
    {0, -1, -1, 1, 3, 1, 3},
    {1, -1, 0, 1, 3, 0, 3},
    {2, -1, 1, 1, 3, 0, 2},
    {3, 0, -1, 0, 3, 1, 3},
    {5, 0, 1, 0, 3, 0, 2},
    {6, 1, -1, 0, 2, 1, 3},
    {7, 1, 0, 0, 2, 0, 3},
    {8, 1, 1, 0, 2, 0, 2},
};

struct conv3x3g2_3c8_3c8_add_grad_input_arguments {
    float (*d_x)[3][BATCH][8];
    float (*d_out)[3][BATCH][8];
    float (*weight)[2][4][4];
    int n;
};

static void conv3x3g2_3c8_3c8_add_grad_input_unit(const void *argument, int unit)
{
    const struct conv3x3g2_3c8_3c8_add_grad_input_arguments *const a = argument;
    const int row = unit / 3;
    const int begin = unit / 1 % 3 * 1, end = at_most(begin + 1, 3);
    enum { o = 0 };
    for (int j = 0; j < 9; j++) {
        const struct tap *const tap = &conv3x3g2_3c8_3c8_add_grad_input_taps[j];
        const int y = row - tap->dy;
        if (y < tap->y0 || y >= tap->y1)
            continue;
        const int x0 = at_least(begin - tap->dx, tap->x0), x1 = at_most(end - tap->dx, tap->x1);
        if (x0 >= x1)
            continue;
        for (int group = 0; group < 2; group++)
            columns_nt(x1 - x0, a->n, 4, 4, &a->d_out[y][x0][0][group * 4], BATCH * 8,
                       8, a->weight[tap->place][group][0], 4, 1,
                       &a->d_x[row][x0 + tap->dx][0][group * 4], 1 * BATCH * 8,
                       8);
    }
}

void conv3x3g2_3c8_3c8_add_grad_input(float d_x[3][3][BATCH][8], float d_out[3][3][BATCH][8],
    float weight[9][2][4][4], int n)
{
    const struct conv3x3g2_3c8_3c8_add_grad_input_arguments a = {d_x, d_out, weight, n};
    model_run(9, conv3x3g2_3c8_3c8_add_grad_input_unit, &a);
}

/* max_pool3x3s2_6x5c8_backward: maxpool
 *
 *     d_x = the sum of d_out over the windows whose choice it was */
struct max_pool3x3s2_6x5c8_backward_arguments {
    float (*d_x)[5][BATCH][8];
    float (*d_out)[3][BATCH][8];
    uint8_t (*choice)[3][BATCH][8];
    int n;
};

static void max_pool3x3s2_6x5c8_backward_unit(const void *argument, int unit)
{
    const struct max_pool3x3s2_6x5c8_backward_arguments *const a = argument;
    const int y = unit / 5, x = unit % 5;
    float *const d_x = (float *)a->d_x[y][x];
    for (int j = 0; j < a->n * 8; j++)
        d_x[j] = 0;
    for (int tap = 0; tap < 9; tap++) {
        const int up = y + 1 - tap / 3, left = x + 1 - tap % 3;
        const int oy = up / 2, ox = left / 2;
        if (up < 0 || left < 0 || oy * 2 != up || ox * 2 != left || oy >= 3 || ox >= 3)
            continue;
        const float *const d_out = (float *)a->d_out[oy][ox];
        const uint8_t *const choice = (uint8_t *)a->choice[oy][ox];
        INDEPENDENT
        for (int j = 0; j < a->n * 8; j++)
            d_x[j] += choice[j] == tap ? d_out[j] : 0;
    }
}

void max_pool3x3s2_6x5c8_backward(float d_x[6][5][BATCH][8], float d_out[3][3][BATCH][8],
    uint8_t choice[3][3][BATCH][8], int n)
{
    const struct max_pool3x3s2_6x5c8_backward_arguments a = {d_x, d_out, choice, n};
    model_run(30, max_pool3x3s2_6x5c8_backward_unit, &a);
}

/* relu_6x5c8_backward: relu
 *
 *     d_x = d_out where out > 0, else 0 */
struct relu_6x5c8_backward_arguments {
    float (*d_x)[5][BATCH][8];
    float (*d_out)[5][BATCH][8];
    float (*out)[5][BATCH][8];
    int n;
};

static void relu_6x5c8_backward_unit(const void *argument, int unit)
{
    const struct relu_6x5c8_backward_arguments *const a = argument;
    const int end = at_most((unit + 1) * 30, 30);
    for (int position = unit * 30; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
        const float *const d_out = (float *)a->d_out + start;
        const float *const out = (float *)a->out + start;
        float *const d_x = (float *)a->d_x + start;
        INDEPENDENT
        for (int j = 0; j < a->n * 8; j++)
            d_x[j] = out[j] > 0 ? d_out[j] : 0;
    }
}

void relu_6x5c8_backward(float d_x[6][5][BATCH][8], float d_out[6][5][BATCH][8],
    float out[6][5][BATCH][8], int n)
{
    const struct relu_6x5c8_backward_arguments a = {d_x, d_out, out, n};
    model_run(1, relu_6x5c8_backward_unit, &a);
}

/* conv5x5s2_12x10c3_6x5c8_grad_weight: stem
 *
 * One unit sums all output rows for one tap:
 * [columns * images][3]' x [columns * images][8].
 * 25 of 25 taps live; 0.1 MFLOP for a batch, 0.1 with every padded product. */
static const struct tap conv5x5s2_12x10c3_6x5c8_grad_weight_taps[25] = {
    {12, 0, 0, 0, 6, 0, 5},
    {0, -2, -2, 1, 6, 1, 5},
    {1, -2, -1, 1, 6, 1, 5},
    {2, -2, 0, 1, 6, 0, 5},
    {3, -2, 1, 1, 6, 0, 5},
    {4, -2, 2, 1, 6, 0, 4},
    {5, -1, -2, 1, 6, 1, 5},
    {6, -1, -1, 1, 6, 1, 5},
    {7, -1, 0, 1, 6, 0, 5},
    {8, -1, 1, 1, 6, 0, 5},
    {9, -1, 2, 1, 6, 0, 4},
    {10, 0, -2, 0, 6, 1, 5},
    {11, 0, -1, 0, 6, 1, 5},
    {13, 0, 1, 0, 6, 0, 5},
    {14, 0, 2, 0, 6, 0, 4},
    {15, 1, -2, 0, 6, 1, 5},
    {16, 1, -1, 0, 6, 1, 5},
    {17, 1, 0, 0, 6, 0, 5},
    {18, 1, 1, 0, 6, 0, 5},
    {19, 1, 2, 0, 6, 0, 4},
    {20, 2, -2, 0, 5, 1, 5},
    {21, 2, -1, 0, 5, 1, 5},
    {22, 2, 0, 0, 5, 0, 5},
    {23, 2, 1, 0, 5, 0, 5},
    {24, 2, 2, 0, 5, 0, 4},
};

struct conv5x5s2_12x10c3_6x5c8_grad_weight_arguments {
    float (*d_weight)[1][3][8];
    float (*d_out)[5][BATCH][8];
    float (*x)[10][BATCH][3];
    int n;
};

/* Adds one tap's share of output columns x0..x1 of row y, input channels from c on. */
static void conv5x5s2_12x10c3_6x5c8_grad_weight_tap(
    const struct conv5x5s2_12x10c3_6x5c8_grad_weight_arguments *a, const struct tap *tap, int y, int x0,
    int x1, int c, float beta, float sum[1][3][8])
{
    columns_tn(x1 - x0, a->n, 3, 8, &a->x[y * 2 + tap->dy][x0 * 2 + tap->dx][0][c],
               2 * BATCH * 3, 3, a->d_out[y][x0][0], BATCH * 8,
               8, beta, sum[0][c], 8);
}

static void conv5x5s2_12x10c3_6x5c8_grad_weight_unit(const void *argument, int unit)
{
    const struct conv5x5s2_12x10c3_6x5c8_grad_weight_arguments *const a = argument;
    float(*const sum)[1][3][8] = a->d_weight;
    enum { y_begin = 0, y_end = 6 };
    const int first = unit / 1 % 25 * 1;
    const int c = unit % 1 * 3;
    for (int y = y_begin; y < y_end; y++) {
        for (int x = 0; x < 5; x += 5) {
            for (int j = 0; j < 1; j++) {
                const struct tap *const tap = &conv5x5s2_12x10c3_6x5c8_grad_weight_taps[first + j];
                const int x0 = at_least(x, tap->x0), x1 = at_most(x + 5, tap->x1);
                if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
                    continue;
                const int is_first = y == at_least(y_begin, tap->y0) && x0 == tap->x0;
                conv5x5s2_12x10c3_6x5c8_grad_weight_tap(a, tap, y, x0, x1, c, is_first ? 0 : 1, sum[tap->place]);
            }
        }
    }
    for (int j = 0; j < 1; j++) {
        const struct tap *const tap = &conv5x5s2_12x10c3_6x5c8_grad_weight_taps[first + j];
        const int reaches = at_least(y_begin, tap->y0) < at_most(y_end, tap->y1);
        for (int group = 0; !reaches && group < 1; group++)
            memset(sum[tap->place][group][c], 0, 3 * sizeof sum[0][0][0]);
    }
}

void conv5x5s2_12x10c3_6x5c8_grad_weight(float d_weight[25][1][3][8], float d_out[6][5][BATCH][8],
    float x[12][10][BATCH][3], int n)
{
    const struct conv5x5s2_12x10c3_6x5c8_grad_weight_arguments a = {d_weight, d_out, x, n};
    model_run(25, conv5x5s2_12x10c3_6x5c8_grad_weight_unit, &a);
}

/* channel_sum_6x5c8: stem
 *
 *     sum = the sum of x over 30 positions and the images, by channel */
struct channel_sum_6x5c8_arguments {
    float *sum;
    float (*x)[5][BATCH][8];
    float (*partial)[8];
    int n;
};

static void channel_sum_6x5c8_unit(const void *argument, int position)
{
    const struct channel_sum_6x5c8_arguments *const a = argument;
    const float *const x = (float *)a->x + (ptrdiff_t)position * BATCH * 8;
    sum_rows(a->n, 8, x, 8, a->partial[position]);
}

void channel_sum_6x5c8(float sum[8], float x[6][5][BATCH][8], float partial[30][8], int n)
{
    const struct channel_sum_6x5c8_arguments a = {sum, x, partial, n};
    model_run(30, channel_sum_6x5c8_unit, &a);
    for (int c = 0; c < 8; c++) {
        double total = 0;
        for (int position = 0; position < 30; position++)
            total += partial[position][c];
        sum[c] = (float)total;
    }
}

/* max_pool3x3s2_6x5c8_evaluate: maxpool
 *
 *     out = the largest x of each 3x3 window, stride 2x2, padding 1x1 that never wins
 */
struct max_pool3x3s2_6x5c8_evaluate_arguments {
    float (*out)[3][BATCH][8];
    float (*x)[5][BATCH][8];
    int n;
};

static void max_pool3x3s2_6x5c8_evaluate_unit(const void *argument, int unit)
{
    const struct max_pool3x3s2_6x5c8_evaluate_arguments *const a = argument;
    const int oy = unit / 3, ox = unit % 3;
    for (int i = 0; i < a->n; i++) {
        float *const best = a->out[oy][ox][i];
        int first = 1; /* whatever is there loses to the first tap inside */
        for (int tap = 0; tap < 9; tap++) {
            const int y = oy * 2 + tap / 3 - 1, x = ox * 2 + tap % 3 - 1;
            if (y < 0 || y >= 6 || x < 0 || x >= 5)
                continue;
            const float *const in = a->x[y][x][i];
            INDEPENDENT
            for (int c = 0; c < 8; c++) {
                const int better = first | (in[c] > best[c]) | (in[c] != in[c]);
                best[c] = better ? in[c] : best[c];
            }
            first = 0;
        }
    }
}

void max_pool3x3s2_6x5c8_evaluate(float out[3][3][BATCH][8], float x[6][5][BATCH][8], int n)
{
    const struct max_pool3x3s2_6x5c8_evaluate_arguments a = {out, x, n};
    model_run(9, max_pool3x3s2_6x5c8_evaluate_unit, &a);
}

/* conv3x3g2_3c8_3c8_evaluate: one.conv1
 *
 * One unit makes one column of an output row, over all images: for each tap that
 * reaches them, [columns * images][4] x [4][4].
 * 9 of 9 taps live; 0.0 MFLOP for a batch, 0.0 with every padded product. */
static const struct tap conv3x3g2_3c8_3c8_evaluate_taps[9] = {
    {4, 0, 0, 0, 3, 0, 3},
    {0, -1, -1, 1, 3, 1, 3},
    {1, -1, 0, 1, 3, 0, 3},
    {2, -1, 1, 1, 3, 0, 2},
    {3, 0, -1, 0, 3, 1, 3},
    {5, 0, 1, 0, 3, 0, 2},
    {6, 1, -1, 0, 2, 1, 3},
    {7, 1, 0, 0, 2, 0, 3},
    {8, 1, 1, 0, 2, 0, 2},
};

struct conv3x3g2_3c8_3c8_evaluate_arguments {
    float (*out)[3][BATCH][8];
    float (*x)[3][BATCH][8];
    float (*weight)[2][4][4];
    int n;
};

static void conv3x3g2_3c8_3c8_evaluate_unit(const void *argument, int unit)
{
    const struct conv3x3g2_3c8_3c8_evaluate_arguments *const a = argument;
    const int y = unit / 3, x_begin = unit / 1 % 3 * 1;
    const int x_end = at_most(x_begin + 1, 3);
    enum { o = 0 };
    for (int j = 0; j < 9; j++) {
        const struct tap *const tap = &conv3x3g2_3c8_3c8_evaluate_taps[j];
        const int x0 = at_least(x_begin, tap->x0), x1 = at_most(x_end, tap->x1);
        if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
            continue;
        for (int group = 0; group < 2; group++)
            columns_nn(x1 - x0, a->n, 4, 4,
                       &a->x[y + tap->dy][x0 + tap->dx][0][group * 4],
                       1 * BATCH * 8, 8, a->weight[tap->place][group][0], 4,
                       j > 0, &a->out[y][x0][0][group * 4], BATCH * 8, 8);
    }
}

void conv3x3g2_3c8_3c8_evaluate(float out[3][3][BATCH][8], float x[3][3][BATCH][8],
    float weight[9][2][4][4], int n)
{
    const struct conv3x3g2_3c8_3c8_evaluate_arguments a = {out, x, weight, n};
    model_run(9, conv3x3g2_3c8_3c8_evaluate_unit, &a);
}

/* bn_relu_3c8_evaluate: one.bn1
 *
 *     out = max(0, (x - running_mean) / sqrt(running_var + 1e-05) * gamma + beta)
 *
 * factors: what x is scaled by and what is added, a row each. */
struct bn_relu_3c8_evaluate_arguments {
    float (*out)[3][BATCH][8];
    float (*x)[3][BATCH][8];
    float *gamma;
    float *beta;
    float *running_mean;
    float *running_var;
    float (*factors)[8];
    int n;
};

static void bn_relu_3c8_evaluate_unit(const void *argument, int unit)
{
    const struct bn_relu_3c8_evaluate_arguments *const a = argument;
    const float *const scale = a->factors[0], *const shift = a->factors[1];
    const int end = at_most((unit + 1) * 9, 9);
    for (int position = unit * 9; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
        const float *const x = (float *)a->x + start;
        float *const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 8; c++) {
                const float y = x[i * 8 + c] * scale[c] + shift[c];
                out[i * 8 + c] = y < 0 ? 0 : y;
            }
        }
    }
}

void bn_relu_3c8_evaluate(float out[3][3][BATCH][8], float x[3][3][BATCH][8], float gamma[8],
    float beta[8], float running_mean[8], float running_var[8], float factors[2][8], int n)
{
    const struct bn_relu_3c8_evaluate_arguments a = {out, x, gamma, beta, running_mean, running_var, factors, n};
    for (int c = 0; c < 8; c++) {
        factors[0][c] = gamma[c] / sqrtf(running_var[c] + 1e-05f);
        factors[1][c] = beta[c] - running_mean[c] * factors[0][c];
    }
    model_run(1, bn_relu_3c8_evaluate_unit, &a);
}

/* conv1x3_3c8_3c8_evaluate: one.conv2
 *
 * One unit makes one column of an output row, over all images: for each tap that
 * reaches them, [columns * images][8] x [8][8].
 * 3 of 3 taps live; 0.0 MFLOP for a batch, 0.0 with every padded product. */
static const struct tap conv1x3_3c8_3c8_evaluate_taps[3] = {
    {1, 0, 0, 0, 3, 0, 3},
    {0, 0, -1, 0, 3, 1, 3},
    {2, 0, 1, 0, 3, 0, 2},
};

struct conv1x3_3c8_3c8_evaluate_arguments {
    float (*out)[3][BATCH][8];
    float (*x)[3][BATCH][8];
    float (*weight)[1][8][8];
    int n;
};

static void conv1x3_3c8_3c8_evaluate_unit(const void *argument, int unit)
{
    const struct conv1x3_3c8_3c8_evaluate_arguments *const a = argument;
    const int y = unit / 3, x_begin = unit / 1 % 3 * 1;
    const int x_end = at_most(x_begin + 1, 3);
    enum { o = 0 };
    for (int j = 0; j < 3; j++) {
        const struct tap *const tap = &conv1x3_3c8_3c8_evaluate_taps[j];
        const int x0 = at_least(x_begin, tap->x0), x1 = at_most(x_end, tap->x1);
        if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
            continue;
        columns_nn(x1 - x0, a->n, 8, 8, a->x[y + tap->dy][x0 + tap->dx][0],
                   1 * BATCH * 8, 8, &a->weight[tap->place][0][0][o], 8,
                   j > 0, &a->out[y][x0][0][o], BATCH * 8, 8);
    }
}

void conv1x3_3c8_3c8_evaluate(float out[3][3][BATCH][8], float x[3][3][BATCH][8],
    float weight[3][1][8][8], int n)
{
    const struct conv1x3_3c8_3c8_evaluate_arguments a = {out, x, weight, n};
    model_run(9, conv1x3_3c8_3c8_evaluate_unit, &a);
}

/* bn_add_relu_3c8_evaluate: one.bn2
 *
 *     out = max(0, (x - running_mean) / sqrt(running_var + 0.001) * gamma + beta + residual)
 *
 * factors: what x is scaled by and what is added, a row each. */
struct bn_add_relu_3c8_evaluate_arguments {
    float (*out)[3][BATCH][8];
    float (*x)[3][BATCH][8];
    float (*residual)[3][BATCH][8];
    float *gamma;
    float *beta;
    float *running_mean;
    float *running_var;
    float (*factors)[8];
    int n;
};

static void bn_add_relu_3c8_evaluate_unit(const void *argument, int unit)
{
    const struct bn_add_relu_3c8_evaluate_arguments *const a = argument;
    const float *const scale = a->factors[0], *const shift = a->factors[1];
    const int end = at_most((unit + 1) * 9, 9);
    for (int position = unit * 9; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
        const float *const x = (float *)a->x + start;
        const float *const residual = (float *)a->residual + start;
        float *const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 8; c++) {
                const float y = x[i * 8 + c] * scale[c] + shift[c] + residual[i * 8 + c];
                out[i * 8 + c] = y < 0 ? 0 : y;
            }
        }
    }
}

void bn_add_relu_3c8_evaluate(float out[3][3][BATCH][8], float x[3][3][BATCH][8],
    float residual[3][3][BATCH][8], float gamma[8], float beta[8], float running_mean[8],
    float running_var[8], float factors[2][8], int n)
{
    const struct bn_add_relu_3c8_evaluate_arguments a = {out, x, residual, gamma, beta, running_mean, running_var, factors, n};
    for (int c = 0; c < 8; c++) {
        factors[0][c] = gamma[c] / sqrtf(running_var[c] + 0.001f);
        factors[1][c] = beta[c] - running_mean[c] * factors[0][c];
    }
    model_run(1, bn_add_relu_3c8_evaluate_unit, &a);
}

