/* channel_sum_c6: fc
 *
 *     sum = the sum of x over 1 position and the images, by channel */
struct channel_sum_c6_arguments {
    float *sum;
    float (*x)[1][BATCH][6];
    float (*partial)[6];
    int n;
};

static void channel_sum_c6_unit(const void *argument, int unit)
{
    const struct channel_sum_c6_arguments *const a = argument;
    const int part = unit;
    const float *const x = (float *)a->x + (ptrdiff_t)part * BATCH * 6;
    sum_rows(a->n, 6, x, 6, a->partial[part]);
}

void channel_sum_c6(const struct every_op_host *host, float sum[6], float x[1][1][BATCH][6],
                    float partial[1][6], int n)
{
    const struct channel_sum_c6_arguments a = {sum, x, partial, n};
    run(host, 1, channel_sum_c6_unit, &a);
    for (int c = 0; c < 6; c++) {
        double total = 0;
        total += (double)partial[0][c];
        sum[c] = (float)total;
    }
}

/* channel_sum_c24: excite
 *
 *     sum = the sum of x over 1 position and the images, by channel */
struct channel_sum_c24_arguments {
    float *sum;
    float (*x)[1][BATCH][24];
    float (*partial)[24];
    int n;
};

static void channel_sum_c24_unit(const void *argument, int unit)
{
    const struct channel_sum_c24_arguments *const a = argument;
    const int part = unit;
    const float *const x = (float *)a->x + (ptrdiff_t)part * BATCH * 24;
    sum_rows(a->n, 24, x, 24, a->partial[part]);
}

void channel_sum_c24(const struct every_op_host *host, float sum[24], float x[1][1][BATCH][24],
                     float partial[1][24], int n)
{
    const struct channel_sum_c24_arguments a = {sum, x, partial, n};
    run(host, 1, channel_sum_c24_unit, &a);
    for (int c = 0; c < 24; c++) {
        double total = 0;
        total += (double)partial[0][c];
        sum[c] = (float)total;
    }
}

/* channel_sum_6x5c8: stem
 *
 *     sum = the sum of x over 30 positions and the images, by channel */
struct channel_sum_6x5c8_arguments {
    float *sum;
    float (*x)[5][BATCH][8];
    float (*partial)[8];
    int n;
};

static void channel_sum_6x5c8_unit(const void *argument, int unit)
{
    const struct channel_sum_6x5c8_arguments *const a = argument;
    const int part = unit;
    const float *const x = (float *)a->x + (ptrdiff_t)part * 10 * BATCH * 8;
    sum_rows_of_positions(10 * a->n, a->n, 8, x, 8, BATCH * 8, a->partial[part]);
}

void channel_sum_6x5c8(const struct every_op_host *host, float sum[8], float x[6][5][BATCH][8],
                       float partial[3][8], int n)
{
    const struct channel_sum_6x5c8_arguments a = {sum, x, partial, n};
    run(host, 3, channel_sum_6x5c8_unit, &a);
    for (int c = 0; c < 8; c++) {
        double total = 0;
        for (int part = 0; part < 3; part++)
            total += (double)partial[part][c];
        sum[c] = (float)total;
    }
}

