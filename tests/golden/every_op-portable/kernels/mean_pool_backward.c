/* mean_pool_c51_add_backward: mean2
 *
 *     d_x += d_out / 1 at each position */
struct mean_pool_c51_add_backward_arguments {
    float (*d_x)[1][BATCH][51];
    float (*d_out)[1][BATCH][51];
    int n;
};

static void mean_pool_c51_add_backward_unit(const void *argument, int unit)
{
    const struct mean_pool_c51_add_backward_arguments *const a = argument;
    const int position = unit;
    const float *const d_out = (float *)a->d_out;
    float *const d_x = (float *)a->d_x + (ptrdiff_t)position * BATCH * 51;
    INDEPENDENT
    for (int j = 0; j < a->n * 51; j++)
        d_x[j] += d_out[j];
}

void mean_pool_c51_add_backward(const struct every_op_host *host, float d_x[1][1][BATCH][51],
                                float d_out[1][1][BATCH][51], int n)
{
    const struct mean_pool_c51_add_backward_arguments a = {d_x, d_out, n};
    run(host, 1, mean_pool_c51_add_backward_unit, &a);
}

/* mean_pool_2c24_add_backward: mean
 *
 *     d_x += d_out / 4 at each position */
struct mean_pool_2c24_add_backward_arguments {
    float (*d_x)[2][BATCH][24];
    float (*d_out)[1][BATCH][24];
    int n;
};

static void mean_pool_2c24_add_backward_unit(const void *argument, int unit)
{
    const struct mean_pool_2c24_add_backward_arguments *const a = argument;
    const int position = unit;
    const float *const d_out = (float *)a->d_out;
    float *const d_x = (float *)a->d_x + (ptrdiff_t)position * BATCH * 24;
    INDEPENDENT
    for (int j = 0; j < a->n * 24; j++)
        d_x[j] += d_out[j] / 4;
}

void mean_pool_2c24_add_backward(const struct every_op_host *host, float d_x[2][2][BATCH][24],
                                 float d_out[1][1][BATCH][24], int n)
{
    const struct mean_pool_2c24_add_backward_arguments a = {d_x, d_out, n};
    run(host, 4, mean_pool_2c24_add_backward_unit, &a);
}

