/* conv3x3s2_32c8_16c16_lowered_grad_weight: layer2.0.conv1
 *
 * One unit sums the output rows of one of 16 parts, of fewer taps where there are more threads than
 * such units: lowered inputs, [columns * images][72]', times gradients, [columns * images][16]. The
 * parts are added up afterwards. */
struct conv3x3s2_32c8_16c16_lowered_grad_weight_arguments {
    float (*d_weight)[1][8][16];
    float (*d_out)[16][BATCH][16];
    float (*x)[32][BATCH][8];
    float (*workspace)[72][16];
    int n;
    int taps, blocks; /* of a unit; units of all of them */
};

/* The inputs that taps begin .. end - 1 read for output y, x, side by side, zeros for padding, to
 * their columns of lowered [images][72]. */
static inline void conv3x3s2_32c8_16c16_lowered_grad_weight_lower(
    const struct conv3x3s2_32c8_16c16_lowered_grad_weight_arguments *a, int y, int x, int begin,
    int end, float *lowered)
{
    const float *from[9];
    for (int first = begin; first < end; first += 9) {
        const int count = at_most(end - first, 9);
        for (int j = 0; j < count; j++) {
            const struct tap *const tap = &taps_3x3_s2x2_p1x1_32x32_16x16_by_place[first + j];
            const int inside = y >= tap->y0 && y < tap->y1 && x >= tap->x0 && x < tap->x1;
            from[j] = inside ? (float *)a->x[y * 2 + tap->dy][x * 2 + tap->dx] : 0;
        }
        for (int i = 0; i < a->n; i++) {
            float *const to = lowered + (ptrdiff_t)i * 72 + first * 8;
            for (int j = 0; j < count; j++)
                for (int c = 0; c < 8; c++)
                    to[j * 8 + c] = from[j] ? from[j][i * 8 + c] : 0;
        }
    }
}

static void conv3x3s2_32c8_16c16_lowered_grad_weight_unit(const void *argument, int unit,
                                                          void *scratch)
{
    const struct conv3x3s2_32c8_16c16_lowered_grad_weight_arguments *const a = argument;
    const int part = unit / a->blocks, tap = unit % a->blocks * a->taps,
        taps = at_most(9 - tap, a->taps);
    float *const lowered = kernel_scratch(scratch);
    float *const sum = a->workspace[part][0];
    int beta = 0;
    for (int x0 = 0; x0 < 16; x0 += 4) {
        const int x1 = x0 + 4;
        for (int x = x0; x < x1; x++) {
            if (taps == 9)
                conv3x3s2_32c8_16c16_lowered_grad_weight_lower(a, part, x, 0, 9,
                                                               lowered + (ptrdiff_t)(x - x0) *
                                                               BATCH * 72);
            else
                conv3x3s2_32c8_16c16_lowered_grad_weight_lower(a, part, x, tap, tap + taps,
                                                               lowered + (ptrdiff_t)(x - x0) *
                                                               BATCH * 72);
        }
        gemm_sum(scratch, x1 - x0, a->n, taps * 8, 16, positions(lowered + tap * 8, BATCH * 72, 72),
                 positions(a->d_out[part][x0][0], BATCH * 16, 16), into(sum + tap * 128, 16, beta));
        beta = 1;
    }
}

/* Adds up what the parts have for 1024 of the 1152 weights. */
static void conv3x3s2_32c8_16c16_lowered_grad_weight_add(const void *argument, int unit)
{
    const struct conv3x3s2_32c8_16c16_lowered_grad_weight_arguments *const a = argument;
    const int first = unit * 1024, count = at_most(1152 - first, 1024);
    sum_rows(16, count, (const float *)a->workspace + first, 1152, (float *)a->d_weight + first);
}

