/* mean_pool_8c32_backward: mean
 *
 *     d_x = d_out / 64 at each position */
struct mean_pool_8c32_backward_arguments {
    float (*d_x)[8][BATCH][32];
    float (*d_out)[1][BATCH][32];
    int n;
};

static void mean_pool_8c32_backward_unit(const void *argument, int unit)
{
    const struct mean_pool_8c32_backward_arguments *const a = argument;
    const int position = unit;
    const float *const d_out = (float *)a->d_out;
    float *const d_x = (float *)a->d_x + (ptrdiff_t)position * BATCH * 32;
    INDEPENDENT
    for (int j = 0; j < a->n * 32; j++)
        d_x[j] = d_out[j] / 64;
}

void mean_pool_8c32_backward(const struct resnet8_tiny_host *host, float d_x[8][8][BATCH][32],
                             float d_out[1][1][BATCH][32], int n)
{
    const struct mean_pool_8c32_backward_arguments a = {d_x, d_out, n};
    run(host, 64, mean_pool_8c32_backward_unit, &a);
}

