/* conv3x3s2_16c16_8c32_taps_grad_weight: layer3.0.conv1
 *
 * One unit sums the output rows of one of 8 parts for all taps and 16 input channels, or fewer, so
 * that there are units for all threads:
 * [columns * images][16]' x [columns * images][32]. The parts are added up afterwards.
 * 2.2 MFLOP for a batch, 2.4 with every padded product. */
struct conv3x3s2_16c16_8c32_taps_grad_weight_arguments {
    float (*d_weight)[1][16][32];
    float (*d_out)[8][BATCH][32];
    float (*x)[16][BATCH][16];
    float (*workspace)[9][1][16][32];
    int n;
    int channels, blocks; /* input channels of a unit, units of all of them */
};

/* One tap's share of a block of output columns of row y, `channels` input channels from c on: a
 * unit's first of a tap is written, others are added. */
static void conv3x3s2_16c16_8c32_taps_grad_weight_tap(
    const struct conv3x3s2_16c16_8c32_taps_grad_weight_arguments *a, int part,
    const struct tap *tap, int y, int x, int c, int channels, void *scratch)
{
    const int x0 = at_least(x, tap->x0), x1 = at_most(x + 1, tap->x1);
    if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
        return;
    float(*const sum)[16][32] = a->workspace[part][tap->place];
    const int is_first = y == at_least(part, tap->y0) && x0 == tap->x0;
    gemm_sum(scratch, x1 - x0, a->n, channels, 32, positions(&a->x[y * 2 + tap->dy][x0 * 2 +
        tap->dx][0][c], 2 * BATCH * 16, 16), positions(a->d_out[y][x0][0], BATCH * 32, 32),
             into(sum[0][c], 32, is_first ? 0 : 1));
}

static void conv3x3s2_16c16_8c32_taps_grad_weight_unit(const void *argument, int unit,
                                                       void *scratch)
{
    const struct conv3x3s2_16c16_8c32_taps_grad_weight_arguments *const a = argument;
    const int part = unit / a->blocks;
    const int y_begin = part, y_end = part + 1;
    const int c = unit % a->blocks * a->channels, channels = at_most(16 - c, a->channels);
    for (int y = y_begin; y < y_end; y++)
        for (int x = 0; x < 8; x += 1)
            for (int j = 0; j < 9; j++)
                conv3x3s2_16c16_8c32_taps_grad_weight_tap(a, part, &taps_3x3_s2x2_p1x1_16x16_8x8[j],
                                                          y, x, c, channels, scratch);
    for (int j = 0; j < 9; j++) {
        const struct tap *const left = &taps_3x3_s2x2_p1x1_16x16_8x8[j];
        const int is_reached = at_least(y_begin, left->y0) < at_most(y_end, left->y1);
        if (!is_reached)
            memset(a->workspace[part][left->place][0][c], 0,
                   (size_t)channels * sizeof a->workspace[0][0][0][0]);
    }
}

/* Adds up what the parts have for 2048 of the 4608 weights. */
static void conv3x3s2_16c16_8c32_taps_grad_weight_add(const void *argument, int unit)
{
    const struct conv3x3s2_16c16_8c32_taps_grad_weight_arguments *const a = argument;
    const int first = unit * 2048, count = at_most(4608 - first, 2048);
    sum_rows(8, count, (const float *)a->workspace + first, 4608, (float *)a->d_weight + first);
}

void conv3x3s2_16c16_8c32_taps_grad_weight(const struct resnet8_tiny_host *host,
                                           float d_weight[9][1][16][32],
                                           float d_out[8][8][BATCH][32], float x[16][16][BATCH][16],
                                           float workspace[8][9][1][16][32], int n)
{
    const int channels = share_of_unit(host, 8, 16, 16, 4), blocks = (16 + channels - 1) / channels;
    const struct conv3x3s2_16c16_8c32_taps_grad_weight_arguments a = {d_weight, d_out, x, workspace,
                                                                      n, channels, blocks};
    run_with_scratch(host, 8 * blocks, conv3x3s2_16c16_8c32_taps_grad_weight_unit, &a);
    run(host, 3, conv3x3s2_16c16_8c32_taps_grad_weight_add, &a);
}

