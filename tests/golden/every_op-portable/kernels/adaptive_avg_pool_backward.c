/* adaptive_avg_pool1x1_2c24_backward: avgpool2
 *
 *     d_x = the sum of d_out / the part's area over the parts that hold it */
struct adaptive_avg_pool1x1_2c24_backward_arguments {
    float (*d_x)[2][BATCH][24];
    float (*d_out)[1][BATCH][24];
    int n;
};

static void adaptive_avg_pool1x1_2c24_backward_unit(const void *argument, int unit)
{
    const struct adaptive_avg_pool1x1_2c24_backward_arguments *const a = argument;
    const int position = unit;
    const int y = position / 2, x = position % 2;
    const int oy0 = y / 2, oy1 = (y + 2) / 2;
    const int ox0 = x / 2, ox1 = (x + 2) / 2;
    float *const d_x = (float *)a->d_x[y][x];
    for (int first = 0; first < a->n * 24; first += SUM_BLOCK) {
        const int count = at_most(a->n * 24 - first, SUM_BLOCK);
        double total[SUM_BLOCK] = {0};
        for (int oy = oy0; oy < oy1; oy++) {
            for (int ox = ox0; ox < ox1; ox++) {
                const int y0 = oy * 2, y1 = (oy + 1) * 2;
                const int x0 = ox * 2, x1 = (ox + 1) * 2;
                const float *const d_out = (float *)a->d_out[oy][ox] + first;
                for (int j = 0; j < count; j++)
                    total[j] += (double)d_out[j] / ((double)(y1 - y0) * (x1 - x0));
            }
        }
        for (int j = 0; j < count; j++)
            d_x[first + j] = (float)total[j];
    }
}

void adaptive_avg_pool1x1_2c24_backward(const struct every_op_host *host,
                                        float d_x[2][2][BATCH][24], float d_out[1][1][BATCH][24],
                                        int n)
{
    const struct adaptive_avg_pool1x1_2c24_backward_arguments a = {d_x, d_out, n};
    run(host, 4, adaptive_avg_pool1x1_2c24_backward_unit, &a);
}

