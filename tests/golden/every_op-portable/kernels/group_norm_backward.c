/* group_norm2_2c8_backward: groups
 *
 * With x' = (x - mean) * inv_std, d = d_out * gamma and means over the 4 channels and 4 positions
 * of an image's group:
 *
 *     d_x = inv_std * (d - mean d - x' * mean (d x'))
 *     d_beta = sum d_out          d_gamma = sum d_out x'
 *
 * partial: each image's two sums by channel, of d_out and of d_out x'.
 */
struct group_norm2_2c8_backward_arguments {
    float (*d_x)[2][BATCH][8];
    float (*d_out)[2][BATCH][8];
    float (*x)[2][BATCH][8];
    float *gamma;
    float *d_gamma;
    float *d_beta;
    float (*partial)[2][8];
    int n;
};

/* Mean and 1 / sqrt(variance + 1e-05) of 4 rows of 4 values from x on, all sums in doubles. */
static void group_norm2_2c8_backward_statistics(const float *x, float *mean, float *inv_std)
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

static void group_norm2_2c8_backward_unit(const void *argument, int unit)
{
    const struct group_norm2_2c8_backward_arguments *const a = argument;
    const int image = unit / 2, begin = unit % 2 * 4;
    const float *const x = a->x[0][0][image] + begin;
    const float *const d_out = a->d_out[0][0][image] + begin;
    float *const sum_d = a->partial[image][0] + begin, *const sum_x = a->partial[image][1] + begin;
    float mean, inv_std;
    group_norm2_2c8_backward_statistics(x, &mean, &inv_std);
    double total[SUM_BLOCK] = {0}, total_x[SUM_BLOCK] = {0};
    for (int position = 0; position < 4; position++) {
        const ptrdiff_t row = (ptrdiff_t)position * BATCH * 8;
        for (int c = 0; c < 4; c++) {
            total[c] += (double)d_out[row + c];
            total_x[c] += (double)(d_out[row + c] * (x[row + c] - mean));
        }
    }
    for (int c = 0; c < 4; c++) {
        sum_d[c] = (float)total[c];
        sum_x[c] = (float)total_x[c] * inv_std;
    }
    const float *const gamma = a->gamma + begin;
    double all = 0, all_x = 0;
    for (int c = 0; c < 4; c++) {
        all += (double)(gamma[c] * sum_d[c]);
        all_x += (double)(gamma[c] * sum_x[c]);
    }
    const float constant = (float)(all / 16.0), slope = (float)(all_x / 16.0) * inv_std;
    float *const d_x = a->d_x[0][0][image] + begin;
    for (int position = 0; position < 4; position++) {
        const ptrdiff_t row = (ptrdiff_t)position * BATCH * 8;
        INDEPENDENT
        for (int c = 0; c < 4; c++)
            d_x[row + c] = inv_std * (gamma[c] * d_out[row + c] - constant - (x[row + c] - mean) *
                                      slope);
    }
}

void group_norm2_2c8_backward(const struct every_op_host *host, float d_x[2][2][BATCH][8],
                              float d_out[2][2][BATCH][8], float x[2][2][BATCH][8], float gamma[8],
                              float d_gamma[8], float d_beta[8], float partial[BATCH][2][8], int n)
{
    const struct group_norm2_2c8_backward_arguments a = {d_x, d_out, x, gamma, d_gamma, d_beta,
                                                         partial, n};
    run(host, n * 2, group_norm2_2c8_backward_unit, &a);
    merge_sums(8, n, (float *)partial, d_beta, d_gamma);
}

