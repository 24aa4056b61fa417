/* conv3x3_32c3_32c8_lowered_forward: conv1
 *
 * One unit lowers 4 columns of an output row, [columns][images][9 taps * 3 channels] with
 * zeros for padding, and multiplies by the weight, [27][8]. */
struct conv3x3_32c3_32c8_lowered_forward_arguments {
    float (*out)[32][BATCH][8];
    float (*x)[32][BATCH][3];
    float (*weight)[1][3][8];
    float (*statistics)[8];
    float (*partial)[2][8];
    int n;
};

/* The inputs that the taps read for output y, x, side by side, zeros for padding, to lowered
 * [images][27]. */
static void conv3x3_32c3_32c8_lowered_forward_lower(
    const struct conv3x3_32c3_32c8_lowered_forward_arguments *a, int y, int x, float *lowered)
{
    const float *from[9];
    for (int j = 0; j < 9; j++) {
        const struct tap *const tap = &taps_3x3_s1x1_p1x1_32x32_32x32_by_place[j];
        const int inside = y >= tap->y0 && y < tap->y1 && x >= tap->x0 && x < tap->x1;
        from[j] = inside ? (float *)a->x[y + tap->dy][x + tap->dx] : 0;
    }
    for (int i = 0; i < a->n; i++) {
        float *const to = lowered + (ptrdiff_t)i * 27;
        for (int j = 0; j < 9; j++)
            for (int c = 0; c < 3; c++)
                to[j * 3 + c] = from[j] ? from[j][i * 3 + c] : 0;
    }
}

static void conv3x3_32c3_32c8_lowered_forward_unit(const void *argument, int unit, void *scratch)
{
    const struct conv3x3_32c3_32c8_lowered_forward_arguments *const a = argument;
    const int y = unit / 8, x0 = unit % 8 * 4, x1 = x0 + 4;
    float *const lowered = kernel_scratch(scratch);
    for (int x = x0; x < x1; x++)
        conv3x3_32c3_32c8_lowered_forward_lower(a, y, x,
                                                lowered + (ptrdiff_t)(x - x0) * BATCH * 27);
    gemm_positions(scratch, x1 - x0, a->n, 8, 27, positions(lowered, BATCH * 27, 27),
                   by_rows(a->weight[0][0][0], 8), into_positions(a->out[y][x0][0], BATCH * 8, 8,
                                                                  0));
    if (!a->statistics)
        return;
    for (int x = x0; x < x1; x++)
        partial_statistics(8, 8, a->n, a->out[y][x][0], a->partial[y * 32 + x][0],
                           a->partial[y * 32 + x][1]);
}

/* Joins the statistics of all parts, for a few channels. */
static void conv3x3_32c3_32c8_lowered_forward_join(const void *argument, int unit)
{
    const struct conv3x3_32c3_32c8_lowered_forward_arguments *const a = argument;
    join_statistics(unit, 8, 1024, NULL, a->n, a->partial[0][0], a->statistics[0]);
}

void conv3x3_32c3_32c8_lowered_forward(const struct resnet8_tiny_host *host,
                                       float out[32][32][BATCH][8], float x[32][32][BATCH][3],
                                       float weight[9][1][3][8], float statistics[2][8],
                                       float partial[1024][2][8], int n)
{
    const struct conv3x3_32c3_32c8_lowered_forward_arguments a = {out, x, weight, statistics,
                                                                  partial, n};
    run_with_scratch(host, 256, conv3x3_32c3_32c8_lowered_forward_unit, &a);
    if (statistics)
        run(host, 1, conv3x3_32c3_32c8_lowered_forward_join, &a);
}

/* conv3x3_32c8_32c8_lowered_forward: layer1.0.conv1, layer1.0.conv2
 *
 * One unit lowers 4 columns of an output row, [columns][images][9 taps * 8 channels] with
 * zeros for padding, and multiplies by the weight, [72][8]. */
struct conv3x3_32c8_32c8_lowered_forward_arguments {
    float (*out)[32][BATCH][8];
    float (*x)[32][BATCH][8];
    float (*weight)[1][8][8];
    float (*statistics)[8];
    float (*partial)[2][8];
    int n;
};

/* The inputs that the taps read for output y, x, side by side, zeros for padding, to lowered
 * [images][72]. */
static void conv3x3_32c8_32c8_lowered_forward_lower(
    const struct conv3x3_32c8_32c8_lowered_forward_arguments *a, int y, int x, float *lowered)
{
    const float *from[9];
    for (int j = 0; j < 9; j++) {
        const struct tap *const tap = &taps_3x3_s1x1_p1x1_32x32_32x32_by_place[j];
        const int inside = y >= tap->y0 && y < tap->y1 && x >= tap->x0 && x < tap->x1;
        from[j] = inside ? (float *)a->x[y + tap->dy][x + tap->dx] : 0;
    }
    for (int i = 0; i < a->n; i++) {
        float *const to = lowered + (ptrdiff_t)i * 72;
        for (int j = 0; j < 9; j++)
            for (int c = 0; c < 8; c++)
                to[j * 8 + c] = from[j] ? from[j][i * 8 + c] : 0;
    }
}