void conv3x3s2_32c8_16c16_lowered_grad_weight(const struct resnet8_tiny_host *host,
                                              float d_weight[9][1][8][16],
                                              float d_out[16][16][BATCH][16],
                                              float x[32][32][BATCH][8],
                                              float workspace[16][72][16], int n)
{
    const int taps = share_of_unit(host, 16, 9, 9, 1), blocks = (9 + taps - 1) / taps;
    const struct conv3x3s2_32c8_16c16_lowered_grad_weight_arguments a = {d_weight, d_out, x,
                                                                         workspace, n, taps,
                                                                         blocks};
    run_with_scratch(host, 16 * blocks, conv3x3s2_32c8_16c16_lowered_grad_weight_unit, &a);
    run(host, 2, conv3x3s2_32c8_16c16_lowered_grad_weight_add, &a);
}

/* conv1x1s2_32c8_16c16_lowered_grad_weight: layer2.0.downsample.0
 *
 * One unit sums the output rows of one of 16 parts: lowered inputs, [columns * images][8]',
 * times gradients, [columns * images][16]. The parts are added up afterwards. */
struct conv1x1s2_32c8_16c16_lowered_grad_weight_arguments {
    float (*d_weight)[1][8][16];
    float (*d_out)[16][BATCH][16];
    float (*x)[32][BATCH][8];
    float (*workspace)[8][16];
    int n;
};

/* The inputs that the taps read for output y, x, side by side, zeros for padding, to lowered
 * [images][8]. */
static void conv1x1s2_32c8_16c16_lowered_grad_weight_lower(
    const struct conv1x1s2_32c8_16c16_lowered_grad_weight_arguments *a, int y, int x,
    float *lowered)
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

static void conv1x1s2_32c8_16c16_lowered_grad_weight_unit(const void *argument, int part,
                                                          void *scratch)
{
    const struct conv1x1s2_32c8_16c16_lowered_grad_weight_arguments *const a = argument;
    float *const lowered = kernel_scratch(scratch);
    float *const sum = a->workspace[part][0];
    int beta = 0;
    for (int x0 = 0; x0 < 16; x0 += 4) {
        const int x1 = x0 + 4;
        for (int x = x0; x < x1; x++)
            conv1x1s2_32c8_16c16_lowered_grad_weight_lower(a, part, x,
                                                           lowered + (ptrdiff_t)(x - x0) * BATCH *
                                                           8);
        gemm_sum(scratch, x1 - x0, a->n, 8, 16, positions(lowered, BATCH * 8, 8),
                 positions(a->d_out[part][x0][0], BATCH * 16, 16), into(sum, 16, beta));
        beta = 1;
    }
}

/* Adds up what the parts have for 128 of the 128 weights. */
static void conv1x1s2_32c8_16c16_lowered_grad_weight_add(const void *argument, int unit)
{
    const struct conv1x1s2_32c8_16c16_lowered_grad_weight_arguments *const a = argument;
    (void)unit; /* there is one */
    sum_rows(16, 128, (const float *)a->workspace, 128, (float *)a->d_weight);
}

void conv1x1s2_32c8_16c16_lowered_grad_weight(const struct resnet8_tiny_host *host,
                                              float d_weight[1][1][8][16],
                                              float d_out[16][16][BATCH][16],
                                              float x[32][32][BATCH][8], float workspace[16][8][16],
                                              int n)
{
    const struct conv1x1s2_32c8_16c16_lowered_grad_weight_arguments a = {d_weight, d_out, x,
                                                                         workspace, n};
    run_with_scratch(host, 16, conv1x1s2_32c8_16c16_lowered_grad_weight_unit, &a);
    run(host, 1, conv1x1s2_32c8_16c16_lowered_grad_weight_add, &a);
}

/* conv3x3_32c8_32c8_lowered_grad_weight: layer1.0.conv2, layer1.0.conv1
 *
 * One unit sums the output rows of one of 16 parts, of fewer taps where there are more threads than
 * such units: lowered inputs, [columns * images][72]', times gradients, [columns * images][8]. The
 * parts are added up afterwards. */
struct conv3x3_32c8_32c8_lowered_grad_weight_arguments {
    float (*d_weight)[1][8][8];
    float (*d_out)[32][BATCH][8];
    float (*x)[32][BATCH][8];
    float (*workspace)[72][8];
    int n;
    int taps, blocks; /* of a unit; units of all of them */
};

/* The inputs that taps begin .. end - 1 read for output y, x, side by side, zeros for padding, to
 * their columns of lowered [images][72]. */
