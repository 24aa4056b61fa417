/* adaptive_max_pool1x1_c27_backward: maxpool2
 *
 *     d_x = the sum of d_out over the parts whose choice it was */
struct adaptive_max_pool1x1_c27_backward_arguments {
    float (*d_x)[1][BATCH][27];
    float (*d_out)[1][BATCH][27];
    uint8_t (*choice)[1][BATCH][27];
    int n;
};

static void adaptive_max_pool1x1_c27_backward_unit(const void *argument, int unit)
{
    const struct adaptive_max_pool1x1_c27_backward_arguments *const a = argument;
    const int position = unit;
    const int y = position;
    const int oy0 = y, oy1 = y + 1;
    float *const d_x = (float *)a->d_x[y][0];
    for (int j = 0; j < a->n * 27; j++)
        d_x[j] = 0;
    for (int oy = oy0; oy < oy1; oy++) {
        const float *const d_out = (float *)a->d_out[oy][0];
        const uint8_t *const choice = (uint8_t *)a->choice[oy][0];
        INDEPENDENT
        for (int j = 0; j < a->n * 27; j++)
            d_x[j] += choice[j] == (uint8_t)position ? d_out[j] : 0;
    }
}

void adaptive_max_pool1x1_c27_backward(const struct every_op_host *host, float d_x[1][1][BATCH][27],
                                       float d_out[1][1][BATCH][27],
                                       uint8_t choice[1][1][BATCH][27], int n)
{
    const struct adaptive_max_pool1x1_c27_backward_arguments a = {d_x, d_out, choice, n};
    run(host, 1, adaptive_max_pool1x1_c27_backward_unit, &a);
}