static void conv3x3_32c8_32c8_lowered_forward_unit(const void *argument, int unit, void *scratch)
{
    const struct conv3x3_32c8_32c8_lowered_forward_arguments *const a = argument;
    const int y = unit / 8, x0 = unit % 8 * 4, x1 = x0 + 4;
    float *const lowered = kernel_scratch(scratch);
    for (int x = x0; x < x1; x++)
        conv3x3_32c8_32c8_lowered_forward_lower(a, y, x,
                                                lowered + (ptrdiff_t)(x - x0) * BATCH * 72);
    gemm_positions(scratch, x1 - x0, a->n, 8, 72, positions(lowered, BATCH * 72, 72),
                   by_rows(a->weight[0][0][0], 8), into_positions(a->out[y][x0][0], BATCH * 8, 8,
                                                                  0));
    if (!a->statistics)
        return;
    for (int x = x0; x < x1; x++)
        partial_statistics(8, 8, a->n, a->out[y][x][0], a->partial[y * 32 + x][0],
                           a->partial[y * 32 + x][1]);
}

/* Joins the statistics of all parts, for a few channels. */
static void conv3x3_32c8_32c8_lowered_forward_join(const void *argument, int unit)
{
    const struct conv3x3_32c8_32c8_lowered_forward_arguments *const a = argument;
    join_statistics(unit, 8, 1024, NULL, a->n, a->partial[0][0], a->statistics[0]);
}

void conv3x3_32c8_32c8_lowered_forward(const struct resnet8_tiny_host *host,
                                       float out[32][32][BATCH][8], float x[32][32][BATCH][8],
                                       float weight[9][1][8][8], float statistics[2][8],
                                       float partial[1024][2][8], int n)
{
    const struct conv3x3_32c8_32c8_lowered_forward_arguments a = {out, x, weight, statistics,
                                                                  partial, n};
    run_with_scratch(host, 256, conv3x3_32c8_32c8_lowered_forward_unit, &a);
    if (statistics)
        run(host, 1, conv3x3_32c8_32c8_lowered_forward_join, &a);
}

/* conv1x1s2_32c8_16c16_lowered_forward: layer2.0.downsample.0
 *
 * One unit lowers 4 columns of an output row, [columns][images][1 taps * 8 channels] with
 * zeros for padding, and multiplies by the weight, [8][16]. */
struct conv1x1s2_32c8_16c16_lowered_forward_arguments {
    float (*out)[16][BATCH][16];
    float (*x)[32][BATCH][8];
    float (*weight)[1][8][16];
    float (*statistics)[16];
    float (*partial)[2][16];
    int n;
};

/* The inputs that the taps read for output y, x, side by side, zeros for padding, to lowered
 * [images][8]. */
static void conv1x1s2_32c8_16c16_lowered_forward_lower(
    const struct conv1x1s2_32c8_16c16_lowered_forward_arguments *a, int y, int x, float *lowered)
{
    const float *from[1];
    const struct tap *const tap = &taps_1x1_s2x2_p0x0_32x32_16x16_by_place[0];
    const int inside = y >= tap->y0 && y < tap->y1 && x >= tap->x0 && x < tap->x1;
    from[0] = inside ? (float *)a->x[y * 2 + tap->dy][x * 2 + tap->dx] : 0;
    for (int i = 0; i < a->n; i++) {
        float *const to = lowered + (ptrdiff_t)i * 8;
        for (int c = 0; c < 8; c++)
            to[c] = from[0] ? from[0][i * 8 + c] : 0;
    }
}

static void conv1x1s2_32c8_16c16_lowered_forward_unit(const void *argument, int unit, void *scratch)
{
    const struct conv1x1s2_32c8_16c16_lowered_forward_arguments *const a = argument;
    const int y = unit / 4, x0 = unit % 4 * 4, x1 = x0 + 4;
    float *const lowered = kernel_scratch(scratch);
    for (int x = x0; x < x1; x++)
        conv1x1s2_32c8_16c16_lowered_forward_lower(a, y, x,
                                                   lowered + (ptrdiff_t)(x - x0) * BATCH * 8);
    gemm_positions(scratch, x1 - x0, a->n, 16, 8, positions(lowered, BATCH * 8, 8),
                   by_rows(a->weight[0][0][0], 16),
                   into_positions(a->out[y][x0][0], BATCH * 16, 16, 0));
    if (!a->statistics)
        return;
    for (int x = x0; x < x1; x++)
        partial_statistics(16, 16, a->n, a->out[y][x][0], a->partial[y * 16 + x][0],
                           a->partial[y * 16 + x][1]);
}

