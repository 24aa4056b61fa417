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
                const int j = i * 8 + c;
                const float y = x[j] * scale[c] + shift[c];
                out[j] = y < 0 ? 0 : y;
            }
        }
    }
}

void bn_relu_32c8_evaluate(const struct resnet8_tiny_host *host, float out[32][32][BATCH][8],
                           float x[32][32][BATCH][8], float gamma[8], float beta[8],
                           float running_mean[8], float running_var[8], float factors[2][8], int n)
{
    const struct bn_relu_32c8_evaluate_arguments a = {out, x, gamma, beta, running_mean,
                                                      running_var, factors, n};
    for (int c = 0; c < 8; c++) {
        factors[0][c] = gamma[c] / sqrtf(running_var[c] + 1e-05f);
        factors[1][c] = beta[c] - running_mean[c] * factors[0][c];
    }
    run(host, 2, bn_relu_32c8_evaluate_unit, &a);
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
                const int j = i * 8 + c;
                const float y = x[j] * scale[c] + shift[c] + residual[j];
                out[j] = y < 0 ? 0 : y;
            }
        }
    }
}

void bn_add_relu_32c8_evaluate(const struct resnet8_tiny_host *host, float out[32][32][BATCH][8],
                               float x[32][32][BATCH][8], float residual[32][32][BATCH][8],
                               float gamma[8], float beta[8], float running_mean[8],
                               float running_var[8], float factors[2][8], int n)
{
    const struct bn_add_relu_32c8_evaluate_arguments a = {out, x, residual, gamma, beta,
                                                          running_mean, running_var, factors, n};
    for (int c = 0; c < 8; c++) {
        factors[0][c] = gamma[c] / sqrtf(running_var[c] + 1e-05f);
        factors[1][c] = beta[c] - running_mean[c] * factors[0][c];
    }
    run(host, 2, bn_add_relu_32c8_evaluate_unit, &a);
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
                const int j = i * 16 + c;
                const float y = x[j] * scale[c] + shift[c];
                out[j] = y;
            }
        }
    }
}

void bn_16c16_evaluate(const struct resnet8_tiny_host *host, float out[16][16][BATCH][16],
                       float x[16][16][BATCH][16], float gamma[16], float beta[16],
                       float running_mean[16], float running_var[16], float factors[2][16], int n)
{
    const struct bn_16c16_evaluate_arguments a = {out, x, gamma, beta, running_mean, running_var,
                                                  factors, n};
    for (int c = 0; c < 16; c++) {
        factors[0][c] = gamma[c] / sqrtf(running_var[c] + 1e-05f);
        factors[1][c] = beta[c] - running_mean[c] * factors[0][c];
    }
    run(host, 1, bn_16c16_evaluate_unit, &a);
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
                const int j = i * 16 + c;
                const float y = x[j] * scale[c] + shift[c];
                out[j] = y < 0 ? 0 : y;
            }
        }
    }
}

void bn_relu_16c16_evaluate(const struct resnet8_tiny_host *host, float out[16][16][BATCH][16],
                            float x[16][16][BATCH][16], float gamma[16], float beta[16],
                            float running_mean[16], float running_var[16], float factors[2][16],
                            int n)
{
    const struct bn_relu_16c16_evaluate_arguments a = {out, x, gamma, beta, running_mean,
                                                       running_var, factors, n};
    for (int c = 0; c < 16; c++) {
        factors[0][c] = gamma[c] / sqrtf(running_var[c] + 1e-05f);
        factors[1][c] = beta[c] - running_mean[c] * factors[0][c];
    }
    run(host, 1, bn_relu_16c16_evaluate_unit, &a);
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
                const int j = i * 16 + c;
                const float y = x[j] * scale[c] + shift[c] + residual[j];
                out[j] = y < 0 ? 0 : y;
            }
        }
    }
}

void bn_add_relu_16c16_evaluate(const struct resnet8_tiny_host *host, float out[16][16][BATCH][16],
                                float x[16][16][BATCH][16], float residual[16][16][BATCH][16],
                                float gamma[16], float beta[16], float running_mean[16],
                                float running_var[16], float factors[2][16], int n)
{
    const struct bn_add_relu_16c16_evaluate_arguments a = {out, x, residual, gamma, beta,
                                                           running_mean, running_var, factors, n};
    for (int c = 0; c < 16; c++) {
        factors[0][c] = gamma[c] / sqrtf(running_var[c] + 1e-05f);
        factors[1][c] = beta[c] - running_mean[c] * factors[0][c];
    }
    run(host, 1, bn_add_relu_16c16_evaluate_unit, &a);
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
                const int j = i * 32 + c;
                const float y = x[j] * scale[c] + shift[c];
                out[j] = y;
            }
        }
    }
}

void bn_8c32_evaluate(const struct resnet8_tiny_host *host, float out[8][8][BATCH][32],
                      float x[8][8][BATCH][32], float gamma[32], float beta[32],
                      float running_mean[32], float running_var[32], float factors[2][32], int n)
{
    const struct bn_8c32_evaluate_arguments a = {out, x, gamma, beta, running_mean, running_var,
                                                 factors, n};
    for (int c = 0; c < 32; c++) {
        factors[0][c] = gamma[c] / sqrtf(running_var[c] + 1e-05f);
        factors[1][c] = beta[c] - running_mean[c] * factors[0][c];
    }
    run(host, 1, bn_8c32_evaluate_unit, &a);
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
                const int j = i * 32 + c;
                const float y = x[j] * scale[c] + shift[c];
                out[j] = y < 0 ? 0 : y;
            }
        }
    }
}

void bn_relu_8c32_evaluate(const struct resnet8_tiny_host *host, float out[8][8][BATCH][32],
                           float x[8][8][BATCH][32], float gamma[32], float beta[32],
                           float running_mean[32], float running_var[32], float factors[2][32],
                           int n)
{
    const struct bn_relu_8c32_evaluate_arguments a = {out, x, gamma, beta, running_mean,
                                                      running_var, factors, n};
    for (int c = 0; c < 32; c++) {
        factors[0][c] = gamma[c] / sqrtf(running_var[c] + 1e-05f);
        factors[1][c] = beta[c] - running_mean[c] * factors[0][c];
    }
    run(host, 1, bn_relu_8c32_evaluate_unit, &a);
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
                const int j = i * 32 + c;
                const float y = x[j] * scale[c] + shift[c] + residual[j];
                out[j] = y < 0 ? 0 : y;
            }
        }
    }
}

void bn_add_relu_8c32_evaluate(const struct resnet8_tiny_host *host, float out[8][8][BATCH][32],
                               float x[8][8][BATCH][32], float residual[8][8][BATCH][32],
                               float gamma[32], float beta[32], float running_mean[32],
                               float running_var[32], float factors[2][32], int n)
{
    const struct bn_add_relu_8c32_evaluate_arguments a = {out, x, residual, gamma, beta,
                                                          running_mean, running_var, factors, n};
    for (int c = 0; c < 32; c++) {
        factors[0][c] = gamma[c] / sqrtf(running_var[c] + 1e-05f);
        factors[1][c] = beta[c] - running_mean[c] * factors[0][c];
    }
    run(host, 1, bn_add_relu_8c32_evaluate_unit, &a);
}