/* conv1x1s2_16c16_8c32_taps_grad_weight: layer3.0.downsample.0
 *
 * One unit sums the output rows of one of 8 parts for one tap and 16 input channels, or fewer, so
 * that there are units for all threads:
 * [columns * images][16]' x [columns * images][32]. The parts are added up afterwards.
 * 0.3 MFLOP for a batch. */
struct conv1x1s2_16c16_8c32_taps_grad_weight_arguments {
    float (*d_weight)[1][16][32];
    float (*d_out)[8][BATCH][32];
    float (*x)[16][BATCH][16];
    float (*workspace)[1][1][16][32];
    int n;
    int channels, blocks; /* input channels of a unit, units of all of them */
};

/* One tap's share of a block of output columns of row y, `channels` input channels from c on: a
 * unit's first of a tap is written, others are added. */
static void conv1x1s2_16c16_8c32_taps_grad_weight_tap(
    const struct conv1x1s2_16c16_8c32_taps_grad_weight_arguments *a, int part,
    const struct tap *tap, int y, int x, int c, int channels, void *scratch)
{
    const int x0 = at_least(x, tap->x0), x1 = at_most(x + 1, tap->x1);
    if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
        return;
    float(*const sum)[16][32] = a->workspace[part][tap->place];
    const int is_first = y == at_least(part, tap->y0) && x0 == tap->x0;
    gemm_sum(scratch, x1 - x0, a->n, channels, 32, positions(&a->x[y * 2 + tap->dy][x0 * 2 +
        tap->dx][0][c], 2 * BATCH * 16, 16), positions(a->d_out[y][x0][0], BATCH * 32, 32),
             into(sum[0][c], 32, is_first ? 0 : 1));
}

static void conv1x1s2_16c16_8c32_taps_grad_weight_unit(const void *argument, int unit,
                                                       void *scratch)
{
    const struct conv1x1s2_16c16_8c32_taps_grad_weight_arguments *const a = argument;
    const int part = unit / a->blocks;
    const int y_begin = part, y_end = part + 1;
    const int c = unit % a->blocks * a->channels, channels = at_most(16 - c, a->channels);
    for (int y = y_begin; y < y_end; y++)
        for (int x = 0; x < 8; x += 1)
            conv1x1s2_16c16_8c32_taps_grad_weight_tap(a, part, &taps_1x1_s2x2_p0x0_16x16_8x8[0], y,
                                                      x, c, channels, scratch);
    const struct tap *const left = &taps_1x1_s2x2_p0x0_16x16_8x8[0];
    const int is_reached = at_least(y_begin, left->y0) < at_most(y_end, left->y1);
    if (!is_reached)
        memset(a->workspace[part][left->place][0][c], 0,
               (size_t)channels * sizeof a->workspace[0][0][0][0]);
}

/* Adds up what the parts have for 512 of the 512 weights. */
static void conv1x1s2_16c16_8c32_taps_grad_weight_add(const void *argument, int unit)
{
    const struct conv1x1s2_16c16_8c32_taps_grad_weight_arguments *const a = argument;
    (void)unit; /* there is one */
    sum_rows(8, 512, (const float *)a->workspace, 512, (float *)a->d_weight);
}

void conv1x1s2_16c16_8c32_taps_grad_weight(const struct resnet8_tiny_host *host,
                                           float d_weight[1][1][16][32],
                                           float d_out[8][8][BATCH][32], float x[16][16][BATCH][16],
                                           float workspace[8][1][1][16][32], int n)
{
    const int channels = share_of_unit(host, 8, 16, 16, 4), blocks = (16 + channels - 1) / channels;
    const struct conv1x1s2_16c16_8c32_taps_grad_weight_arguments a = {d_weight, d_out, x, workspace,
                                                                      n, channels, blocks};
    run_with_scratch(host, 8 * blocks, conv1x1s2_16c16_8c32_taps_grad_weight_unit, &a);
    run(host, 1, conv1x1s2_16c16_8c32_taps_grad_weight_add, &a);
}

