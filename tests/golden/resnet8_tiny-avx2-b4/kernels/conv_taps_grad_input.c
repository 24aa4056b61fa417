/* conv3x3s2_16c16_8c32_taps_grad_input: layer3.0.conv1
 *
 * One unit completes 16 columns of an input row: for each tap and the outputs y, x with
 * y * stride + dy on that row, [columns * images][32] x [16][32]'.
 * 2.2 MFLOP for a batch, 2.4 with every padded product. */
struct conv3x3s2_16c16_8c32_taps_grad_input_arguments {
    float (*d_x)[16][BATCH][16];
    float (*d_out)[8][BATCH][32];
    float (*weight)[1][16][32];
    float (*turned)[1][512];
    int n;
};

/* One panel of the weight of one tap, transposed, or some of its rows. */
static void conv3x3s2_16c16_8c32_taps_grad_input_turn(const void *argument, int unit)
{
    const struct conv3x3s2_16c16_8c32_taps_grad_input_arguments *const a = argument;
    const int tap = unit;
    panel_turn(0, 0, 32, 16, 32, a->weight[tap][0][0], 32, a->turned[tap][0]);
}

static void conv3x3s2_16c16_8c32_taps_grad_input_unit(const void *argument, int unit)
{
    const struct conv3x3s2_16c16_8c32_taps_grad_input_arguments *const a = argument;
    const int row = unit;
    for (int x = 0; x < 16; x++)
        for (int i = 0; i < a->n; i++)
            for (int c = 0; c < 16; c++)
                a->d_x[row][x][i][c] = 0;
    for (int j = 0; j < 9; j++) {
        const struct tap *const tap = &taps_3x3_s2x2_p1x1_16x16_8x8[j];
        const int x0 = tap->x0, x1 = tap->x1;
        const int y = (row - tap->dy) / 2;
        if (y * 2 + tap->dy == row && y >= tap->y0 && y < tap->y1 && x0 < x1)
            gemm_positions(NULL, x1 - x0, a->n, 16, 32,
                           positions(a->d_out[y][x0][0], BATCH * 32, 32),
                           in_panels(a->turned[tap->place][0], 32, 16, 0),
                           into_positions(&a->d_x[row][x0 * 2 + tap->dx][0][0], 2 * BATCH * 16, 16,
                                          1));
    }
}

void conv3x3s2_16c16_8c32_taps_grad_input(const struct resnet8_tiny_host *host,
                                          float d_x[16][16][BATCH][16],
                                          float d_out[8][8][BATCH][32], float weight[9][1][16][32],
                                          float turned[9][1][512], int n)
{
    const struct conv3x3s2_16c16_8c32_taps_grad_input_arguments a = {d_x, d_out, weight, turned, n};
    run(host, 9, conv3x3s2_16c16_8c32_taps_grad_input_turn, &a);
    run(host, 16, conv3x3s2_16c16_8c32_taps_grad_input_unit, &a);
}

/* conv1x1s2_16c16_8c32_taps_grad_input: layer3.0.downsample.0
 *
 * One unit completes 16 columns of an input row: for each tap and the outputs y, x with
 * y * stride + dy on that row, [columns * images][32] x [16][32]'.
 * 0.3 MFLOP for a batch. */
struct conv1x1s2_16c16_8c32_taps_grad_input_arguments {
    float (*d_x)[16][BATCH][16];
    float (*d_out)[8][BATCH][32];
    float (*weight)[1][16][32];
    float (*turned)[1][512];
    int n;
};

/* One panel of the weight of one tap, transposed, or some of its rows. */
static void conv1x1s2_16c16_8c32_taps_grad_input_turn(const void *argument, int unit)
{
    const struct conv1x1s2_16c16_8c32_taps_grad_input_arguments *const a = argument;
    (void)unit; /* there is one */
    panel_turn(0, 0, 32, 16, 32, a->weight[0][0][0], 32, a->turned[0][0]);
}

static void conv1x1s2_16c16_8c32_taps_grad_input_unit(const void *argument, int unit)
{
    const struct conv1x1s2_16c16_8c32_taps_grad_input_arguments *const a = argument;
    const int row = unit;
    const struct tap *const tap = &taps_1x1_s2x2_p0x0_16x16_8x8[0];
    const int x0 = tap->x0, x1 = tap->x1;
    const int y = (row - tap->dy) / 2;
    if (y * 2 + tap->dy == row && y >= tap->y0 && y < tap->y1 && x0 < x1)
        gemm_positions(NULL, x1 - x0, a->n, 16, 32, positions(a->d_out[y][x0][0], BATCH * 32, 32),
                       in_panels(a->turned[tap->place][0], 32, 16, 0),
                       into_positions(&a->d_x[row][x0 * 2 + tap->dx][0][0], 2 * BATCH * 16, 16, 1));
}

