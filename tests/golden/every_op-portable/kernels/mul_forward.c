/* mul_factor_2c24_forward: mul
 *
 *     out = left * right, at each position */
struct mul_factor_2c24_forward_arguments {
    float (*out)[2][BATCH][24];
    float (*left)[2][BATCH][24];
    float (*right)[1][BATCH][24];
    int n;
};

static void mul_factor_2c24_forward_unit(const void *argument, int unit)
{
    const struct mul_factor_2c24_forward_arguments *const a = argument;
    const int begin = unit * 4;
    for (int position = begin; position < 4; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 24;
        const float *const left = (float *)a->left + start;
        const float *const right = (float *)a->right;
        float *const out = (float *)a->out + start;
        INDEPENDENT
        for (int j = 0; j < a->n * 24; j++)
            out[j] = left[j] * right[j];
    }
}

void mul_factor_2c24_forward(const struct every_op_host *host, float out[2][2][BATCH][24],
                             float left[2][2][BATCH][24], float right[1][1][BATCH][24], int n)
{
    const struct mul_factor_2c24_forward_arguments a = {out, left, right, n};
    run(host, 1, mul_factor_2c24_forward_unit, &a);
}

/* mul_c51_forward: mul2
 *
 *     out = left * right */
struct mul_c51_forward_arguments {
    float (*out)[1][BATCH][51];
    float (*left)[1][BATCH][51];
    float (*right)[1][BATCH][51];
    int n;
};

static void mul_c51_forward_unit(const void *argument, int unit)
{
    const struct mul_c51_forward_arguments *const a = argument;
    const int begin = unit;
    for (int position = begin; position < 1; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 51;
        const float *const left = (float *)a->left + start;
        const float *const right = (float *)a->right + start;
        float *const out = (float *)a->out + start;
        INDEPENDENT
        for (int j = 0; j < a->n * 51; j++)
            out[j] = left[j] * right[j];
    }
}

void mul_c51_forward(const struct every_op_host *host, float out[1][1][BATCH][51],
                     float left[1][1][BATCH][51], float right[1][1][BATCH][51], int n)
{
    const struct mul_c51_forward_arguments a = {out, left, right, n};
    run(host, 1, mul_c51_forward_unit, &a);
}

