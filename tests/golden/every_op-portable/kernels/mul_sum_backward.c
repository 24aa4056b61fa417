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
    for (int first = 0; first < 24; first += SUM_BLOCK) {
        const int width = at_most(24 - first, SUM_BLOCK);
        double total[SUM_BLOCK] = {0};
        for (int begin = 0; begin < 4; begin += SUM_ROWS) {
            const int end = at_most(4, begin + SUM_ROWS);
            float some[SUM_BLOCK] = {0};
            for (int position = begin; position < end; position++) {
                const ptrdiff_t start = (ptrdiff_t)position * BATCH * 24 + image * 24 + first;
                const float *const d_out = (float *)a->d_out + start;
                const float *const other = (float *)a->other + start;
                for (int c = 0; c < width; c++)
                    some[c] += d_out[c] * other[c];
            }
            for (int c = 0; c < width; c++)
                total[c] += (double)some[c];
        }
        for (int c = 0; c < width; c++)
            d_x[first + c] = (float)total[c];
    }
}

void mul_sum_2c24_backward(const struct every_op_host *host, float d_x[1][1][BATCH][24],
                           float d_out[2][2][BATCH][24], float other[2][2][BATCH][24], int n)
{
    const struct mul_sum_2c24_backward_arguments a = {d_x, d_out, other, n};
    run(host, n, mul_sum_2c24_backward_unit, &a);
}

