/* mul_c51_backward: mul2
 *
 *     d_x = d_out * other */
struct mul_c51_backward_arguments {
    float (*d_x)[1][BATCH][51];
    float (*d_out)[1][BATCH][51];
    float (*other)[1][BATCH][51];
    int n;
};

static void mul_c51_backward_unit(const void *argument, int unit)
{
    const struct mul_c51_backward_arguments *const a = argument;
    const int begin = unit;
    for (int position = begin; position < 1; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 51;
        const float *const d_out = (float *)a->d_out + start;
        const float *const other = (float *)a->other + start;
        float *const d_x = (float *)a->d_x + start;
        INDEPENDENT
        for (int j = 0; j < a->n * 51; j++)
            d_x[j] = d_out[j] * other[j];
    }
}

void mul_c51_backward(const struct every_op_host *host, float d_x[1][1][BATCH][51],
                      float d_out[1][1][BATCH][51], float other[1][1][BATCH][51], int n)
{
    const struct mul_c51_backward_arguments a = {d_x, d_out, other, n};
    run(host, 1, mul_c51_backward_unit, &a);
}

/* mul_factor_2c24_backward: mul
 *
 *     d_x = d_out * other, at each position */
struct mul_factor_2c24_backward_arguments {
    float (*d_x)[2][BATCH][24];
    float (*d_out)[2][BATCH][24];
    float (*other)[1][BATCH][24];
    int n;
};

static void mul_factor_2c24_backward_unit(const void *argument, int unit)
{
    const struct mul_factor_2c24_backward_arguments *const a = argument;
    const int begin = unit * 4;
    for (int position = begin; position < 4; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 24;
        const float *const d_out = (float *)a->d_out + start;
        const float *const other = (float *)a->other;
        float *const d_x = (float *)a->d_x + start;
        INDEPENDENT
        for (int j = 0; j < a->n * 24; j++)
            d_x[j] = d_out[j] * other[j];
    }
}

void mul_factor_2c24_backward(const struct every_op_host *host, float d_x[2][2][BATCH][24],
                              float d_out[2][2][BATCH][24], float other[1][1][BATCH][24], int n)
{
    const struct mul_factor_2c24_backward_arguments a = {d_x, d_out, other, n};
    run(host, 1, mul_factor_2c24_backward_unit, &a);
}

