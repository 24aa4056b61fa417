/* bn_relu_32c8_forward: bn1, layer1.0.bn1
 *
 *     out = max(0, (x - mean) * inv_std * gamma + beta)
 *
 * mean and variance of each channel over 1024 positions and the images;
 * inv_std = 1 / sqrt(variance + 1e-05).
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
                const int j = i * 8 + c;
                const float y = x[j] * scale[c] + shift[c];
                out[j] = y < 0 ? 0 : y;
            }
        }
    }
}

void bn_relu_32c8_forward(const struct resnet8_tiny_host *host, float out[32][32][BATCH][8],
                          float x[32][32][BATCH][8], float gamma[8], float beta[8],
                          float running_mean[8], float running_var[8], float mean[8],
                          float inv_std[8], float partial[1024][2][8], float factors[2][8], int n)
{
    const struct bn_relu_32c8_forward_arguments a = {out, x, gamma, beta, running_mean, running_var,
                                                     mean, inv_std, partial, factors, n};
    merge_statistics(8, 1024, n, (float *)partial, 1e-05f, 0.1f, mean, inv_std, running_mean,
                     running_var);
    for (int c = 0; c < 8; c++) {
        factors[0][c] = gamma[c] * inv_std[c];
        factors[1][c] = beta[c] - mean[c] * factors[0][c];
    }
    run(host, 2, bn_relu_32c8_forward_unit, &a);
}

/* bn_add_relu_32c8_forward: layer1.0.bn2
 *
 *     out = max(0, (x - mean) * inv_std * gamma + beta + residual)
 *
 * mean and variance of each channel over 1024 positions and the images;
 * inv_std = 1 / sqrt(variance + 1e-05).
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
                const int j = i * 8 + c;
                const float y = x[j] * scale[c] + shift[c] + residual[j];
                out[j] = y < 0 ? 0 : y;
            }
        }
    }
}

void bn_add_relu_32c8_forward(const struct resnet8_tiny_host *host, float out[32][32][BATCH][8],
                              float x[32][32][BATCH][8], float residual[32][32][BATCH][8],
                              float gamma[8], float beta[8], float running_mean[8],
                              float running_var[8], float mean[8], float inv_std[8],
                              float partial[1024][2][8], float factors[2][8], int n)
{
    const struct bn_add_relu_32c8_forward_arguments a = {out, x, residual, gamma, beta,
                                                         running_mean, running_var, mean, inv_std,
                                                         partial, factors, n};
    merge_statistics(8, 1024, n, (float *)partial, 1e-05f, 0.1f, mean, inv_std, running_mean,
                     running_var);
    for (int c = 0; c < 8; c++) {
        factors[0][c] = gamma[c] * inv_std[c];
        factors[1][c] = beta[c] - mean[c] * factors[0][c];
    }
    run(host, 2, bn_add_relu_32c8_forward_unit, &a);
}

/* bn_16c16_forward: layer2.0.downsample.1
 *
 *     out = (x - mean) * inv_std * gamma + beta
 *
 * mean and variance of each channel over 256 positions and the images;
 * inv_std = 1 / sqrt(variance + 1e-05).
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
                const int j = i * 16 + c;
                const float y = x[j] * scale[c] + shift[c];
                out[j] = y;
            }
        }
    }
}

void bn_16c16_forward(const struct resnet8_tiny_host *host, float out[16][16][BATCH][16],
                      float x[16][16][BATCH][16], float gamma[16], float beta[16],
                      float running_mean[16], float running_var[16], float mean[16],
                      float inv_std[16], float partial[256][2][16], float factors[2][16], int n)
{
    const struct bn_16c16_forward_arguments a = {out, x, gamma, beta, running_mean, running_var,
                                                 mean, inv_std, partial, factors, n};
    merge_statistics(16, 256, n, (float *)partial, 1e-05f, 0.1f, mean, inv_std, running_mean,
                     running_var);
    for (int c = 0; c < 16; c++) {
        factors[0][c] = gamma[c] * inv_std[c];
        factors[1][c] = beta[c] - mean[c] * factors[0][c];
    }
    run(host, 1, bn_16c16_forward_unit, &a);
}

/* bn_relu_16c16_forward: layer2.0.bn1
 *
 *     out = max(0, (x - mean) * inv_std * gamma + beta)
 *
 * mean and variance of each channel over 256 positions and the images;
 * inv_std = 1 / sqrt(variance + 1e-05).
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
                const int j = i * 16 + c;
                const float y = x[j] * scale[c] + shift[c];
                out[j] = y < 0 ? 0 : y;
            }
        }
    }
}

void bn_relu_16c16_forward(const struct resnet8_tiny_host *host, float out[16][16][BATCH][16],
                           float x[16][16][BATCH][16], float gamma[16], float beta[16],
                           float running_mean[16], float running_var[16], float mean[16],
                           float inv_std[16], float partial[256][2][16], float factors[2][16],
                           int n)
{
    const struct bn_relu_16c16_forward_arguments a = {out, x, gamma, beta, running_mean,
                                                      running_var, mean, inv_std, partial, factors,
                                                      n};
    merge_statistics(16, 256, n, (float *)partial, 1e-05f, 0.1f, mean, inv_std, running_mean,
                     running_var);
    for (int c = 0; c < 16; c++) {
        factors[0][c] = gamma[c] * inv_std[c];
        factors[1][c] = beta[c] - mean[c] * factors[0][c];
    }
    run(host, 1, bn_relu_16c16_forward_unit, &a);
}

/* bn_add_relu_16c16_forward: layer2.0.bn2
 *
 *     out = max(0, (x - mean) * inv_std * gamma + beta + residual)
 *
 * mean and variance of each channel over 256 positions and the images;
 * inv_std = 1 / sqrt(variance + 1e-05).
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
                const int j = i * 16 + c;
                const float y = x[j] * scale[c] + shift[c] + residual[j];
                out[j] = y < 0 ? 0 : y;
            }
        }
    }
}

void bn_add_relu_16c16_forward(const struct resnet8_tiny_host *host, float out[16][16][BATCH][16],
                               float x[16][16][BATCH][16], float residual[16][16][BATCH][16],
                               float gamma[16], float beta[16], float running_mean[16],
                               float running_var[16], float mean[16], float inv_std[16],
                               float partial[256][2][16], float factors[2][16], int n)
{
    const struct bn_add_relu_16c16_forward_arguments a = {out, x, residual, gamma, beta,
                                                          running_mean, running_var, mean, inv_std,
                                                          partial, factors, n};
    merge_statistics(16, 256, n, (float *)partial, 1e-05f, 0.1f, mean, inv_std, running_mean,
                     running_var);
    for (int c = 0; c < 16; c++) {
        factors[0][c] = gamma[c] * inv_std[c];
        factors[1][c] = beta[c] - mean[c] * factors[0][c];
    }
    run(host, 1, bn_add_relu_16c16_forward_unit, &a);
}

/* bn_8c32_forward: layer3.0.downsample.1
 *
 *     out = (x - mean) * inv_std * gamma + beta
 *
 * mean and variance of each channel over 64 positions and the images;
 * inv_std = 1 / sqrt(variance + 1e-05).
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
                const int j = i * 32 + c;
                const float y = x[j] * scale[c] + shift[c];
                out[j] = y;
            }
        }
    }
}

void bn_8c32_forward(const struct resnet8_tiny_host *host, float out[8][8][BATCH][32],
                     float x[8][8][BATCH][32], float gamma[32], float beta[32],
                     float running_mean[32], float running_var[32], float mean[32],
                     float inv_std[32], float partial[64][2][32], float factors[2][32], int n)
{
    const struct bn_8c32_forward_arguments a = {out, x, gamma, beta, running_mean, running_var,
                                                mean, inv_std, partial, factors, n};
    merge_statistics(32, 64, n, (float *)partial, 1e-05f, 0.1f, mean, inv_std, running_mean,
                     running_var);
    for (int c = 0; c < 32; c++) {
        factors[0][c] = gamma[c] * inv_std[c];
        factors[1][c] = beta[c] - mean[c] * factors[0][c];
    }
    run(host, 1, bn_8c32_forward_unit, &a);
}

/* bn_relu_8c32_forward: layer3.0.bn1
 *
 *     out = max(0, (x - mean) * inv_std * gamma + beta)
 *
 * mean and variance of each channel over 64 positions and the images;
 * inv_std = 1 / sqrt(variance + 1e-05).
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
                const int j = i * 32 + c;
                const float y = x[j] * scale[c] + shift[c];
                out[j] = y < 0 ? 0 : y;
            }
        }
    }
}

void bn_relu_8c32_forward(const struct resnet8_tiny_host *host, float out[8][8][BATCH][32],
                          float x[8][8][BATCH][32], float gamma[32], float beta[32],
                          float running_mean[32], float running_var[32], float mean[32],
                          float inv_std[32], float partial[64][2][32], float factors[2][32], int n)
{
    const struct bn_relu_8c32_forward_arguments a = {out, x, gamma, beta, running_mean, running_var,
                                                     mean, inv_std, partial, factors, n};
    merge_statistics(32, 64, n, (float *)partial, 1e-05f, 0.1f, mean, inv_std, running_mean,
                     running_var);
    for (int c = 0; c < 32; c++) {
        factors[0][c] = gamma[c] * inv_std[c];
        factors[1][c] = beta[c] - mean[c] * factors[0][c];
    }
    run(host, 1, bn_relu_8c32_forward_unit, &a);
}

/* bn_add_relu_8c32_forward: layer3.0.bn2
 *
 *     out = max(0, (x - mean) * inv_std * gamma + beta + residual)
 *
 * mean and variance of each channel over 64 positions and the images;
 * inv_std = 1 / sqrt(variance + 1e-05).
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
                const int j = i * 32 + c;
                const float y = x[j] * scale[c] + shift[c] + residual[j];
                out[j] = y < 0 ? 0 : y;
            }
        }
    }
}

void bn_add_relu_8c32_forward(const struct resnet8_tiny_host *host, float out[8][8][BATCH][32],
                              float x[8][8][BATCH][32], float residual[8][8][BATCH][32],
                              float gamma[32], float beta[32], float running_mean[32],
                              float running_var[32], float mean[32], float inv_std[32],
                              float partial[64][2][32], float factors[2][32], int n)
{
    const struct bn_add_relu_8c32_forward_arguments a = {out, x, residual, gamma, beta,
                                                         running_mean, running_var, mean, inv_std,
                                                         partial, factors, n};
    merge_statistics(32, 64, n, (float *)partial, 1e-05f, 0.1f, mean, inv_std, running_mean,
                     running_var);
    for (int c = 0; c < 32; c++) {
        factors[0][c] = gamma[c] * inv_std[c];
        factors[1][c] = beta[c] - mean[c] * factors[0][c];
    }
    run(host, 1, bn_add_relu_8c32_forward_unit, &a);
}