static inline void conv3x3_32c8_32c8_lowered_grad_weight_lower(
    const struct conv3x3_32c8_32c8_lowered_grad_weight_arguments *a, int y, int x, int begin,
    int end, float *lowered)
{
    const float *from[9];
    for (int first = begin; first < end; first += 9) {
        const int count = at_most(end - first, 9);
        for (int j = 0; j < count; j++) {
            const struct tap *const tap = &taps_3x3_s1x1_p1x1_32x32_32x32_by_place[first + j];
            const int inside = y >= tap->y0 && y < tap->y1 && x >= tap->x0 && x < tap->x1;
            from[j] = inside ? (float *)a->x[y + tap->dy][x + tap->dx] : 0;
        }
        for (int i = 0; i < a->n; i++) {
            float *const to = lowered + (ptrdiff_t)i * 72 + first * 8;
            for (int j = 0; j < count; j++)
                for (int c = 0; c < 8; c++)
                    to[j * 8 + c] = from[j] ? from[j][i * 8 + c] : 0;
        }
    }
}

static void conv3x3_32c8_32c8_lowered_grad_weight_unit(const void *argument, int unit,
                                                       void *scratch)
{
    const struct conv3x3_32c8_32c8_lowered_grad_weight_arguments *const a = argument;
    const int part = unit / a->blocks, tap = unit % a->blocks * a->taps,
        taps = at_most(9 - tap, a->taps);
    float *const lowered = kernel_scratch(scratch);
    float *const sum = a->workspace[part][0];
    int beta = 0;
    for (int y = part * 2; y < (part + 1) * 2; y++) {
        for (int x0 = 0; x0 < 32; x0 += 4) {
            const int x1 = x0 + 4;
            for (int x = x0; x < x1; x++) {
                if (taps == 9)
                    conv3x3_32c8_32c8_lowered_grad_weight_lower(a, y, x, 0, 9,
                                                                lowered + (ptrdiff_t)(x - x0) *
                                                                BATCH * 72);
                else
                    conv3x3_32c8_32c8_lowered_grad_weight_lower(a, y, x, tap, tap + taps,
                                                                lowered + (ptrdiff_t)(x - x0) *
                                                                BATCH * 72);
            }
            gemm_sum(scratch, x1 - x0, a->n, taps * 8, 8,
                     positions(lowered + tap * 8, BATCH * 72, 72),
                     positions(a->d_out[y][x0][0], BATCH * 8, 8), into(sum + tap * 64, 8, beta));
            beta = 1;
        }
    }
}

/* Adds up what the parts have for 576 of the 576 weights. */
static void conv3x3_32c8_32c8_lowered_grad_weight_add(const void *argument, int unit)
{
    const struct conv3x3_32c8_32c8_lowered_grad_weight_arguments *const a = argument;
    (void)unit; /* there is one */
    sum_rows(16, 576, (const float *)a->workspace, 576, (float *)a->d_weight);
}

void conv3x3_32c8_32c8_lowered_grad_weight(const struct resnet8_tiny_host *host,
                                           float d_weight[9][1][8][8],
                                           float d_out[32][32][BATCH][8], float x[32][32][BATCH][8],
                                           float workspace[16][72][8], int n)
{
    const int taps = share_of_unit(host, 16, 9, 9, 1), blocks = (9 + taps - 1) / taps;
    const struct conv3x3_32c8_32c8_lowered_grad_weight_arguments a = {d_weight, d_out, x, workspace,
                                                                      n, taps, blocks};
    run_with_scratch(host, 16 * blocks, conv3x3_32c8_32c8_lowered_grad_weight_unit, &a);
    run(host, 1, conv3x3_32c8_32c8_lowered_grad_weight_add, &a);
}

/* conv3x3_32c3_32c8_lowered_grad_weight: conv1
 *
 * One unit sums the output rows of one of 16 parts, of fewer taps where there are more threads than
 * such units: lowered inputs, [columns * images][27]', times gradients, [columns * images][8]. The
 * parts are added up afterwards. */
