/* Made by castnet 0.1.0 from resnet8_tiny.lua --target avx2 --batch 4.
 * This file belongs to whoever made it. */
#include "kernels.h"

#include "gemm.h"
#include "support.h"

/* normalise_32c3: image
 *
 *     out = (byte / 255 - mean) / std by channel, images [n][channel][y][x] -> out [y][x][n][channel] */
struct normalise_32c3_arguments {
    float (*out)[32][BATCH][3];
    const uint8_t *images;
    int n;
};

static void normalise_32c3_unit(const void *argument, int y)
{
    static const double scale[3] = {0.015876796062554578, 0.01610500463018883, 0.014990705762427295};
    static const double shift[3] = {-1.9894736842105263, -1.980287474332649, -1.7068042813455657};
    const struct normalise_32c3_arguments *const a = argument;
    for (int x = 0; x < 32; x++)
        for (int i = 0; i < a->n; i++)
            for (int c = 0; c < 3; c++)
                a->out[y][x][i][c] =
                    (float)(a->images[((i * 3 + c) * 32 + y) * 32 + x] * scale[c] + shift[c]);
}

void normalise_32c3(float out[32][32][BATCH][3], const uint8_t *images, int n)
{
    const struct normalise_32c3_arguments a = {out, images, n};
    model_run(32, normalise_32c3_unit, &a);
}

/* conv3x3_32c3_32c8_forward: conv1
 *
 * One unit lowers 4 columns of an output row, [columns][images][9 taps * 3 channels] with
 * zeros for padding, and multiplies by the weight, [27][8]. */
static const struct tap conv3x3_32c3_32c8_forward_taps[9] = {
    {0, -1, -1, 1, 32, 1, 32},
    {1, -1, 0, 1, 32, 0, 32},
    {2, -1, 1, 1, 32, 0, 31},
    {3, 0, -1, 0, 32, 1, 32},
    {4, 0, 0, 0, 32, 0, 32},
    {5, 0, 1, 0, 32, 0, 31},
    {6, 1, -1, 0, 31, 1, 32},
    {7, 1, 0, 0, 31, 0, 32},
    {8, 1, 1, 0, 31, 0, 31},
};

struct conv3x3_32c3_32c8_forward_arguments {
    float (*out)[32][BATCH][8];
    float (*x)[32][BATCH][3];
    float (*weight)[1][3][8];
    float (*partial)[2][8];
    float (*lowered)[32][BATCH][27];
    int n;
};

/* The inputs that the taps read for output y, x, side by side, zeros for padding, to lowered[y][x]. */
static void conv3x3_32c3_32c8_forward_lower(const struct conv3x3_32c3_32c8_forward_arguments *a, int y, int x)
{
    const float *from[9];
    {
        enum { first = 0, count = 9 };
        for (int j = 0; j < count; j++) {
            const struct tap *const tap = &conv3x3_32c3_32c8_forward_taps[first + j];
            const int inside = y >= tap->y0 && y < tap->y1 && x >= tap->x0 && x < tap->x1;
            from[j] = inside ? (float *)a->x[y + tap->dy][x + tap->dx] : 0;
        }
        for (int i = 0; i < a->n; i++) {
            float *const to = a->lowered[y][x][i] + first * 3;
            for (int j = 0; j < count; j++)
                for (int c = 0; c < 3; c++)
                    to[j * 3 + c] = from[j] ? from[j][i * 3 + c] : 0;
        }
    }
}

static void conv3x3_32c3_32c8_forward_unit(const void *argument, int unit)
{
    const struct conv3x3_32c3_32c8_forward_arguments *const a = argument;
    const int y = unit / 8, x0 = unit % 8 * 4, x1 = at_most(x0 + 4, 32);
    for (int x = x0; x < x1; x++)
        conv3x3_32c3_32c8_forward_lower(a, y, x);
    columns_nn(x1 - x0, a->n, 8, 27, a->lowered[y][x0][0], BATCH * 27, 27, a->weight[0][0][0], 8, 0,
               a->out[y][x0][0], BATCH * 8, 8);
    for (int x = x0; x < x1; x++)
        partial_statistics(8, 8, a->n, a->out[y][x][0], a->partial[y * 32 + x][0],
                           a->partial[y * 32 + x][1]);
}

void conv3x3_32c3_32c8_forward(float out[32][32][BATCH][8], float x[32][32][BATCH][3],
    float weight[9][1][3][8], float partial[1024][2][8], float lowered[32][32][BATCH][27], int n)
{
    const struct conv3x3_32c3_32c8_forward_arguments a = {out, x, weight, partial, lowered, n};
    model_run(256, conv3x3_32c3_32c8_forward_unit, &a);
}

/* bn_relu_32c8_forward: bn1, layer1.0.bn1
 *
 *     out = max(0, (x - mean) * inv_std * gamma + beta)
 *
 * mean and variance of each channel over 1024 positions and the images; inv_std = 1 / sqrt(variance + 1e-05).
 * partial: what the convolution left for each position, the mean over images and the sum of squared
 * distances to it, so that no large numbers cancel (Chan, Golub, LeVeque 1979).
 * factors: what x is scaled by and what is added, a row each.
 * The running variance takes the unbiased estimate, as PyTorch's does. */
