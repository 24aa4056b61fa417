/* conv1x3_3c8_3c8_lowered_grad_weight: one.conv2
 *
 * One unit sums the output rows of one of 3 parts: lowered inputs, [columns * images][24]',
 * times gradients, [columns * images][8]. The parts are added up afterwards. */
static const struct tap conv1x3_3c8_3c8_lowered_grad_weight_taps[3] = {
    {0, 0, -1, 0, 3, 1, 3},
    {1, 0, 0, 0, 3, 0, 3},
    {2, 0, 1, 0, 3, 0, 2},
};

struct conv1x3_3c8_3c8_lowered_grad_weight_arguments {
    float (*d_weight)[1][8][8];
    float (*d_out)[3][BATCH][8];
    float (*x)[3][BATCH][8];
    float (*workspace)[24][8];
    float (*lowered)[3][BATCH][24];
    int n;
};

/* The inputs that the taps read for output y, x, side by side, zeros for padding, to lowered[y][x]. */
static void conv1x3_3c8_3c8_lowered_grad_weight_lower(const struct conv1x3_3c8_3c8_lowered_grad_weight_arguments *a, int y, int x)
{
    const float *from[3];
    {
        enum { first = 0, count = 3 };
        for (int j = 0; j < count; j++) {
            const struct tap *const tap = &conv1x3_3c8_3c8_lowered_grad_weight_taps[first + j];
            const int inside = y >= tap->y0 && y < tap->y1 && x >= tap->x0 && x < tap->x1;
            from[j] = inside ? (float *)a->x[y + tap->dy][x + tap->dx] : 0;
        }
        for (int i = 0; i < a->n; i++) {
            float *const to = a->lowered[y][x][i] + first * 8;
            for (int j = 0; j < count; j++)
                for (int c = 0; c < 8; c++)
                    to[j * 8 + c] = from[j] ? from[j][i * 8 + c] : 0;
        }
    }
}

static void conv1x3_3c8_3c8_lowered_grad_weight_unit(const void *argument, int part)
{
    const struct conv1x3_3c8_3c8_lowered_grad_weight_arguments *const a = argument;
    int beta = 0;
    for (int y = part * 3 / 3; y < (part + 1) * 3 / 3; y++) {
        for (int x0 = 0; x0 < 3; x0 += 3) {
            const int x1 = at_most(x0 + 3, 3);
            for (int x = x0; x < x1; x++)
                conv1x3_3c8_3c8_lowered_grad_weight_lower(a, y, x);
            columns_tn(x1 - x0, a->n, 24, 8, a->lowered[y][x0][0], BATCH * 24, 24, a->d_out[y][x0][0],
                       BATCH * 8, 8, beta, a->workspace[part][0], 8);
            beta = 1;
        }
    }
}

void conv1x3_3c8_3c8_lowered_grad_weight(const struct every_op_host *host,
    float d_weight[3][1][8][8], float d_out[3][3][BATCH][8], float x[3][3][BATCH][8],
    float workspace[3][24][8], float lowered[3][3][BATCH][24], int n)
{
    const struct conv1x3_3c8_3c8_lowered_grad_weight_arguments a = {d_weight, d_out, x, workspace, lowered, n};
    run(host, 3, conv1x3_3c8_3c8_lowered_grad_weight_unit, &a);
    sum_rows(3, 192, (const float *)workspace, 192, (float *)d_weight);
}

/* conv5x5s2_12x10c3_6x5c8_lowered_grad_weight: stem
 *
 * One unit sums the output rows of one of 6 parts: lowered inputs, [columns * images][75]',
 * times gradients, [columns * images][8]. The parts are added up afterwards. */
static const struct tap conv5x5s2_12x10c3_6x5c8_lowered_grad_weight_taps[25] = {
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
    {12, 0, 0, 0, 6, 0, 5},
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

struct conv5x5s2_12x10c3_6x5c8_lowered_grad_weight_arguments {
    float (*d_weight)[1][3][8];
    float (*d_out)[5][BATCH][8];
    float (*x)[10][BATCH][3];
    float (*workspace)[75][8];
    float (*lowered)[5][BATCH][75];
    int n;
};

/* The inputs that the taps read for output y, x, side by side, zeros for padding, to lowered[y][x]. */
static void conv5x5s2_12x10c3_6x5c8_lowered_grad_weight_lower(const struct conv5x5s2_12x10c3_6x5c8_lowered_grad_weight_arguments *a, int y, int x)
{
    const float *from[25];
    {
        enum { first = 0, count = 25 };
        for (int j = 0; j < count; j++) {
            const struct tap *const tap = &conv5x5s2_12x10c3_6x5c8_lowered_grad_weight_taps[first + j];
            const int inside = y >= tap->y0 && y < tap->y1 && x >= tap->x0 && x < tap->x1;
            from[j] = inside ? (float *)a->x[y * 2 + tap->dy][x * 2 + tap->dx] : 0;
        }
        for (int i = 0; i < a->n; i++) {
            float *const to = a->lowered[y][x][i] + first * 3;
            for (int j = 0; j < count; j++)
                for (int c = 0; c < 3; c++)
                    to[j * 3 + c] = from[j] ? from[j][i * 3 + c] : 0;
        }
    }
}

static void conv5x5s2_12x10c3_6x5c8_lowered_grad_weight_unit(const void *argument, int part)
{
    const struct conv5x5s2_12x10c3_6x5c8_lowered_grad_weight_arguments *const a = argument;
    int beta = 0;
    for (int y = part * 6 / 6; y < (part + 1) * 6 / 6; y++) {
        for (int x0 = 0; x0 < 5; x0 += 4) {
            const int x1 = at_most(x0 + 4, 5);
            for (int x = x0; x < x1; x++)
                conv5x5s2_12x10c3_6x5c8_lowered_grad_weight_lower(a, y, x);
            columns_tn(x1 - x0, a->n, 75, 8, a->lowered[y][x0][0], BATCH * 75, 75, a->d_out[y][x0][0],
                       BATCH * 8, 8, beta, a->workspace[part][0], 8);
            beta = 1;
        }
    }
}

void conv5x5s2_12x10c3_6x5c8_lowered_grad_weight(const struct every_op_host *host,
    float d_weight[25][1][3][8], float d_out[6][5][BATCH][8], float x[12][10][BATCH][3],
    float workspace[6][75][8], float lowered[6][5][BATCH][75], int n)
{
    const struct conv5x5s2_12x10c3_6x5c8_lowered_grad_weight_arguments a = {d_weight, d_out, x, workspace, lowered, n};
    run(host, 6, conv5x5s2_12x10c3_6x5c8_lowered_grad_weight_unit, &a);
    sum_rows(6, 600, (const float *)workspace, 600, (float *)d_weight);
}

