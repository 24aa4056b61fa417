/* bn_2c8_backward: plain
 *
 * With x' = (x - mean) * inv_std and m = 4 * n values a channel:
 *
 *     d = d_out
 *     sums[0] = sum d          sums[1] = sum d x'
 *     d_x = inv_std * (d - sums[0] / m - x' * sums[1] / m)
 *
 * Once the sums are out of it, partial holds what all d_x of a channel share and their slope over x
 * - mean.
 * (Ioffe, Szegedy 2015.) First each position's two sums, then what flows on. */
struct bn_2c8_backward_arguments {
    float (*d_x)[2][BATCH][8];
    float (*d_out)[2][BATCH][8];
    float (*x)[2][BATCH][8];
    float *mean;
    float *inv_std;
    float (*partial)[2][8];
    float (*sums)[8];
    int n;
};

static void bn_2c8_backward_sums(const void *argument, int position)
{
    const struct bn_2c8_backward_arguments *const a = argument;
    const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
    const float *const d_out = (float *)a->d_out + start;
    const float *const x = (float *)a->x + start;
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

static void bn_2c8_backward_unit(const void *argument, int unit)
{
    const struct bn_2c8_backward_arguments *const a = argument;
    const float *const mean = a->mean, *const constant = a->partial[0][0],
        *const slope = a->partial[0][1];
    const float *const inv_std = a->inv_std;
    const int end = at_most((unit + 1) * 4, 4);
    for (int position = unit * 4; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
        const float *const d_out = (float *)a->d_out + start;
        const float *const x = (float *)a->x + start;
        float *const d_x = (float *)a->d_x + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 8; c++) {
                const int j = i * 8 + c;
                const float d = d_out[j];
                const float through = d * (inv_std[c]) + constant[c] + (x[j] - mean[c]) * slope[c];
                d_x[j] = through;
            }
        }
    }
}

void bn_2c8_backward(const struct every_op_host *host, float d_x[2][2][BATCH][8],
                     float d_out[2][2][BATCH][8], float x[2][2][BATCH][8], float mean[8],
                     float inv_std[8], float partial[4][2][8], float sums[2][8], int n)
{
    const struct bn_2c8_backward_arguments a = {d_x, d_out, x, mean, inv_std, partial, sums, n};
    run(host, 4, bn_2c8_backward_sums, &a);
    merge_sums(8, 4, (float *)partial, sums[0], sums[1]);
    const float m = 4.0f * (float)n;
    for (int c = 0; c < 8; c++) {
        const float scale = inv_std[c];
        partial[0][0][c] = -scale * sums[0][c] / m;
        partial[0][1][c] = -scale * inv_std[c] * sums[1][c] / m;
    }
    run(host, 1, bn_2c8_backward_unit, &a);
}

/* bn_add_relu_3c8_backward: one.bn2
 *
 * With x' = (x - mean) * inv_std and m = 9 * n values a channel:
 *
 *     d = d_out where out > 0, else 0
 *     d_beta = sum d          d_gamma = sum d x'
 *     d_x = inv_std * gamma * (d - d_beta / m - x' * d_gamma / m)
 *     d_residual = d
 *
 * Once the sums are out of it, partial holds what all d_x of a channel share and their slope over x
 * - mean.
 * (Ioffe, Szegedy 2015.) First each position's two sums, then what flows on. */
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
    const float *const d_out = (float *)a->d_out + start;
    const float *const x = (float *)a->x + start;
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
    const float *const mean = a->mean, *const constant = a->partial[0][0],
        *const slope = a->partial[0][1];
    const float *const gamma = a->gamma;
    const float *const inv_std = a->inv_std;
    const int end = at_most((unit + 1) * 9, 9);
    for (int position = unit * 9; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
        const float *const d_out = (float *)a->d_out + start;
        const float *const x = (float *)a->x + start;
        const float *const out = (float *)a->out + start;
        float *const d_residual = (float *)a->d_residual + start;
        float *const d_x = (float *)a->d_x + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 8; c++) {
                const int j = i * 8 + c;
                const float d = out[j] > 0 ? d_out[j] : 0;
                const float through = d * (gamma[c] * inv_std[c]) + constant[c] + (x[j] - mean[c]) *
                    slope[c];
                d_residual[j] = d;
                d_x[j] = through;
            }
        }
    }
}