void conv1x1s2_16c16_8c32_taps_grad_input(const struct resnet8_tiny_host *host,
                                          float d_x[16][16][BATCH][16],
                                          float d_out[8][8][BATCH][32], float weight[1][1][16][32],
                                          float turned[1][1][512], int n)
{
    const struct conv1x1s2_16c16_8c32_taps_grad_input_arguments a = {d_x, d_out, weight, turned, n};
    run(host, 1, conv1x1s2_16c16_8c32_taps_grad_input_turn, &a);
    run(host, 16, conv1x1s2_16c16_8c32_taps_grad_input_unit, &a);
}

/* conv3x3s2_32c8_16c16_taps_grad_input: layer2.0.conv1
 *
 * One unit completes 32 columns of an input row: for each tap and the outputs y, x with
 * y * stride + dy on that row, [columns * images][16] x [8][16]'.
 * 2.3 MFLOP for a batch, 2.4 with every padded product. */
struct conv3x3s2_32c8_16c16_taps_grad_input_arguments {
    float (*d_x)[32][BATCH][8];
    float (*d_out)[16][BATCH][16];
    float (*weight)[1][8][16];
    float (*turned)[1][128];
    int n;
};

/* One panel of the weight of one tap, transposed, or some of its rows. */
static void conv3x3s2_32c8_16c16_taps_grad_input_turn(const void *argument, int unit)
{
    const struct conv3x3s2_32c8_16c16_taps_grad_input_arguments *const a = argument;
    const int tap = unit;
    panel_turn(0, 0, 16, 8, 16, a->weight[tap][0][0], 16, a->turned[tap][0]);
}

static void conv3x3s2_32c8_16c16_taps_grad_input_unit(const void *argument, int unit)
{
    const struct conv3x3s2_32c8_16c16_taps_grad_input_arguments *const a = argument;
    const int row = unit;
    for (int x = 0; x < 32; x++)
        for (int i = 0; i < a->n; i++)
            for (int c = 0; c < 8; c++)
                a->d_x[row][x][i][c] = 0;
    for (int j = 0; j < 9; j++) {
        const struct tap *const tap = &taps_3x3_s2x2_p1x1_32x32_16x16[j];
        const int x0 = tap->x0, x1 = tap->x1;
        const int y = (row - tap->dy) / 2;
        if (y * 2 + tap->dy == row && y >= tap->y0 && y < tap->y1 && x0 < x1)
            gemm_positions(NULL, x1 - x0, a->n, 8, 16,
                           positions(a->d_out[y][x0][0], BATCH * 16, 16),
                           in_panels(a->turned[tap->place][0], 16, 8, 0),
                           into_positions(&a->d_x[row][x0 * 2 + tap->dx][0][0], 2 * BATCH * 8, 8,
                                          1));
    }
}

void conv3x3s2_32c8_16c16_taps_grad_input(const struct resnet8_tiny_host *host,
                                          float d_x[32][32][BATCH][8],
                                          float d_out[16][16][BATCH][16], float weight[9][1][8][16],
                                          float turned[9][1][128], int n)
{
    const struct conv3x3s2_32c8_16c16_taps_grad_input_arguments a = {d_x, d_out, weight, turned, n};
    run(host, 9, conv3x3s2_32c8_16c16_taps_grad_input_turn, &a);
    run(host, 32, conv3x3s2_32c8_16c16_taps_grad_input_unit, &a);
}

/* conv1x1s2_32c8_16c16_taps_grad_input: layer2.0.downsample.0
 *
 * One unit completes 32 columns of an input row: for each tap and the outputs y, x with
 * y * stride + dy on that row, [columns * images][16] x [8][16]'.
 * 0.3 MFLOP for a batch. */
struct conv1x1s2_32c8_16c16_taps_grad_input_arguments {
    float (*d_x)[32][BATCH][8];
    float (*d_out)[16][BATCH][16];
    float (*weight)[1][8][16];
    float (*turned)[1][128];
    int n;
};

