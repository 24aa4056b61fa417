/* channel_sum_c10: fc
 *
 *     sum = the sum of x over 1 position and the images, by channel */
struct channel_sum_c10_arguments {
    float *sum;
    float (*x)[1][BATCH][10];
    float (*partial)[10];
    int n;
};

static void channel_sum_c10_unit(const void *argument, int unit)
{
    const struct channel_sum_c10_arguments *const a = argument;
    const int part = unit;
    const float *const x = (float *)a->x + (ptrdiff_t)part * BATCH * 10;
    sum_rows(a->n, 10, x, 10, a->partial[part]);
}

void channel_sum_c10(const struct resnet8_tiny_host *host, float sum[10], float x[1][1][BATCH][10],
                     float partial[1][10], int n)
{
    const struct channel_sum_c10_arguments a = {sum, x, partial, n};
    run(host, 1, channel_sum_c10_unit, &a);
    for (int c = 0; c < 10; c++) {
        double total = 0;
        total += (double)partial[0][c];
        sum[c] = (float)total;
    }
}

