/* adaptive_avg_pool1x1_2c24_forward: avgpool2
 *
 *     out = the mean of each of 1x1 parts of the image */
struct adaptive_avg_pool1x1_2c24_forward_arguments {
    float (*out)[1][BATCH][24];
    float (*x)[2][BATCH][24];
    int n;
};

static void adaptive_avg_pool1x1_2c24_forward_unit(const void *argument, int unit)
{
    const struct adaptive_avg_pool1x1_2c24_forward_arguments *const a = argument;
    const int position = unit;
    const int oy = position;
    const int y0 = oy * 2, y1 = (oy + 1) * 2;
    float *const out = (float *)a->out[oy][0];
    for (int first = 0; first < a->n * 24; first += SUM_BLOCK) {
        const int count = at_most(a->n * 24 - first, SUM_BLOCK);
        double total[SUM_BLOCK] = {0};
        for (int y = y0; y < y1; y++) {
            for (int x = 0; x < 2; x++) {
                const float *const in = (float *)a->x[y][x] + first;
                for (int j = 0; j < count; j++)
                    total[j] += (double)in[j];
            }
        }
        for (int j = 0; j < count; j++)
            out[first + j] = (float)(total[j] / ((double)(y1 - y0) * (double)2));
    }
}

void adaptive_avg_pool1x1_2c24_forward(const struct every_op_host *host, float out[1][1][BATCH][24],
                                       float x[2][2][BATCH][24], int n)
{
    const struct adaptive_avg_pool1x1_2c24_forward_arguments a = {out, x, n};
    run(host, 1, adaptive_avg_pool1x1_2c24_forward_unit, &a);
}

