/* conv1x3_3c8_3c8_grad_weight: one.conv2
 *
 * One unit sums the output rows of one of 3 parts for all taps:
 * [columns * images][8]' x [columns * images][8]. The parts are added up afterwards.
 * 3 of 3 taps live; 0.0 MFLOP for a batch, 0.0 with every padded product. */
static const struct tap conv1x3_3c8_3c8_grad_weight_taps[3] = {
    {1, 0, 0, 0, 3, 0, 3},
    {0, 0, -1, 0, 3, 1, 3},
    {2, 0, 1, 0, 3, 0, 2},
};

struct conv1x3_3c8_3c8_grad_weight_arguments {
    float (*d_weight)[1][8][8];
    float (*d_out)[3][BATCH][8];
    float (*x)[3][BATCH][8];
    float (*workspace)[3][1][8][8];
    int n;
};

/* Adds one tap's share of output columns x0..x1 of row y, input channels from c on. */
static void conv1x3_3c8_3c8_grad_weight_tap(
    const struct conv1x3_3c8_3c8_grad_weight_arguments *a, const struct tap *tap, int y, int x0,
    int x1, int c, float beta, float sum[1][8][8])
{
    columns_tn(x1 - x0, a->n, 8, 8, &a->x[y + tap->dy][x0 + tap->dx][0][c],
               1 * BATCH * 8, 8, a->d_out[y][x0][0], BATCH * 8,
               8, beta, sum[0][c], 8);
}

static void conv1x3_3c8_3c8_grad_weight_unit(const void *argument, int unit)
{
    const struct conv1x3_3c8_3c8_grad_weight_arguments *const a = argument;
    const int part = unit / 1;
    float(*const sum)[1][8][8] = a->workspace[part];
    const int y_begin = part * 3 / 3, y_end = (part + 1) * 3 / 3;
    const int first = unit / 1 % 1 * 3;
    const int c = unit % 1 * 8;
    for (int y = y_begin; y < y_end; y++) {
        for (int x = 0; x < 3; x += 1) {
            for (int j = 0; j < 3; j++) {
                const struct tap *const tap = &conv1x3_3c8_3c8_grad_weight_taps[first + j];
                const int x0 = at_least(x, tap->x0), x1 = at_most(x + 1, tap->x1);
                if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
                    continue;
                const int is_first = y == at_least(y_begin, tap->y0) && x0 == tap->x0;
                conv1x3_3c8_3c8_grad_weight_tap(a, tap, y, x0, x1, c, is_first ? 0 : 1, sum[tap->place]);
            }
        }
    }
    for (int j = 0; j < 3; j++) {
        const struct tap *const tap = &conv1x3_3c8_3c8_grad_weight_taps[first + j];
        const int reaches = at_least(y_begin, tap->y0) < at_most(y_end, tap->y1);
        for (int group = 0; !reaches && group < 1; group++)
            memset(sum[tap->place][group][c], 0, 8 * sizeof sum[0][0][0]);
    }
}

/* Adds the parts of one tap. */
static void conv1x3_3c8_3c8_grad_weight_add(const void *argument, int tap)
{
    const struct conv1x3_3c8_3c8_grad_weight_arguments *const a = argument;
    sum_rows(3, 64, (const float *)a->workspace[0][tap], 192,
             (float *)a->d_weight[tap]);
}

void conv1x3_3c8_3c8_grad_weight(float d_weight[3][1][8][8], float d_out[3][3][BATCH][8],
    float x[3][3][BATCH][8], float workspace[3][3][1][8][8], int n)
{
    const struct conv1x3_3c8_3c8_grad_weight_arguments a = {d_weight, d_out, x, workspace, n};
    model_run(3, conv1x3_3c8_3c8_grad_weight_unit, &a);
    model_run(3, conv1x3_3c8_3c8_grad_weight_add, &a);
}

/* conv3x3g2_3c8_3c8_grad_weight: one.conv1
 *
 * One unit sums all output rows for one tap:
 * [columns * images][4]' x [columns * images][4].
 * 9 of 9 taps live; 0.0 MFLOP for a batch, 0.0 with every padded product. */
