/* mul_sum_2c24_backward: mul
 *
 *     d_x = the sum of d_out * other over 4 positions, by image and channel */
struct mul_sum_2c24_backward_arguments {
    float (*d_x)[1][BATCH][24];
    float (*d_out)[2][BATCH][24];
    float (*other)[2][BATCH][24];
    int n;
};

static void mul_sum_2c24_backward_unit(const void *argument, int image)
{
    const struct mul_sum_2c24_backward_arguments *const a = argument;
    float *const d_x = a->d_x[0][0][image];
    double total[SUM_BLOCK] = {0};
    float some[SUM_BLOCK] = {0};
    for (int position = 0; position < 4; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 24 + image * 24;
        const float *const d_out = (float *)a->d_out + start;
        const float *const other = (float *)a->other + start;
        for (int c = 0; c < 24; c++)
            some[c] += d_out[c] * other[c];
    }
    for (int c = 0; c < 24; c++)
        total[c] += (double)some[c];
    for (int c = 0; c < 24; c++)
        d_x[c] = (float)total[c];
}

void mul_sum_2c24_backward(const struct every_op_host *host, float d_x[1][1][BATCH][24],
                           float d_out[2][2][BATCH][24], float other[2][2][BATCH][24], int n)
{
    const struct mul_sum_2c24_backward_arguments a = {d_x, d_out, other, n};
    run(host, n, mul_sum_2c24_backward_unit, &a);
}