struct bn_relu_32c8_forward_arguments {
    float (*out)[32][BATCH][8];
    float (*x)[32][BATCH][8];
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

static void bn_relu_32c8_forward_unit(const void *argument, int unit)
{
    const struct bn_relu_32c8_forward_arguments *const a = argument;
    const float *restrict const scale = a->factors[0], *restrict const shift = a->factors[1];
    const int end = at_most((unit + 1) * 512, 1024);
    for (int position = unit * 512; position < end; position++) {
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

void bn_relu_32c8_forward(float out[32][32][BATCH][8], float x[32][32][BATCH][8], float gamma[8],
    float beta[8], float running_mean[8], float running_var[8], float mean[8], float inv_std[8],
    float partial[1024][2][8], float factors[2][8], int n)
{
    const struct bn_relu_32c8_forward_arguments a = {out, x, gamma, beta, running_mean, running_var, mean, inv_std, partial, factors, n};
    merge_statistics(8, 1024, n, (float *)partial, 1e-05f, 0.1f, mean, inv_std, running_mean, running_var);
    for (int c = 0; c < 8; c++) {
        factors[0][c] = gamma[c] * inv_std[c];
        factors[1][c] = beta[c] - mean[c] * factors[0][c];
    }
    model_run(2, bn_relu_32c8_forward_unit, &a);
}

/* conv3x3_32c8_32c8_forward: layer1.0.conv1, layer1.0.conv2
 *
 * One unit lowers 4 columns of an output row, [columns][images][9 taps * 8 channels] with
 * zeros for padding, and multiplies by the weight, [72][8]. */
static const struct tap conv3x3_32c8_32c8_forward_taps[9] = {
    {0, -1, -1, 1, 32, 1, 32},
    {1, -1, 0, 1, 32, 0, 32},
    {2, -1, 1, 1, 32, 0, 31},
    {3, 0, -1, 0, 32, 1, 32},
    {4, 0, 0, 0, 32, 0, 32},
    {5, 0, 1, 0, 32, 0, 31},
    {6, 1, -1, 0, 31, 1, 32},
    {7, 1, 0, 0, 31, 0, 32},
    {8, 1, 1, 0, 31, 0, 31},
};

struct conv3x3_32c8_32c8_forward_arguments {
    float (*out)[32][BATCH][8];
    float (*x)[32][BATCH][8];
    float (*weight)[1][8][8];
    float (*partial)[2][8];
    float (*lowered)[32][BATCH][72];
    int n;
};

/* The inputs that the taps read for output y, x, side by side, zeros for padding, to lowered[y][x]. */
static void conv3x3_32c8_32c8_forward_lower(const struct conv3x3_32c8_32c8_forward_arguments *a, int y, int x)
{
    const float *from[9];
    {
        enum { first = 0, count = 9 };
        for (int j = 0; j < count; j++) {
            const struct tap *const tap = &conv3x3_32c8_32c8_forward_taps[first + j];
            const int inside = y >= tap->y0 && y < tap->y1 && x >= tap->x0 && x < tap->x1;
            from[j] = inside ? (float *)a->x[y + tap->dy][x + tap->dx] : 0;
        }
        for (int i = 0; i < a->n; i++) {
            float *const to = a->lowered[y][x][i] + first * 8;
            for (int j = 0; j < count; j++)
                for (int c = 0; c < 8; c++)
                    to[j * 8 + c] = from[j] ? from[j][i * 8 + c] : 0;
        }
    }
}

static void conv3x3_32c8_32c8_forward_unit(const void *argument, int unit)
{
    const struct conv3x3_32c8_32c8_forward_arguments *const a = argument;
    const int y = unit / 8, x0 = unit % 8 * 4, x1 = at_most(x0 + 4, 32);
    for (int x = x0; x < x1; x++)
        conv3x3_32c8_32c8_forward_lower(a, y, x);
    columns_nn(x1 - x0, a->n, 8, 72, a->lowered[y][x0][0], BATCH * 72, 72, a->weight[0][0][0], 8, 0,
               a->out[y][x0][0], BATCH * 8, 8);
    for (int x = x0; x < x1; x++)
        partial_statistics(8, 8, a->n, a->out[y][x][0], a->partial[y * 32 + x][0],
                           a->partial[y * 32 + x][1]);
}

void conv3x3_32c8_32c8_forward(float out[32][32][BATCH][8], float x[32][32][BATCH][8],
    float weight[9][1][8][8], float partial[1024][2][8], float lowered[32][32][BATCH][72], int n)
{
    const struct conv3x3_32c8_32c8_forward_arguments a = {out, x, weight, partial, lowered, n};
    model_run(256, conv3x3_32c8_32c8_forward_unit, &a);
}

/* bn_add_relu_32c8_forward: layer1.0.bn2
 *
 *     out = max(0, (x - mean) * inv_std * gamma + beta + residual)
 *
 * mean and variance of each channel over 1024 positions and the images; inv_std = 1 / sqrt(variance + 1e-05).
 * partial: what the convolution left for each position, the mean over images and the sum of squared
 * distances to it, so that no large numbers cancel (Chan, Golub, LeVeque 1979).
 * factors: what x is scaled by and what is added, a row each.
 * The running variance takes the unbiased estimate, as PyTorch's does. */
struct bn_add_relu_32c8_forward_arguments {
    float (*out)[32][BATCH][8];
    float (*x)[32][BATCH][8];
    float (*residual)[32][BATCH][8];
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

static void bn_add_relu_32c8_forward_unit(const void *argument, int unit)
{
    const struct bn_add_relu_32c8_forward_arguments *const a = argument;
    const float *restrict const scale = a->factors[0], *restrict const shift = a->factors[1];
    const int end = at_most((unit + 1) * 512, 1024);
    for (int position = unit * 512; position < end; position++) {
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

void bn_add_relu_32c8_forward(float out[32][32][BATCH][8], float x[32][32][BATCH][8],
    float residual[32][32][BATCH][8], float gamma[8], float beta[8], float running_mean[8],
    float running_var[8], float mean[8], float inv_std[8], float partial[1024][2][8],
    float factors[2][8], int n)
{
    const struct bn_add_relu_32c8_forward_arguments a = {out, x, residual, gamma, beta, running_mean, running_var, mean, inv_std, partial, factors, n};
    merge_statistics(8, 1024, n, (float *)partial, 1e-05f, 0.1f, mean, inv_std, running_mean, running_var);
    for (int c = 0; c < 8; c++) {
        factors[0][c] = gamma[c] * inv_std[c];
        factors[1][c] = beta[c] - mean[c] * factors[0][c];
    }
    model_run(2, bn_add_relu_32c8_forward_unit, &a);
}

/* conv1x1s2_32c8_16c16_forward: layer2.0.downsample.0
 *
 * One unit lowers 4 columns of an output row, [columns][images][1 taps * 8 channels] with
 * zeros for padding, and multiplies by the weight, [8][16]. */
static const struct tap conv1x1s2_32c8_16c16_forward_taps[1] = {
    {0, 0, 0, 0, 16, 0, 16},
};

struct conv1x1s2_32c8_16c16_forward_arguments {
    float (*out)[16][BATCH][16];
    float (*x)[32][BATCH][8];
    float (*weight)[1][8][16];
    float (*partial)[2][16];
    float (*lowered)[16][BATCH][8];
    int n;
};

/* The inputs that the taps read for output y, x, side by side, zeros for padding, to lowered[y][x]. */
static void conv1x1s2_32c8_16c16_forward_lower(const struct conv1x1s2_32c8_16c16_forward_arguments *a, int y, int x)
{
    const float *from[1];
    {
        enum { first = 0, count = 1 };
        for (int j = 0; j < count; j++) {
            const struct tap *const tap = &conv1x1s2_32c8_16c16_forward_taps[first + j];
            const int inside = y >= tap->y0 && y < tap->y1 && x >= tap->x0 && x < tap->x1;
            from[j] = inside ? (float *)a->x[y * 2 + tap->dy][x * 2 + tap->dx] : 0;
        }
        for (int i = 0; i < a->n; i++) {
            float *const to = a->lowered[y][x][i] + first * 8;
            for (int j = 0; j < count; j++)
                for (int c = 0; c < 8; c++)
                    to[j * 8 + c] = from[j] ? from[j][i * 8 + c] : 0;
        }
    }
}

static void conv1x1s2_32c8_16c16_forward_unit(const void *argument, int unit)
{
    const struct conv1x1s2_32c8_16c16_forward_arguments *const a = argument;
    const int y = unit / 4, x0 = unit % 4 * 4, x1 = at_most(x0 + 4, 16);
    for (int x = x0; x < x1; x++)
        conv1x1s2_32c8_16c16_forward_lower(a, y, x);
    columns_nn(x1 - x0, a->n, 16, 8, a->lowered[y][x0][0], BATCH * 8, 8, a->weight[0][0][0], 16, 0,
               a->out[y][x0][0], BATCH * 16, 16);
    for (int x = x0; x < x1; x++)
        partial_statistics(16, 16, a->n, a->out[y][x][0], a->partial[y * 16 + x][0],
                           a->partial[y * 16 + x][1]);
}

void conv1x1s2_32c8_16c16_forward(float out[16][16][BATCH][16], float x[32][32][BATCH][8],
    float weight[1][1][8][16], float partial[256][2][16], float lowered[16][16][BATCH][8], int n)
{
    const struct conv1x1s2_32c8_16c16_forward_arguments a = {out, x, weight, partial, lowered, n};
    model_run(64, conv1x1s2_32c8_16c16_forward_unit, &a);
}

/* bn_16c16_forward: layer2.0.downsample.1
 *
 *     out = (x - mean) * inv_std * gamma + beta
 *
 * mean and variance of each channel over 256 positions and the images; inv_std = 1 / sqrt(variance + 1e-05).
 * partial: what the convolution left for each position, the mean over images and the sum of squared
 * distances to it, so that no large numbers cancel (Chan, Golub, LeVeque 1979).
 * factors: what x is scaled by and what is added, a row each.
 * The running variance takes the unbiased estimate, as PyTorch's does. */
struct bn_16c16_forward_arguments {
    float (*out)[16][BATCH][16];
    float (*x)[16][BATCH][16];
    float *gamma;
    float *beta;
    float *running_mean;
    float *running_var;
    float *mean;
    float *inv_std;
    float (*partial)[2][16];
    float (*factors)[16];
    int n;
};

static void bn_16c16_forward_unit(const void *argument, int unit)
{
    const struct bn_16c16_forward_arguments *const a = argument;
    const float *restrict const scale = a->factors[0], *restrict const shift = a->factors[1];
    const int end = at_most((unit + 1) * 256, 256);
    for (int position = unit * 256; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 16;
        const float *const x = (float *)a->x + start;
        float *restrict const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            for (int c = 0; c < 16; c++) {
                const float y = x[i * 16 + c] * scale[c] + shift[c];
                out[i * 16 + c] = y;
            }
        }
    }
}

void bn_16c16_forward(float out[16][16][BATCH][16], float x[16][16][BATCH][16], float gamma[16],
    float beta[16], float running_mean[16], float running_var[16], float mean[16],
    float inv_std[16], float partial[256][2][16], float factors[2][16], int n)
{
    const struct bn_16c16_forward_arguments a = {out, x, gamma, beta, running_mean, running_var, mean, inv_std, partial, factors, n};
    merge_statistics(16, 256, n, (float *)partial, 1e-05f, 0.1f, mean, inv_std, running_mean, running_var);
    for (int c = 0; c < 16; c++) {
        factors[0][c] = gamma[c] * inv_std[c];
        factors[1][c] = beta[c] - mean[c] * factors[0][c];
    }
    model_run(1, bn_16c16_forward_unit, &a);
}

/* conv3x3s2_32c8_16c16_forward: layer2.0.conv1
 *
 * One unit lowers 4 columns of an output row, [columns][images][9 taps * 8 channels] with
 * zeros for padding, and multiplies by the weight, [72][16]. */
static const struct tap conv3x3s2_32c8_16c16_forward_taps[9] = {
    {0, -1, -1, 1, 16, 1, 16},
    {1, -1, 0, 1, 16, 0, 16},
    {2, -1, 1, 1, 16, 0, 16},
    {3, 0, -1, 0, 16, 1, 16},
    {4, 0, 0, 0, 16, 0, 16},
    {5, 0, 1, 0, 16, 0, 16},
    {6, 1, -1, 0, 16, 1, 16},
    {7, 1, 0, 0, 16, 0, 16},
    {8, 1, 1, 0, 16, 0, 16},
};

struct conv3x3s2_32c8_16c16_forward_arguments {
    float (*out)[16][BATCH][16];
    float (*x)[32][BATCH][8];
    float (*weight)[1][8][16];
    float (*partial)[2][16];
    float (*lowered)[16][BATCH][72];
    int n;
};

/* The inputs that the taps read for output y, x, side by side, zeros for padding, to lowered[y][x]. */
static void conv3x3s2_32c8_16c16_forward_lower(const struct conv3x3s2_32c8_16c16_forward_arguments *a, int y, int x)
{
    const float *from[9];
    {
        enum { first = 0, count = 9 };
        for (int j = 0; j < count; j++) {
            const struct tap *const tap = &conv3x3s2_32c8_16c16_forward_taps[first + j];
            const int inside = y >= tap->y0 && y < tap->y1 && x >= tap->x0 && x < tap->x1;
            from[j] = inside ? (float *)a->x[y * 2 + tap->dy][x * 2 + tap->dx] : 0;
        }
        for (int i = 0; i < a->n; i++) {
            float *const to = a->lowered[y][x][i] + first * 8;
            for (int j = 0; j < count; j++)
                for (int c = 0; c < 8; c++)
                    to[j * 8 + c] = from[j] ? from[j][i * 8 + c] : 0;
        }
    }
}

static void conv3x3s2_32c8_16c16_forward_unit(const void *argument, int unit)
{
    const struct conv3x3s2_32c8_16c16_forward_arguments *const a = argument;
    const int y = unit / 4, x0 = unit % 4 * 4, x1 = at_most(x0 + 4, 16);
    for (int x = x0; x < x1; x++)
        conv3x3s2_32c8_16c16_forward_lower(a, y, x);
    columns_nn(x1 - x0, a->n, 16, 72, a->lowered[y][x0][0], BATCH * 72, 72, a->weight[0][0][0], 16, 0,
               a->out[y][x0][0], BATCH * 16, 16);
    for (int x = x0; x < x1; x++)
        partial_statistics(16, 16, a->n, a->out[y][x][0], a->partial[y * 16 + x][0],
                           a->partial[y * 16 + x][1]);
}

void conv3x3s2_32c8_16c16_forward(float out[16][16][BATCH][16], float x[32][32][BATCH][8],
    float weight[9][1][8][16], float partial[256][2][16], float lowered[16][16][BATCH][72], int n)
{
    const struct conv3x3s2_32c8_16c16_forward_arguments a = {out, x, weight, partial, lowered, n};
    model_run(64, conv3x3s2_32c8_16c16_forward_unit, &a);
}

/* bn_relu_16c16_forward: layer2.0.bn1
 *
 *     out = max(0, (x - mean) * inv_std * gamma + beta)
 *
 * mean and variance of each channel over 256 positions and the images; inv_std = 1 / sqrt(variance + 1e-05).
 * partial: what the convolution left for each position, the mean over images and the sum of squared
 * distances to it, so that no large numbers cancel (Chan, Golub, LeVeque 1979).
 * factors: what x is scaled by and what is added, a row each.
 * The running variance takes the unbiased estimate, as PyTorch's does. */
struct bn_relu_16c16_forward_arguments {
    float (*out)[16][BATCH][16];
    float (*x)[16][BATCH][16];
    float *gamma;
    float *beta;
    float *running_mean;
    float *running_var;
    float *mean;
    float *inv_std;
    float (*partial)[2][16];
    float (*factors)[16];
    int n;
};

static void bn_relu_16c16_forward_unit(const void *argument, int unit)
{
    const struct bn_relu_16c16_forward_arguments *const a = argument;
    const float *restrict const scale = a->factors[0], *restrict const shift = a->factors[1];
    const int end = at_most((unit + 1) * 256, 256);
    for (int position = unit * 256; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 16;
        const float *const x = (float *)a->x + start;
        float *restrict const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            for (int c = 0; c < 16; c++) {
                const float y = x[i * 16 + c] * scale[c] + shift[c];
                out[i * 16 + c] = y < 0 ? 0 : y;
            }
        }
    }
}

void bn_relu_16c16_forward(float out[16][16][BATCH][16], float x[16][16][BATCH][16],
    float gamma[16], float beta[16], float running_mean[16], float running_var[16], float mean[16],
    float inv_std[16], float partial[256][2][16], float factors[2][16], int n)
{
    const struct bn_relu_16c16_forward_arguments a = {out, x, gamma, beta, running_mean, running_var, mean, inv_std, partial, factors, n};
    merge_statistics(16, 256, n, (float *)partial, 1e-05f, 0.1f, mean, inv_std, running_mean, running_var);
    for (int c = 0; c < 16; c++) {
        factors[0][c] = gamma[c] * inv_std[c];
        factors[1][c] = beta[c] - mean[c] * factors[0][c];
    }
    model_run(1, bn_relu_16c16_forward_unit, &a);
}

/* conv3x3_16c16_16c16_forward: layer2.0.conv2
 *
 * One unit makes one column of an output row, over all images: for each tap that
 * reaches them, [columns * images][16] x [16][16].
 * 9 of 9 taps live; 4.3 MFLOP for a batch, 4.7 with every padded product. */
static const struct tap conv3x3_16c16_16c16_forward_taps[9] = {
    {4, 0, 0, 0, 16, 0, 16},
    {0, -1, -1, 1, 16, 1, 16},
    {1, -1, 0, 1, 16, 0, 16},
    {2, -1, 1, 1, 16, 0, 15},
    {3, 0, -1, 0, 16, 1, 16},
    {5, 0, 1, 0, 16, 0, 15},
    {6, 1, -1, 0, 15, 1, 16},
    {7, 1, 0, 0, 15, 0, 16},
    {8, 1, 1, 0, 15, 0, 15},
};

struct conv3x3_16c16_16c16_forward_arguments {
    float (*out)[16][BATCH][16];
    float (*x)[16][BATCH][16];
    float (*weight)[1][16][16];
    float (*partial)[2][16];
    int n;
};

static void conv3x3_16c16_16c16_forward_unit(const void *argument, int unit)
{
    const struct conv3x3_16c16_16c16_forward_arguments *const a = argument;
    const int y = unit / 16, x_begin = unit / 1 % 16 * 1;
    const int x_end = at_most(x_begin + 1, 16);
    enum { o = 0 };
    for (int j = 0; j < 9; j++) {
        const struct tap *const tap = &conv3x3_16c16_16c16_forward_taps[j];
        const int x0 = at_least(x_begin, tap->x0), x1 = at_most(x_end, tap->x1);
        if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
            continue;
        columns_nn(x1 - x0, a->n, 16, 16, a->x[y + tap->dy][x0 + tap->dx][0],
                   1 * BATCH * 16, 16, &a->weight[tap->place][0][0][o], 16,
                   j > 0, &a->out[y][x0][0][o], BATCH * 16, 16);
    }
    for (int x = x_begin; x < x_end; x++)
        partial_statistics(16, 16, a->n, &a->out[y][x][0][o],
                           &a->partial[y * 16 + x][0][o], &a->partial[y * 16 + x][1][o]);
}

void conv3x3_16c16_16c16_forward(float out[16][16][BATCH][16], float x[16][16][BATCH][16],
    float weight[9][1][16][16], float partial[256][2][16], int n)
{
    const struct conv3x3_16c16_16c16_forward_arguments a = {out, x, weight, partial, n};
    model_run(256, conv3x3_16c16_16c16_forward_unit, &a);
}

/* bn_add_relu_16c16_forward: layer2.0.bn2
 *
 *     out = max(0, (x - mean) * inv_std * gamma + beta + residual)
 *
 * mean and variance of each channel over 256 positions and the images; inv_std = 1 / sqrt(variance + 1e-05).
 * partial: what the convolution left for each position, the mean over images and the sum of squared
 * distances to it, so that no large numbers cancel (Chan, Golub, LeVeque 1979).
 * factors: what x is scaled by and what is added, a row each.
 * The running variance takes the unbiased estimate, as PyTorch's does. */
struct bn_add_relu_16c16_forward_arguments {
    float (*out)[16][BATCH][16];
    float (*x)[16][BATCH][16];
    float (*residual)[16][BATCH][16];
    float *gamma;
    float *beta;
    float *running_mean;
    float *running_var;
    float *mean;
    float *inv_std;
    float (*partial)[2][16];
    float (*factors)[16];
    int n;
};

static void bn_add_relu_16c16_forward_unit(const void *argument, int unit)
{
    const struct bn_add_relu_16c16_forward_arguments *const a = argument;
    const float *restrict const scale = a->factors[0], *restrict const shift = a->factors[1];
    const int end = at_most((unit + 1) * 256, 256);
    for (int position = unit * 256; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 16;
        const float *const x = (float *)a->x + start;
        const float *const residual = (float *)a->residual + start;
        float *restrict const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            for (int c = 0; c < 16; c++) {
                const float y = x[i * 16 + c] * scale[c] + shift[c] + residual[i * 16 + c];
                out[i * 16 + c] = y < 0 ? 0 : y;
            }
        }
    }
}

void bn_add_relu_16c16_forward(float out[16][16][BATCH][16], float x[16][16][BATCH][16],
    float residual[16][16][BATCH][16], float gamma[16], float beta[16], float running_mean[16],
    float running_var[16], float mean[16], float inv_std[16], float partial[256][2][16],
    float factors[2][16], int n)
{
    const struct bn_add_relu_16c16_forward_arguments a = {out, x, residual, gamma, beta, running_mean, running_var, mean, inv_std, partial, factors, n};
    merge_statistics(16, 256, n, (float *)partial, 1e-05f, 0.1f, mean, inv_std, running_mean, running_var);
    for (int c = 0; c < 16; c++) {
        factors[0][c] = gamma[c] * inv_std[c];
        factors[1][c] = beta[c] - mean[c] * factors[0][c];
    }
    model_run(1, bn_add_relu_16c16_forward_unit, &a);
}

/* conv1x1s2_16c16_8c32_forward: layer3.0.downsample.0
 *
 * One unit makes one column of an output row, over all images: for each tap that
 * reaches them, [columns * images][16] x [16][32].
 * 1 of 1 taps live; 0.3 MFLOP for a batch, 0.3 with every padded product. */
static const struct tap conv1x1s2_16c16_8c32_forward_taps[1] = {
    {0, 0, 0, 0, 8, 0, 8},
};

struct conv1x1s2_16c16_8c32_forward_arguments {
    float (*out)[8][BATCH][32];
    float (*x)[16][BATCH][16];
    float (*weight)[1][16][32];
    float (*partial)[2][32];
    int n;
};

static void conv1x1s2_16c16_8c32_forward_unit(const void *argument, int unit)
{
    const struct conv1x1s2_16c16_8c32_forward_arguments *const a = argument;
    const int y = unit / 8, x_begin = unit / 1 % 8 * 1;
    const int x_end = at_most(x_begin + 1, 8);
    enum { o = 0 };
    for (int j = 0; j < 1; j++) {
        const struct tap *const tap = &conv1x1s2_16c16_8c32_forward_taps[j];
        const int x0 = at_least(x_begin, tap->x0), x1 = at_most(x_end, tap->x1);
        if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
            continue;
        columns_nn(x1 - x0, a->n, 32, 16, a->x[y * 2 + tap->dy][x0 * 2 + tap->dx][0],
                   2 * BATCH * 16, 16, &a->weight[tap->place][0][0][o], 32,
                   j > 0, &a->out[y][x0][0][o], BATCH * 32, 32);
    }
    for (int x = x_begin; x < x_end; x++)
        partial_statistics(32, 32, a->n, &a->out[y][x][0][o],
                           &a->partial[y * 8 + x][0][o], &a->partial[y * 8 + x][1][o]);
}

void conv1x1s2_16c16_8c32_forward(float out[8][8][BATCH][32], float x[16][16][BATCH][16],
    float weight[1][1][16][32], float partial[64][2][32], int n)
{
    const struct conv1x1s2_16c16_8c32_forward_arguments a = {out, x, weight, partial, n};
    model_run(64, conv1x1s2_16c16_8c32_forward_unit, &a);
}

/* bn_8c32_forward: layer3.0.downsample.1
 *
 *     out = (x - mean) * inv_std * gamma + beta
 *
 * mean and variance of each channel over 64 positions and the images; inv_std = 1 / sqrt(variance + 1e-05).
 * partial: what the convolution left for each position, the mean over images and the sum of squared
 * distances to it, so that no large numbers cancel (Chan, Golub, LeVeque 1979).
 * factors: what x is scaled by and what is added, a row each.
 * The running variance takes the unbiased estimate, as PyTorch's does. */
struct bn_8c32_forward_arguments {
    float (*out)[8][BATCH][32];
    float (*x)[8][BATCH][32];
    float *gamma;
    float *beta;
    float *running_mean;
    float *running_var;
    float *mean;
    float *inv_std;
    float (*partial)[2][32];
    float (*factors)[32];
    int n;
};

static void bn_8c32_forward_unit(const void *argument, int unit)
{
    const struct bn_8c32_forward_arguments *const a = argument;
    const float *restrict const scale = a->factors[0], *restrict const shift = a->factors[1];
    const int end = at_most((unit + 1) * 64, 64);
    for (int position = unit * 64; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 32;
        const float *const x = (float *)a->x + start;
        float *restrict const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            for (int c = 0; c < 32; c++) {
                const float y = x[i * 32 + c] * scale[c] + shift[c];
                out[i * 32 + c] = y;
            }
        }
    }
}

void bn_8c32_forward(float out[8][8][BATCH][32], float x[8][8][BATCH][32], float gamma[32],
    float beta[32], float running_mean[32], float running_var[32], float mean[32],
    float inv_std[32], float partial[64][2][32], float factors[2][32], int n)
{
    const struct bn_8c32_forward_arguments a = {out, x, gamma, beta, running_mean, running_var, mean, inv_std, partial, factors, n};
    merge_statistics(32, 64, n, (float *)partial, 1e-05f, 0.1f, mean, inv_std, running_mean, running_var);
    for (int c = 0; c < 32; c++) {
        factors[0][c] = gamma[c] * inv_std[c];
        factors[1][c] = beta[c] - mean[c] * factors[0][c];
    }
    model_run(1, bn_8c32_forward_unit, &a);
}

/* conv3x3s2_16c16_8c32_forward: layer3.0.conv1
 *
 * One unit makes one column of an output row, over all images: for each tap that
 * reaches them, [columns * images][16] x [16][32].
 * 9 of 9 taps live; 2.2 MFLOP for a batch, 2.4 with every padded product. */
static const struct tap conv3x3s2_16c16_8c32_forward_taps[9] = {
    {4, 0, 0, 0, 8, 0, 8},
    {0, -1, -1, 1, 8, 1, 8},
    {1, -1, 0, 1, 8, 0, 8},
    {2, -1, 1, 1, 8, 0, 8},
    {3, 0, -1, 0, 8, 1, 8},
    {5, 0, 1, 0, 8, 0, 8},
    {6, 1, -1, 0, 8, 1, 8},
    {7, 1, 0, 0, 8, 0, 8},
    {8, 1, 1, 0, 8, 0, 8},
};

struct conv3x3s2_16c16_8c32_forward_arguments {
    float (*out)[8][BATCH][32];
    float (*x)[16][BATCH][16];
    float (*weight)[1][16][32];
    float (*partial)[2][32];
    int n;
};

static void conv3x3s2_16c16_8c32_forward_unit(const void *argument, int unit)
{
    const struct conv3x3s2_16c16_8c32_forward_arguments *const a = argument;
    const int y = unit / 8, x_begin = unit / 1 % 8 * 1;
    const int x_end = at_most(x_begin + 1, 8);
    enum { o = 0 };
    for (int j = 0; j < 9; j++) {
        const struct tap *const tap = &conv3x3s2_16c16_8c32_forward_taps[j];
        const int x0 = at_least(x_begin, tap->x0), x1 = at_most(x_end, tap->x1);
        if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
            continue;
        columns_nn(x1 - x0, a->n, 32, 16, a->x[y * 2 + tap->dy][x0 * 2 + tap->dx][0],
                   2 * BATCH * 16, 16, &a->weight[tap->place][0][0][o], 32,
                   j > 0, &a->out[y][x0][0][o], BATCH * 32, 32);
    }
    for (int x = x_begin; x < x_end; x++)
        partial_statistics(32, 32, a->n, &a->out[y][x][0][o],
                           &a->partial[y * 8 + x][0][o], &a->partial[y * 8 + x][1][o]);
}

void conv3x3s2_16c16_8c32_forward(float out[8][8][BATCH][32], float x[16][16][BATCH][16],
    float weight[9][1][16][32], float partial[64][2][32], int n)
{
    const struct conv3x3s2_16c16_8c32_forward_arguments a = {out, x, weight, partial, n};
    model_run(64, conv3x3s2_16c16_8c32_forward_unit, &a);
}

/* bn_relu_8c32_forward: layer3.0.bn1
 *
 *     out = max(0, (x - mean) * inv_std * gamma + beta)
 *
 * mean and variance of each channel over 64 positions and the images; inv_std = 1 / sqrt(variance + 1e-05).
 * partial: what the convolution left for each position, the mean over images and the sum of squared
 * distances to it, so that no large numbers cancel (Chan, Golub, LeVeque 1979).
 * factors: what x is scaled by and what is added, a row each.
 * The running variance takes the unbiased estimate, as PyTorch's does. */
struct bn_relu_8c32_forward_arguments {
    float (*out)[8][BATCH][32];
    float (*x)[8][BATCH][32];
    float *gamma;
    float *beta;
    float *running_mean;
    float *running_var;
    float *mean;
    float *inv_std;
    float (*partial)[2][32];
    float (*factors)[32];
    int n;
};

static void bn_relu_8c32_forward_unit(const void *argument, int unit)
{
    const struct bn_relu_8c32_forward_arguments *const a = argument;
    const float *restrict const scale = a->factors[0], *restrict const shift = a->factors[1];
    const int end = at_most((unit + 1) * 64, 64);
    for (int position = unit * 64; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 32;
        const float *const x = (float *)a->x + start;
        float *restrict const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            for (int c = 0; c < 32; c++) {
                const float y = x[i * 32 + c] * scale[c] + shift[c];
                out[i * 32 + c] = y < 0 ? 0 : y;
            }
        }
    }
}

void bn_relu_8c32_forward(float out[8][8][BATCH][32], float x[8][8][BATCH][32], float gamma[32],
    float beta[32], float running_mean[32], float running_var[32], float mean[32],
    float inv_std[32], float partial[64][2][32], float factors[2][32], int n)
{
    const struct bn_relu_8c32_forward_arguments a = {out, x, gamma, beta, running_mean, running_var, mean, inv_std, partial, factors, n};
    merge_statistics(32, 64, n, (float *)partial, 1e-05f, 0.1f, mean, inv_std, running_mean, running_var);
    for (int c = 0; c < 32; c++) {
        factors[0][c] = gamma[c] * inv_std[c];
        factors[1][c] = beta[c] - mean[c] * factors[0][c];
    }
    model_run(1, bn_relu_8c32_forward_unit, &a);
}

/* conv3x3_8c32_8c32_forward: layer3.0.conv2
 *
 * One unit makes one column of an output row, over all images: for each tap that
 * reaches them, [columns * images][32] x [32][32].
 * 9 of 9 taps live; 4.0 MFLOP for a batch, 4.7 with every padded product. */
static const struct tap conv3x3_8c32_8c32_forward_taps[9] = {
    {4, 0, 0, 0, 8, 0, 8},
    {0, -1, -1, 1, 8, 1, 8},
    {1, -1, 0, 1, 8, 0, 8},
    {2, -1, 1, 1, 8, 0, 7},
    {3, 0, -1, 0, 8, 1, 8},
    {5, 0, 1, 0, 8, 0, 7},
    {6, 1, -1, 0, 7, 1, 8},
    {7, 1, 0, 0, 7, 0, 8},
    {8, 1, 1, 0, 7, 0, 7},
};

struct conv3x3_8c32_8c32_forward_arguments {
    float (*out)[8][BATCH][32];
    float (*x)[8][BATCH][32];
    float (*weight)[1][32][32];
    float (*partial)[2][32];
    int n;
};

static void conv3x3_8c32_8c32_forward_unit(const void *argument, int unit)
{
    const struct conv3x3_8c32_8c32_forward_arguments *const a = argument;
    const int y = unit / 8, x_begin = unit / 1 % 8 * 1;
    const int x_end = at_most(x_begin + 1, 8);
    enum { o = 0 };
    for (int j = 0; j < 9; j++) {
        const struct tap *const tap = &conv3x3_8c32_8c32_forward_taps[j];
        const int x0 = at_least(x_begin, tap->x0), x1 = at_most(x_end, tap->x1);
        if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
            continue;
        columns_nn(x1 - x0, a->n, 32, 32, a->x[y + tap->dy][x0 + tap->dx][0],
                   1 * BATCH * 32, 32, &a->weight[tap->place][0][0][o], 32,
                   j > 0, &a->out[y][x0][0][o], BATCH * 32, 32);
    }
    for (int x = x_begin; x < x_end; x++)
        partial_statistics(32, 32, a->n, &a->out[y][x][0][o],
                           &a->partial[y * 8 + x][0][o], &a->partial[y * 8 + x][1][o]);
}

void conv3x3_8c32_8c32_forward(float out[8][8][BATCH][32], float x[8][8][BATCH][32],
    float weight[9][1][32][32], float partial[64][2][32], int n)
{
    const struct conv3x3_8c32_8c32_forward_arguments a = {out, x, weight, partial, n};
    model_run(64, conv3x3_8c32_8c32_forward_unit, &a);
}

/* bn_add_relu_8c32_forward: layer3.0.bn2
 *
 *     out = max(0, (x - mean) * inv_std * gamma + beta + residual)
 *
 * mean and variance of each channel over 64 positions and the images; inv_std = 1 / sqrt(variance + 1e-05).
 * partial: what the convolution left for each position, the mean over images and the sum of squared
 * distances to it, so that no large numbers cancel (Chan, Golub, LeVeque 1979).
 * factors: what x is scaled by and what is added, a row each.
 * The running variance takes the unbiased estimate, as PyTorch's does. */
struct bn_add_relu_8c32_forward_arguments {
    float (*out)[8][BATCH][32];
    float (*x)[8][BATCH][32];
    float (*residual)[8][BATCH][32];
    float *gamma;
    float *beta;
    float *running_mean;
    float *running_var;
    float *mean;
    float *inv_std;
    float (*partial)[2][32];
    float (*factors)[32];
    int n;
};

static void bn_add_relu_8c32_forward_unit(const void *argument, int unit)
{
    const struct bn_add_relu_8c32_forward_arguments *const a = argument;
    const float *restrict const scale = a->factors[0], *restrict const shift = a->factors[1];
    const int end = at_most((unit + 1) * 64, 64);
    for (int position = unit * 64; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 32;
        const float *const x = (float *)a->x + start;
        const float *const residual = (float *)a->residual + start;
        float *restrict const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            for (int c = 0; c < 32; c++) {
                const float y = x[i * 32 + c] * scale[c] + shift[c] + residual[i * 32 + c];
                out[i * 32 + c] = y < 0 ? 0 : y;
            }
        }
    }
}

