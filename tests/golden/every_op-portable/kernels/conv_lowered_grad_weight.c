/* conv1x3_3c8_3c8_lowered_grad_weight: one.conv2
 *
 * One unit sums all output rows: lowered inputs, [columns * images][24]',
 * times gradients, [columns * images][8]. */
struct conv1x3_3c8_3c8_lowered_grad_weight_arguments {
    float (*d_weight)[1][8][8];
    float (*d_out)[3][BATCH][8];
    float (*x)[3][BATCH][8];
    int n;
};

/* The inputs that the taps read for output y, x, side by side, zeros for padding, to lowered
 * [images][24]. */
static void conv1x3_3c8_3c8_lowered_grad_weight_lower(
    const struct conv1x3_3c8_3c8_lowered_grad_weight_arguments *a, int y, int x, float *lowered)
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

static void conv1x3_3c8_3c8_lowered_grad_weight_unit(const void *argument, int part, void *scratch)
{
    const struct conv1x3_3c8_3c8_lowered_grad_weight_arguments *const a = argument;
    float *const lowered = kernel_scratch(scratch);
    float *const sum = (float *)a->d_weight;
    int beta = 0;
    for (int y = part * 3; y < (part + 1) * 3; y++) {
        for (int x = 0; x < 3; x++)
            conv1x3_3c8_3c8_lowered_grad_weight_lower(a, y, x, lowered + (ptrdiff_t)x * BATCH * 24);
        gemm_sum(scratch, 3, a->n, 24, 8, positions(lowered, BATCH * 24, 24),
                 positions(a->d_out[y][0][0], BATCH * 8, 8), into(sum, 8, beta));
        beta = 1;
    }
}

void conv1x3_3c8_3c8_lowered_grad_weight(const struct every_op_host *host,
                                         float d_weight[3][1][8][8], float d_out[3][3][BATCH][8],
                                         float x[3][3][BATCH][8], int n)
{
    const struct conv1x3_3c8_3c8_lowered_grad_weight_arguments a = {d_weight, d_out, x, n};
    run_with_scratch(host, 1, conv1x3_3c8_3c8_lowered_grad_weight_unit, &a);
}

/* conv5x5s2_12x10c3_6x5c8_lowered_grad_weight: stem
 *
 * One unit sums all output rows: lowered inputs, [columns * images][75]',
 * times gradients, [columns * images][8]. */
struct conv5x5s2_12x10c3_6x5c8_lowered_grad_weight_arguments {
    float (*d_weight)[1][3][8];
    float (*d_out)[5][BATCH][8];
    float (*x)[10][BATCH][3];
    int n;
};

/* The inputs that the taps read for output y, x, side by side, zeros for padding, to lowered
 * [images][75]. */
static void conv5x5s2_12x10c3_6x5c8_lowered_grad_weight_lower(
    const struct conv5x5s2_12x10c3_6x5c8_lowered_grad_weight_arguments *a, int y, int x,
    float *lowered)
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

static void conv5x5s2_12x10c3_6x5c8_lowered_grad_weight_unit(const void *argument, int part,
                                                             void *scratch)
{
    const struct conv5x5s2_12x10c3_6x5c8_lowered_grad_weight_arguments *const a = argument;
    float *const lowered = kernel_scratch(scratch);
    float *const sum = (float *)a->d_weight;
    int beta = 0;
    for (int y = part * 6; y < (part + 1) * 6; y++) {
        for (int x0 = 0; x0 < 5; x0 += 4) {
            const int x1 = at_most(x0 + 4, 5);
            for (int x = x0; x < x1; x++)
                conv5x5s2_12x10c3_6x5c8_lowered_grad_weight_lower(a, y, x,
                                                                  lowered + (ptrdiff_t)(x - x0) *
                                                                  BATCH * 75);
            gemm_sum(scratch, x1 - x0, a->n, 75, 8, positions(lowered, BATCH * 75, 75),
                     positions(a->d_out[y][x0][0], BATCH * 8, 8), into(sum, 8, beta));
            beta = 1;
        }
    }
}

void conv5x5s2_12x10c3_6x5c8_lowered_grad_weight(const struct every_op_host *host,
                                                 float d_weight[25][1][3][8],
                                                 float d_out[6][5][BATCH][8],
                                                 float x[12][10][BATCH][3], int n)
{
    const struct conv5x5s2_12x10c3_6x5c8_lowered_grad_weight_arguments a = {d_weight, d_out, x, n};
    run_with_scratch(host, 1, conv5x5s2_12x10c3_6x5c8_lowered_grad_weight_unit, &a);
}