/* Joins the statistics of all parts, for a few channels. */
static void conv1x1s2_32c8_16c16_lowered_forward_join(const void *argument, int unit)
{
    const struct conv1x1s2_32c8_16c16_lowered_forward_arguments *const a = argument;
    join_statistics(unit, 16, 256, NULL, a->n, a->partial[0][0], a->statistics[0]);
}

void conv1x1s2_32c8_16c16_lowered_forward(const struct resnet8_tiny_host *host,
                                          float out[16][16][BATCH][16], float x[32][32][BATCH][8],
                                          float weight[1][1][8][16], float statistics[2][16],
                                          float partial[256][2][16], int n)
{
    const struct conv1x1s2_32c8_16c16_lowered_forward_arguments a = {out, x, weight, statistics,
                                                                     partial, n};
    run_with_scratch(host, 64, conv1x1s2_32c8_16c16_lowered_forward_unit, &a);
    if (statistics)
        run(host, 1, conv1x1s2_32c8_16c16_lowered_forward_join, &a);
}

/* conv3x3s2_32c8_16c16_lowered_forward: layer2.0.conv1
 *
 * One unit lowers 4 columns of an output row, [columns][images][9 taps * 8 channels] with
 * zeros for padding, and multiplies by the weight, [72][16]. */
struct conv3x3s2_32c8_16c16_lowered_forward_arguments {
    float (*out)[16][BATCH][16];
    float (*x)[32][BATCH][8];
    float (*weight)[1][8][16];
    float (*statistics)[16];
    float (*partial)[2][16];
    int n;
};

/* The inputs that the taps read for output y, x, side by side, zeros for padding, to lowered
 * [images][72]. */
static void conv3x3s2_32c8_16c16_lowered_forward_lower(
    const struct conv3x3s2_32c8_16c16_lowered_forward_arguments *a, int y, int x, float *lowered)
{
    const float *from[9];
    for (int j = 0; j < 9; j++) {
        const struct tap *const tap = &taps_3x3_s2x2_p1x1_32x32_16x16_by_place[j];
        const int inside = y >= tap->y0 && y < tap->y1 && x >= tap->x0 && x < tap->x1;
        from[j] = inside ? (float *)a->x[y * 2 + tap->dy][x * 2 + tap->dx] : 0;
    }
    for (int i = 0; i < a->n; i++) {
        float *const to = lowered + (ptrdiff_t)i * 72;
        for (int j = 0; j < 9; j++)
            for (int c = 0; c < 8; c++)
                to[j * 8 + c] = from[j] ? from[j][i * 8 + c] : 0;
    }
}

static void conv3x3s2_32c8_16c16_lowered_forward_unit(const void *argument, int unit, void *scratch)
{
    const struct conv3x3s2_32c8_16c16_lowered_forward_arguments *const a = argument;
    const int y = unit / 4, x0 = unit % 4 * 4, x1 = x0 + 4;
    float *const lowered = kernel_scratch(scratch);
    for (int x = x0; x < x1; x++)
        conv3x3s2_32c8_16c16_lowered_forward_lower(a, y, x,
                                                   lowered + (ptrdiff_t)(x - x0) * BATCH * 72);
    gemm_positions(scratch, x1 - x0, a->n, 16, 72, positions(lowered, BATCH * 72, 72),
                   by_rows(a->weight[0][0][0], 16),
                   into_positions(a->out[y][x0][0], BATCH * 16, 16, 0));
    if (!a->statistics)
        return;
    for (int x = x0; x < x1; x++)
        partial_statistics(16, 16, a->n, a->out[y][x][0], a->partial[y * 16 + x][0],
                           a->partial[y * 16 + x][1]);
}

/* Joins the statistics of all parts, for a few channels. */
static void conv3x3s2_32c8_16c16_lowered_forward_join(const void *argument, int unit)
{
    const struct conv3x3s2_32c8_16c16_lowered_forward_arguments *const a = argument;
    join_statistics(unit, 16, 256, NULL, a->n, a->partial[0][0], a->statistics[0]);
}

void conv3x3s2_32c8_16c16_lowered_forward(const struct resnet8_tiny_host *host,
                                          float out[16][16][BATCH][16], float x[32][32][BATCH][8],
                                          float weight[9][1][8][16], float statistics[2][16],
                                          float partial[256][2][16], int n)
{
    const struct conv3x3s2_32c8_16c16_lowered_forward_arguments a = {out, x, weight, statistics,
                                                                     partial, n};
    run_with_scratch(host, 64, conv3x3s2_32c8_16c16_lowered_forward_unit, &a);
    if (statistics)
        run(host, 1, conv3x3s2_32c8_16c16_lowered_forward_join, &a);
}