void bn_add_relu_3c8_backward(const struct every_op_host *host, float d_x[3][3][BATCH][8],
                              float d_residual[3][3][BATCH][8], float d_out[3][3][BATCH][8],
                              float x[3][3][BATCH][8], float out[3][3][BATCH][8], float mean[8],
                              float inv_std[8], float gamma[8], float d_gamma[8], float d_beta[8],
                              float partial[9][2][8], int n)
{
    const struct bn_add_relu_3c8_backward_arguments a = {d_x, d_residual, d_out, x, out, mean,
                                                         inv_std, gamma, d_gamma, d_beta, partial,
                                                         n};
    run(host, 9, bn_add_relu_3c8_backward_sums, &a);
    merge_sums(8, 9, (float *)partial, d_beta, d_gamma);
    const float m = 9.0f * (float)n;
    for (int c = 0; c < 8; c++) {
        const float scale = gamma[c] * inv_std[c];
        partial[0][0][c] = -scale * d_beta[c] / m;
        partial[0][1][c] = -scale * inv_std[c] * d_gamma[c] / m;
    }
    run(host, 1, bn_add_relu_3c8_backward_unit, &a);
}

/* bn_relu_3c8_backward: one.bn1
 *
 * With x' = (x - mean) * inv_std and m = 9 * n values a channel:
 *
 *     d = d_out where the forward result x' * gamma + beta was above 0, else 0
 *     d_beta = sum d          d_gamma = sum d x'
 *     d_x = inv_std * gamma * (d - d_beta / m - x' * d_gamma / m)
 *
 * factors: what the forward kernel scaled x by and what it added, a row each.
 * Once the sums are out of it, partial holds what all d_x of a channel share and their slope over x
 * - mean.
 * (Ioffe, Szegedy 2015.) First each position's two sums, then what flows on. */
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
    const float *const d_out = (float *)a->d_out + start;
    const float *const x = (float *)a->x + start;
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
    const float *const mean = a->mean, *const constant = a->partial[0][0],
        *const slope = a->partial[0][1];
    const float *const scale = a->factors[0], *const shift = a->factors[1];
    const int end = at_most((unit + 1) * 9, 9);
    for (int position = unit * 9; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
        const float *const d_out = (float *)a->d_out + start;
        const float *const x = (float *)a->x + start;
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

void bn_relu_3c8_backward(const struct every_op_host *host, float d_x[3][3][BATCH][8],
                          float d_out[3][3][BATCH][8], float x[3][3][BATCH][8], float mean[8],
                          float inv_std[8], float gamma[8], float beta[8], float d_gamma[8],
                          float d_beta[8], float partial[9][2][8], float factors[2][8], int n)
{
    const struct bn_relu_3c8_backward_arguments a = {d_x, d_out, x, mean, inv_std, gamma, beta,
                                                     d_gamma, d_beta, partial, factors, n};
    for (int c = 0; c < 8; c++) {
        factors[0][c] = gamma[c] * inv_std[c];
        factors[1][c] = beta[c] - mean[c] * factors[0][c];
    }
    run(host, 9, bn_relu_3c8_backward_sums, &a);
    merge_sums(8, 9, (float *)partial, d_beta, d_gamma);
    const float m = 9.0f * (float)n;
    for (int c = 0; c < 8; c++) {
        const float scale = gamma[c] * inv_std[c];
        partial[0][0][c] = -scale * d_beta[c] / m;
        partial[0][1][c] = -scale * inv_std[c] * d_gamma[c] / m;
    }
    run(host, 1, bn_relu_3c8_backward_unit, &a);
}

