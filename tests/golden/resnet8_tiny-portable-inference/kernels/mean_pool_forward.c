/* mean_pool_8c32_evaluate: mean
 *
 *     out = the mean of x over its positions (64), by image and channel */
struct mean_pool_8c32_evaluate_arguments {
    float (*out)[1][BATCH][32];
    float (*x)[8][BATCH][32];
    int n;
};

static void mean_pool_8c32_evaluate_unit(const void *argument, int image)
{
    const struct mean_pool_8c32_evaluate_arguments *const a = argument;
    float *const out = a->out[0][0][image];
    sum_rows(64, 32, a->x[0][0][image], (ptrdiff_t)BATCH * 32, out);
    for (int c = 0; c < 32; c++)
        out[c] /= 64;
}

void mean_pool_8c32_evaluate(const struct resnet8_tiny_host *host, float out[1][1][BATCH][32],
                             float x[8][8][BATCH][32], int n)
{
    const struct mean_pool_8c32_evaluate_arguments a = {out, x, n};
    run(host, n, mean_pool_8c32_evaluate_unit, &a);
}