void bn_add_relu_8c32_forward(float out[8][8][BATCH][32], float x[8][8][BATCH][32],
    float residual[8][8][BATCH][32], float gamma[32], float beta[32], float running_mean[32],
    float running_var[32], float mean[32], float inv_std[32], float partial[64][2][32],
    float factors[2][32], int n)
{
    const struct bn_add_relu_8c32_forward_arguments a = {out, x, residual, gamma, beta, running_mean, running_var, mean, inv_std, partial, factors, n};
    merge_statistics(32, 64, n, (float *)partial, 1e-05f, 0.1f, mean, inv_std, running_mean, running_var);
    for (int c = 0; c < 32; c++) {
        factors[0][c] = gamma[c] * inv_std[c];
        factors[1][c] = beta[c] - mean[c] * factors[0][c];
    }
    model_run(1, bn_add_relu_8c32_forward_unit, &a);
}

/* mean_pool_8c32_forward: mean
 *
 *     out = the mean of x over its 64 positions, by image and channel */
struct mean_pool_8c32_forward_arguments {
    float (*out)[1][BATCH][32];
    float (*x)[8][BATCH][32];
    int n;
};

static void mean_pool_8c32_forward_unit(const void *argument, int image)
{
    const struct mean_pool_8c32_forward_arguments *const a = argument;
    float *const out = a->out[0][0][image];
    sum_rows(64, 32, a->x[0][0][image], (ptrdiff_t)BATCH * 32, out);
    for (int c = 0; c < 32; c++)
        out[c] /= 64;
}

void mean_pool_8c32_forward(float out[1][1][BATCH][32], float x[8][8][BATCH][32], int n)
{
    const struct mean_pool_8c32_forward_arguments a = {out, x, n};
    model_run(n, mean_pool_8c32_forward_unit, &a);
}

/* linear_32_10_forward: fc
 *
 *     out [n][10] = x [n][32] weight' + bias, weight [10][32] as in PyTorch; a unit takes 4 images */
struct linear_32_10_forward_arguments {
    float (*out)[1][BATCH][10];
    float (*x)[1][BATCH][32];
    float (*weight)[32];
    float *bias;
    int n;
};

static void linear_32_10_forward_unit(const void *argument, int unit)
{
    const struct linear_32_10_forward_arguments *const a = argument;
    const int first = unit * 4, count = at_most(a->n - first, 4);
    if (count <= 0)
        return;
    for (int i = first; i < first + count; i++)
        for (int c = 0; c < 10; c++)
            a->out[0][0][i][c] = a->bias[c];
    gemm_nt(count, 10, 32, a->x[0][0][first], 32, a->weight[0], 32, 1,
            a->out[0][0][first], 10);
}

void linear_32_10_forward(float out[1][1][BATCH][10], float x[1][1][BATCH][32],
    float weight[10][32], float bias[10], int n)
{
    const struct linear_32_10_forward_arguments a = {out, x, weight, bias, n};
    model_run(1, linear_32_10_forward_unit, &a);
}

/* cross_entropy_c10_forward: loss
 *
 *     out = -sum over classes of target' * log softmax(logits), target' = target * 1 + 0
 *
 * result: the mean over images, and how many have their largest logit where the target is largest. */
void cross_entropy_c10_forward(float out[1][1][BATCH][1], float logits[1][1][BATCH][10],
    const float *targets, struct model_result *result, int n)
{
    double sum = 0;
    result->correct = 0;
    for (int i = 0; i < n; i++) {
        const float *const z = logits[0][0][i], *const target = targets + i * 10;
        int best = 0, label = 0;
        for (int c = 1; c < 10; c++) {
            if (z[c] > z[best])
                best = c;
            if (target[c] > target[label])
                label = c;
        }
        double total = 0, loss = 0;
        for (int c = 0; c < 10; c++)
            total += expf(z[c] - z[best]);
        const float log_total = logf((float)total) + z[best];
        for (int c = 0; c < 10; c++)
            loss -= (target[c] * 1.0f + 0.0f) * (z[c] - log_total);
        out[0][0][i][0] = (float)loss;
        sum += loss;
        result->correct += best == label;
    }
    result->loss = sum / n;
}

/* cross_entropy_c10_backward: loss
 *
 *     d_logits = (softmax(logits) - target') / n, targets sum to 1 */
void cross_entropy_c10_backward(float d_logits[1][1][BATCH][10], float logits[1][1][BATCH][10],
    const float *targets, int n)
{
    for (int i = 0; i < n; i++) {
        const float *const z = logits[0][0][i], *const target = targets + i * 10;
        float *const d = d_logits[0][0][i], largest = z[0];
        double total = 0;
        for (int c = 1; c < 10; c++)
            largest = z[c] > largest ? z[c] : largest;
        for (int c = 0; c < 10; c++) {
            d[c] = expf(z[c] - largest);
            total += d[c];
        }
        for (int c = 0; c < 10; c++)
            d[c] = (d[c] / (float)total - target[c] * 1.0f - 0.0f) / (float)n;
    }
}

/* linear_32_10_grad_weight: fc
 *
 *     d_weight [10][32] = d_out' x; a unit takes 32 of the inputs */
struct linear_32_10_grad_weight_arguments {
    float (*d_weight)[32];
    float (*d_out)[1][BATCH][10];
    float (*x)[1][BATCH][32];
    int n;
};

static void linear_32_10_grad_weight_unit(const void *argument, int unit)
{
    const struct linear_32_10_grad_weight_arguments *const a = argument;
    const int first = unit * 32;
    gemm_tn(10, 32, a->n, a->d_out[0][0][0], 10, &a->x[0][0][0][first], 32, 0,
            &a->d_weight[0][first], 32);
}

void linear_32_10_grad_weight(float d_weight[10][32], float d_out[1][1][BATCH][10],
    float x[1][1][BATCH][32], int n)
{
    const struct linear_32_10_grad_weight_arguments a = {d_weight, d_out, x, n};
    model_run(1, linear_32_10_grad_weight_unit, &a);
}

/* channel_sum_c10: fc
 *
 *     sum = the sum of x over 1 position and the images, by channel */
struct channel_sum_c10_arguments {
    float *sum;
    float (*x)[1][BATCH][10];
    float (*partial)[10];
    int n;
};

static void channel_sum_c10_unit(const void *argument, int position)
{
    const struct channel_sum_c10_arguments *const a = argument;
    const float *const x = (float *)a->x + (ptrdiff_t)position * BATCH * 10;
    sum_rows(a->n, 10, x, 10, a->partial[position]);
}

void channel_sum_c10(float sum[10], float x[1][1][BATCH][10], float partial[1][10], int n)
{
    const struct channel_sum_c10_arguments a = {sum, x, partial, n};
    model_run(1, channel_sum_c10_unit, &a);
    for (int c = 0; c < 10; c++) {
        double total = 0;
        for (int position = 0; position < 1; position++)
            total += partial[position][c];
        sum[c] = (float)total;
    }
}

/* linear_32_10_grad_input: fc
 *
 *     d_x [n][32] = d_out [n][10] weight; a unit takes 4 images */
struct linear_32_10_grad_input_arguments {
    float (*d_x)[1][BATCH][32];
    float (*d_out)[1][BATCH][10];
    float (*weight)[32];
    int n;
};

static void linear_32_10_grad_input_unit(const void *argument, int unit)
{
    const struct linear_32_10_grad_input_arguments *const a = argument;
    const int first = unit * 4, count = at_most(a->n - first, 4);
    if (count > 0)
        gemm_nn(count, 32, 10, a->d_out[0][0][first], 10, a->weight[0], 32, 0,
                a->d_x[0][0][first], 32);
}

void linear_32_10_grad_input(float d_x[1][1][BATCH][32], float d_out[1][1][BATCH][10],
    float weight[10][32], int n)
{
    const struct linear_32_10_grad_input_arguments a = {d_x, d_out, weight, n};
    model_run(1, linear_32_10_grad_input_unit, &a);
}

/* mean_pool_8c32_backward: mean
 *
 *     d_x = d_out / 64 at each position */
struct mean_pool_8c32_backward_arguments {
    float (*d_x)[8][BATCH][32];
    float (*d_out)[1][BATCH][32];
    int n;
};

static void mean_pool_8c32_backward_unit(const void *argument, int position)
{
    const struct mean_pool_8c32_backward_arguments *const a = argument;
    const float *const d_out = (float *)a->d_out;
    float *const d_x = (float *)a->d_x + (ptrdiff_t)position * BATCH * 32;
    INDEPENDENT
    for (int j = 0; j < a->n * 32; j++)
        d_x[j] = d_out[j] / 64;
}

void mean_pool_8c32_backward(float d_x[8][8][BATCH][32], float d_out[1][1][BATCH][32], int n)
{
    const struct mean_pool_8c32_backward_arguments a = {d_x, d_out, n};
    model_run(64, mean_pool_8c32_backward_unit, &a);
}

/* bn_add_relu_8c32_backward: layer3.0.bn2
 *
 * With x' = (x - mean) * inv_std and m = 64 * n values a channel:
 *
 *     d = d_out where out > 0, else 0
 *     d_beta = sum d          d_gamma = sum d x'
 *     d_x = gamma * inv_std * (d - d_beta / m - x' * d_gamma / m)
 *     d_residual = d
 *
 * Once the sums are out of it, partial holds what all d_x of a channel share and their slope over x - mean.
 * (Ioffe, Szegedy 2015.) First each position's two sums, then d_x. */
struct bn_add_relu_8c32_backward_arguments {
    float (*d_x)[8][BATCH][32];
    float (*d_residual)[8][BATCH][32];
    float (*d_out)[8][BATCH][32];
    float (*x)[8][BATCH][32];
    float (*out)[8][BATCH][32];
    float *mean;
    float *inv_std;
    float *gamma;
    float *d_gamma;
    float *d_beta;
    float (*partial)[2][32];
    int n;
};

