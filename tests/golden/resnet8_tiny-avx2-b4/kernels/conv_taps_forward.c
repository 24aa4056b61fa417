/* conv1x1s2_16c16_8c32_taps_forward: layer3.0.downsample.0
 *
 * One unit makes one column of an output row, over all images: for each tap that
 * reaches them, [columns * images][16] x [16][32].
 * 0.3 MFLOP for a batch. */
struct conv1x1s2_16c16_8c32_taps_forward_arguments {
    float (*out)[8][BATCH][32];
    float (*x)[16][BATCH][16];
    float (*weight)[1][16][32];
    float (*statistics)[32];
    float (*partial)[2][32];
    int n;
};

static void conv1x1s2_16c16_8c32_taps_forward_unit(const void *argument, int unit, void *scratch)
{
    const struct conv1x1s2_16c16_8c32_taps_forward_arguments *const a = argument;
    const int n = a->n;
    const int y = unit / 8, x_begin = unit % 8;
    const int x_end = x_begin + 1;
    const struct tap *const tap = &taps_1x1_s2x2_p0x0_16x16_8x8[0];
    const int x0 = at_least(x_begin, tap->x0), x1 = at_most(x_end, tap->x1);
    if (y >= tap->y0 && y < tap->y1 && x0 < x1)
        gemm_positions(scratch, x1 - x0, n, 32, 16,
                       positions(a->x[y * 2 + tap->dy][x0 * 2 + tap->dx][0], 2 * BATCH * 16, 16),
                       by_rows(&a->weight[tap->place][0][0][0], 32),
                       into_positions(&a->out[y][x0][0][0], BATCH * 32, 32, 0));
    if (!a->statistics)
        return;
    for (int x = x_begin; x < x_end; x++)
        partial_statistics(32, 32, a->n, &a->out[y][x][0][0], &a->partial[y * 8 + x][0][0],
                           &a->partial[y * 8 + x][1][0]);
}

/* Joins the statistics of all parts, for a few channels. */
static void conv1x1s2_16c16_8c32_taps_forward_join(const void *argument, int unit)
{
    const struct conv1x1s2_16c16_8c32_taps_forward_arguments *const a = argument;
    join_statistics(unit, 32, 64, NULL, a->n, a->partial[0][0], a->statistics[0]);
}

void conv1x1s2_16c16_8c32_taps_forward(const struct resnet8_tiny_host *host,
                                       float out[8][8][BATCH][32], float x[16][16][BATCH][16],
                                       float weight[1][1][16][32], float statistics[2][32],
                                       float partial[64][2][32], int n)
{
    const struct conv1x1s2_16c16_8c32_taps_forward_arguments a = {out, x, weight, statistics,
                                                                  partial, n};
    run_with_scratch(host, 64, conv1x1s2_16c16_8c32_taps_forward_unit, &a);
    if (statistics)
        run(host, 2, conv1x1s2_16c16_8c32_taps_forward_join, &a);
}

/* conv3x3s2_16c16_8c32_taps_forward: layer3.0.conv1
 *
 * One unit makes one column of an output row, over all images: for each tap that
 * reaches them, [columns * images][16] x [16][32].
 * 2.2 MFLOP for a batch, 2.4 with every padded product. */
struct conv3x3s2_16c16_8c32_taps_forward_arguments {
    float (*out)[8][BATCH][32];
    float (*x)[16][BATCH][16];
    float (*weight)[1][16][32];
    float (*statistics)[32];
    float (*partial)[2][32];
    int n;
};

static void conv3x3s2_16c16_8c32_taps_forward_unit(const void *argument, int unit, void *scratch)
{
    const struct conv3x3s2_16c16_8c32_taps_forward_arguments *const a = argument;
    const int n = a->n;
    const int y = unit / 8, x_begin = unit % 8;
    const int x_end = x_begin + 1;
    for (int j = 0; j < 9; j++) {
        const struct tap *const tap = &taps_3x3_s2x2_p1x1_16x16_8x8[j];
        const int x0 = at_least(x_begin, tap->x0), x1 = at_most(x_end, tap->x1);
        const int beta = j > 0;
        if (y >= tap->y0 && y < tap->y1 && x0 < x1)
            gemm_positions(scratch, x1 - x0, n, 32, 16,
                           positions(a->x[y * 2 + tap->dy][x0 * 2 + tap->dx][0], 2 * BATCH * 16,
                                     16), by_rows(&a->weight[tap->place][0][0][0], 32),
                           into_positions(&a->out[y][x0][0][0], BATCH * 32, 32, beta));
    }
    if (!a->statistics)
        return;
    for (int x = x_begin; x < x_end; x++)
        partial_statistics(32, 32, a->n, &a->out[y][x][0][0], &a->partial[y * 8 + x][0][0],
                           &a->partial[y * 8 + x][1][0]);
}

/* Joins the statistics of all parts, for a few channels. */
static void conv3x3s2_16c16_8c32_taps_forward_join(const void *argument, int unit)
{
    const struct conv3x3s2_16c16_8c32_taps_forward_arguments *const a = argument;
    join_statistics(unit, 32, 64, NULL, a->n, a->partial[0][0], a->statistics[0]);
}

void conv3x3s2_16c16_8c32_taps_forward(const struct resnet8_tiny_host *host,
                                       float out[8][8][BATCH][32], float x[16][16][BATCH][16],
                                       float weight[9][1][16][32], float statistics[2][32],
                                       float partial[64][2][32], int n)
{
    const struct conv3x3s2_16c16_8c32_taps_forward_arguments a = {out, x, weight, statistics,
                                                                  partial, n};
    run_with_scratch(host, 64, conv3x3s2_16c16_8c32_taps_forward_unit, &a);
    if (statistics)
        run(host, 2, conv3x3s2_16c16_8c32_taps_forward_join, &a);
}

