/* mean_pool_2c24_forward: mean
 *
 *     out = the mean of x over its positions (4), by image and channel */
struct mean_pool_2c24_forward_arguments {
    float (*out)[1][BATCH][24];
    float (*x)[2][BATCH][24];
    int n;
};

static void mean_pool_2c24_forward_unit(const void *argument, int image)
{
    const struct mean_pool_2c24_forward_arguments *const a = argument;
    float *const out = a->out[0][0][image];
    sum_rows(4, 24, a->x[0][0][image], (ptrdiff_t)BATCH * 24, out);
    for (int c = 0; c < 24; c++)
        out[c] /= 4;
}

void mean_pool_2c24_forward(const struct every_op_host *host, float out[1][1][BATCH][24],
                            float x[2][2][BATCH][24], int n)
{
    const struct mean_pool_2c24_forward_arguments a = {out, x, n};
    run(host, n, mean_pool_2c24_forward_unit, &a);
}

/* mean_pool_c51_forward: mean2
 *
 *     out = the mean of x over its positions (1), by image and channel */
struct mean_pool_c51_forward_arguments {
    float (*out)[1][BATCH][51];
    float (*x)[1][BATCH][51];
    int n;
};

static void mean_pool_c51_forward_unit(const void *argument, int image)
{
    const struct mean_pool_c51_forward_arguments *const a = argument;
    float *const out = a->out[0][0][image];
    sum_rows(1, 51, a->x[0][0][image], (ptrdiff_t)BATCH * 51, out);
    for (int c = 0; c < 51; c++)
        out[c] /= 1;
}

void mean_pool_c51_forward(const struct every_op_host *host, float out[1][1][BATCH][51],
                           float x[1][1][BATCH][51], int n)
{
    const struct mean_pool_c51_forward_arguments a = {out, x, n};
    run(host, n, mean_pool_c51_forward_unit, &a);
}