/* One panel of the weight of one tap, transposed, or some of its rows. */
static void conv1x1s2_32c8_16c16_taps_grad_input_turn(const void *argument, int unit)
{
    const struct conv1x1s2_32c8_16c16_taps_grad_input_arguments *const a = argument;
    (void)unit; /* there is one */
    panel_turn(0, 0, 16, 8, 16, a->weight[0][0][0], 16, a->turned[0][0]);
}

static void conv1x1s2_32c8_16c16_taps_grad_input_unit(const void *argument, int unit)
{
    const struct conv1x1s2_32c8_16c16_taps_grad_input_arguments *const a = argument;
    const int row = unit;
    const struct tap *const tap = &taps_1x1_s2x2_p0x0_32x32_16x16[0];
    const int x0 = tap->x0, x1 = tap->x1;
    const int y = (row - tap->dy) / 2;
    if (y * 2 + tap->dy == row && y >= tap->y0 && y < tap->y1 && x0 < x1)
        gemm_positions(NULL, x1 - x0, a->n, 8, 16, positions(a->d_out[y][x0][0], BATCH * 16, 16),
                       in_panels(a->turned[tap->place][0], 16, 8, 0),
                       into_positions(&a->d_x[row][x0 * 2 + tap->dx][0][0], 2 * BATCH * 8, 8, 1));
}

void conv1x1s2_32c8_16c16_taps_grad_input(const struct resnet8_tiny_host *host,
                                          float d_x[32][32][BATCH][8],
                                          float d_out[16][16][BATCH][16], float weight[1][1][8][16],
                                          float turned[1][1][128], int n)
{
    const struct conv1x1s2_32c8_16c16_taps_grad_input_arguments a = {d_x, d_out, weight, turned, n};
    run(host, 1, conv1x1s2_32c8_16c16_taps_grad_input_turn, &a);
    run(host, 32, conv1x1s2_32c8_16c16_taps_grad_input_unit, &a);
}

/* conv3x3_32c8_32c8_taps_grad_input: layer1.0.conv2, layer1.0.conv1
 *
 * One unit completes one column of an input row: for each tap and the outputs y, x with
 * y * stride + dy on that row, [columns * images][8] x [8][8]'.
 * 4.5 MFLOP for a batch, 4.7 with every padded product. */
struct conv3x3_32c8_32c8_taps_grad_input_arguments {
    float (*d_x)[32][BATCH][8];
    float (*d_out)[32][BATCH][8];
    float (*weight)[1][8][8];
    float (*turned)[1][64];
    int add, n;
};

/* One panel of the weight of one tap, transposed, or some of its rows. */
static void conv3x3_32c8_32c8_taps_grad_input_turn(const void *argument, int unit)
{
    const struct conv3x3_32c8_32c8_taps_grad_input_arguments *const a = argument;
    const int tap = unit;
    panel_turn(0, 0, 8, 8, 8, a->weight[tap][0][0], 8, a->turned[tap][0]);
}

static void conv3x3_32c8_32c8_taps_grad_input_unit(const void *argument, int unit)
{
    const struct conv3x3_32c8_32c8_taps_grad_input_arguments *const a = argument;
    const int row = unit / 32;
    const int begin = unit % 32, end = begin + 1;
    for (int j = 0; j < 9; j++) {
        const struct tap *const tap = &taps_3x3_s1x1_p1x1_32x32_32x32[j];
        const int x0 = at_least(begin - tap->dx, tap->x0), x1 = at_most(end - tap->dx, tap->x1);
        const int beta = a->add || j > 0;
        const int y = row - tap->dy;
        if (y >= tap->y0 && y < tap->y1 && x0 < x1)
            gemm_positions(NULL, x1 - x0, a->n, 8, 8, positions(a->d_out[y][x0][0], BATCH * 8, 8),
                           in_panels(a->turned[tap->place][0], 8, 8, 0),
                           into_positions(&a->d_x[row][x0 + tap->dx][0][0], BATCH * 8, 8, beta));
    }
}

void conv3x3_32c8_32c8_taps_grad_input(const struct resnet8_tiny_host *host,
                                       float d_x[32][32][BATCH][8], float d_out[32][32][BATCH][8],
                                       float weight[9][1][8][8], float turned[9][1][64], int add,
                                       int n)
{
    const struct conv3x3_32c8_32c8_taps_grad_input_arguments a = {d_x, d_out, weight, turned, add,
                                                                  n};
    run(host, 9, conv3x3_32c8_32c8_taps_grad_input_turn, &a);
    run(host, 1024, conv3x3_32c8_32c8_taps_grad_input_unit, &a);
}