static void bn_add_relu_8c32_backward_sums(const void *argument, int position)
{
    const struct bn_add_relu_8c32_backward_arguments *const a = argument;
    const ptrdiff_t start = (ptrdiff_t)position * BATCH * 32;
    const float *const d_out = (float *)a->d_out + start, *const x = (float *)a->x + start;
    const float *const out = (float *)a->out + start;
    const float *const mean = a->mean;
    for (int first = 0; first < 32; first += SUM_BLOCK) {
        const int width = at_most(32 - first, SUM_BLOCK);
        double sum[SUM_BLOCK] = {0}, sum_x[SUM_BLOCK] = {0};
        for (int begin = 0; begin < a->n; begin += SUM_ROWS) {
            const int end = at_most(a->n, begin + SUM_ROWS);
            float some[SUM_BLOCK] = {0}, some_x[SUM_BLOCK] = {0};
            for (int i = begin; i < end; i++) {
                for (int k = 0; k < width; k++) {
                    const int c = first + k, j = i * 32 + c;
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

static void bn_add_relu_8c32_backward_unit(const void *argument, int unit)
{
    const struct bn_add_relu_8c32_backward_arguments *const a = argument;
    const float *const mean = a->mean, *const constant = a->partial[0][0], *const slope = a->partial[0][1];
    const float *const gamma = a->gamma, *const inv_std = a->inv_std;
    const int end = at_most((unit + 1) * 64, 64);
    for (int position = unit * 64; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 32;
        const float *const d_out = (float *)a->d_out + start, *const x = (float *)a->x + start;
        const float *const out = (float *)a->out + start;
        float *const d_residual = (float *)a->d_residual + start;
        float *const d_x = (float *)a->d_x + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 32; c++) {
                const int j = i * 32 + c;
                const float d = out[j] > 0 ? d_out[j] : 0;
                const float through = d * (gamma[c] * inv_std[c]) + constant[c] + (x[j] - mean[c]) * slope[c];
                d_residual[j] = d;
                d_x[j] = through;
            }
        }
    }
}

void bn_add_relu_8c32_backward(float d_x[8][8][BATCH][32], float d_residual[8][8][BATCH][32],
    float d_out[8][8][BATCH][32], float x[8][8][BATCH][32], float out[8][8][BATCH][32],
    float mean[32], float inv_std[32], float gamma[32], float d_gamma[32], float d_beta[32],
    float partial[64][2][32], int n)
{
    const struct bn_add_relu_8c32_backward_arguments a = {d_x, d_residual, d_out, x, out, mean, inv_std, gamma, d_gamma, d_beta, partial, n};
    model_run(64, bn_add_relu_8c32_backward_sums, &a);
    merge_sums(32, 64, (float *)partial, d_beta, d_gamma);
    const float m = 64.0f * (float)n;
    for (int c = 0; c < 32; c++) {
        const float scale = gamma[c] * inv_std[c];
        partial[0][0][c] = -scale * d_beta[c] / m;
        partial[0][1][c] = -scale * inv_std[c] * d_gamma[c] / m;
    }
    model_run(1, bn_add_relu_8c32_backward_unit, &a);
}

/* conv3x3_8c32_8c32_grad_weight: layer3.0.conv2
 *
 * One unit sums the output rows of one of 8 parts for all taps:
 * [columns * images][32]' x [columns * images][32]. The parts are added up afterwards.
 * 9 of 9 taps live; 4.0 MFLOP for a batch, 4.7 with every padded product. */
static const struct tap conv3x3_8c32_8c32_grad_weight_taps[9] = {
    {4, 0, 0, 0, 8, 0, 8},
    {0, -1, -1, 1, 8, 1, 8},
    {1, -1, 0, 1, 8, 0, 8},
    {2, -1, 1, 1, 8, 0, 7},
    {3, 0, -1, 0, 8, 1, 8},
    {5, 0, 1, 0, 8, 0, 7},
    {6, 1, -1, 0, 7, 1, 8},
    {7, 1, 0, 0, 7, 0, 8},
    {8, 1, 1, 0, 7, 0, 7},
};

struct conv3x3_8c32_8c32_grad_weight_arguments {
    float (*d_weight)[1][32][32];
    float (*d_out)[8][BATCH][32];
    float (*x)[8][BATCH][32];
    float (*workspace)[9][1][32][32];
    int n;
};

/* Adds one tap's share of output columns x0..x1 of row y, input channels from c on. */
static void conv3x3_8c32_8c32_grad_weight_tap(
    const struct conv3x3_8c32_8c32_grad_weight_arguments *a, const struct tap *tap, int y, int x0,
    int x1, int c, float beta, float sum[1][32][32])
{
    columns_tn(x1 - x0, a->n, 32, 32, &a->x[y + tap->dy][x0 + tap->dx][0][c],
               1 * BATCH * 32, 32, a->d_out[y][x0][0], BATCH * 32,
               32, beta, sum[0][c], 32);
}

static void conv3x3_8c32_8c32_grad_weight_unit(const void *argument, int unit)
{
    const struct conv3x3_8c32_8c32_grad_weight_arguments *const a = argument;
    const int part = unit / 1;
    float(*const sum)[1][32][32] = a->workspace[part];
    const int y_begin = part * 8 / 8, y_end = (part + 1) * 8 / 8;
    const int first = unit / 1 % 1 * 9;
    const int c = unit % 1 * 32;
    for (int y = y_begin; y < y_end; y++) {
        for (int x = 0; x < 8; x += 1) {
            for (int j = 0; j < 9; j++) {
                const struct tap *const tap = &conv3x3_8c32_8c32_grad_weight_taps[first + j];
                const int x0 = at_least(x, tap->x0), x1 = at_most(x + 1, tap->x1);
                if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
                    continue;
                const int is_first = y == at_least(y_begin, tap->y0) && x0 == tap->x0;
                conv3x3_8c32_8c32_grad_weight_tap(a, tap, y, x0, x1, c, is_first ? 0 : 1, sum[tap->place]);
            }
        }
    }
    for (int j = 0; j < 9; j++) {
        const struct tap *const tap = &conv3x3_8c32_8c32_grad_weight_taps[first + j];
        const int reaches = at_least(y_begin, tap->y0) < at_most(y_end, tap->y1);
        for (int group = 0; !reaches && group < 1; group++)
            memset(sum[tap->place][group][c], 0, 32 * sizeof sum[0][0][0]);
    }
}

/* Adds the parts of one tap. */
static void conv3x3_8c32_8c32_grad_weight_add(const void *argument, int tap)
{
    const struct conv3x3_8c32_8c32_grad_weight_arguments *const a = argument;
    sum_rows(8, 1024, (const float *)a->workspace[0][tap], 9216,
             (float *)a->d_weight[tap]);
}

void conv3x3_8c32_8c32_grad_weight(float d_weight[9][1][32][32], float d_out[8][8][BATCH][32],
    float x[8][8][BATCH][32], float workspace[8][9][1][32][32], int n)
{
    const struct conv3x3_8c32_8c32_grad_weight_arguments a = {d_weight, d_out, x, workspace, n};
    model_run(8, conv3x3_8c32_8c32_grad_weight_unit, &a);
    model_run(9, conv3x3_8c32_8c32_grad_weight_add, &a);
}

/* conv3x3_8c32_8c32_grad_input: layer3.0.conv2
 *
 * One unit completes one column of an input row: for each tap and the outputs y, x with
 * y * stride + dy on that row, [columns * images][32] x [32][32]'.
 * 9 of 9 taps live; 4.0 MFLOP for a batch, 4.7 with every padded product. */
static const struct tap conv3x3_8c32_8c32_grad_input_taps[9] = {
    {4, 0, 0, 0, 8, 0, 8},
    {0, -1, -1, 1, 8, 1, 8},
    {1, -1, 0, 1, 8, 0, 8},
    {2, -1, 1, 1, 8, 0, 7},
    {3, 0, -1, 0, 8, 1, 8},
    {5, 0, 1, 0, 8, 0, 7},
    {6, 1, -1, 0, 7, 1, 8},
    {7, 1, 0, 0, 7, 0, 8},
    {8, 1, 1, 0, 7, 0, 7},
};

struct conv3x3_8c32_8c32_grad_input_arguments {
    float (*d_x)[8][BATCH][32];
    float (*d_out)[8][BATCH][32];
    float (*weight)[1][32][32];
    int n;
};

static void conv3x3_8c32_8c32_grad_input_unit(const void *argument, int unit)
{
    const struct conv3x3_8c32_8c32_grad_input_arguments *const a = argument;
    const int row = unit / 8;
    const int begin = unit / 1 % 8 * 1, end = at_most(begin + 1, 8);
    enum { o = 0 };
    for (int j = 0; j < 9; j++) {
        const struct tap *const tap = &conv3x3_8c32_8c32_grad_input_taps[j];
        const int y = row - tap->dy;
        if (y < tap->y0 || y >= tap->y1)
            continue;
        const int x0 = at_least(begin - tap->dx, tap->x0), x1 = at_most(end - tap->dx, tap->x1);
        if (x0 >= x1)
            continue;
        columns_nt(x1 - x0, a->n, 32, 32, a->d_out[y][x0][0], BATCH * 32,
                   32, a->weight[tap->place][0][o], 32, j > 0,
                   &a->d_x[row][x0 + tap->dx][0][o], 1 * BATCH * 32, 32);
    }
}

void conv3x3_8c32_8c32_grad_input(float d_x[8][8][BATCH][32], float d_out[8][8][BATCH][32],
    float weight[9][1][32][32], int n)
{
    const struct conv3x3_8c32_8c32_grad_input_arguments a = {d_x, d_out, weight, n};
    model_run(64, conv3x3_8c32_8c32_grad_input_unit, &a);
}

/* bn_relu_8c32_backward: layer3.0.bn1
 *
 * With x' = (x - mean) * inv_std and m = 64 * n values a channel:
 *
 *     d = d_out where the forward result x' * gamma + beta was above 0, else 0
 *     d_beta = sum d          d_gamma = sum d x'
 *     d_x = gamma * inv_std * (d - d_beta / m - x' * d_gamma / m)
 *
 * factors: what the forward kernel scaled x by and what it added, a row each.
 * Once the sums are out of it, partial holds what all d_x of a channel share and their slope over x - mean.
 * (Ioffe, Szegedy 2015.) First each position's two sums, then d_x. */
struct bn_relu_8c32_backward_arguments {
    float (*d_x)[8][BATCH][32];
    float (*d_out)[8][BATCH][32];
    float (*x)[8][BATCH][32];
    float *mean;
    float *inv_std;
    float *gamma;
    float *beta;
    float *d_gamma;
    float *d_beta;
    float (*partial)[2][32];
    float (*factors)[32];
    int n;
};

static void bn_relu_8c32_backward_sums(const void *argument, int position)
{
    const struct bn_relu_8c32_backward_arguments *const a = argument;
    const ptrdiff_t start = (ptrdiff_t)position * BATCH * 32;
    const float *const d_out = (float *)a->d_out + start, *const x = (float *)a->x + start;
    const float *const mean = a->mean;
    const float *const scale = a->factors[0], *const shift = a->factors[1];
    for (int first = 0; first < 32; first += SUM_BLOCK) {
        const int width = at_most(32 - first, SUM_BLOCK);
        double sum[SUM_BLOCK] = {0}, sum_x[SUM_BLOCK] = {0};
        for (int begin = 0; begin < a->n; begin += SUM_ROWS) {
            const int end = at_most(a->n, begin + SUM_ROWS);
            float some[SUM_BLOCK] = {0}, some_x[SUM_BLOCK] = {0};
            for (int i = begin; i < end; i++) {
                for (int k = 0; k < width; k++) {
                    const int c = first + k, j = i * 32 + c;
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

static void bn_relu_8c32_backward_unit(const void *argument, int unit)
{
    const struct bn_relu_8c32_backward_arguments *const a = argument;
    const float *const mean = a->mean, *const constant = a->partial[0][0], *const slope = a->partial[0][1];
    const float *const scale = a->factors[0], *const shift = a->factors[1];
    const int end = at_most((unit + 1) * 64, 64);
    for (int position = unit * 64; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 32;
        const float *const d_out = (float *)a->d_out + start, *const x = (float *)a->x + start;
        float *const d_x = (float *)a->d_x + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 32; c++) {
                const int j = i * 32 + c;
                const float d = x[j] * scale[c] + shift[c] > 0 ? d_out[j] : 0;
                const float through = d * scale[c] + constant[c] + (x[j] - mean[c]) * slope[c];
                d_x[j] = through;
            }
        }
    }
}

void bn_relu_8c32_backward(float d_x[8][8][BATCH][32], float d_out[8][8][BATCH][32],
    float x[8][8][BATCH][32], float mean[32], float inv_std[32], float gamma[32], float beta[32],
    float d_gamma[32], float d_beta[32], float partial[64][2][32], float factors[2][32], int n)
{
    const struct bn_relu_8c32_backward_arguments a = {d_x, d_out, x, mean, inv_std, gamma, beta, d_gamma, d_beta, partial, factors, n};
    for (int c = 0; c < 32; c++) {
        factors[0][c] = gamma[c] * inv_std[c];
        factors[1][c] = beta[c] - mean[c] * factors[0][c];
    }
    model_run(64, bn_relu_8c32_backward_sums, &a);
    merge_sums(32, 64, (float *)partial, d_beta, d_gamma);
    const float m = 64.0f * (float)n;
    for (int c = 0; c < 32; c++) {
        const float scale = gamma[c] * inv_std[c];
        partial[0][0][c] = -scale * d_beta[c] / m;
        partial[0][1][c] = -scale * inv_std[c] * d_gamma[c] / m;
    }
    model_run(1, bn_relu_8c32_backward_unit, &a);
}

/* conv3x3s2_16c16_8c32_grad_weight: layer3.0.conv1
 *
 * One unit sums the output rows of one of 8 parts for all taps:
 * [columns * images][16]' x [columns * images][32]. The parts are added up afterwards.
 * 9 of 9 taps live; 2.2 MFLOP for a batch, 2.4 with every padded product. */
static const struct tap conv3x3s2_16c16_8c32_grad_weight_taps[9] = {
    {4, 0, 0, 0, 8, 0, 8},
    {0, -1, -1, 1, 8, 1, 8},
    {1, -1, 0, 1, 8, 0, 8},
    {2, -1, 1, 1, 8, 0, 8},
    {3, 0, -1, 0, 8, 1, 8},
    {5, 0, 1, 0, 8, 0, 8},
    {6, 1, -1, 0, 8, 1, 8},
    {7, 1, 0, 0, 8, 0, 8},
    {8, 1, 1, 0, 8, 0, 8},
};

struct conv3x3s2_16c16_8c32_grad_weight_arguments {
    float (*d_weight)[1][16][32];
    float (*d_out)[8][BATCH][32];
    float (*x)[16][BATCH][16];
    float (*workspace)[9][1][16][32];
    int n;
};

/* Adds one tap's share of output columns x0..x1 of row y, input channels from c on. */
static void conv3x3s2_16c16_8c32_grad_weight_tap(
    const struct conv3x3s2_16c16_8c32_grad_weight_arguments *a, const struct tap *tap, int y, int x0,
    int x1, int c, float beta, float sum[1][16][32])
{
    columns_tn(x1 - x0, a->n, 16, 32, &a->x[y * 2 + tap->dy][x0 * 2 + tap->dx][0][c],
               2 * BATCH * 16, 16, a->d_out[y][x0][0], BATCH * 32,
               32, beta, sum[0][c], 32);
}

static void conv3x3s2_16c16_8c32_grad_weight_unit(const void *argument, int unit)
{
    const struct conv3x3s2_16c16_8c32_grad_weight_arguments *const a = argument;
    const int part = unit / 1;
    float(*const sum)[1][16][32] = a->workspace[part];
    const int y_begin = part * 8 / 8, y_end = (part + 1) * 8 / 8;
    const int first = unit / 1 % 1 * 9;
    const int c = unit % 1 * 16;
    for (int y = y_begin; y < y_end; y++) {
        for (int x = 0; x < 8; x += 1) {
            for (int j = 0; j < 9; j++) {
                const struct tap *const tap = &conv3x3s2_16c16_8c32_grad_weight_taps[first + j];
                const int x0 = at_least(x, tap->x0), x1 = at_most(x + 1, tap->x1);
                if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
                    continue;
                const int is_first = y == at_least(y_begin, tap->y0) && x0 == tap->x0;
                conv3x3s2_16c16_8c32_grad_weight_tap(a, tap, y, x0, x1, c, is_first ? 0 : 1, sum[tap->place]);
            }
        }
    }
    for (int j = 0; j < 9; j++) {
        const struct tap *const tap = &conv3x3s2_16c16_8c32_grad_weight_taps[first + j];
        const int reaches = at_least(y_begin, tap->y0) < at_most(y_end, tap->y1);
        for (int group = 0; !reaches && group < 1; group++)
            memset(sum[tap->place][group][c], 0, 16 * sizeof sum[0][0][0]);
    }
}

/* Adds the parts of one tap. */
static void conv3x3s2_16c16_8c32_grad_weight_add(const void *argument, int tap)
{
    const struct conv3x3s2_16c16_8c32_grad_weight_arguments *const a = argument;
    sum_rows(8, 512, (const float *)a->workspace[0][tap], 4608,
             (float *)a->d_weight[tap]);
}

void conv3x3s2_16c16_8c32_grad_weight(float d_weight[9][1][16][32], float d_out[8][8][BATCH][32],
    float x[16][16][BATCH][16], float workspace[8][9][1][16][32], int n)
{
    const struct conv3x3s2_16c16_8c32_grad_weight_arguments a = {d_weight, d_out, x, workspace, n};
    model_run(8, conv3x3s2_16c16_8c32_grad_weight_unit, &a);
    model_run(9, conv3x3s2_16c16_8c32_grad_weight_add, &a);
}

/* conv3x3s2_16c16_8c32_grad_input: layer3.0.conv1
 *
 * One unit completes 16 columns of an input row: for each tap and the outputs y, x with
 * y * stride + dy on that row, [columns * images][32] x [16][32]'.
 * 9 of 9 taps live; 2.2 MFLOP for a batch, 2.4 with every padded product. */
static const struct tap conv3x3s2_16c16_8c32_grad_input_taps[9] = {
    {4, 0, 0, 0, 8, 0, 8},
    {0, -1, -1, 1, 8, 1, 8},
    {1, -1, 0, 1, 8, 0, 8},
    {2, -1, 1, 1, 8, 0, 8},
    {3, 0, -1, 0, 8, 1, 8},
    {5, 0, 1, 0, 8, 0, 8},
    {6, 1, -1, 0, 8, 1, 8},
    {7, 1, 0, 0, 8, 0, 8},
    {8, 1, 1, 0, 8, 0, 8},
};

struct conv3x3s2_16c16_8c32_grad_input_arguments {
    float (*d_x)[16][BATCH][16];
    float (*d_out)[8][BATCH][32];
    float (*weight)[1][16][32];
    int n;
};

static void conv3x3s2_16c16_8c32_grad_input_unit(const void *argument, int unit)
{
    const struct conv3x3s2_16c16_8c32_grad_input_arguments *const a = argument;
    const int row = unit / 1;
    enum { o = 0 };
    for (int x = 0; x < 16; x++)
        for (int i = 0; i < a->n; i++)
            for (int c = 0; c < 16; c++)
                a->d_x[row][x][i][o + c] = 0;
    for (int j = 0; j < 9; j++) {
        const struct tap *const tap = &conv3x3s2_16c16_8c32_grad_input_taps[j];
        const int y = (row - tap->dy) / 2;
        if (y * 2 + tap->dy != row || y < tap->y0 || y >= tap->y1)
            continue;
        const int x0 = tap->x0, x1 = tap->x1;
        columns_nt(x1 - x0, a->n, 16, 32, a->d_out[y][x0][0], BATCH * 32,
                   32, a->weight[tap->place][0][o], 32, 1,
                   &a->d_x[row][x0 * 2 + tap->dx][0][o], 2 * BATCH * 16, 16);
    }
}

void conv3x3s2_16c16_8c32_grad_input(float d_x[16][16][BATCH][16], float d_out[8][8][BATCH][32],
    float weight[9][1][16][32], int n)
{
    const struct conv3x3s2_16c16_8c32_grad_input_arguments a = {d_x, d_out, weight, n};
    model_run(16, conv3x3s2_16c16_8c32_grad_input_unit, &a);
}

/* bn_8c32_backward: layer3.0.downsample.1
 *
 * With x' = (x - mean) * inv_std and m = 64 * n values a channel:
 *
 *     d = d_out
 *     d_beta = sum d          d_gamma = sum d x'
 *     d_x = gamma * inv_std * (d - d_beta / m - x' * d_gamma / m)
 *
 * Once the sums are out of it, partial holds what all d_x of a channel share and their slope over x - mean.
 * (Ioffe, Szegedy 2015.) First each position's two sums, then d_x. */
struct bn_8c32_backward_arguments {
    float (*d_x)[8][BATCH][32];
    float (*d_out)[8][BATCH][32];
    float (*x)[8][BATCH][32];
    float *mean;
    float *inv_std;
    float *gamma;
    float *d_gamma;
    float *d_beta;
    float (*partial)[2][32];
    int n;
};

static void bn_8c32_backward_sums(const void *argument, int position)
{
    const struct bn_8c32_backward_arguments *const a = argument;
    const ptrdiff_t start = (ptrdiff_t)position * BATCH * 32;
    const float *const d_out = (float *)a->d_out + start, *const x = (float *)a->x + start;
    const float *const mean = a->mean;
    for (int first = 0; first < 32; first += SUM_BLOCK) {
        const int width = at_most(32 - first, SUM_BLOCK);
        double sum[SUM_BLOCK] = {0}, sum_x[SUM_BLOCK] = {0};
        for (int begin = 0; begin < a->n; begin += SUM_ROWS) {
            const int end = at_most(a->n, begin + SUM_ROWS);
            float some[SUM_BLOCK] = {0}, some_x[SUM_BLOCK] = {0};
            for (int i = begin; i < end; i++) {
                for (int k = 0; k < width; k++) {
                    const int c = first + k, j = i * 32 + c;
                    const float d = d_out[j];
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

static void bn_8c32_backward_unit(const void *argument, int unit)
{
    const struct bn_8c32_backward_arguments *const a = argument;
    const float *const mean = a->mean, *const constant = a->partial[0][0], *const slope = a->partial[0][1];
    const float *const gamma = a->gamma, *const inv_std = a->inv_std;
    const int end = at_most((unit + 1) * 64, 64);
    for (int position = unit * 64; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 32;
        const float *const d_out = (float *)a->d_out + start, *const x = (float *)a->x + start;
        float *const d_x = (float *)a->d_x + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 32; c++) {
                const int j = i * 32 + c;
                const float d = d_out[j];
                const float through = d * (gamma[c] * inv_std[c]) + constant[c] + (x[j] - mean[c]) * slope[c];
                d_x[j] = through;
            }
        }
    }
}

void bn_8c32_backward(float d_x[8][8][BATCH][32], float d_out[8][8][BATCH][32],
    float x[8][8][BATCH][32], float mean[32], float inv_std[32], float gamma[32],
    float d_gamma[32], float d_beta[32], float partial[64][2][32], int n)
{
    const struct bn_8c32_backward_arguments a = {d_x, d_out, x, mean, inv_std, gamma, d_gamma, d_beta, partial, n};
    model_run(64, bn_8c32_backward_sums, &a);
    merge_sums(32, 64, (float *)partial, d_beta, d_gamma);
    const float m = 64.0f * (float)n;
    for (int c = 0; c < 32; c++) {
        const float scale = gamma[c] * inv_std[c];
        partial[0][0][c] = -scale * d_beta[c] / m;
        partial[0][1][c] = -scale * inv_std[c] * d_gamma[c] / m;
    }
    model_run(1, bn_8c32_backward_unit, &a);
}

/* conv1x1s2_16c16_8c32_grad_weight: layer3.0.downsample.0
 *
 * One unit sums the output rows of one of 8 parts for one tap:
 * [columns * images][16]' x [columns * images][32]. The parts are added up afterwards.
 * 1 of 1 taps live; 0.3 MFLOP for a batch, 0.3 with every padded product. */
static const struct tap conv1x1s2_16c16_8c32_grad_weight_taps[1] = {
    {0, 0, 0, 0, 8, 0, 8},
};

struct conv1x1s2_16c16_8c32_grad_weight_arguments {
    float (*d_weight)[1][16][32];
    float (*d_out)[8][BATCH][32];
    float (*x)[16][BATCH][16];
    float (*workspace)[1][1][16][32];
    int n;
};

/* Adds one tap's share of output columns x0..x1 of row y, input channels from c on. */
static void conv1x1s2_16c16_8c32_grad_weight_tap(
    const struct conv1x1s2_16c16_8c32_grad_weight_arguments *a, const struct tap *tap, int y, int x0,
    int x1, int c, float beta, float sum[1][16][32])
{
    columns_tn(x1 - x0, a->n, 16, 32, &a->x[y * 2 + tap->dy][x0 * 2 + tap->dx][0][c],
               2 * BATCH * 16, 16, a->d_out[y][x0][0], BATCH * 32,
               32, beta, sum[0][c], 32);
}

static void conv1x1s2_16c16_8c32_grad_weight_unit(const void *argument, int unit)
{
    const struct conv1x1s2_16c16_8c32_grad_weight_arguments *const a = argument;
    const int part = unit / 1;
    float(*const sum)[1][16][32] = a->workspace[part];
    const int y_begin = part * 8 / 8, y_end = (part + 1) * 8 / 8;
    const int first = unit / 1 % 1 * 1;
    const int c = unit % 1 * 16;
    for (int y = y_begin; y < y_end; y++) {
        for (int x = 0; x < 8; x += 1) {
            for (int j = 0; j < 1; j++) {
                const struct tap *const tap = &conv1x1s2_16c16_8c32_grad_weight_taps[first + j];
                const int x0 = at_least(x, tap->x0), x1 = at_most(x + 1, tap->x1);
                if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
                    continue;
                const int is_first = y == at_least(y_begin, tap->y0) && x0 == tap->x0;
                conv1x1s2_16c16_8c32_grad_weight_tap(a, tap, y, x0, x1, c, is_first ? 0 : 1, sum[tap->place]);
            }
        }
    }
    for (int j = 0; j < 1; j++) {
        const struct tap *const tap = &conv1x1s2_16c16_8c32_grad_weight_taps[first + j];
        const int reaches = at_least(y_begin, tap->y0) < at_most(y_end, tap->y1);
        for (int group = 0; !reaches && group < 1; group++)
            memset(sum[tap->place][group][c], 0, 16 * sizeof sum[0][0][0]);
    }
}

/* Adds the parts of one tap. */
static void conv1x1s2_16c16_8c32_grad_weight_add(const void *argument, int tap)
{
    const struct conv1x1s2_16c16_8c32_grad_weight_arguments *const a = argument;
    sum_rows(8, 512, (const float *)a->workspace[0][tap], 512,
             (float *)a->d_weight[tap]);
}

void conv1x1s2_16c16_8c32_grad_weight(float d_weight[1][1][16][32], float d_out[8][8][BATCH][32],
    float x[16][16][BATCH][16], float workspace[8][1][1][16][32], int n)
{
    const struct conv1x1s2_16c16_8c32_grad_weight_arguments a = {d_weight, d_out, x, workspace, n};
    model_run(8, conv1x1s2_16c16_8c32_grad_weight_unit, &a);
    model_run(1, conv1x1s2_16c16_8c32_grad_weight_add, &a);
}

/* conv1x1s2_16c16_8c32_add_grad_input: layer3.0.downsample.0
 *
 * One unit completes 16 columns of an input row: for each tap and the outputs y, x with
 * y * stride + dy on that row, [columns * images][32] x [16][32]'.
 * 1 of 1 taps live; 0.3 MFLOP for a batch, 0.3 with every padded product. */
static const struct tap conv1x1s2_16c16_8c32_add_grad_input_taps[1] = {
    {0, 0, 0, 0, 8, 0, 8},
};

struct conv1x1s2_16c16_8c32_add_grad_input_arguments {
    float (*d_x)[16][BATCH][16];
    float (*d_out)[8][BATCH][32];
    float (*weight)[1][16][32];
    int n;
};

static void conv1x1s2_16c16_8c32_add_grad_input_unit(const void *argument, int unit)
{
    const struct conv1x1s2_16c16_8c32_add_grad_input_arguments *const a = argument;
    const int row = unit / 1;
    enum { o = 0 };
    for (int j = 0; j < 1; j++) {
        const struct tap *const tap = &conv1x1s2_16c16_8c32_add_grad_input_taps[j];
        const int y = (row - tap->dy) / 2;
        if (y * 2 + tap->dy != row || y < tap->y0 || y >= tap->y1)
            continue;
        const int x0 = tap->x0, x1 = tap->x1;
        columns_nt(x1 - x0, a->n, 16, 32, a->d_out[y][x0][0], BATCH * 32,
                   32, a->weight[tap->place][0][o], 32, 1,
                   &a->d_x[row][x0 * 2 + tap->dx][0][o], 2 * BATCH * 16, 16);
    }
}

void conv1x1s2_16c16_8c32_add_grad_input(float d_x[16][16][BATCH][16],
    float d_out[8][8][BATCH][32], float weight[1][1][16][32], int n)
{
    const struct conv1x1s2_16c16_8c32_add_grad_input_arguments a = {d_x, d_out, weight, n};
    model_run(16, conv1x1s2_16c16_8c32_add_grad_input_unit, &a);
}

/* bn_add_relu_16c16_backward: layer2.0.bn2
 *
 * With x' = (x - mean) * inv_std and m = 256 * n values a channel:
 *
 *     d = d_out where out > 0, else 0
 *     d_beta = sum d          d_gamma = sum d x'
 *     d_x = gamma * inv_std * (d - d_beta / m - x' * d_gamma / m)
 *     d_residual = d
 *
 * Once the sums are out of it, partial holds what all d_x of a channel share and their slope over x - mean.
 * (Ioffe, Szegedy 2015.) First each position's two sums, then d_x. */
struct bn_add_relu_16c16_backward_arguments {
    float (*d_x)[16][BATCH][16];
    float (*d_residual)[16][BATCH][16];
    float (*d_out)[16][BATCH][16];
    float (*x)[16][BATCH][16];
    float (*out)[16][BATCH][16];
    float *mean;
    float *inv_std;
    float *gamma;
    float *d_gamma;
    float *d_beta;
    float (*partial)[2][16];
    int n;
};

static void bn_add_relu_16c16_backward_sums(const void *argument, int position)
{
    const struct bn_add_relu_16c16_backward_arguments *const a = argument;
    const ptrdiff_t start = (ptrdiff_t)position * BATCH * 16;
    const float *const d_out = (float *)a->d_out + start, *const x = (float *)a->x + start;
    const float *const out = (float *)a->out + start;
    const float *const mean = a->mean;
    for (int first = 0; first < 16; first += SUM_BLOCK) {
        const int width = at_most(16 - first, SUM_BLOCK);
        double sum[SUM_BLOCK] = {0}, sum_x[SUM_BLOCK] = {0};
        for (int begin = 0; begin < a->n; begin += SUM_ROWS) {
            const int end = at_most(a->n, begin + SUM_ROWS);
            float some[SUM_BLOCK] = {0}, some_x[SUM_BLOCK] = {0};
            for (int i = begin; i < end; i++) {
                for (int k = 0; k < width; k++) {
                    const int c = first + k, j = i * 16 + c;
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

static void bn_add_relu_16c16_backward_unit(const void *argument, int unit)
{
    const struct bn_add_relu_16c16_backward_arguments *const a = argument;
    const float *const mean = a->mean, *const constant = a->partial[0][0], *const slope = a->partial[0][1];
    const float *const gamma = a->gamma, *const inv_std = a->inv_std;
    const int end = at_most((unit + 1) * 256, 256);
    for (int position = unit * 256; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 16;
        const float *const d_out = (float *)a->d_out + start, *const x = (float *)a->x + start;
        const float *const out = (float *)a->out + start;
        float *const d_residual = (float *)a->d_residual + start;
        float *const d_x = (float *)a->d_x + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 16; c++) {
                const int j = i * 16 + c;
                const float d = out[j] > 0 ? d_out[j] : 0;
                const float through = d * (gamma[c] * inv_std[c]) + constant[c] + (x[j] - mean[c]) * slope[c];
                d_residual[j] = d;
                d_x[j] = through;
            }
        }
    }
}

void bn_add_relu_16c16_backward(float d_x[16][16][BATCH][16], float d_residual[16][16][BATCH][16],
    float d_out[16][16][BATCH][16], float x[16][16][BATCH][16], float out[16][16][BATCH][16],
    float mean[16], float inv_std[16], float gamma[16], float d_gamma[16], float d_beta[16],
    float partial[256][2][16], int n)
{
    const struct bn_add_relu_16c16_backward_arguments a = {d_x, d_residual, d_out, x, out, mean, inv_std, gamma, d_gamma, d_beta, partial, n};
    model_run(256, bn_add_relu_16c16_backward_sums, &a);
    merge_sums(16, 256, (float *)partial, d_beta, d_gamma);
    const float m = 256.0f * (float)n;
    for (int c = 0; c < 16; c++) {
        const float scale = gamma[c] * inv_std[c];
        partial[0][0][c] = -scale * d_beta[c] / m;
        partial[0][1][c] = -scale * inv_std[c] * d_gamma[c] / m;
    }
    model_run(1, bn_add_relu_16c16_backward_unit, &a);
}

/* conv3x3_16c16_16c16_grad_weight: layer2.0.conv2
 *
 * One unit sums the output rows of one of 16 parts for all taps:
 * [columns * images][16]' x [columns * images][16]. The parts are added up afterwards.
 * 9 of 9 taps live; 4.3 MFLOP for a batch, 4.7 with every padded product. */
static const struct tap conv3x3_16c16_16c16_grad_weight_taps[9] = {
    {4, 0, 0, 0, 16, 0, 16},
    {0, -1, -1, 1, 16, 1, 16},
    {1, -1, 0, 1, 16, 0, 16},
    {2, -1, 1, 1, 16, 0, 15},
    {3, 0, -1, 0, 16, 1, 16},
    {5, 0, 1, 0, 16, 0, 15},
    {6, 1, -1, 0, 15, 1, 16},
    {7, 1, 0, 0, 15, 0, 16},
    {8, 1, 1, 0, 15, 0, 15},
};

struct conv3x3_16c16_16c16_grad_weight_arguments {
    float (*d_weight)[1][16][16];
    float (*d_out)[16][BATCH][16];
    float (*x)[16][BATCH][16];
    float (*workspace)[9][1][16][16];
    int n;
};

/* Adds one tap's share of output columns x0..x1 of row y, input channels from c on. */
static void conv3x3_16c16_16c16_grad_weight_tap(
    const struct conv3x3_16c16_16c16_grad_weight_arguments *a, const struct tap *tap, int y, int x0,
    int x1, int c, float beta, float sum[1][16][16])
{
    columns_tn(x1 - x0, a->n, 16, 16, &a->x[y + tap->dy][x0 + tap->dx][0][c],
               1 * BATCH * 16, 16, a->d_out[y][x0][0], BATCH * 16,
               16, beta, sum[0][c], 16);
}

static void conv3x3_16c16_16c16_grad_weight_unit(const void *argument, int unit)
{
    const struct conv3x3_16c16_16c16_grad_weight_arguments *const a = argument;
    const int part = unit / 1;
    float(*const sum)[1][16][16] = a->workspace[part];
    const int y_begin = part * 16 / 16, y_end = (part + 1) * 16 / 16;
    const int first = unit / 1 % 1 * 9;
    const int c = unit % 1 * 16;
    for (int y = y_begin; y < y_end; y++) {
        for (int x = 0; x < 16; x += 1) {
            for (int j = 0; j < 9; j++) {
                const struct tap *const tap = &conv3x3_16c16_16c16_grad_weight_taps[first + j];
                const int x0 = at_least(x, tap->x0), x1 = at_most(x + 1, tap->x1);
                if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
                    continue;
                const int is_first = y == at_least(y_begin, tap->y0) && x0 == tap->x0;
                conv3x3_16c16_16c16_grad_weight_tap(a, tap, y, x0, x1, c, is_first ? 0 : 1, sum[tap->place]);
            }
        }
    }
    for (int j = 0; j < 9; j++) {
        const struct tap *const tap = &conv3x3_16c16_16c16_grad_weight_taps[first + j];
        const int reaches = at_least(y_begin, tap->y0) < at_most(y_end, tap->y1);
        for (int group = 0; !reaches && group < 1; group++)
            memset(sum[tap->place][group][c], 0, 16 * sizeof sum[0][0][0]);
    }
}

/* Adds the parts of one tap. */
static void conv3x3_16c16_16c16_grad_weight_add(const void *argument, int tap)
{
    const struct conv3x3_16c16_16c16_grad_weight_arguments *const a = argument;
    sum_rows(16, 256, (const float *)a->workspace[0][tap], 2304,
             (float *)a->d_weight[tap]);
}

void conv3x3_16c16_16c16_grad_weight(float d_weight[9][1][16][16], float d_out[16][16][BATCH][16],
    float x[16][16][BATCH][16], float workspace[16][9][1][16][16], int n)
{
    const struct conv3x3_16c16_16c16_grad_weight_arguments a = {d_weight, d_out, x, workspace, n};
    model_run(16, conv3x3_16c16_16c16_grad_weight_unit, &a);
    model_run(9, conv3x3_16c16_16c16_grad_weight_add, &a);
}

/* conv3x3_16c16_16c16_grad_input: layer2.0.conv2
 *
 * One unit completes one column of an input row: for each tap and the outputs y, x with
 * y * stride + dy on that row, [columns * images][16] x [16][16]'.
 * 9 of 9 taps live; 4.3 MFLOP for a batch, 4.7 with every padded product. */
static const struct tap conv3x3_16c16_16c16_grad_input_taps[9] = {
    {4, 0, 0, 0, 16, 0, 16},
    {0, -1, -1, 1, 16, 1, 16},
    {1, -1, 0, 1, 16, 0, 16},
    {2, -1, 1, 1, 16, 0, 15},
    {3, 0, -1, 0, 16, 1, 16},
    {5, 0, 1, 0, 16, 0, 15},
    {6, 1, -1, 0, 15, 1, 16},
    {7, 1, 0, 0, 15, 0, 16},
    {8, 1, 1, 0, 15, 0, 15},
};

struct conv3x3_16c16_16c16_grad_input_arguments {
    float (*d_x)[16][BATCH][16];
    float (*d_out)[16][BATCH][16];
    float (*weight)[1][16][16];
    int n;
};

static void conv3x3_16c16_16c16_grad_input_unit(const void *argument, int unit)
{
    const struct conv3x3_16c16_16c16_grad_input_arguments *const a = argument;
    const int row = unit / 16;
    const int begin = unit / 1 % 16 * 1, end = at_most(begin + 1, 16);
    enum { o = 0 };
    for (int j = 0; j < 9; j++) {
        const struct tap *const tap = &conv3x3_16c16_16c16_grad_input_taps[j];
        const int y = row - tap->dy;
        if (y < tap->y0 || y >= tap->y1)
            continue;
        const int x0 = at_least(begin - tap->dx, tap->x0), x1 = at_most(end - tap->dx, tap->x1);
        if (x0 >= x1)
            continue;
        columns_nt(x1 - x0, a->n, 16, 16, a->d_out[y][x0][0], BATCH * 16,
                   16, a->weight[tap->place][0][o], 16, j > 0,
                   &a->d_x[row][x0 + tap->dx][0][o], 1 * BATCH * 16, 16);
    }
}

void conv3x3_16c16_16c16_grad_input(float d_x[16][16][BATCH][16], float d_out[16][16][BATCH][16],
    float weight[9][1][16][16], int n)
{
    const struct conv3x3_16c16_16c16_grad_input_arguments a = {d_x, d_out, weight, n};
    model_run(256, conv3x3_16c16_16c16_grad_input_unit, &a);
}

/* bn_relu_16c16_backward: layer2.0.bn1
 *
 * With x' = (x - mean) * inv_std and m = 256 * n values a channel:
 *
 *     d = d_out where the forward result x' * gamma + beta was above 0, else 0
 *     d_beta = sum d          d_gamma = sum d x'
 *     d_x = gamma * inv_std * (d - d_beta / m - x' * d_gamma / m)
 *
 * factors: what the forward kernel scaled x by and what it added, a row each.
 * Once the sums are out of it, partial holds what all d_x of a channel share and their slope over x - mean.
 * (Ioffe, Szegedy 2015.) First each position's two sums, then d_x. */
struct bn_relu_16c16_backward_arguments {
    float (*d_x)[16][BATCH][16];
    float (*d_out)[16][BATCH][16];
    float (*x)[16][BATCH][16];
    float *mean;
    float *inv_std;
    float *gamma;
    float *beta;
    float *d_gamma;
    float *d_beta;
    float (*partial)[2][16];
    float (*factors)[16];
    int n;
};

static void bn_relu_16c16_backward_sums(const void *argument, int position)
{
    const struct bn_relu_16c16_backward_arguments *const a = argument;
    const ptrdiff_t start = (ptrdiff_t)position * BATCH * 16;
    const float *const d_out = (float *)a->d_out + start, *const x = (float *)a->x + start;
    const float *const mean = a->mean;
    const float *const scale = a->factors[0], *const shift = a->factors[1];
    for (int first = 0; first < 16; first += SUM_BLOCK) {
        const int width = at_most(16 - first, SUM_BLOCK);
        double sum[SUM_BLOCK] = {0}, sum_x[SUM_BLOCK] = {0};
        for (int begin = 0; begin < a->n; begin += SUM_ROWS) {
            const int end = at_most(a->n, begin + SUM_ROWS);
            float some[SUM_BLOCK] = {0}, some_x[SUM_BLOCK] = {0};
            for (int i = begin; i < end; i++) {
                for (int k = 0; k < width; k++) {
                    const int c = first + k, j = i * 16 + c;
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

static void bn_relu_16c16_backward_unit(const void *argument, int unit)
{
    const struct bn_relu_16c16_backward_arguments *const a = argument;
    const float *const mean = a->mean, *const constant = a->partial[0][0], *const slope = a->partial[0][1];
    const float *const scale = a->factors[0], *const shift = a->factors[1];
    const int end = at_most((unit + 1) * 256, 256);
    for (int position = unit * 256; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 16;
        const float *const d_out = (float *)a->d_out + start, *const x = (float *)a->x + start;
        float *const d_x = (float *)a->d_x + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 16; c++) {
                const int j = i * 16 + c;
                const float d = x[j] * scale[c] + shift[c] > 0 ? d_out[j] : 0;
                const float through = d * scale[c] + constant[c] + (x[j] - mean[c]) * slope[c];
                d_x[j] = through;
            }
        }
    }
}

void bn_relu_16c16_backward(float d_x[16][16][BATCH][16], float d_out[16][16][BATCH][16],
    float x[16][16][BATCH][16], float mean[16], float inv_std[16], float gamma[16], float beta[16],
    float d_gamma[16], float d_beta[16], float partial[256][2][16], float factors[2][16], int n)
{
    const struct bn_relu_16c16_backward_arguments a = {d_x, d_out, x, mean, inv_std, gamma, beta, d_gamma, d_beta, partial, factors, n};
    for (int c = 0; c < 16; c++) {
        factors[0][c] = gamma[c] * inv_std[c];
        factors[1][c] = beta[c] - mean[c] * factors[0][c];
    }
    model_run(256, bn_relu_16c16_backward_sums, &a);
    merge_sums(16, 256, (float *)partial, d_beta, d_gamma);
    const float m = 256.0f * (float)n;
    for (int c = 0; c < 16; c++) {
        const float scale = gamma[c] * inv_std[c];
        partial[0][0][c] = -scale * d_beta[c] / m;
        partial[0][1][c] = -scale * inv_std[c] * d_gamma[c] / m;
    }
    model_run(1, bn_relu_16c16_backward_unit, &a);
}

/* conv3x3s2_32c8_16c16_grad_weight: layer2.0.conv1
 *
 * One unit sums the output rows of one of 16 parts: lowered inputs, [columns * images][72]',
 * times gradients, [columns * images][16]. The parts are added up afterwards. */
static const struct tap conv3x3s2_32c8_16c16_grad_weight_taps[9] = {
    {0, -1, -1, 1, 16, 1, 16},
    {1, -1, 0, 1, 16, 0, 16},
    {2, -1, 1, 1, 16, 0, 16},
    {3, 0, -1, 0, 16, 1, 16},
    {4, 0, 0, 0, 16, 0, 16},
    {5, 0, 1, 0, 16, 0, 16},
    {6, 1, -1, 0, 16, 1, 16},
    {7, 1, 0, 0, 16, 0, 16},
    {8, 1, 1, 0, 16, 0, 16},
};

struct conv3x3s2_32c8_16c16_grad_weight_arguments {
    float (*d_weight)[1][8][16];
    float (*d_out)[16][BATCH][16];
    float (*x)[32][BATCH][8];
    float (*workspace)[72][16];
    float (*lowered)[16][BATCH][72];
    int n;
};

/* The inputs that the taps read for output y, x, side by side, zeros for padding, to lowered[y][x]. */
static void conv3x3s2_32c8_16c16_grad_weight_lower(const struct conv3x3s2_32c8_16c16_grad_weight_arguments *a, int y, int x)
{
    const float *from[9];
    {
        enum { first = 0, count = 9 };
        for (int j = 0; j < count; j++) {
            const struct tap *const tap = &conv3x3s2_32c8_16c16_grad_weight_taps[first + j];
            const int inside = y >= tap->y0 && y < tap->y1 && x >= tap->x0 && x < tap->x1;
            from[j] = inside ? (float *)a->x[y * 2 + tap->dy][x * 2 + tap->dx] : 0;
        }
        for (int i = 0; i < a->n; i++) {
            float *const to = a->lowered[y][x][i] + first * 8;
            for (int j = 0; j < count; j++)
                for (int c = 0; c < 8; c++)
                    to[j * 8 + c] = from[j] ? from[j][i * 8 + c] : 0;
        }
    }
}

static void conv3x3s2_32c8_16c16_grad_weight_unit(const void *argument, int part)
{
    const struct conv3x3s2_32c8_16c16_grad_weight_arguments *const a = argument;
    float beta = 0;
    for (int y = part * 16 / 16; y < (part + 1) * 16 / 16; y++) {
        for (int x0 = 0; x0 < 16; x0 += 4) {
            const int x1 = at_most(x0 + 4, 16);
            for (int x = x0; x < x1; x++)
                conv3x3s2_32c8_16c16_grad_weight_lower(a, y, x);
            columns_tn(x1 - x0, a->n, 72, 16, a->lowered[y][x0][0], BATCH * 72, 72, a->d_out[y][x0][0],
                       BATCH * 16, 16, beta, a->workspace[part][0], 16);
            beta = 1;
        }
    }
}

void conv3x3s2_32c8_16c16_grad_weight(float d_weight[9][1][8][16], float d_out[16][16][BATCH][16],
    float x[32][32][BATCH][8], float workspace[16][72][16], float lowered[16][16][BATCH][72],
    int n)
{
    const struct conv3x3s2_32c8_16c16_grad_weight_arguments a = {d_weight, d_out, x, workspace, lowered, n};
    model_run(16, conv3x3s2_32c8_16c16_grad_weight_unit, &a);
    sum_rows(16, 1152, (const float *)workspace, 1152, (float *)d_weight);
}

/* conv3x3s2_32c8_16c16_grad_input: layer2.0.conv1
 *
 * One unit completes 32 columns of an input row: for each tap and the outputs y, x with
 * y * stride + dy on that row, [columns * images][16] x [8][16]'.
 * 9 of 9 taps live; 2.3 MFLOP for a batch, 2.4 with every padded product. */
static const struct tap conv3x3s2_32c8_16c16_grad_input_taps[9] = {
    {4, 0, 0, 0, 16, 0, 16},
    {0, -1, -1, 1, 16, 1, 16},
    {1, -1, 0, 1, 16, 0, 16},
    {2, -1, 1, 1, 16, 0, 16},
    {3, 0, -1, 0, 16, 1, 16},
    {5, 0, 1, 0, 16, 0, 16},
    {6, 1, -1, 0, 16, 1, 16},
    {7, 1, 0, 0, 16, 0, 16},
    {8, 1, 1, 0, 16, 0, 16},
};

struct conv3x3s2_32c8_16c16_grad_input_arguments {
    float (*d_x)[32][BATCH][8];
    float (*d_out)[16][BATCH][16];
    float (*weight)[1][8][16];
    int n;
};

static void conv3x3s2_32c8_16c16_grad_input_unit(const void *argument, int unit)
{
    const struct conv3x3s2_32c8_16c16_grad_input_arguments *const a = argument;
    const int row = unit / 1;
    enum { o = 0 };
    for (int x = 0; x < 32; x++)
        for (int i = 0; i < a->n; i++)
            for (int c = 0; c < 8; c++)
                a->d_x[row][x][i][o + c] = 0;
    for (int j = 0; j < 9; j++) {
        const struct tap *const tap = &conv3x3s2_32c8_16c16_grad_input_taps[j];
        const int y = (row - tap->dy) / 2;
        if (y * 2 + tap->dy != row || y < tap->y0 || y >= tap->y1)
            continue;
        const int x0 = tap->x0, x1 = tap->x1;
        columns_nt(x1 - x0, a->n, 8, 16, a->d_out[y][x0][0], BATCH * 16,
                   16, a->weight[tap->place][0][o], 16, 1,
                   &a->d_x[row][x0 * 2 + tap->dx][0][o], 2 * BATCH * 8, 8);
    }
}

void conv3x3s2_32c8_16c16_grad_input(float d_x[32][32][BATCH][8], float d_out[16][16][BATCH][16],
    float weight[9][1][8][16], int n)
{
    const struct conv3x3s2_32c8_16c16_grad_input_arguments a = {d_x, d_out, weight, n};
    model_run(32, conv3x3s2_32c8_16c16_grad_input_unit, &a);
}

/* bn_16c16_backward: layer2.0.downsample.1
 *
 * With x' = (x - mean) * inv_std and m = 256 * n values a channel:
 *
 *     d = d_out
 *     d_beta = sum d          d_gamma = sum d x'
 *     d_x = gamma * inv_std * (d - d_beta / m - x' * d_gamma / m)
 *
 * Once the sums are out of it, partial holds what all d_x of a channel share and their slope over x - mean.
 * (Ioffe, Szegedy 2015.) First each position's two sums, then d_x. */
struct bn_16c16_backward_arguments {
    float (*d_x)[16][BATCH][16];
    float (*d_out)[16][BATCH][16];
    float (*x)[16][BATCH][16];
    float *mean;
    float *inv_std;
    float *gamma;
    float *d_gamma;
    float *d_beta;
    float (*partial)[2][16];
    int n;
};

static void bn_16c16_backward_sums(const void *argument, int position)
{
    const struct bn_16c16_backward_arguments *const a = argument;
    const ptrdiff_t start = (ptrdiff_t)position * BATCH * 16;
    const float *const d_out = (float *)a->d_out + start, *const x = (float *)a->x + start;
    const float *const mean = a->mean;
    for (int first = 0; first < 16; first += SUM_BLOCK) {
        const int width = at_most(16 - first, SUM_BLOCK);
        double sum[SUM_BLOCK] = {0}, sum_x[SUM_BLOCK] = {0};
        for (int begin = 0; begin < a->n; begin += SUM_ROWS) {
            const int end = at_most(a->n, begin + SUM_ROWS);
            float some[SUM_BLOCK] = {0}, some_x[SUM_BLOCK] = {0};
            for (int i = begin; i < end; i++) {
                for (int k = 0; k < width; k++) {
                    const int c = first + k, j = i * 16 + c;
                    const float d = d_out[j];
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

static void bn_16c16_backward_unit(const void *argument, int unit)
{
    const struct bn_16c16_backward_arguments *const a = argument;
    const float *const mean = a->mean, *const constant = a->partial[0][0], *const slope = a->partial[0][1];
    const float *const gamma = a->gamma, *const inv_std = a->inv_std;
    const int end = at_most((unit + 1) * 256, 256);
    for (int position = unit * 256; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 16;
        const float *const d_out = (float *)a->d_out + start, *const x = (float *)a->x + start;
        float *const d_x = (float *)a->d_x + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 16; c++) {
                const int j = i * 16 + c;
                const float d = d_out[j];
                const float through = d * (gamma[c] * inv_std[c]) + constant[c] + (x[j] - mean[c]) * slope[c];
                d_x[j] = through;
            }
        }
    }
}

void bn_16c16_backward(float d_x[16][16][BATCH][16], float d_out[16][16][BATCH][16],
    float x[16][16][BATCH][16], float mean[16], float inv_std[16], float gamma[16],
    float d_gamma[16], float d_beta[16], float partial[256][2][16], int n)
{
    const struct bn_16c16_backward_arguments a = {d_x, d_out, x, mean, inv_std, gamma, d_gamma, d_beta, partial, n};
    model_run(256, bn_16c16_backward_sums, &a);
    merge_sums(16, 256, (float *)partial, d_beta, d_gamma);
    const float m = 256.0f * (float)n;
    for (int c = 0; c < 16; c++) {
        const float scale = gamma[c] * inv_std[c];
        partial[0][0][c] = -scale * d_beta[c] / m;
        partial[0][1][c] = -scale * inv_std[c] * d_gamma[c] / m;
    }
    model_run(1, bn_16c16_backward_unit, &a);
}

/* conv1x1s2_32c8_16c16_grad_weight: layer2.0.downsample.0
 *
 * One unit sums the output rows of one of 16 parts: lowered inputs, [columns * images][8]',
 * times gradients, [columns * images][16]. The parts are added up afterwards. */
static const struct tap conv1x1s2_32c8_16c16_grad_weight_taps[1] = {
    {0, 0, 0, 0, 16, 0, 16},
};

struct conv1x1s2_32c8_16c16_grad_weight_arguments {
    float (*d_weight)[1][8][16];
    float (*d_out)[16][BATCH][16];
    float (*x)[32][BATCH][8];
    float (*workspace)[8][16];
    float (*lowered)[16][BATCH][8];
    int n;
};

/* The inputs that the taps read for output y, x, side by side, zeros for padding, to lowered[y][x]. */
static void conv1x1s2_32c8_16c16_grad_weight_lower(const struct conv1x1s2_32c8_16c16_grad_weight_arguments *a, int y, int x)
{
    const float *from[1];
    {
        enum { first = 0, count = 1 };
        for (int j = 0; j < count; j++) {
            const struct tap *const tap = &conv1x1s2_32c8_16c16_grad_weight_taps[first + j];
            const int inside = y >= tap->y0 && y < tap->y1 && x >= tap->x0 && x < tap->x1;
            from[j] = inside ? (float *)a->x[y * 2 + tap->dy][x * 2 + tap->dx] : 0;
        }
        for (int i = 0; i < a->n; i++) {
            float *const to = a->lowered[y][x][i] + first * 8;
            for (int j = 0; j < count; j++)
                for (int c = 0; c < 8; c++)
                    to[j * 8 + c] = from[j] ? from[j][i * 8 + c] : 0;
        }
    }
}

static void conv1x1s2_32c8_16c16_grad_weight_unit(const void *argument, int part)
{
    const struct conv1x1s2_32c8_16c16_grad_weight_arguments *const a = argument;
    float beta = 0;
    for (int y = part * 16 / 16; y < (part + 1) * 16 / 16; y++) {
        for (int x0 = 0; x0 < 16; x0 += 4) {
            const int x1 = at_most(x0 + 4, 16);
            for (int x = x0; x < x1; x++)
                conv1x1s2_32c8_16c16_grad_weight_lower(a, y, x);
            columns_tn(x1 - x0, a->n, 8, 16, a->lowered[y][x0][0], BATCH * 8, 8, a->d_out[y][x0][0],
                       BATCH * 16, 16, beta, a->workspace[part][0], 16);
            beta = 1;
        }
    }
}

void conv1x1s2_32c8_16c16_grad_weight(float d_weight[1][1][8][16], float d_out[16][16][BATCH][16],
    float x[32][32][BATCH][8], float workspace[16][8][16], float lowered[16][16][BATCH][8], int n)
{
    const struct conv1x1s2_32c8_16c16_grad_weight_arguments a = {d_weight, d_out, x, workspace, lowered, n};
    model_run(16, conv1x1s2_32c8_16c16_grad_weight_unit, &a);
    sum_rows(16, 128, (const float *)workspace, 128, (float *)d_weight);
}

/* conv1x1s2_32c8_16c16_add_grad_input: layer2.0.downsample.0
 *
 * One unit completes 32 columns of an input row: for each tap and the outputs y, x with
 * y * stride + dy on that row, [columns * images][16] x [8][16]'.
 * 1 of 1 taps live; 0.3 MFLOP for a batch, 0.3 with every padded product. */
static const struct tap conv1x1s2_32c8_16c16_add_grad_input_taps[1] = {
    {0, 0, 0, 0, 16, 0, 16},
};

struct conv1x1s2_32c8_16c16_add_grad_input_arguments {
    float (*d_x)[32][BATCH][8];
    float (*d_out)[16][BATCH][16];
    float (*weight)[1][8][16];
    int n;
};

static void conv1x1s2_32c8_16c16_add_grad_input_unit(const void *argument, int unit)
{
    const struct conv1x1s2_32c8_16c16_add_grad_input_arguments *const a = argument;
    const int row = unit / 1;
    enum { o = 0 };
    for (int j = 0; j < 1; j++) {
        const struct tap *const tap = &conv1x1s2_32c8_16c16_add_grad_input_taps[j];
        const int y = (row - tap->dy) / 2;
        if (y * 2 + tap->dy != row || y < tap->y0 || y >= tap->y1)
            continue;
        const int x0 = tap->x0, x1 = tap->x1;
        columns_nt(x1 - x0, a->n, 8, 16, a->d_out[y][x0][0], BATCH * 16,
                   16, a->weight[tap->place][0][o], 16, 1,
                   &a->d_x[row][x0 * 2 + tap->dx][0][o], 2 * BATCH * 8, 8);
    }
}

void conv1x1s2_32c8_16c16_add_grad_input(float d_x[32][32][BATCH][8],
    float d_out[16][16][BATCH][16], float weight[1][1][8][16], int n)
{
    const struct conv1x1s2_32c8_16c16_add_grad_input_arguments a = {d_x, d_out, weight, n};
    model_run(32, conv1x1s2_32c8_16c16_add_grad_input_unit, &a);
}

/* bn_add_relu_32c8_backward: layer1.0.bn2
 *
 * With x' = (x - mean) * inv_std and m = 1024 * n values a channel:
 *
 *     d = d_out where out > 0, else 0
 *     d_beta = sum d          d_gamma = sum d x'
 *     d_x = gamma * inv_std * (d - d_beta / m - x' * d_gamma / m)
 *     d_residual = d
 *
 * Once the sums are out of it, partial holds what all d_x of a channel share and their slope over x - mean.
 * (Ioffe, Szegedy 2015.) First each position's two sums, then d_x. */
struct bn_add_relu_32c8_backward_arguments {
    float (*d_x)[32][BATCH][8];
    float (*d_residual)[32][BATCH][8];
    float (*d_out)[32][BATCH][8];
    float (*x)[32][BATCH][8];
    float (*out)[32][BATCH][8];
    float *mean;
    float *inv_std;
    float *gamma;
    float *d_gamma;
    float *d_beta;
    float (*partial)[2][8];
    int n;
};

static void bn_add_relu_32c8_backward_sums(const void *argument, int position)
{
    const struct bn_add_relu_32c8_backward_arguments *const a = argument;
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

static void bn_add_relu_32c8_backward_unit(const void *argument, int unit)
{
    const struct bn_add_relu_32c8_backward_arguments *const a = argument;
    const float *const mean = a->mean, *const constant = a->partial[0][0], *const slope = a->partial[0][1];
    const float *const gamma = a->gamma, *const inv_std = a->inv_std;
    const int end = at_most((unit + 1) * 512, 1024);
    for (int position = unit * 512; position < end; position++) {
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

void bn_add_relu_32c8_backward(float d_x[32][32][BATCH][8], float d_residual[32][32][BATCH][8],
    float d_out[32][32][BATCH][8], float x[32][32][BATCH][8], float out[32][32][BATCH][8],
    float mean[8], float inv_std[8], float gamma[8], float d_gamma[8], float d_beta[8],
    float partial[1024][2][8], int n)
{
    const struct bn_add_relu_32c8_backward_arguments a = {d_x, d_residual, d_out, x, out, mean, inv_std, gamma, d_gamma, d_beta, partial, n};
    model_run(1024, bn_add_relu_32c8_backward_sums, &a);
    merge_sums(8, 1024, (float *)partial, d_beta, d_gamma);
    const float m = 1024.0f * (float)n;
    for (int c = 0; c < 8; c++) {
        const float scale = gamma[c] * inv_std[c];
        partial[0][0][c] = -scale * d_beta[c] / m;
        partial[0][1][c] = -scale * inv_std[c] * d_gamma[c] / m;
    }
    model_run(2, bn_add_relu_32c8_backward_unit, &a);
}

/* conv3x3_32c8_32c8_grad_weight: layer1.0.conv2, layer1.0.conv1
 *
 * One unit sums the output rows of one of 16 parts: lowered inputs, [columns * images][72]',
 * times gradients, [columns * images][8]. The parts are added up afterwards. */
static const struct tap conv3x3_32c8_32c8_grad_weight_taps[9] = {
    {0, -1, -1, 1, 32, 1, 32},
    {1, -1, 0, 1, 32, 0, 32},
    {2, -1, 1, 1, 32, 0, 31},
    {3, 0, -1, 0, 32, 1, 32},
    {4, 0, 0, 0, 32, 0, 32},
    {5, 0, 1, 0, 32, 0, 31},
    {6, 1, -1, 0, 31, 1, 32},
    {7, 1, 0, 0, 31, 0, 32},
    {8, 1, 1, 0, 31, 0, 31},
};

struct conv3x3_32c8_32c8_grad_weight_arguments {
    float (*d_weight)[1][8][8];
    float (*d_out)[32][BATCH][8];
    float (*x)[32][BATCH][8];
    float (*workspace)[72][8];
    float (*lowered)[32][BATCH][72];
    int n;
};

/* The inputs that the taps read for output y, x, side by side, zeros for padding, to lowered[y][x]. */
static void conv3x3_32c8_32c8_grad_weight_lower(const struct conv3x3_32c8_32c8_grad_weight_arguments *a, int y, int x)
{
    const float *from[9];
    {
        enum { first = 0, count = 9 };
        for (int j = 0; j < count; j++) {
            const struct tap *const tap = &conv3x3_32c8_32c8_grad_weight_taps[first + j];
            const int inside = y >= tap->y0 && y < tap->y1 && x >= tap->x0 && x < tap->x1;
            from[j] = inside ? (float *)a->x[y + tap->dy][x + tap->dx] : 0;
        }
        for (int i = 0; i < a->n; i++) {
            float *const to = a->lowered[y][x][i] + first * 8;
            for (int j = 0; j < count; j++)
                for (int c = 0; c < 8; c++)
                    to[j * 8 + c] = from[j] ? from[j][i * 8 + c] : 0;
        }
    }
}

static void conv3x3_32c8_32c8_grad_weight_unit(const void *argument, int part)
{
    const struct conv3x3_32c8_32c8_grad_weight_arguments *const a = argument;
    float beta = 0;
    for (int y = part * 32 / 16; y < (part + 1) * 32 / 16; y++) {
        for (int x0 = 0; x0 < 32; x0 += 4) {
            const int x1 = at_most(x0 + 4, 32);
            for (int x = x0; x < x1; x++)
                conv3x3_32c8_32c8_grad_weight_lower(a, y, x);
            columns_tn(x1 - x0, a->n, 72, 8, a->lowered[y][x0][0], BATCH * 72, 72, a->d_out[y][x0][0],
                       BATCH * 8, 8, beta, a->workspace[part][0], 8);
            beta = 1;
        }
    }
}

void conv3x3_32c8_32c8_grad_weight(float d_weight[9][1][8][8], float d_out[32][32][BATCH][8],
    float x[32][32][BATCH][8], float workspace[16][72][8], float lowered[32][32][BATCH][72], int n)
{
    const struct conv3x3_32c8_32c8_grad_weight_arguments a = {d_weight, d_out, x, workspace, lowered, n};
    model_run(16, conv3x3_32c8_32c8_grad_weight_unit, &a);
    sum_rows(16, 576, (const float *)workspace, 576, (float *)d_weight);
}

/* conv3x3_32c8_32c8_grad_input: layer1.0.conv2
 *
 * One unit completes one column of an input row: for each tap and the outputs y, x with
 * y * stride + dy on that row, [columns * images][8] x [8][8]'.
 * 9 of 9 taps live; 4.5 MFLOP for a batch, 4.7 with every padded product. */
static const struct tap conv3x3_32c8_32c8_grad_input_taps[9] = {
    {4, 0, 0, 0, 32, 0, 32},
    {0, -1, -1, 1, 32, 1, 32},
    {1, -1, 0, 1, 32, 0, 32},
    {2, -1, 1, 1, 32, 0, 31},
    {3, 0, -1, 0, 32, 1, 32},
    {5, 0, 1, 0, 32, 0, 31},
    {6, 1, -1, 0, 31, 1, 32},
    {7, 1, 0, 0, 31, 0, 32},
    {8, 1, 1, 0, 31, 0, 31},
};

struct conv3x3_32c8_32c8_grad_input_arguments {
    float (*d_x)[32][BATCH][8];
    float (*d_out)[32][BATCH][8];
    float (*weight)[1][8][8];
    int n;
};

static void conv3x3_32c8_32c8_grad_input_unit(const void *argument, int unit)
{
    const struct conv3x3_32c8_32c8_grad_input_arguments *const a = argument;
    const int row = unit / 32;
    const int begin = unit / 1 % 32 * 1, end = at_most(begin + 1, 32);
    enum { o = 0 };
    for (int j = 0; j < 9; j++) {
        const struct tap *const tap = &conv3x3_32c8_32c8_grad_input_taps[j];
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

void conv3x3_32c8_32c8_grad_input(float d_x[32][32][BATCH][8], float d_out[32][32][BATCH][8],
    float weight[9][1][8][8], int n)
{
    const struct conv3x3_32c8_32c8_grad_input_arguments a = {d_x, d_out, weight, n};
    model_run(1024, conv3x3_32c8_32c8_grad_input_unit, &a);
}

/* bn_relu_32c8_backward: layer1.0.bn1, bn1
 *
 * With x' = (x - mean) * inv_std and m = 1024 * n values a channel:
 *
 *     d = d_out where the forward result x' * gamma + beta was above 0, else 0
 *     d_beta = sum d          d_gamma = sum d x'
 *     d_x = gamma * inv_std * (d - d_beta / m - x' * d_gamma / m)
 *
 * factors: what the forward kernel scaled x by and what it added, a row each.
 * Once the sums are out of it, partial holds what all d_x of a channel share and their slope over x - mean.
 * (Ioffe, Szegedy 2015.) First each position's two sums, then d_x. */
struct bn_relu_32c8_backward_arguments {
    float (*d_x)[32][BATCH][8];
    float (*d_out)[32][BATCH][8];
    float (*x)[32][BATCH][8];
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

static void bn_relu_32c8_backward_sums(const void *argument, int position)
{
    const struct bn_relu_32c8_backward_arguments *const a = argument;
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

static void bn_relu_32c8_backward_unit(const void *argument, int unit)
{
    const struct bn_relu_32c8_backward_arguments *const a = argument;
    const float *const mean = a->mean, *const constant = a->partial[0][0], *const slope = a->partial[0][1];
    const float *const scale = a->factors[0], *const shift = a->factors[1];
    const int end = at_most((unit + 1) * 512, 1024);
    for (int position = unit * 512; position < end; position++) {
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

void bn_relu_32c8_backward(float d_x[32][32][BATCH][8], float d_out[32][32][BATCH][8],
    float x[32][32][BATCH][8], float mean[8], float inv_std[8], float gamma[8], float beta[8],
    float d_gamma[8], float d_beta[8], float partial[1024][2][8], float factors[2][8], int n)
{
    const struct bn_relu_32c8_backward_arguments a = {d_x, d_out, x, mean, inv_std, gamma, beta, d_gamma, d_beta, partial, factors, n};
    for (int c = 0; c < 8; c++) {
        factors[0][c] = gamma[c] * inv_std[c];
        factors[1][c] = beta[c] - mean[c] * factors[0][c];
    }
    model_run(1024, bn_relu_32c8_backward_sums, &a);
    merge_sums(8, 1024, (float *)partial, d_beta, d_gamma);
    const float m = 1024.0f * (float)n;
    for (int c = 0; c < 8; c++) {
        const float scale = gamma[c] * inv_std[c];
        partial[0][0][c] = -scale * d_beta[c] / m;
        partial[0][1][c] = -scale * inv_std[c] * d_gamma[c] / m;
    }
    model_run(2, bn_relu_32c8_backward_unit, &a);
}

/* conv3x3_32c8_32c8_add_grad_input: layer1.0.conv1
 *
 * One unit completes one column of an input row: for each tap and the outputs y, x with
 * y * stride + dy on that row, [columns * images][8] x [8][8]'.
 * 9 of 9 taps live; 4.5 MFLOP for a batch, 4.7 with every padded product. */
static const struct tap conv3x3_32c8_32c8_add_grad_input_taps[9] = {
    {4, 0, 0, 0, 32, 0, 32},
    {0, -1, -1, 1, 32, 1, 32},
    {1, -1, 0, 1, 32, 0, 32},
    {2, -1, 1, 1, 32, 0, 31},
    {3, 0, -1, 0, 32, 1, 32},
    {5, 0, 1, 0, 32, 0, 31},
    {6, 1, -1, 0, 31, 1, 32},
    {7, 1, 0, 0, 31, 0, 32},
    {8, 1, 1, 0, 31, 0, 31},
};

struct conv3x3_32c8_32c8_add_grad_input_arguments {
    float (*d_x)[32][BATCH][8];
    float (*d_out)[32][BATCH][8];
    float (*weight)[1][8][8];
    int n;
};

static void conv3x3_32c8_32c8_add_grad_input_unit(const void *argument, int unit)
{
    const struct conv3x3_32c8_32c8_add_grad_input_arguments *const a = argument;
    const int row = unit / 32;
    const int begin = unit / 1 % 32 * 1, end = at_most(begin + 1, 32);
    enum { o = 0 };
    for (int j = 0; j < 9; j++) {
        const struct tap *const tap = &conv3x3_32c8_32c8_add_grad_input_taps[j];
        const int y = row - tap->dy;
        if (y < tap->y0 || y >= tap->y1)
            continue;
        const int x0 = at_least(begin - tap->dx, tap->x0), x1 = at_most(end - tap->dx, tap->x1);
        if (x0 >= x1)
            continue;
        columns_nt(x1 - x0, a->n, 8, 8, a->d_out[y][x0][0], BATCH * 8,
                   8, a->weight[tap->place][0][o], 8, 1,
                   &a->d_x[row][x0 + tap->dx][0][o], 1 * BATCH * 8, 8);
    }
}

void conv3x3_32c8_32c8_add_grad_input(float d_x[32][32][BATCH][8], float d_out[32][32][BATCH][8],
    float weight[9][1][8][8], int n)
{
    const struct conv3x3_32c8_32c8_add_grad_input_arguments a = {d_x, d_out, weight, n};
    model_run(1024, conv3x3_32c8_32c8_add_grad_input_unit, &a);
}

/* conv3x3_32c3_32c8_grad_weight: conv1
 *
 * One unit sums the output rows of one of 16 parts: lowered inputs, [columns * images][27]',
 * times gradients, [columns * images][8]. The parts are added up afterwards. */
static const struct tap conv3x3_32c3_32c8_grad_weight_taps[9] = {
    {0, -1, -1, 1, 32, 1, 32},
    {1, -1, 0, 1, 32, 0, 32},
    {2, -1, 1, 1, 32, 0, 31},
    {3, 0, -1, 0, 32, 1, 32},
    {4, 0, 0, 0, 32, 0, 32},
    {5, 0, 1, 0, 32, 0, 31},
    {6, 1, -1, 0, 31, 1, 32},
    {7, 1, 0, 0, 31, 0, 32},
    {8, 1, 1, 0, 31, 0, 31},
};

struct conv3x3_32c3_32c8_grad_weight_arguments {
    float (*d_weight)[1][3][8];
    float (*d_out)[32][BATCH][8];
    float (*x)[32][BATCH][3];
    float (*workspace)[27][8];
    float (*lowered)[32][BATCH][27];
    int n;
};

/* The inputs that the taps read for output y, x, side by side, zeros for padding, to lowered[y][x]. */
static void conv3x3_32c3_32c8_grad_weight_lower(const struct conv3x3_32c3_32c8_grad_weight_arguments *a, int y, int x)
{
    const float *from[9];
    {
        enum { first = 0, count = 9 };
        for (int j = 0; j < count; j++) {
            const struct tap *const tap = &conv3x3_32c3_32c8_grad_weight_taps[first + j];
            const int inside = y >= tap->y0 && y < tap->y1 && x >= tap->x0 && x < tap->x1;
            from[j] = inside ? (float *)a->x[y + tap->dy][x + tap->dx] : 0;
        }
        for (int i = 0; i < a->n; i++) {
            float *const to = a->lowered[y][x][i] + first * 3;
            for (int j = 0; j < count; j++)
                for (int c = 0; c < 3; c++)
                    to[j * 3 + c] = from[j] ? from[j][i * 3 + c] : 0;
        }
    }
}

static void conv3x3_32c3_32c8_grad_weight_unit(const void *argument, int part)
{
    const struct conv3x3_32c3_32c8_grad_weight_arguments *const a = argument;
    float beta = 0;
    for (int y = part * 32 / 16; y < (part + 1) * 32 / 16; y++) {
        for (int x0 = 0; x0 < 32; x0 += 4) {
            const int x1 = at_most(x0 + 4, 32);
            for (int x = x0; x < x1; x++)
                conv3x3_32c3_32c8_grad_weight_lower(a, y, x);
            columns_tn(x1 - x0, a->n, 27, 8, a->lowered[y][x0][0], BATCH * 27, 27, a->d_out[y][x0][0],
                       BATCH * 8, 8, beta, a->workspace[part][0], 8);
            beta = 1;
        }
    }
}

void conv3x3_32c3_32c8_grad_weight(float d_weight[9][1][3][8], float d_out[32][32][BATCH][8],
    float x[32][32][BATCH][3], float workspace[16][27][8], float lowered[32][32][BATCH][27], int n)
{
    const struct conv3x3_32c3_32c8_grad_weight_arguments a = {d_weight, d_out, x, workspace, lowered, n};
    model_run(16, conv3x3_32c3_32c8_grad_weight_unit, &a);
    sum_rows(16, 216, (const float *)workspace, 216, (float *)d_weight);
}

/* conv3x3_32c3_32c8_evaluate: conv1
 *
 * One unit lowers 4 columns of an output row, [columns][images][9 taps * 3 channels] with
 * zeros for padding, and multiplies by the weight, [27][8]. */
static const struct tap conv3x3_32c3_32c8_evaluate_taps[9] = {
    {0, -1, -1, 1, 32, 1, 32},
    {1, -1, 0, 1, 32, 0, 32},
    {2, -1, 1, 1, 32, 0, 31},
    {3, 0, -1, 0, 32, 1, 32},
    {4, 0, 0, 0, 32, 0, 32},
    {5, 0, 1, 0, 32, 0, 31},
    {6, 1, -1, 0, 31, 1, 32},
    {7, 1, 0, 0, 31, 0, 32},
    {8, 1, 1, 0, 31, 0, 31},
};

struct conv3x3_32c3_32c8_evaluate_arguments {
    float (*out)[32][BATCH][8];
    float (*x)[32][BATCH][3];
    float (*weight)[1][3][8];
    float (*lowered)[32][BATCH][27];
    int n;
};

/* The inputs that the taps read for output y, x, side by side, zeros for padding, to lowered[y][x]. */
static void conv3x3_32c3_32c8_evaluate_lower(const struct conv3x3_32c3_32c8_evaluate_arguments *a, int y, int x)
{
    const float *from[9];
    {
        enum { first = 0, count = 9 };
        for (int j = 0; j < count; j++) {
            const struct tap *const tap = &conv3x3_32c3_32c8_evaluate_taps[first + j];
            const int inside = y >= tap->y0 && y < tap->y1 && x >= tap->x0 && x < tap->x1;
            from[j] = inside ? (float *)a->x[y + tap->dy][x + tap->dx] : 0;
        }
        for (int i = 0; i < a->n; i++) {
            float *const to = a->lowered[y][x][i] + first * 3;
            for (int j = 0; j < count; j++)
                for (int c = 0; c < 3; c++)
                    to[j * 3 + c] = from[j] ? from[j][i * 3 + c] : 0;
        }
    }
}

static void conv3x3_32c3_32c8_evaluate_unit(const void *argument, int unit)
{
    const struct conv3x3_32c3_32c8_evaluate_arguments *const a = argument;
    const int y = unit / 8, x0 = unit % 8 * 4, x1 = at_most(x0 + 4, 32);
    for (int x = x0; x < x1; x++)
        conv3x3_32c3_32c8_evaluate_lower(a, y, x);
    columns_nn(x1 - x0, a->n, 8, 27, a->lowered[y][x0][0], BATCH * 27, 27, a->weight[0][0][0], 8, 0,
               a->out[y][x0][0], BATCH * 8, 8);
}

void conv3x3_32c3_32c8_evaluate(float out[32][32][BATCH][8], float x[32][32][BATCH][3],
    float weight[9][1][3][8], float lowered[32][32][BATCH][27], int n)
{
    const struct conv3x3_32c3_32c8_evaluate_arguments a = {out, x, weight, lowered, n};
    model_run(256, conv3x3_32c3_32c8_evaluate_unit, &a);
}

/* bn_relu_32c8_evaluate: bn1, layer1.0.bn1
 *
 *     out = max(0, (x - running_mean) / sqrt(running_var + 1e-05) * gamma + beta)
 *
 * factors: what x is scaled by and what is added, a row each. */
struct bn_relu_32c8_evaluate_arguments {
    float (*out)[32][BATCH][8];
    float (*x)[32][BATCH][8];
    float *gamma;
    float *beta;
    float *running_mean;
    float *running_var;
    float (*factors)[8];
    int n;
};

static void bn_relu_32c8_evaluate_unit(const void *argument, int unit)
{
    const struct bn_relu_32c8_evaluate_arguments *const a = argument;
    const float *const scale = a->factors[0], *const shift = a->factors[1];
    const int end = at_most((unit + 1) * 512, 1024);
    for (int position = unit * 512; position < end; position++) {
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

void bn_relu_32c8_evaluate(float out[32][32][BATCH][8], float x[32][32][BATCH][8], float gamma[8],
    float beta[8], float running_mean[8], float running_var[8], float factors[2][8], int n)
{
    const struct bn_relu_32c8_evaluate_arguments a = {out, x, gamma, beta, running_mean, running_var, factors, n};
    for (int c = 0; c < 8; c++) {
        factors[0][c] = gamma[c] / sqrtf(running_var[c] + 1e-05f);
        factors[1][c] = beta[c] - running_mean[c] * factors[0][c];
    }
    model_run(2, bn_relu_32c8_evaluate_unit, &a);
}

/* conv3x3_32c8_32c8_evaluate: layer1.0.conv1, layer1.0.conv2
 *
 * One unit lowers 4 columns of an output row, [columns][images][9 taps * 8 channels] with
 * zeros for padding, and multiplies by the weight, [72][8]. */
static const struct tap conv3x3_32c8_32c8_evaluate_taps[9] = {
    {0, -1, -1, 1, 32, 1, 32},
    {1, -1, 0, 1, 32, 0, 32},
    {2, -1, 1, 1, 32, 0, 31},
    {3, 0, -1, 0, 32, 1, 32},
    {4, 0, 0, 0, 32, 0, 32},
    {5, 0, 1, 0, 32, 0, 31},
    {6, 1, -1, 0, 31, 1, 32},
    {7, 1, 0, 0, 31, 0, 32},
    {8, 1, 1, 0, 31, 0, 31},
};

struct conv3x3_32c8_32c8_evaluate_arguments {
    float (*out)[32][BATCH][8];
    float (*x)[32][BATCH][8];
    float (*weight)[1][8][8];
    float (*lowered)[32][BATCH][72];
    int n;
};

/* The inputs that the taps read for output y, x, side by side, zeros for padding, to lowered[y][x]. */
static void conv3x3_32c8_32c8_evaluate_lower(const struct conv3x3_32c8_32c8_evaluate_arguments *a, int y, int x)
{
    const float *from[9];
    {
        enum { first = 0, count = 9 };
        for (int j = 0; j < count; j++) {
            const struct tap *const tap = &conv3x3_32c8_32c8_evaluate_taps[first + j];
            const int inside = y >= tap->y0 && y < tap->y1 && x >= tap->x0 && x < tap->x1;
            from[j] = inside ? (float *)a->x[y + tap->dy][x + tap->dx] : 0;
        }
        for (int i = 0; i < a->n; i++) {
            float *const to = a->lowered[y][x][i] + first * 8;
            for (int j = 0; j < count; j++)
                for (int c = 0; c < 8; c++)
                    to[j * 8 + c] = from[j] ? from[j][i * 8 + c] : 0;
        }
    }
}

static void conv3x3_32c8_32c8_evaluate_unit(const void *argument, int unit)
{
    const struct conv3x3_32c8_32c8_evaluate_arguments *const a = argument;
    const int y = unit / 8, x0 = unit % 8 * 4, x1 = at_most(x0 + 4, 32);
    for (int x = x0; x < x1; x++)
        conv3x3_32c8_32c8_evaluate_lower(a, y, x);
    columns_nn(x1 - x0, a->n, 8, 72, a->lowered[y][x0][0], BATCH * 72, 72, a->weight[0][0][0], 8, 0,
               a->out[y][x0][0], BATCH * 8, 8);
}

void conv3x3_32c8_32c8_evaluate(float out[32][32][BATCH][8], float x[32][32][BATCH][8],
    float weight[9][1][8][8], float lowered[32][32][BATCH][72], int n)
{
    const struct conv3x3_32c8_32c8_evaluate_arguments a = {out, x, weight, lowered, n};
    model_run(256, conv3x3_32c8_32c8_evaluate_unit, &a);
}

/* bn_add_relu_32c8_evaluate: layer1.0.bn2
 *
 *     out = max(0, (x - running_mean) / sqrt(running_var + 1e-05) * gamma + beta + residual)
 *
 * factors: what x is scaled by and what is added, a row each. */
struct bn_add_relu_32c8_evaluate_arguments {
    float (*out)[32][BATCH][8];
    float (*x)[32][BATCH][8];
    float (*residual)[32][BATCH][8];
    float *gamma;
    float *beta;
    float *running_mean;
    float *running_var;
    float (*factors)[8];
    int n;
};

static void bn_add_relu_32c8_evaluate_unit(const void *argument, int unit)
{
    const struct bn_add_relu_32c8_evaluate_arguments *const a = argument;
    const float *const scale = a->factors[0], *const shift = a->factors[1];
    const int end = at_most((unit + 1) * 512, 1024);
    for (int position = unit * 512; position < end; position++) {
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

void bn_add_relu_32c8_evaluate(float out[32][32][BATCH][8], float x[32][32][BATCH][8],
    float residual[32][32][BATCH][8], float gamma[8], float beta[8], float running_mean[8],
    float running_var[8], float factors[2][8], int n)
{
    const struct bn_add_relu_32c8_evaluate_arguments a = {out, x, residual, gamma, beta, running_mean, running_var, factors, n};
    for (int c = 0; c < 8; c++) {
        factors[0][c] = gamma[c] / sqrtf(running_var[c] + 1e-05f);
        factors[1][c] = beta[c] - running_mean[c] * factors[0][c];
    }
    model_run(2, bn_add_relu_32c8_evaluate_unit, &a);
}

/* conv1x1s2_32c8_16c16_evaluate: layer2.0.downsample.0
 *
 * One unit lowers 4 columns of an output row, [columns][images][1 taps * 8 channels] with
 * zeros for padding, and multiplies by the weight, [8][16]. */
static const struct tap conv1x1s2_32c8_16c16_evaluate_taps[1] = {
    {0, 0, 0, 0, 16, 0, 16},
};

struct conv1x1s2_32c8_16c16_evaluate_arguments {
    float (*out)[16][BATCH][16];
    float (*x)[32][BATCH][8];
    float (*weight)[1][8][16];
    float (*lowered)[16][BATCH][8];
    int n;
};

/* The inputs that the taps read for output y, x, side by side, zeros for padding, to lowered[y][x]. */
static void conv1x1s2_32c8_16c16_evaluate_lower(const struct conv1x1s2_32c8_16c16_evaluate_arguments *a, int y, int x)
{
    const float *from[1];
    {
        enum { first = 0, count = 1 };
        for (int j = 0; j < count; j++) {
            const struct tap *const tap = &conv1x1s2_32c8_16c16_evaluate_taps[first + j];
            const int inside = y >= tap->y0 && y < tap->y1 && x >= tap->x0 && x < tap->x1;
            from[j] = inside ? (float *)a->x[y * 2 + tap->dy][x * 2 + tap->dx] : 0;
        }
        for (int i = 0; i < a->n; i++) {
            float *const to = a->lowered[y][x][i] + first * 8;
            for (int j = 0; j < count; j++)
                for (int c = 0; c < 8; c++)
                    to[j * 8 + c] = from[j] ? from[j][i * 8 + c] : 0;
        }
    }
}

static void conv1x1s2_32c8_16c16_evaluate_unit(const void *argument, int unit)
{
    const struct conv1x1s2_32c8_16c16_evaluate_arguments *const a = argument;
    const int y = unit / 4, x0 = unit % 4 * 4, x1 = at_most(x0 + 4, 16);
    for (int x = x0; x < x1; x++)
        conv1x1s2_32c8_16c16_evaluate_lower(a, y, x);
    columns_nn(x1 - x0, a->n, 16, 8, a->lowered[y][x0][0], BATCH * 8, 8, a->weight[0][0][0], 16, 0,
               a->out[y][x0][0], BATCH * 16, 16);
}

void conv1x1s2_32c8_16c16_evaluate(float out[16][16][BATCH][16], float x[32][32][BATCH][8],
    float weight[1][1][8][16], float lowered[16][16][BATCH][8], int n)
{
    const struct conv1x1s2_32c8_16c16_evaluate_arguments a = {out, x, weight, lowered, n};
    model_run(64, conv1x1s2_32c8_16c16_evaluate_unit, &a);
}

/* bn_16c16_evaluate: layer2.0.downsample.1
 *
 *     out = (x - running_mean) / sqrt(running_var + 1e-05) * gamma + beta
 *
 * factors: what x is scaled by and what is added, a row each. */
struct bn_16c16_evaluate_arguments {
    float (*out)[16][BATCH][16];
    float (*x)[16][BATCH][16];
    float *gamma;
    float *beta;
    float *running_mean;
    float *running_var;
    float (*factors)[16];
    int n;
};

static void bn_16c16_evaluate_unit(const void *argument, int unit)
{
    const struct bn_16c16_evaluate_arguments *const a = argument;
    const float *const scale = a->factors[0], *const shift = a->factors[1];
    const int end = at_most((unit + 1) * 256, 256);
    for (int position = unit * 256; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 16;
        const float *const x = (float *)a->x + start;
        float *const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 16; c++) {
                const float y = x[i * 16 + c] * scale[c] + shift[c];
                out[i * 16 + c] = y;
            }
        }
    }
}

void bn_16c16_evaluate(float out[16][16][BATCH][16], float x[16][16][BATCH][16], float gamma[16],
    float beta[16], float running_mean[16], float running_var[16], float factors[2][16], int n)
{
    const struct bn_16c16_evaluate_arguments a = {out, x, gamma, beta, running_mean, running_var, factors, n};
    for (int c = 0; c < 16; c++) {
        factors[0][c] = gamma[c] / sqrtf(running_var[c] + 1e-05f);
        factors[1][c] = beta[c] - running_mean[c] * factors[0][c];
    }
    model_run(1, bn_16c16_evaluate_unit, &a);
}

/* conv3x3s2_32c8_16c16_evaluate: layer2.0.conv1
 *
 * One unit lowers 4 columns of an output row, [columns][images][9 taps * 8 channels] with
 * zeros for padding, and multiplies by the weight, [72][16]. */
static const struct tap conv3x3s2_32c8_16c16_evaluate_taps[9] = {
    {0, -1, -1, 1, 16, 1, 16},
    {1, -1, 0, 1, 16, 0, 16},
    {2, -1, 1, 1, 16, 0, 16},
    {3, 0, -1, 0, 16, 1, 16},
    {4, 0, 0, 0, 16, 0, 16},
    {5, 0, 1, 0, 16, 0, 16},
    {6, 1, -1, 0, 16, 1, 16},
    {7, 1, 0, 0, 16, 0, 16},
    {8, 1, 1, 0, 16, 0, 16},
};

struct conv3x3s2_32c8_16c16_evaluate_arguments {
    float (*out)[16][BATCH][16];
    float (*x)[32][BATCH][8];
    float (*weight)[1][8][16];
    float (*lowered)[16][BATCH][72];
    int n;
};

/* The inputs that the taps read for output y, x, side by side, zeros for padding, to lowered[y][x]. */
static void conv3x3s2_32c8_16c16_evaluate_lower(const struct conv3x3s2_32c8_16c16_evaluate_arguments *a, int y, int x)
{
    const float *from[9];
    {
        enum { first = 0, count = 9 };
        for (int j = 0; j < count; j++) {
            const struct tap *const tap = &conv3x3s2_32c8_16c16_evaluate_taps[first + j];
            const int inside = y >= tap->y0 && y < tap->y1 && x >= tap->x0 && x < tap->x1;
            from[j] = inside ? (float *)a->x[y * 2 + tap->dy][x * 2 + tap->dx] : 0;
        }
        for (int i = 0; i < a->n; i++) {
            float *const to = a->lowered[y][x][i] + first * 8;
            for (int j = 0; j < count; j++)
                for (int c = 0; c < 8; c++)
                    to[j * 8 + c] = from[j] ? from[j][i * 8 + c] : 0;
        }
    }
}

static void conv3x3s2_32c8_16c16_evaluate_unit(const void *argument, int unit)
{
    const struct conv3x3s2_32c8_16c16_evaluate_arguments *const a = argument;
    const int y = unit / 4, x0 = unit % 4 * 4, x1 = at_most(x0 + 4, 16);
    for (int x = x0; x < x1; x++)
        conv3x3s2_32c8_16c16_evaluate_lower(a, y, x);
    columns_nn(x1 - x0, a->n, 16, 72, a->lowered[y][x0][0], BATCH * 72, 72, a->weight[0][0][0], 16, 0,
               a->out[y][x0][0], BATCH * 16, 16);
}

void conv3x3s2_32c8_16c16_evaluate(float out[16][16][BATCH][16], float x[32][32][BATCH][8],
    float weight[9][1][8][16], float lowered[16][16][BATCH][72], int n)
{
    const struct conv3x3s2_32c8_16c16_evaluate_arguments a = {out, x, weight, lowered, n};
    model_run(64, conv3x3s2_32c8_16c16_evaluate_unit, &a);
}

/* bn_relu_16c16_evaluate: layer2.0.bn1
 *
 *     out = max(0, (x - running_mean) / sqrt(running_var + 1e-05) * gamma + beta)
 *
 * factors: what x is scaled by and what is added, a row each. */
struct bn_relu_16c16_evaluate_arguments {
    float (*out)[16][BATCH][16];
    float (*x)[16][BATCH][16];
    float *gamma;
    float *beta;
    float *running_mean;
    float *running_var;
    float (*factors)[16];
    int n;
};

static void bn_relu_16c16_evaluate_unit(const void *argument, int unit)
{
    const struct bn_relu_16c16_evaluate_arguments *const a = argument;
    const float *const scale = a->factors[0], *const shift = a->factors[1];
    const int end = at_most((unit + 1) * 256, 256);
    for (int position = unit * 256; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 16;
        const float *const x = (float *)a->x + start;
        float *const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 16; c++) {
                const float y = x[i * 16 + c] * scale[c] + shift[c];
                out[i * 16 + c] = y < 0 ? 0 : y;
            }
        }
    }
}

void bn_relu_16c16_evaluate(float out[16][16][BATCH][16], float x[16][16][BATCH][16],
    float gamma[16], float beta[16], float running_mean[16], float running_var[16],
    float factors[2][16], int n)
{
    const struct bn_relu_16c16_evaluate_arguments a = {out, x, gamma, beta, running_mean, running_var, factors, n};
    for (int c = 0; c < 16; c++) {
        factors[0][c] = gamma[c] / sqrtf(running_var[c] + 1e-05f);
        factors[1][c] = beta[c] - running_mean[c] * factors[0][c];
    }
    model_run(1, bn_relu_16c16_evaluate_unit, &a);
}

/* conv3x3_16c16_16c16_evaluate: layer2.0.conv2
 *
 * One unit makes one column of an output row, over all images: for each tap that
 * reaches them, [columns * images][16] x [16][16].
 * 9 of 9 taps live; 4.3 MFLOP for a batch, 4.7 with every padded product. */
static const struct tap conv3x3_16c16_16c16_evaluate_taps[9] = {
    {4, 0, 0, 0, 16, 0, 16},
    {0, -1, -1, 1, 16, 1, 16},
    {1, -1, 0, 1, 16, 0, 16},
    {2, -1, 1, 1, 16, 0, 15},
    {3, 0, -1, 0, 16, 1, 16},
    {5, 0, 1, 0, 16, 0, 15},
    {6, 1, -1, 0, 15, 1, 16},
    {7, 1, 0, 0, 15, 0, 16},
    {8, 1, 1, 0, 15, 0, 15},
};

struct conv3x3_16c16_16c16_evaluate_arguments {
    float (*out)[16][BATCH][16];
    float (*x)[16][BATCH][16];
    float (*weight)[1][16][16];
    int n;
};

static void conv3x3_16c16_16c16_evaluate_unit(const void *argument, int unit)
{
    const struct conv3x3_16c16_16c16_evaluate_arguments *const a = argument;
    const int y = unit / 16, x_begin = unit / 1 % 16 * 1;
    const int x_end = at_most(x_begin + 1, 16);
    enum { o = 0 };
    for (int j = 0; j < 9; j++) {
        const struct tap *const tap = &conv3x3_16c16_16c16_evaluate_taps[j];
        const int x0 = at_least(x_begin, tap->x0), x1 = at_most(x_end, tap->x1);
        if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
            continue;
        columns_nn(x1 - x0, a->n, 16, 16, a->x[y + tap->dy][x0 + tap->dx][0],
                   1 * BATCH * 16, 16, &a->weight[tap->place][0][0][o], 16,
                   j > 0, &a->out[y][x0][0][o], BATCH * 16, 16);
    }
}

void conv3x3_16c16_16c16_evaluate(float out[16][16][BATCH][16], float x[16][16][BATCH][16],
    float weight[9][1][16][16], int n)
{
    const struct conv3x3_16c16_16c16_evaluate_arguments a = {out, x, weight, n};
    model_run(256, conv3x3_16c16_16c16_evaluate_unit, &a);
}

/* bn_add_relu_16c16_evaluate: layer2.0.bn2
 *
 *     out = max(0, (x - running_mean) / sqrt(running_var + 1e-05) * gamma + beta + residual)
 *
 * factors: what x is scaled by and what is added, a row each. */
struct bn_add_relu_16c16_evaluate_arguments {
    float (*out)[16][BATCH][16];
    float (*x)[16][BATCH][16];
    float (*residual)[16][BATCH][16];
    float *gamma;
    float *beta;
    float *running_mean;
    float *running_var;
    float (*factors)[16];
    int n;
};

static void bn_add_relu_16c16_evaluate_unit(const void *argument, int unit)
{
    const struct bn_add_relu_16c16_evaluate_arguments *const a = argument;
    const float *const scale = a->factors[0], *const shift = a->factors[1];
    const int end = at_most((unit + 1) * 256, 256);
    for (int position = unit * 256; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 16;
        const float *const x = (float *)a->x + start;
        const float *const residual = (float *)a->residual + start;
        float *const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 16; c++) {
                const float y = x[i * 16 + c] * scale[c] + shift[c] + residual[i * 16 + c];
                out[i * 16 + c] = y < 0 ? 0 : y;
            }
        }
    }
}

void bn_add_relu_16c16_evaluate(float out[16][16][BATCH][16], float x[16][16][BATCH][16],
    float residual[16][16][BATCH][16], float gamma[16], float beta[16], float running_mean[16],
    float running_var[16], float factors[2][16], int n)
{
    const struct bn_add_relu_16c16_evaluate_arguments a = {out, x, residual, gamma, beta, running_mean, running_var, factors, n};
    for (int c = 0; c < 16; c++) {
        factors[0][c] = gamma[c] / sqrtf(running_var[c] + 1e-05f);
        factors[1][c] = beta[c] - running_mean[c] * factors[0][c];
    }
    model_run(1, bn_add_relu_16c16_evaluate_unit, &a);
}

/* conv1x1s2_16c16_8c32_evaluate: layer3.0.downsample.0
 *
 * One unit makes one column of an output row, over all images: for each tap that
 * reaches them, [columns * images][16] x [16][32].
 * 1 of 1 taps live; 0.3 MFLOP for a batch, 0.3 with every padded product. */
static const struct tap conv1x1s2_16c16_8c32_evaluate_taps[1] = {
    {0, 0, 0, 0, 8, 0, 8},
};

struct conv1x1s2_16c16_8c32_evaluate_arguments {
    float (*out)[8][BATCH][32];
    float (*x)[16][BATCH][16];
    float (*weight)[1][16][32];
    int n;
};

static void conv1x1s2_16c16_8c32_evaluate_unit(const void *argument, int unit)
{
    const struct conv1x1s2_16c16_8c32_evaluate_arguments *const a = argument;
    const int y = unit / 8, x_begin = unit / 1 % 8 * 1;
    const int x_end = at_most(x_begin + 1, 8);
    enum { o = 0 };
    for (int j = 0; j < 1; j++) {
        const struct tap *const tap = &conv1x1s2_16c16_8c32_evaluate_taps[j];
        const int x0 = at_least(x_begin, tap->x0), x1 = at_most(x_end, tap->x1);
        if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
            continue;
        columns_nn(x1 - x0, a->n, 32, 16, a->x[y * 2 + tap->dy][x0 * 2 + tap->dx][0],
                   2 * BATCH * 16, 16, &a->weight[tap->place][0][0][o], 32,
                   j > 0, &a->out[y][x0][0][o], BATCH * 32, 32);
    }
}

void conv1x1s2_16c16_8c32_evaluate(float out[8][8][BATCH][32], float x[16][16][BATCH][16],
    float weight[1][1][16][32], int n)
{
    const struct conv1x1s2_16c16_8c32_evaluate_arguments a = {out, x, weight, n};
    model_run(64, conv1x1s2_16c16_8c32_evaluate_unit, &a);
}

/* bn_8c32_evaluate: layer3.0.downsample.1
 *
 *     out = (x - running_mean) / sqrt(running_var + 1e-05) * gamma + beta
 *
 * factors: what x is scaled by and what is added, a row each. */
struct bn_8c32_evaluate_arguments {
    float (*out)[8][BATCH][32];
    float (*x)[8][BATCH][32];
    float *gamma;
    float *beta;
    float *running_mean;
    float *running_var;
    float (*factors)[32];
    int n;
};

static void bn_8c32_evaluate_unit(const void *argument, int unit)
{
    const struct bn_8c32_evaluate_arguments *const a = argument;
    const float *const scale = a->factors[0], *const shift = a->factors[1];
    const int end = at_most((unit + 1) * 64, 64);
    for (int position = unit * 64; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 32;
        const float *const x = (float *)a->x + start;
        float *const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 32; c++) {
                const float y = x[i * 32 + c] * scale[c] + shift[c];
                out[i * 32 + c] = y;
            }
        }
    }
}

void bn_8c32_evaluate(float out[8][8][BATCH][32], float x[8][8][BATCH][32], float gamma[32],
    float beta[32], float running_mean[32], float running_var[32], float factors[2][32], int n)
{
    const struct bn_8c32_evaluate_arguments a = {out, x, gamma, beta, running_mean, running_var, factors, n};
    for (int c = 0; c < 32; c++) {
        factors[0][c] = gamma[c] / sqrtf(running_var[c] + 1e-05f);
        factors[1][c] = beta[c] - running_mean[c] * factors[0][c];
    }
    model_run(1, bn_8c32_evaluate_unit, &a);
}

/* conv3x3s2_16c16_8c32_evaluate: layer3.0.conv1
 *
 * One unit makes one column of an output row, over all images: for each tap that
 * reaches them, [columns * images][16] x [16][32].
 * 9 of 9 taps live; 2.2 MFLOP for a batch, 2.4 with every padded product. */
static const struct tap conv3x3s2_16c16_8c32_evaluate_taps[9] = {
    {4, 0, 0, 0, 8, 0, 8},
    {0, -1, -1, 1, 8, 1, 8},
    {1, -1, 0, 1, 8, 0, 8},
    {2, -1, 1, 1, 8, 0, 8},
    {3, 0, -1, 0, 8, 1, 8},
    {5, 0, 1, 0, 8, 0, 8},
    {6, 1, -1, 0, 8, 1, 8},
    {7, 1, 0, 0, 8, 0, 8},
    {8, 1, 1, 0, 8, 0, 8},
};

struct conv3x3s2_16c16_8c32_evaluate_arguments {
    float (*out)[8][BATCH][32];
    float (*x)[16][BATCH][16];
    float (*weight)[1][16][32];
    int n;
};

static void conv3x3s2_16c16_8c32_evaluate_unit(const void *argument, int unit)
{
    const struct conv3x3s2_16c16_8c32_evaluate_arguments *const a = argument;
    const int y = unit / 8, x_begin = unit / 1 % 8 * 1;
    const int x_end = at_most(x_begin + 1, 8);
    enum { o = 0 };
    for (int j = 0; j < 9; j++) {
        const struct tap *const tap = &conv3x3s2_16c16_8c32_evaluate_taps[j];
        const int x0 = at_least(x_begin, tap->x0), x1 = at_most(x_end, tap->x1);
        if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
            continue;
        columns_nn(x1 - x0, a->n, 32, 16, a->x[y * 2 + tap->dy][x0 * 2 + tap->dx][0],
                   2 * BATCH * 16, 16, &a->weight[tap->place][0][0][o], 32,
                   j > 0, &a->out[y][x0][0][o], BATCH * 32, 32);
    }
}

void conv3x3s2_16c16_8c32_evaluate(float out[8][8][BATCH][32], float x[16][16][BATCH][16],
    float weight[9][1][16][32], int n)
{
    const struct conv3x3s2_16c16_8c32_evaluate_arguments a = {out, x, weight, n};
    model_run(64, conv3x3s2_16c16_8c32_evaluate_unit, &a);
}

/* bn_relu_8c32_evaluate: layer3.0.bn1
 *
 *     out = max(0, (x - running_mean) / sqrt(running_var + 1e-05) * gamma + beta)
 *
 * factors: what x is scaled by and what is added, a row each. */
struct bn_relu_8c32_evaluate_arguments {
    float (*out)[8][BATCH][32];
    float (*x)[8][BATCH][32];
    float *gamma;
    float *beta;
    float *running_mean;
    float *running_var;
    float (*factors)[32];
    int n;
};

static void bn_relu_8c32_evaluate_unit(const void *argument, int unit)
{
    const struct bn_relu_8c32_evaluate_arguments *const a = argument;
    const float *const scale = a->factors[0], *const shift = a->factors[1];
    const int end = at_most((unit + 1) * 64, 64);
    for (int position = unit * 64; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 32;
        const float *const x = (float *)a->x + start;
        float *const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 32; c++) {
                const float y = x[i * 32 + c] * scale[c] + shift[c];
                out[i * 32 + c] = y < 0 ? 0 : y;
            }
        }
    }
}

void bn_relu_8c32_evaluate(float out[8][8][BATCH][32], float x[8][8][BATCH][32], float gamma[32],
    float beta[32], float running_mean[32], float running_var[32], float factors[2][32], int n)
{
    const struct bn_relu_8c32_evaluate_arguments a = {out, x, gamma, beta, running_mean, running_var, factors, n};
    for (int c = 0; c < 32; c++) {
        factors[0][c] = gamma[c] / sqrtf(running_var[c] + 1e-05f);
        factors[1][c] = beta[c] - running_mean[c] * factors[0][c];
    }
    model_run(1, bn_relu_8c32_evaluate_unit, &a);
}

/* conv3x3_8c32_8c32_evaluate: layer3.0.conv2
 *
 * One unit makes one column of an output row, over all images: for each tap that
 * reaches them, [columns * images][32] x [32][32].
 * 9 of 9 taps live; 4.0 MFLOP for a batch, 4.7 with every padded product. */
static const struct tap conv3x3_8c32_8c32_evaluate_taps[9] = {
    {4, 0, 0, 0, 8, 0, 8},
    {0, -1, -1, 1, 8, 1, 8},
    {1, -1, 0, 1, 8, 0, 8},
    {2, -1, 1, 1, 8, 0, 7},
    {3, 0, -1, 0, 8, 1, 8},
    {5, 0, 1, 0, 8, 0, 7},
    {6, 1, -1, 0, 7, 1, 8},
    {7, 1, 0, 0, 7, 0, 8},
    {8, 1, 1, 0, 7, 0, 7},
};

struct conv3x3_8c32_8c32_evaluate_arguments {
    float (*out)[8][BATCH][32];
    float (*x)[8][BATCH][32];
    float (*weight)[1][32][32];
    int n;
};

static void conv3x3_8c32_8c32_evaluate_unit(const void *argument, int unit)
{
    const struct conv3x3_8c32_8c32_evaluate_arguments *const a = argument;
    const int y = unit / 8, x_begin = unit / 1 % 8 * 1;
    const int x_end = at_most(x_begin + 1, 8);
    enum { o = 0 };
    for (int j = 0; j < 9; j++) {
        const struct tap *const tap = &conv3x3_8c32_8c32_evaluate_taps[j];
        const int x0 = at_least(x_begin, tap->x0), x1 = at_most(x_end, tap->x1);
        if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
            continue;
        columns_nn(x1 - x0, a->n, 32, 32, a->x[y + tap->dy][x0 + tap->dx][0],
                   1 * BATCH * 32, 32, &a->weight[tap->place][0][0][o], 32,
                   j > 0, &a->out[y][x0][0][o], BATCH * 32, 32);
    }
}

void conv3x3_8c32_8c32_evaluate(float out[8][8][BATCH][32], float x[8][8][BATCH][32],
    float weight[9][1][32][32], int n)
{
    const struct conv3x3_8c32_8c32_evaluate_arguments a = {out, x, weight, n};
    model_run(64, conv3x3_8c32_8c32_evaluate_unit, &a);
}

/* bn_add_relu_8c32_evaluate: layer3.0.bn2
 *
 *     out = max(0, (x - running_mean) / sqrt(running_var + 1e-05) * gamma + beta + residual)
 *
 * factors: what x is scaled by and what is added, a row each. */
struct bn_add_relu_8c32_evaluate_arguments {
    float (*out)[8][BATCH][32];
    float (*x)[8][BATCH][32];
    float (*residual)[8][BATCH][32];
    float *gamma;
    float *beta;
    float *running_mean;
    float *running_var;
    float (*factors)[32];
    int n;
};

static void bn_add_relu_8c32_evaluate_unit(const void *argument, int unit)
{
    const struct bn_add_relu_8c32_evaluate_arguments *const a = argument;
    const float *const scale = a->factors[0], *const shift = a->factors[1];
    const int end = at_most((unit + 1) * 64, 64);
    for (int position = unit * 64; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 32;
        const float *const x = (float *)a->x + start;
        const float *const residual = (float *)a->residual + start;
        float *const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 32; c++) {
                const float y = x[i * 32 + c] * scale[c] + shift[c] + residual[i * 32 + c];
                out[i * 32 + c] = y < 0 ? 0 : y;
            }
        }
    }
}

void bn_add_relu_8c32_evaluate(float out[8][8][BATCH][32], float x[8][8][BATCH][32],
    float residual[8][8][BATCH][32], float gamma[32], float beta[32], float running_mean[32],
    float running_var[32], float factors[2][32], int n)
{
    const struct bn_add_relu_8c32_evaluate_arguments a = {out, x, residual, gamma, beta, running_mean, running_var, factors, n};
    for (int c = 0; c < 32; c++) {
        factors[0][c] = gamma[c] / sqrtf(running_var[c] + 1e-05f);
        factors[1][c] = beta[c] - running_mean[c] * factors[0][c];
    }
    model_run(1, bn_add_relu_8c32_evaluate_unit, &a);
}

