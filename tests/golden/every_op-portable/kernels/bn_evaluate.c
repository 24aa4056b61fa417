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
                const int j = i * 8 + c;
                const float y = x[j] * scale[c] + shift[c];
                out[j] = y < 0 ? 0 : y;
            }
        }
    }
}

void bn_relu_3c8_evaluate(const struct every_op_host *host, float out[3][3][BATCH][8],
                          float x[3][3][BATCH][8], float gamma[8], float beta[8],
                          float running_mean[8], float running_var[8], float factors[2][8], int n)
{
    const struct bn_relu_3c8_evaluate_arguments a = {out, x, gamma, beta, running_mean, running_var,
                                                     factors, n};
    for (int c = 0; c < 8; c++) {
        factors[0][c] = gamma[c] / sqrtf(running_var[c] + 1e-05f);
        factors[1][c] = beta[c] - running_mean[c] * factors[0][c];
    }
    run(host, 1, bn_relu_3c8_evaluate_unit, &a);
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
                const int j = i * 8 + c;
                const float y = x[j] * scale[c] + shift[c] + residual[j];
                out[j] = y < 0 ? 0 : y;
            }
        }
    }
}

void bn_add_relu_3c8_evaluate(const struct every_op_host *host, float out[3][3][BATCH][8],
                              float x[3][3][BATCH][8], float residual[3][3][BATCH][8],
                              float gamma[8], float beta[8], float running_mean[8],
                              float running_var[8], float factors[2][8], int n)
{
    const struct bn_add_relu_3c8_evaluate_arguments a = {out, x, residual, gamma, beta,
                                                         running_mean, running_var, factors, n};
    for (int c = 0; c < 8; c++) {
        factors[0][c] = gamma[c] / sqrtf(running_var[c] + 0.001f);
        factors[1][c] = beta[c] - running_mean[c] * factors[0][c];
    }
    run(host, 1, bn_add_relu_3c8_evaluate_unit, &a);
}

/* bn_2c8_evaluate: plain
 *
 *     out = (x - running_mean) / sqrt(running_var + 1e-05)
 *
 * factors: what x is scaled by and what is added, a row each. */
struct bn_2c8_evaluate_arguments {
    float (*out)[2][BATCH][8];
    float (*x)[2][BATCH][8];
    float *running_mean;
    float *running_var;
    float (*factors)[8];
    int n;
};

static void bn_2c8_evaluate_unit(const void *argument, int unit)
{
    const struct bn_2c8_evaluate_arguments *const a = argument;
    const float *const scale = a->factors[0], *const shift = a->factors[1];
    const int end = at_most((unit + 1) * 4, 4);
    for (int position = unit * 4; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
        const float *const x = (float *)a->x + start;
        float *const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 8; c++) {
                const int j = i * 8 + c;
                const float y = x[j] * scale[c] + shift[c];
                out[j] = y;
            }
        }
    }
}

void bn_2c8_evaluate(const struct every_op_host *host, float out[2][2][BATCH][8],
                     float x[2][2][BATCH][8], float running_mean[8], float running_var[8],
                     float factors[2][8], int n)
{
    const struct bn_2c8_evaluate_arguments a = {out, x, running_mean, running_var, factors, n};
    for (int c = 0; c < 8; c++) {
        factors[0][c] = 1 / sqrtf(running_var[c] + 1e-05f);
        factors[1][c] = -running_mean[c] * factors[0][c];
    }
    run(host, 1, bn_2c8_evaluate_unit, &a);
}