static const struct tap conv3x3g2_3c8_3c8_grad_weight_taps[9] = {
    {4, 0, 0, 0, 3, 0, 3},
    {0, -1, -1, 1, 3, 1, 3},
    {1, -1, 0, 1, 3, 0, 3},
    {2, -1, 1, 1, 3, 0, 2},
    {3, 0, -1, 0, 3, 1, 3},
    {5, 0, 1, 0, 3, 0, 2},
    {6, 1, -1, 0, 2, 1, 3},
    {7, 1, 0, 0, 2, 0, 3},
    {8, 1, 1, 0, 2, 0, 2},
};

struct conv3x3g2_3c8_3c8_grad_weight_arguments {
    float (*d_weight)[2][4][4];
    float (*d_out)[3][BATCH][8];
    float (*x)[3][BATCH][8];
    int n;
};

/* Adds one tap's share of output columns x0..x1 of row y, input channels from c on. */
static void conv3x3g2_3c8_3c8_grad_weight_tap(
    const struct conv3x3g2_3c8_3c8_grad_weight_arguments *a, const struct tap *tap, int y, int x0,
    int x1, int c, float beta, float sum[2][4][4])
{
    for (int group = 0; group < 2; group++)
        columns_tn(x1 - x0, a->n, 4, 4, &a->x[y + tap->dy][x0 + tap->dx][0][group * 4 + c],
                   1 * BATCH * 8, 8, &a->d_out[y][x0][0][group * 4],
                   BATCH * 8, 8, beta, sum[group][c], 4);
}

static void conv3x3g2_3c8_3c8_grad_weight_unit(const void *argument, int unit)
{
    const struct conv3x3g2_3c8_3c8_grad_weight_arguments *const a = argument;
    float(*const sum)[2][4][4] = a->d_weight;
    enum { y_begin = 0, y_end = 3 };
    const int first = unit / 1 % 9 * 1;
    const int c = unit % 1 * 4;
    for (int y = y_begin; y < y_end; y++) {
        for (int x = 0; x < 3; x += 3) {
            for (int j = 0; j < 1; j++) {
                const struct tap *const tap = &conv3x3g2_3c8_3c8_grad_weight_taps[first + j];
                const int x0 = at_least(x, tap->x0), x1 = at_most(x + 3, tap->x1);
                if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
                    continue;
                const int is_first = y == at_least(y_begin, tap->y0) && x0 == tap->x0;
                conv3x3g2_3c8_3c8_grad_weight_tap(a, tap, y, x0, x1, c, is_first ? 0 : 1, sum[tap->place]);
            }
        }
    }
    for (int j = 0; j < 1; j++) {
        const struct tap *const tap = &conv3x3g2_3c8_3c8_grad_weight_taps[first + j];
        const int reaches = at_least(y_begin, tap->y0) < at_most(y_end, tap->y1);
        for (int group = 0; !reaches && group < 2; group++)
            memset(sum[tap->place][group][c], 0, 4 * sizeof sum[0][0][0]);
    }
}

void conv3x3g2_3c8_3c8_grad_weight(float d_weight[9][2][4][4], float d_out[3][3][BATCH][8],
    float x[3][3][BATCH][8], int n)
{
    const struct conv3x3g2_3c8_3c8_grad_weight_arguments a = {d_weight, d_out, x, n};
    model_run(9, conv3x3g2_3c8_3c8_grad_weight_unit, &a);
}

/* conv5x5s2_12x10c3_6x5c8_grad_weight: stem
 *
 * One unit sums all output rows for one tap:
 * [columns * images][3]' x [columns * images][8].
 * 25 of 25 taps live; 0.1 MFLOP for a batch, 0.1 with every padded product. */
