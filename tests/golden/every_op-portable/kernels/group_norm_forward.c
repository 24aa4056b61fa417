/* group_norm2_2c8_forward: groups
 *
 *     out = (x - mean) * inv_std * gamma + beta
 *
 * mean and variance of each image's group of 4 channels over 4 positions; inv_std = 1 /
 * sqrt(variance + 1e-05). */
struct group_norm2_2c8_forward_arguments {
    float (*out)[2][BATCH][8];
    float (*x)[2][BATCH][8];
    float *gamma;
    float *beta;
    int n;
};

/* Mean and 1 / sqrt(variance + 1e-05) of 4 rows of 4 values from x on, all sums in doubles. */
static void group_norm2_2c8_forward_statistics(const float *x, float *mean, float *inv_std)
{
    double sum = 0, squares = 0;
    double total[SUM_BLOCK] = {0};
    for (int position = 0; position < 4; position++)
        for (int c = 0; c < 4; c++)
            total[c] += (double)x[(ptrdiff_t)position * BATCH * 8 + c];
    for (int c = 0; c < 4; c++)
        sum += total[c];
    const double average = sum / 16.0;
    double squared[SUM_BLOCK] = {0};
    for (int position = 0; position < 4; position++) {
        for (int c = 0; c < 4; c++) {
            const double d = (double)x[(ptrdiff_t)position * BATCH * 8 + c] - average;
            squared[c] += d * d;
        }
    }
    for (int c = 0; c < 4; c++)
        squares += squared[c];
    *mean = (float)average;
    *inv_std = (float)(1 / sqrt(squares / 16.0 + 1e-05));
}

static void group_norm2_2c8_forward_unit(const void *argument, int unit)
{
    const struct group_norm2_2c8_forward_arguments *const a = argument;
    const int image = unit / 2, begin = unit % 2 * 4;
    const float *const x = a->x[0][0][image] + begin;
    float *const out = a->out[0][0][image] + begin;
    const float *const gamma = a->gamma + begin, *const beta = a->beta + begin;
    float mean, inv_std;
    group_norm2_2c8_forward_statistics(x, &mean, &inv_std);
    for (int position = 0; position < 4; position++) {
        const ptrdiff_t row = (ptrdiff_t)position * BATCH * 8;
        INDEPENDENT
        for (int c = 0; c < 4; c++)
            out[row + c] = (x[row + c] - mean) * (inv_std * gamma[c]) + beta[c];
    }
}

void group_norm2_2c8_forward(const struct every_op_host *host, float out[2][2][BATCH][8],
                             float x[2][2][BATCH][8], float gamma[8], float beta[8], int n)
{
    const struct group_norm2_2c8_forward_arguments a = {out, x, gamma, beta, n};
    run(host, n * 2, group_norm2_2c8_forward_unit, &a);
}

