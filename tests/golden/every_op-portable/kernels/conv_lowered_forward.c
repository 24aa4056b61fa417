/* conv5x5s2_12x10c3_6x5c8_lowered_forward: stem
 *
 * One unit lowers 4 columns of an output row, [columns][images][25 taps * 3 channels] with
 * zeros for padding, and multiplies by the weight, [75][8]. */
struct conv5x5s2_12x10c3_6x5c8_lowered_forward_arguments {
    float (*out)[5][BATCH][8];
    float (*x)[10][BATCH][3];
    float (*weight)[1][3][8];
    float *bias;
    int n;
};

/* The inputs that the taps read for output y, x, side by side, zeros for padding, to lowered
 * [images][75]. */
static void conv5x5s2_12x10c3_6x5c8_lowered_forward_lower(
    const struct conv5x5s2_12x10c3_6x5c8_lowered_forward_arguments *a, int y, int x, float *lowered)
{
    const float *from[25];
    for (int j = 0; j < 25; j++) {
        const struct tap *const tap = &taps_5x5_s2x2_p2x2_12x10_6x5_by_place[j];
        const int inside = y >= tap->y0 && y < tap->y1 && x >= tap->x0 && x < tap->x1;
        from[j] = inside ? (float *)a->x[y * 2 + tap->dy][x * 2 + tap->dx] : 0;
    }
    for (int i = 0; i < a->n; i++) {
        float *const to = lowered + (ptrdiff_t)i * 75;
        for (int j = 0; j < 25; j++)
            for (int c = 0; c < 3; c++)
                to[j * 3 + c] = from[j] ? from[j][i * 3 + c] : 0;
    }
}

static void conv5x5s2_12x10c3_6x5c8_lowered_forward_unit(const void *argument, int unit,
                                                         void *scratch)
{
    const struct conv5x5s2_12x10c3_6x5c8_lowered_forward_arguments *const a = argument;
    const int y = unit / 2, x0 = unit % 2 * 4, x1 = at_most(x0 + 4, 5);
    float *const lowered = kernel_scratch(scratch);
    for (int x = x0; x < x1; x++)
        conv5x5s2_12x10c3_6x5c8_lowered_forward_lower(a, y, x,
                                                      lowered + (ptrdiff_t)(x - x0) * BATCH * 75);
    for (int x = x0; x < x1; x++)
        for (int i = 0; i < a->n; i++)
            for (int c = 0; c < 8; c++)
                a->out[y][x][i][c] = a->bias[c];
    gemm_positions(scratch, x1 - x0, a->n, 8, 75, positions(lowered, BATCH * 75, 75),
                   by_rows(a->weight[0][0][0], 8), into_positions(a->out[y][x0][0], BATCH * 8, 8,
                                                                  1));
}

void conv5x5s2_12x10c3_6x5c8_lowered_forward(const struct every_op_host *host,
                                             float out[6][5][BATCH][8], float x[12][10][BATCH][3],
                                             float weight[25][1][3][8], float bias[8], int n)
{
    const struct conv5x5s2_12x10c3_6x5c8_lowered_forward_arguments a = {out, x, weight, bias, n};
    run_with_scratch(host, 12, conv5x5s2_12x10c3_6x5c8_lowered_forward_unit, &a);
}

/* conv1x3_3c8_3c8_lowered_forward: one.conv2
 *
 * One unit lowers 3 columns of an output row, [columns][images][3 taps * 8 channels] with
 * zeros for padding, and multiplies by the weight, [24][8]. */
struct conv1x3_3c8_3c8_lowered_forward_arguments {
    float (*out)[3][BATCH][8];
    float (*x)[3][BATCH][8];
    float (*weight)[1][8][8];
    int n;
};

/* The inputs that the taps read for output y, x, side by side, zeros for padding, to lowered
 * [images][24]. */
static void conv1x3_3c8_3c8_lowered_forward_lower(
    const struct conv1x3_3c8_3c8_lowered_forward_arguments *a, int y, int x, float *lowered)
{
    const float *from[3];
    for (int j = 0; j < 3; j++) {
        const struct tap *const tap = &taps_1x3_s1x1_p0x1_3x3_3x3_by_place[j];
        const int inside = y >= tap->y0 && y < tap->y1 && x >= tap->x0 && x < tap->x1;
        from[j] = inside ? (float *)a->x[y + tap->dy][x + tap->dx] : 0;
    }
    for (int i = 0; i < a->n; i++) {
        float *const to = lowered + (ptrdiff_t)i * 24;
        for (int j = 0; j < 3; j++)
            for (int c = 0; c < 8; c++)
                to[j * 8 + c] = from[j] ? from[j][i * 8 + c] : 0;
    }
}

static void conv1x3_3c8_3c8_lowered_forward_unit(const void *argument, int unit, void *scratch)
{
    const struct conv1x3_3c8_3c8_lowered_forward_arguments *const a = argument;
    const int y = unit;
    float *const lowered = kernel_scratch(scratch);
    for (int x = 0; x < 3; x++)
        conv1x3_3c8_3c8_lowered_forward_lower(a, y, x, lowered + (ptrdiff_t)x * BATCH * 24);
    gemm_positions(scratch, 3, a->n, 8, 24, positions(lowered, BATCH * 24, 24),
                   by_rows(a->weight[0][0][0], 8), into_positions(a->out[y][0][0], BATCH * 8, 8,
                                                                  0));
}

void conv1x3_3c8_3c8_lowered_forward(const struct every_op_host *host, float out[3][3][BATCH][8],
                                     float x[3][3][BATCH][8], float weight[3][1][8][8], int n)
{
    const struct conv1x3_3c8_3c8_lowered_forward_arguments a = {out, x, weight, n};
    run_with_scratch(host, 3, conv1x3_3c8_3c8_lowered_forward_unit, &a);
}