static const struct tap conv5x5s2_12x10c3_6x5c8_grad_weight_taps[25] = {
    {12, 0, 0, 0, 6, 0, 5},
    {0, -2, -2, 1, 6, 1, 5},
    {1, -2, -1, 1, 6, 1, 5},
    {2, -2, 0, 1, 6, 0, 5},
    {3, -2, 1, 1, 6, 0, 5},
    {4, -2, 2, 1, 6, 0, 4},
    {5, -1, -2, 1, 6, 1, 5},
    {6, -1, -1, 1, 6, 1, 5},
    {7, -1, 0, 1, 6, 0, 5},
    {8, -1, 1, 1, 6, 0, 5},
    {9, -1, 2, 1, 6, 0, 4},
    {10, 0, -2, 0, 6, 1, 5},
    {11, 0, -1, 0, 6, 1, 5},
    {13, 0, 1, 0, 6, 0, 5},
    {14, 0, 2, 0, 6, 0, 4},
    {15, 1, -2, 0, 6, 1, 5},
    {16, 1, -1, 0, 6, 1, 5},
    {17, 1, 0, 0, 6, 0, 5},
    {18, 1, 1, 0, 6, 0, 5},
    {19, 1, 2, 0, 6, 0, 4},
    {20, 2, -2, 0, 5, 1, 5},
    {21, 2, -1, 0, 5, 1, 5},
    {22, 2, 0, 0, 5, 0, 5},
    {23, 2, 1, 0, 5, 0, 5},
    {24, 2, 2, 0, 5, 0, 4},
};

struct conv5x5s2_12x10c3_6x5c8_grad_weight_arguments {
    float (*d_weight)[1][3][8];
    float (*d_out)[5][BATCH][8];
    float (*x)[10][BATCH][3];
    int n;
};

/* Adds one tap's share of output columns x0..x1 of row y, input channels from c on. */
static void conv5x5s2_12x10c3_6x5c8_grad_weight_tap(
    const struct conv5x5s2_12x10c3_6x5c8_grad_weight_arguments *a, const struct tap *tap, int y, int x0,
    int x1, int c, float beta, float sum[1][3][8])
{
    columns_tn(x1 - x0, a->n, 3, 8, &a->x[y * 2 + tap->dy][x0 * 2 + tap->dx][0][c],
               2 * BATCH * 3, 3, a->d_out[y][x0][0], BATCH * 8,
               8, beta, sum[0][c], 8);
}

static void conv5x5s2_12x10c3_6x5c8_grad_weight_unit(const void *argument, int unit)
{
    const struct conv5x5s2_12x10c3_6x5c8_grad_weight_arguments *const a = argument;
    float(*const sum)[1][3][8] = a->d_weight;
    enum { y_begin = 0, y_end = 6 };
    const int first = unit / 1 % 25 * 1;
    const int c = unit % 1 * 3;
    for (int y = y_begin; y < y_end; y++) {
        for (int x = 0; x < 5; x += 5) {
            for (int j = 0; j < 1; j++) {
                const struct tap *const tap = &conv5x5s2_12x10c3_6x5c8_grad_weight_taps[first + j];
                const int x0 = at_least(x, tap->x0), x1 = at_most(x + 5, tap->x1);
                if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
                    continue;
                const int is_first = y == at_least(y_begin, tap->y0) && x0 == tap->x0;
                conv5x5s2_12x10c3_6x5c8_grad_weight_tap(a, tap, y, x0, x1, c, is_first ? 0 : 1, sum[tap->place]);
            }
        }
    }
    for (int j = 0; j < 1; j++) {
        const struct tap *const tap = &conv5x5s2_12x10c3_6x5c8_grad_weight_taps[first + j];
        const int reaches = at_least(y_begin, tap->y0) < at_most(y_end, tap->y1);
        for (int group = 0; !reaches && group < 1; group++)
            memset(sum[tap->place][group][c], 0, 3 * sizeof sum[0][0][0]);
    }
}

void conv5x5s2_12x10c3_6x5c8_grad_weight(float d_weight[25][1][3][8], float d_out[6][5][BATCH][8],
    float x[12][10][BATCH][3], int n)
{
    const struct conv5x5s2_12x10c3_6x5c8_grad_weight_arguments a = {d_weight, d_out, x, n};
    model_run(25, conv5x5s2_12x10c3_6x5c8_grad_weight_unit, &a);
}