struct conv3x3_32c3_32c8_lowered_grad_weight_arguments {
    float (*d_weight)[1][3][8];
    float (*d_out)[32][BATCH][8];
    float (*x)[32][BATCH][3];
    float (*workspace)[27][8];
    int n;
    int taps, blocks; /* of a unit; units of all of them */
};

/* The inputs that taps begin .. end - 1 read for output y, x, side by side, zeros for padding, to
 * their columns of lowered [images][27]. */
static inline void conv3x3_32c3_32c8_lowered_grad_weight_lower(
    const struct conv3x3_32c3_32c8_lowered_grad_weight_arguments *a, int y, int x, int begin,
    int end, float *lowered)
{
    const float *from[9];
    for (int first = begin; first < end; first += 9) {
        const int count = at_most(end - first, 9);
        for (int j = 0; j < count; j++) {
            const struct tap *const tap = &taps_3x3_s1x1_p1x1_32x32_32x32_by_place[first + j];
            const int inside = y >= tap->y0 && y < tap->y1 && x >= tap->x0 && x < tap->x1;
            from[j] = inside ? (float *)a->x[y + tap->dy][x + tap->dx] : 0;
        }
        for (int i = 0; i < a->n; i++) {
            float *const to = lowered + (ptrdiff_t)i * 27 + first * 3;
            for (int j = 0; j < count; j++)
                for (int c = 0; c < 3; c++)
                    to[j * 3 + c] = from[j] ? from[j][i * 3 + c] : 0;
        }
    }
}

static void conv3x3_32c3_32c8_lowered_grad_weight_unit(const void *argument, int unit,
                                                       void *scratch)
{
    const struct conv3x3_32c3_32c8_lowered_grad_weight_arguments *const a = argument;
    const int part = unit / a->blocks, tap = unit % a->blocks * a->taps,
        taps = at_most(9 - tap, a->taps);
    float *const lowered = kernel_scratch(scratch);
    float *const sum = a->workspace[part][0];
    int beta = 0;
    for (int y = part * 2; y < (part + 1) * 2; y++) {
        for (int x0 = 0; x0 < 32; x0 += 4) {
            const int x1 = x0 + 4;
            for (int x = x0; x < x1; x++) {
                if (taps == 9)
                    conv3x3_32c3_32c8_lowered_grad_weight_lower(a, y, x, 0, 9,
                                                                lowered + (ptrdiff_t)(x - x0) *
                                                                BATCH * 27);
                else
                    conv3x3_32c3_32c8_lowered_grad_weight_lower(a, y, x, tap, tap + taps,
                                                                lowered + (ptrdiff_t)(x - x0) *
                                                                BATCH * 27);
            }
            gemm_sum(scratch, x1 - x0, a->n, taps * 3, 8,
                     positions(lowered + tap * 3, BATCH * 27, 27),
                     positions(a->d_out[y][x0][0], BATCH * 8, 8), into(sum + tap * 24, 8, beta));
            beta = 1;
        }
    }
}

/* Adds up what the parts have for 216 of the 216 weights. */
static void conv3x3_32c3_32c8_lowered_grad_weight_add(const void *argument, int unit)
{
    const struct conv3x3_32c3_32c8_lowered_grad_weight_arguments *const a = argument;
    (void)unit; /* there is one */
    sum_rows(16, 216, (const float *)a->workspace, 216, (float *)a->d_weight);
}

void conv3x3_32c3_32c8_lowered_grad_weight(const struct resnet8_tiny_host *host,
                                           float d_weight[9][1][3][8],
                                           float d_out[32][32][BATCH][8], float x[32][32][BATCH][3],
                                           float workspace[16][27][8], int n)
{
    const int taps = share_of_unit(host, 16, 9, 9, 1), blocks = (9 + taps - 1) / taps;
    const struct conv3x3_32c3_32c8_lowered_grad_weight_arguments a = {d_weight, d_out, x, workspace,
                                                                      n, taps, blocks};
    run_with_scratch(host, 16 * blocks, conv3x3_32c3_32c8_lowered_grad_weight_unit, &a);
    run(host, 1, conv3x3_32c3_32c8_lowered_grad_weight_add, &a);
}

