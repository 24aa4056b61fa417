/* bn_relu_3c8_forward: one.bn1
 *
 *     out = max(0, (x - mean) * inv_std * gamma + beta)
 *
 * mean and variance of each channel over 9 positions and the images;
 * inv_std = 1 / sqrt(variance + 1e-05).
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
                const int j = i * 8 + c;
                const float y = x[j] * scale[c] + shift[c];
                out[j] = y < 0 ? 0 : y;
            }
        }
    }
}

void bn_relu_3c8_forward(const struct every_op_host *host, float out[3][3][BATCH][8],
                         float x[3][3][BATCH][8], float gamma[8], float beta[8],
                         float running_mean[8], float running_var[8], float mean[8],
                         float inv_std[8], float partial[9][2][8], float factors[2][8], int n)
{
    const struct bn_relu_3c8_forward_arguments a = {out, x, gamma, beta, running_mean, running_var,
                                                    mean, inv_std, partial, factors, n};
    merge_statistics(8, 9, n, (float *)partial, 1e-05f, 0.1f, mean, inv_std, running_mean,
                     running_var);
    for (int c = 0; c < 8; c++) {
        factors[0][c] = gamma[c] * inv_std[c];
        factors[1][c] = beta[c] - mean[c] * factors[0][c];
    }
    run(host, 1, bn_relu_3c8_forward_unit, &a);
}

/* bn_add_relu_3c8_forward: one.bn2
 *
 *     out = max(0, (x - mean) * inv_std * gamma + beta + residual)
 *
 * mean and variance of each channel over 9 positions and the images;
 * inv_std = 1 / sqrt(variance + 0.001).
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
                const int j = i * 8 + c;
                const float y = x[j] * scale[c] + shift[c] + residual[j];
                out[j] = y < 0 ? 0 : y;
            }
        }
    }
}

void bn_add_relu_3c8_forward(const struct every_op_host *host, float out[3][3][BATCH][8],
                             float x[3][3][BATCH][8], float residual[3][3][BATCH][8],
                             float gamma[8], float beta[8], float running_mean[8],
                             float running_var[8], float mean[8], float inv_std[8],
                             float partial[9][2][8], float factors[2][8], int n)
{
    const struct bn_add_relu_3c8_forward_arguments a = {out, x, residual, gamma, beta, running_mean,
                                                        running_var, mean, inv_std, partial,
                                                        factors, n};
    merge_statistics(8, 9, n, (float *)partial, 0.001f, 0.1f, mean, inv_std, running_mean,
                     running_var);
    for (int c = 0; c < 8; c++) {
        factors[0][c] = gamma[c] * inv_std[c];
        factors[1][c] = beta[c] - mean[c] * factors[0][c];
    }
    run(host, 1, bn_add_relu_3c8_forward_unit, &a);
}

/* bn_2c8_forward: plain
 *
 *     out = (x - mean) * inv_std
 *
 * mean and variance of each channel over 4 positions and the images;
 * inv_std = 1 / sqrt(variance + 1e-05).
 * factors: what x is scaled by and what is added, a row each.
 * The running variance takes the unbiased estimate, as PyTorch's does. */
struct bn_2c8_forward_arguments {
    float (*out)[2][BATCH][8];
    float (*x)[2][BATCH][8];
    float *running_mean;
    float *running_var;
    float *mean;
    float *inv_std;
    float (*factors)[8];
    float (*partial)[2][8];
    int n;
};

static void bn_2c8_forward_statistics(const void *argument, int position)
{
    const struct bn_2c8_forward_arguments *const a = argument;
    partial_statistics(8, 8, a->n, (float *)a->x + (ptrdiff_t)position * BATCH * 8,
                       a->partial[position][0], a->partial[position][1]);
}

static void bn_2c8_forward_unit(const void *argument, int unit)
{
    const struct bn_2c8_forward_arguments *const a = argument;
    const float *restrict const scale = a->factors[0], *restrict const shift = a->factors[1];
    const int end = at_most((unit + 1) * 4, 4);
    for (int position = unit * 4; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
        const float *const x = (float *)a->x + start;
        float *restrict const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            for (int c = 0; c < 8; c++) {
                const int j = i * 8 + c;
                const float y = x[j] * scale[c] + shift[c];
                out[j] = y;
            }
        }
    }
}

void bn_2c8_forward(const struct every_op_host *host, float out[2][2][BATCH][8],
                    float x[2][2][BATCH][8], float running_mean[8], float running_var[8],
                    float mean[8], float inv_std[8], float factors[2][8], float partial[4][2][8],
                    int n)
{
    const struct bn_2c8_forward_arguments a = {out, x, running_mean, running_var, mean, inv_std,
                                               factors, partial, n};
    run(host, 4, bn_2c8_forward_statistics, &a);
    merge_statistics(8, 4, n, (float *)partial, 1e-05f, 0.1f, mean, inv_std, running_mean,
                     running_var);
    for (int c = 0; c < 8; c++) {
        factors[0][c] = inv_std[c];
        factors[1][c] = -mean[c] * factors[0][c];
    }
    run(host, 1, bn_2c8_forward_unit, &a);
}

