/* conv5x5s2_12x10c3_6x5c8_forward: stem
 *
 * One unit makes one column of an output row, over all images: for each tap that
 * reaches them, [columns * images][3] x [3][8].
 * 25 of 25 taps live; 0.1 MFLOP for a batch, 0.1 with every padded product. */
static const struct tap conv5x5s2_12x10c3_6x5c8_forward_taps[25] = {
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

struct conv5x5s2_12x10c3_6x5c8_forward_arguments {
    float (*out)[5][BATCH][8];
    float (*x)[10][BATCH][3];
    float (*weight)[1][3][8];
    float *bias;
    int n;
};

static void conv5x5s2_12x10c3_6x5c8_forward_unit(const void *argument, int unit)
{
    const struct conv5x5s2_12x10c3_6x5c8_forward_arguments *const a = argument;
    const int y = unit / 5, x_begin = unit / 1 % 5 * 1;
    const int x_end = at_most(x_begin + 1, 5);
    enum { o = 0 };
    for (int x = x_begin; x < x_end; x++)
        for (int i = 0; i < a->n; i++)
            for (int c = 0; c < 8; c++)
                a->out[y][x][i][o + c] = a->bias[o + c];
    for (int j = 0; j < 25; j++) {
        const struct tap *const tap = &conv5x5s2_12x10c3_6x5c8_forward_taps[j];
        const int x0 = at_least(x_begin, tap->x0), x1 = at_most(x_end, tap->x1);
        if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
            continue;
        columns_nn(x1 - x0, a->n, 8, 3, a->x[y * 2 + tap->dy][x0 * 2 + tap->dx][0],
                   2 * BATCH * 3, 3, &a->weight[tap->place][0][0][o], 8,
                   1, &a->out[y][x0][0][o], BATCH * 8, 8);
    }
}

void conv5x5s2_12x10c3_6x5c8_forward(float out[6][5][BATCH][8], float x[12][10][BATCH][3],
    float weight[25][1][3][8], float bias[8], int n)
{
    const struct conv5x5s2_12x10c3_6x5c8_forward_arguments a = {out, x, weight, bias, n};
    model_run(30, conv5x5s2_12x10c3_6x5c8_forward_unit, &a);
}

/* conv3x3g2_3c8_3c8_forward: one.conv1
 *
 * One unit makes one column of an output row, over all images: for each tap that
 * reaches them, [columns * images][4] x [4][4].
 * 9 of 9 taps live; 0.0 MFLOP for a batch, 0.0 with every padded product. */
static const struct tap conv3x3g2_3c8_3c8_forward_taps[9] = {
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

struct conv3x3g2_3c8_3c8_forward_arguments {
    float (*out)[3][BATCH][8];
    float (*x)[3][BATCH][8];
    float (*weight)[2][4][4];
    float (*partial)[2][8];
    int n;
};

static void conv3x3g2_3c8_3c8_forward_unit(const void *argument, int unit)
{
    const struct conv3x3g2_3c8_3c8_forward_arguments *const a = argument;
    const int y = unit / 3, x_begin = unit / 1 % 3 * 1;
    const int x_end = at_most(x_begin + 1, 3);
    enum { o = 0 };
    for (int j = 0; j < 9; j++) {
        const struct tap *const tap = &conv3x3g2_3c8_3c8_forward_taps[j];
        const int x0 = at_least(x_begin, tap->x0), x1 = at_most(x_end, tap->x1);
        if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
            continue;
        for (int group = 0; group < 2; group++)
            columns_nn(x1 - x0, a->n, 4, 4,
                       &a->x[y + tap->dy][x0 + tap->dx][0][group * 4],
                       1 * BATCH * 8, 8, a->weight[tap->place][group][0], 4,
                       j > 0, &a->out[y][x0][0][group * 4], BATCH * 8, 8);
    }
    for (int x = x_begin; x < x_end; x++)
        partial_statistics(8, 8, a->n, &a->out[y][x][0][o],
                           &a->partial[y * 3 + x][0][o], &a->partial[y * 3 + x][1][o]);
}

void conv3x3g2_3c8_3c8_forward(float out[3][3][BATCH][8], float x[3][3][BATCH][8],
    float weight[9][2][4][4], float partial[9][2][8], int n)
{
    const struct conv3x3g2_3c8_3c8_forward_arguments a = {out, x, weight, partial, n};
    model_run(9, conv3x3g2_3c8_3c8_forward_unit, &a);
}

/* conv1x3_3c8_3c8_forward: one.conv2
 *
 * One unit makes one column of an output row, over all images: for each tap that
 * reaches them, [columns * images][8] x [8][8].
 * 3 of 3 taps live; 0.0 MFLOP for a batch, 0.0 with every padded product. */
static const struct tap conv1x3_3c8_3c8_forward_taps[3] = {
    {1, 0, 0, 0, 3, 0, 3},
    {0, 0, -1, 0, 3, 1, 3},
    {2, 0, 1, 0, 3, 0, 2},
};

struct conv1x3_3c8_3c8_forward_arguments {
    float (*out)[3][BATCH][8];
    float (*x)[3][BATCH][8];
    float (*weight)[1][8][8];
    float (*partial)[2][8];
    int n;
};

static void conv1x3_3c8_3c8_forward_unit(const void *argument, int unit)
{
    const struct conv1x3_3c8_3c8_forward_arguments *const a = argument;
    const int y = unit / 3, x_begin = unit / 1 % 3 * 1;
    const int x_end = at_most(x_begin + 1, 3);
    enum { o = 0 };
    for (int j = 0; j < 3; j++) {
        const struct tap *const tap = &conv1x3_3c8_3c8_forward_taps[j];
        const int x0 = at_least(x_begin, tap->x0), x1 = at_most(x_end, tap->x1);
        if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
            continue;
        columns_nn(x1 - x0, a->n, 8, 8, a->x[y + tap->dy][x0 + tap->dx][0],
                   1 * BATCH * 8, 8, &a->weight[tap->place][0][0][o], 8,
                   j > 0, &a->out[y][x0][0][o], BATCH * 8, 8);
    }
    for (int x = x_begin; x < x_end; x++)
        partial_statistics(8, 8, a->n, &a->out[y][x][0][o],
                           &a->partial[y * 3 + x][0][o], &a->partial[y * 3 + x][1][o]);
}

void conv1x3_3c8_3c8_forward(float out[3][3][BATCH][8], float x[3][3][BATCH][8],
    float weight[3][1][8][8], float partial[9][2][8], int n)
{
    const struct conv1x3_3c8_3c8_forward_arguments a = {out, x, weight, partial, n};
    model_run(9, conv1x3_3c8_3c8_forward_unit, &a);
}

/* conv3x3g2_3c8_3c8_evaluate: one.conv1
 *
 * One unit makes one column of an output row, over all images: for each tap that
 * reaches them, [columns * images][4] x [4][4].
 * 9 of 9 taps live; 0.0 MFLOP for a batch, 0.0 with every padded product. */
static const struct tap conv3x3g2_3c8_3c8_evaluate_taps[9] = {
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

struct conv3x3g2_3c8_3c8_evaluate_arguments {
    float (*out)[3][BATCH][8];
    float (*x)[3][BATCH][8];
    float (*weight)[2][4][4];
    int n;
};

static void conv3x3g2_3c8_3c8_evaluate_unit(const void *argument, int unit)
{
    const struct conv3x3g2_3c8_3c8_evaluate_arguments *const a = argument;
    const int y = unit / 3, x_begin = unit / 1 % 3 * 1;
    const int x_end = at_most(x_begin + 1, 3);
    enum { o = 0 };
    for (int j = 0; j < 9; j++) {
        const struct tap *const tap = &conv3x3g2_3c8_3c8_evaluate_taps[j];
        const int x0 = at_least(x_begin, tap->x0), x1 = at_most(x_end, tap->x1);
        if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
            continue;
        for (int group = 0; group < 2; group++)
            columns_nn(x1 - x0, a->n, 4, 4,
                       &a->x[y + tap->dy][x0 + tap->dx][0][group * 4],
                       1 * BATCH * 8, 8, a->weight[tap->place][group][0], 4,
                       j > 0, &a->out[y][x0][0][group * 4], BATCH * 8, 8);
    }
}

void conv3x3g2_3c8_3c8_evaluate(float out[3][3][BATCH][8], float x[3][3][BATCH][8],
    float weight[9][2][4][4], int n)
{
    const struct conv3x3g2_3c8_3c8_evaluate_arguments a = {out, x, weight, n};
    model_run(9, conv3x3g2_3c8_3c8_evaluate_unit, &a);
}

/* conv1x3_3c8_3c8_evaluate: one.conv2
 *
 * One unit makes one column of an output row, over all images: for each tap that
 * reaches them, [columns * images][8] x [8][8].
 * 3 of 3 taps live; 0.0 MFLOP for a batch, 0.0 with every padded product. */
static const struct tap conv1x3_3c8_3c8_evaluate_taps[3] = {
    {1, 0, 0, 0, 3, 0, 3},
    {0, 0, -1, 0, 3, 1, 3},
    {2, 0, 1, 0, 3, 0, 2},
};

struct conv1x3_3c8_3c8_evaluate_arguments {
    float (*out)[3][BATCH][8];
    float (*x)[3][BATCH][8];
    float (*weight)[1][8][8];
    int n;
};

static void conv1x3_3c8_3c8_evaluate_unit(const void *argument, int unit)
{
    const struct conv1x3_3c8_3c8_evaluate_arguments *const a = argument;
    const int y = unit / 3, x_begin = unit / 1 % 3 * 1;
    const int x_end = at_most(x_begin + 1, 3);
    enum { o = 0 };
    for (int j = 0; j < 3; j++) {
        const struct tap *const tap = &conv1x3_3c8_3c8_evaluate_taps[j];
        const int x0 = at_least(x_begin, tap->x0), x1 = at_most(x_end, tap->x1);
        if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
            continue;
        columns_nn(x1 - x0, a->n, 8, 8, a->x[y + tap->dy][x0 + tap->dx][0],
                   1 * BATCH * 8, 8, &a->weight[tap->place][0][0][o], 8,
                   j > 0, &a->out[y][x0][0][o], BATCH * 8, 8);
    }
}

void conv1x3_3c8_3c8_evaluate(float out[3][3][BATCH][8], float x[3][3][BATCH][8],
    float weight[3][1][8][8], int n)
{
    const struct conv1x3_3c8_3c8_evaluate_arguments a = {out, x, weight, n};
    model_run(9, conv1x3_3c8_3c8_evaluate_unit, &a);
}

