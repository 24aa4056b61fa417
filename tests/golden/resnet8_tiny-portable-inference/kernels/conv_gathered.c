/* conv3x3_32c3_32c8_gathered_fixed_relu: conv1
 *
 *     out = max(0, x) for x = convolution + bias
 *
 * One unit makes 32 positions: their inputs of all taps side by side, zeros for padding,
 * [positions * images][27], and the product by these taps' weights, [27][8]. */
struct conv3x3_32c3_32c8_gathered_fixed_relu_arguments {
    float (*out)[32][BATCH][8];
    float (*x)[32][BATCH][3];
    float (*weight)[1][27][8];
    float *bias;
    int n;
};

/* The inputs of `count` positions from `first` on that n_taps taps from `tap` on read, for one
 * group of channels. */
static void conv3x3_32c3_32c8_gathered_fixed_relu_gather(
    const struct conv3x3_32c3_32c8_gathered_fixed_relu_arguments *a, int first, int count, int tap,
    int n_taps, int group, float *to)
{
    for (int position = first; position < first + count; position++) {
        const int y = position / 32, x = position % 32;
        for (int j = 0; j < n_taps; j++) {
            const struct tap *const t = &taps_3x3_s1x1_p1x1_32x32_32x32_by_place[tap + j];
            const int inside = y >= t->y0 && y < t->y1 && x >= t->x0 && x < t->x1;
            const int at = inside ? (y + t->dy) * 32 + x + t->dx : 0;
            const float *const from = (float *)a->x + (ptrdiff_t)at * BATCH * 3;
            for (int i = 0; i < a->n; i++) {
                float *const row = to + ((position - first) * a->n + i) * n_taps * 3 + j * 3;
                if (inside)
                    memcpy(row, from + i * 3 + group * 3, 3 * sizeof *row);
                else
                    memset(row, 0, 3 * sizeof *row);
            }
        }
    }
}

static void conv3x3_32c3_32c8_gathered_fixed_relu_unit(const void *argument, int unit,
                                                       void *scratch)
{
    const struct conv3x3_32c3_32c8_gathered_fixed_relu_arguments *const a = argument;
    const int first = unit * 32;
    for (int position = first; position < first + 32; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
        float *const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 8; c++)
                out[i * 8 + c] = a->bias[c];
        }
    }
    const ptrdiff_t begin = (ptrdiff_t)first * BATCH * 8;
    float *const to = (float *)a->out + begin;
    float *const gathered = kernel_scratch(scratch);
    {
        {
            conv3x3_32c3_32c8_gathered_fixed_relu_gather(a, first, 32, 0, 9, 0, gathered);
            gemm_positions(NULL, 32, a->n, 8, 27, positions(gathered, a->n * 9 * 3, 27),
                           in_panels(a->weight[0][0][0], 27, 8, 0),
                           into_positions(to, BATCH * 8, 8, 1));
        }
    }
    for (int position = first; position < first + 32; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
        float *const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 8; c++) {
                const float value = out[i * 8 + c];
                out[i * 8 + c] = relu(value);
            }
        }
    }
}

void conv3x3_32c3_32c8_gathered_fixed_relu(const struct resnet8_tiny_host *host,
                                           float out[32][32][BATCH][8], float x[32][32][BATCH][3],
                                           float weight[1][1][27][8], float bias[8], int n)
{
    const struct conv3x3_32c3_32c8_gathered_fixed_relu_arguments a = {out, x, weight, bias, n};
    run_with_scratch(host, 32, conv3x3_32c3_32c8_gathered_fixed_relu_unit, &a);
}

/* conv3x3_32c8_32c8_gathered_fixed_relu: layer1.0.conv1
 *
 *     out = max(0, x) for x = convolution + bias
 *
 * One unit makes 28 positions: their inputs of all taps side by side, zeros for padding,
 * [positions * images][72], and the product by these taps' weights, [72][8]. */
struct conv3x3_32c8_32c8_gathered_fixed_relu_arguments {
    float (*out)[32][BATCH][8];
    float (*x)[32][BATCH][8];
    float (*weight)[1][72][8];
    float *bias;
    int n;
};

/* The inputs of `count` positions from `first` on that n_taps taps from `tap` on read, for one
 * group of channels. */
static void conv3x3_32c8_32c8_gathered_fixed_relu_gather(
    const struct conv3x3_32c8_32c8_gathered_fixed_relu_arguments *a, int first, int count, int tap,
    int n_taps, int group, float *to)
{
    for (int position = first; position < first + count; position++) {
        const int y = position / 32, x = position % 32;
        for (int j = 0; j < n_taps; j++) {
            const struct tap *const t = &taps_3x3_s1x1_p1x1_32x32_32x32_by_place[tap + j];
            const int inside = y >= t->y0 && y < t->y1 && x >= t->x0 && x < t->x1;
            const int at = inside ? (y + t->dy) * 32 + x + t->dx : 0;
            const float *const from = (float *)a->x + (ptrdiff_t)at * BATCH * 8;
            for (int i = 0; i < a->n; i++) {
                float *const row = to + ((position - first) * a->n + i) * n_taps * 8 + j * 8;
                if (inside)
                    memcpy(row, from + i * 8 + group * 8, 8 * sizeof *row);
                else
                    memset(row, 0, 8 * sizeof *row);
            }
        }
    }
}

static void conv3x3_32c8_32c8_gathered_fixed_relu_unit(const void *argument, int unit,
                                                       void *scratch)
{
    const struct conv3x3_32c8_32c8_gathered_fixed_relu_arguments *const a = argument;
    const int first = unit * 28, count = at_most(1024 - first, 28);
    for (int position = first; position < first + count; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
        float *const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 8; c++)
                out[i * 8 + c] = a->bias[c];
        }
    }
    const ptrdiff_t begin = (ptrdiff_t)first * BATCH * 8;
    float *const to = (float *)a->out + begin;
    float *const gathered = kernel_scratch(scratch);
    {
        {
            conv3x3_32c8_32c8_gathered_fixed_relu_gather(a, first, count, 0, 9, 0, gathered);
            gemm_positions(NULL, count, a->n, 8, 72, positions(gathered, a->n * 9 * 8, 72),
                           in_panels(a->weight[0][0][0], 72, 8, 0),
                           into_positions(to, BATCH * 8, 8, 1));
        }
    }
    for (int position = first; position < first + count; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
        float *const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 8; c++) {
                const float value = out[i * 8 + c];
                out[i * 8 + c] = relu(value);
            }
        }
    }
}

void conv3x3_32c8_32c8_gathered_fixed_relu(const struct resnet8_tiny_host *host,
                                           float out[32][32][BATCH][8], float x[32][32][BATCH][8],
                                           float weight[1][1][72][8], float bias[8], int n)
{
    const struct conv3x3_32c8_32c8_gathered_fixed_relu_arguments a = {out, x, weight, bias, n};
    run_with_scratch(host, 37, conv3x3_32c8_32c8_gathered_fixed_relu_unit, &a);
}

/* conv3x3_32c8_32c8_gathered_fixed_add_relu: layer1.0.conv2
 *
 *     out = max(0, x) for x = convolution + bias + residual
 *
 * One unit makes 28 positions: their inputs of all taps side by side, zeros for padding,
 * [positions * images][72], and the product by these taps' weights, [72][8]. */
struct conv3x3_32c8_32c8_gathered_fixed_add_relu_arguments {
    float (*out)[32][BATCH][8];
    float (*x)[32][BATCH][8];
    float (*residual)[32][BATCH][8];
    float (*weight)[1][72][8];
    float *bias;
    int n;
};

/* The inputs of `count` positions from `first` on that n_taps taps from `tap` on read, for one
 * group of channels. */
static void conv3x3_32c8_32c8_gathered_fixed_add_relu_gather(
    const struct conv3x3_32c8_32c8_gathered_fixed_add_relu_arguments *a, int first, int count,
    int tap, int n_taps, int group, float *to)
{
    for (int position = first; position < first + count; position++) {
        const int y = position / 32, x = position % 32;
        for (int j = 0; j < n_taps; j++) {
            const struct tap *const t = &taps_3x3_s1x1_p1x1_32x32_32x32_by_place[tap + j];
            const int inside = y >= t->y0 && y < t->y1 && x >= t->x0 && x < t->x1;
            const int at = inside ? (y + t->dy) * 32 + x + t->dx : 0;
            const float *const from = (float *)a->x + (ptrdiff_t)at * BATCH * 8;
            for (int i = 0; i < a->n; i++) {
                float *const row = to + ((position - first) * a->n + i) * n_taps * 8 + j * 8;
                if (inside)
                    memcpy(row, from + i * 8 + group * 8, 8 * sizeof *row);
                else
                    memset(row, 0, 8 * sizeof *row);
            }
        }
    }
}

static void conv3x3_32c8_32c8_gathered_fixed_add_relu_unit(const void *argument, int unit,
                                                           void *scratch)
{
    const struct conv3x3_32c8_32c8_gathered_fixed_add_relu_arguments *const a = argument;
    const int first = unit * 28, count = at_most(1024 - first, 28);
    for (int position = first; position < first + count; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
        float *const out = (float *)a->out + start;
        const float *const residual = (float *)a->residual + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 8; c++)
                out[i * 8 + c] = a->bias[c] + residual[i * 8 + c];
        }
    }
    const ptrdiff_t begin = (ptrdiff_t)first * BATCH * 8;
    float *const to = (float *)a->out + begin;
    float *const gathered = kernel_scratch(scratch);
    {
        {
            conv3x3_32c8_32c8_gathered_fixed_add_relu_gather(a, first, count, 0, 9, 0, gathered);
            gemm_positions(NULL, count, a->n, 8, 72, positions(gathered, a->n * 9 * 8, 72),
                           in_panels(a->weight[0][0][0], 72, 8, 0),
                           into_positions(to, BATCH * 8, 8, 1));
        }
    }
    for (int position = first; position < first + count; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
        float *const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 8; c++) {
                const float value = out[i * 8 + c];
                out[i * 8 + c] = relu(value);
            }
        }
    }
}

void conv3x3_32c8_32c8_gathered_fixed_add_relu(const struct resnet8_tiny_host *host,
                                               float out[32][32][BATCH][8],
                                               float x[32][32][BATCH][8],
                                               float residual[32][32][BATCH][8],
                                               float weight[1][1][72][8], float bias[8], int n)
{
    const struct conv3x3_32c8_32c8_gathered_fixed_add_relu_arguments a = {out, x, residual, weight,
                                                                          bias, n};
    run_with_scratch(host, 37, conv3x3_32c8_32c8_gathered_fixed_add_relu_unit, &a);
}

/* conv1x1s2_32c8_16c16_gathered_fixed: layer2.0.downsample.0
 *
 *     out = convolution + bias
 *
 * One unit makes 32 positions: their inputs of all taps side by side, zeros for padding,
 * [positions * images][8], and the product by these taps' weights, [8][16]. */
struct conv1x1s2_32c8_16c16_gathered_fixed_arguments {
    float (*out)[16][BATCH][16];
    float (*x)[32][BATCH][8];
    float (*weight)[2][8][8];
    float *bias;
    int n;
};

/* The inputs of `count` positions from `first` on that n_taps taps from `tap` on read, for one
 * group of channels. */
static void conv1x1s2_32c8_16c16_gathered_fixed_gather(
    const struct conv1x1s2_32c8_16c16_gathered_fixed_arguments *a, int first, int count, int tap,
    int n_taps, int group, float *to)
{
    for (int position = first; position < first + count; position++) {
        const int y = position / 16, x = position % 16;
        for (int j = 0; j < n_taps; j++) {
            const struct tap *const t = &taps_1x1_s2x2_p0x0_32x32_16x16_by_place[tap + j];
            const int inside = y >= t->y0 && y < t->y1 && x >= t->x0 && x < t->x1;
            const int at = inside ? (y * 2 + t->dy) * 32 + x * 2 + t->dx : 0;
            const float *const from = (float *)a->x + (ptrdiff_t)at * BATCH * 8;
            for (int i = 0; i < a->n; i++) {
                float *const row = to + ((position - first) * a->n + i) * n_taps * 8 + j * 8;
                if (inside)
                    memcpy(row, from + i * 8 + group * 8, 8 * sizeof *row);
                else
                    memset(row, 0, 8 * sizeof *row);
            }
        }
    }
}

static void conv1x1s2_32c8_16c16_gathered_fixed_unit(const void *argument, int unit, void *scratch)
{
    const struct conv1x1s2_32c8_16c16_gathered_fixed_arguments *const a = argument;
    const int first = unit * 32;
    for (int position = first; position < first + 32; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 16;
        float *const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 16; c++)
                out[i * 16 + c] = a->bias[c];
        }
    }
    const ptrdiff_t begin = (ptrdiff_t)first * BATCH * 16;
    float *const to = (float *)a->out + begin;
    float *const gathered = kernel_scratch(scratch);
    {
        {
            conv1x1s2_32c8_16c16_gathered_fixed_gather(a, first, 32, 0, 1, 0, gathered);
            gemm_positions(NULL, 32, a->n, 16, 8, positions(gathered, a->n * 8, 8),
                           in_panels(a->weight[0][0][0], 8, 8, 0),
                           into_positions(to, BATCH * 16, 16, 1));
        }
    }
}

void conv1x1s2_32c8_16c16_gathered_fixed(const struct resnet8_tiny_host *host,
                                         float out[16][16][BATCH][16], float x[32][32][BATCH][8],
                                         float weight[1][2][8][8], float bias[16], int n)
{
    const struct conv1x1s2_32c8_16c16_gathered_fixed_arguments a = {out, x, weight, bias, n};
    run_with_scratch(host, 8, conv1x1s2_32c8_16c16_gathered_fixed_unit, &a);
}

/* conv3x3s2_32c8_16c16_gathered_fixed_relu: layer2.0.conv1
 *
 *     out = max(0, x) for x = convolution + bias
 *
 * One unit makes 28 positions: their inputs of all taps side by side, zeros for padding,
 * [positions * images][72], and the product by these taps' weights, [72][16]. */
struct conv3x3s2_32c8_16c16_gathered_fixed_relu_arguments {
    float (*out)[16][BATCH][16];
    float (*x)[32][BATCH][8];
    float (*weight)[2][72][8];
    float *bias;
    int n;
};

/* The inputs of `count` positions from `first` on that n_taps taps from `tap` on read, for one
 * group of channels. */
static void conv3x3s2_32c8_16c16_gathered_fixed_relu_gather(
    const struct conv3x3s2_32c8_16c16_gathered_fixed_relu_arguments *a, int first, int count,
    int tap, int n_taps, int group, float *to)
{
    for (int position = first; position < first + count; position++) {
        const int y = position / 16, x = position % 16;
        for (int j = 0; j < n_taps; j++) {
            const struct tap *const t = &taps_3x3_s2x2_p1x1_32x32_16x16_by_place[tap + j];
            const int inside = y >= t->y0 && y < t->y1 && x >= t->x0 && x < t->x1;
            const int at = inside ? (y * 2 + t->dy) * 32 + x * 2 + t->dx : 0;
            const float *const from = (float *)a->x + (ptrdiff_t)at * BATCH * 8;
            for (int i = 0; i < a->n; i++) {
                float *const row = to + ((position - first) * a->n + i) * n_taps * 8 + j * 8;
                if (inside)
                    memcpy(row, from + i * 8 + group * 8, 8 * sizeof *row);
                else
                    memset(row, 0, 8 * sizeof *row);
            }
        }
    }
}

static void conv3x3s2_32c8_16c16_gathered_fixed_relu_unit(const void *argument, int unit,
                                                          void *scratch)
{
    const struct conv3x3s2_32c8_16c16_gathered_fixed_relu_arguments *const a = argument;
    const int first = unit * 28, count = at_most(256 - first, 28);
    for (int position = first; position < first + count; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 16;
        float *const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 16; c++)
                out[i * 16 + c] = a->bias[c];
        }
    }
    const ptrdiff_t begin = (ptrdiff_t)first * BATCH * 16;
    float *const to = (float *)a->out + begin;
    float *const gathered = kernel_scratch(scratch);
    {
        {
            conv3x3s2_32c8_16c16_gathered_fixed_relu_gather(a, first, count, 0, 9, 0, gathered);
            gemm_positions(NULL, count, a->n, 16, 72, positions(gathered, a->n * 9 * 8, 72),
                           in_panels(a->weight[0][0][0], 72, 8, 0),
                           into_positions(to, BATCH * 16, 16, 1));
        }
    }
    for (int position = first; position < first + count; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 16;
        float *const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 16; c++) {
                const float value = out[i * 16 + c];
                out[i * 16 + c] = relu(value);
            }
        }
    }
}

void conv3x3s2_32c8_16c16_gathered_fixed_relu(const struct resnet8_tiny_host *host,
                                              float out[16][16][BATCH][16],
                                              float x[32][32][BATCH][8], float weight[1][2][72][8],
                                              float bias[16], int n)
{
    const struct conv3x3s2_32c8_16c16_gathered_fixed_relu_arguments a = {out, x, weight, bias, n};
    run_with_scratch(host, 10, conv3x3s2_32c8_16c16_gathered_fixed_relu_unit, &a);
}

/* conv3x3_16c16_16c16_gathered_fixed_add_relu: layer2.0.conv2
 *
 *     out = max(0, x) for x = convolution + bias + residual
 *
 * One unit makes 12 positions: their inputs of all taps side by side, zeros for padding,
 * [positions * images][144], and the product by these taps' weights, [144][16]. */
struct conv3x3_16c16_16c16_gathered_fixed_add_relu_arguments {
    float (*out)[16][BATCH][16];
    float (*x)[16][BATCH][16];
    float (*residual)[16][BATCH][16];
    float (*weight)[2][144][8];
    float *bias;
    int n;
};

/* The inputs of `count` positions from `first` on that n_taps taps from `tap` on read, for one
 * group of channels. */
static void conv3x3_16c16_16c16_gathered_fixed_add_relu_gather(
    const struct conv3x3_16c16_16c16_gathered_fixed_add_relu_arguments *a, int first, int count,
    int tap, int n_taps, int group, float *to)
{
    for (int position = first; position < first + count; position++) {
        const int y = position / 16, x = position % 16;
        for (int j = 0; j < n_taps; j++) {
            const struct tap *const t = &taps_3x3_s1x1_p1x1_16x16_16x16_by_place[tap + j];
            const int inside = y >= t->y0 && y < t->y1 && x >= t->x0 && x < t->x1;
            const int at = inside ? (y + t->dy) * 16 + x + t->dx : 0;
            const float *const from = (float *)a->x + (ptrdiff_t)at * BATCH * 16;
            for (int i = 0; i < a->n; i++) {
                float *const row = to + ((position - first) * a->n + i) * n_taps * 16 + j * 16;
                if (inside)
                    memcpy(row, from + i * 16 + group * 16, 16 * sizeof *row);
                else
                    memset(row, 0, 16 * sizeof *row);
            }
        }
    }
}

static void conv3x3_16c16_16c16_gathered_fixed_add_relu_unit(const void *argument, int unit,
                                                             void *scratch)
{
    const struct conv3x3_16c16_16c16_gathered_fixed_add_relu_arguments *const a = argument;
    const int first = unit * 12, count = at_most(256 - first, 12);
    for (int position = first; position < first + count; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 16;
        float *const out = (float *)a->out + start;
        const float *const residual = (float *)a->residual + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 16; c++)
                out[i * 16 + c] = a->bias[c] + residual[i * 16 + c];
        }
    }
    const ptrdiff_t begin = (ptrdiff_t)first * BATCH * 16;
    float *const to = (float *)a->out + begin;
    float *const gathered = kernel_scratch(scratch);
    {
        {
            conv3x3_16c16_16c16_gathered_fixed_add_relu_gather(a, first, count, 0, 9, 0, gathered);
            gemm_positions(NULL, count, a->n, 16, 144, positions(gathered, a->n * 9 * 16, 144),
                           in_panels(a->weight[0][0][0], 144, 8, 0),
                           into_positions(to, BATCH * 16, 16, 1));
        }
    }
    for (int position = first; position < first + count; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 16;
        float *const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 16; c++) {
                const float value = out[i * 16 + c];
                out[i * 16 + c] = relu(value);
            }
        }
    }
}

void conv3x3_16c16_16c16_gathered_fixed_add_relu(const struct resnet8_tiny_host *host,
                                                 float out[16][16][BATCH][16],
                                                 float x[16][16][BATCH][16],
                                                 float residual[16][16][BATCH][16],
                                                 float weight[1][2][144][8], float bias[16], int n)
{
    const struct conv3x3_16c16_16c16_gathered_fixed_add_relu_arguments a = {out, x, residual,
                                                                            weight, bias, n};
    run_with_scratch(host, 22, conv3x3_16c16_16c16_gathered_fixed_add_relu_unit, &a);
}

/* conv1x1s2_16c16_8c32_gathered_fixed: layer3.0.downsample.0
 *
 *     out = convolution + bias
 *
 * One unit makes 32 positions: their inputs of all taps side by side, zeros for padding,
 * [positions * images][16], and the product by these taps' weights, [16][32]. */
struct conv1x1s2_16c16_8c32_gathered_fixed_arguments {
    float (*out)[8][BATCH][32];
    float (*x)[16][BATCH][16];
    float (*weight)[4][16][8];
    float *bias;
    int n;
};

/* The inputs of `count` positions from `first` on that n_taps taps from `tap` on read, for one
 * group of channels. */
static void conv1x1s2_16c16_8c32_gathered_fixed_gather(
    const struct conv1x1s2_16c16_8c32_gathered_fixed_arguments *a, int first, int count, int tap,
    int n_taps, int group, float *to)
{
    for (int position = first; position < first + count; position++) {
        const int y = position / 8, x = position % 8;
        for (int j = 0; j < n_taps; j++) {
            const struct tap *const t = &taps_1x1_s2x2_p0x0_16x16_8x8_by_place[tap + j];
            const int inside = y >= t->y0 && y < t->y1 && x >= t->x0 && x < t->x1;
            const int at = inside ? (y * 2 + t->dy) * 16 + x * 2 + t->dx : 0;
            const float *const from = (float *)a->x + (ptrdiff_t)at * BATCH * 16;
            for (int i = 0; i < a->n; i++) {
                float *const row = to + ((position - first) * a->n + i) * n_taps * 16 + j * 16;
                if (inside)
                    memcpy(row, from + i * 16 + group * 16, 16 * sizeof *row);
                else
                    memset(row, 0, 16 * sizeof *row);
            }
        }
    }
}

static void conv1x1s2_16c16_8c32_gathered_fixed_unit(const void *argument, int unit, void *scratch)
{
    const struct conv1x1s2_16c16_8c32_gathered_fixed_arguments *const a = argument;
    const int first = unit * 32;
    for (int position = first; position < first + 32; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 32;
        float *const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 32; c++)
                out[i * 32 + c] = a->bias[c];
        }
    }
    const ptrdiff_t begin = (ptrdiff_t)first * BATCH * 32;
    float *const to = (float *)a->out + begin;
    float *const gathered = kernel_scratch(scratch);
    {
        {
            conv1x1s2_16c16_8c32_gathered_fixed_gather(a, first, 32, 0, 1, 0, gathered);
            gemm_positions(NULL, 32, a->n, 32, 16, positions(gathered, a->n * 16, 16),
                           in_panels(a->weight[0][0][0], 16, 8, 0),
                           into_positions(to, BATCH * 32, 32, 1));
        }
    }
}

void conv1x1s2_16c16_8c32_gathered_fixed(const struct resnet8_tiny_host *host,
                                         float out[8][8][BATCH][32], float x[16][16][BATCH][16],
                                         float weight[1][4][16][8], float bias[32], int n)
{
    const struct conv1x1s2_16c16_8c32_gathered_fixed_arguments a = {out, x, weight, bias, n};
    run_with_scratch(host, 2, conv1x1s2_16c16_8c32_gathered_fixed_unit, &a);
}

/* conv3x3s2_16c16_8c32_gathered_fixed_relu: layer3.0.conv1
 *
 *     out = max(0, x) for x = convolution + bias
 *
 * One unit makes 12 positions: their inputs of all taps side by side, zeros for padding,
 * [positions * images][144], and the product by these taps' weights, [144][32]. */
struct conv3x3s2_16c16_8c32_gathered_fixed_relu_arguments {
    float (*out)[8][BATCH][32];
    float (*x)[16][BATCH][16];
    float (*weight)[4][144][8];
    float *bias;
    int n;
};

/* The inputs of `count` positions from `first` on that n_taps taps from `tap` on read, for one
 * group of channels. */
static void conv3x3s2_16c16_8c32_gathered_fixed_relu_gather(
    const struct conv3x3s2_16c16_8c32_gathered_fixed_relu_arguments *a, int first, int count,
    int tap, int n_taps, int group, float *to)
{
    for (int position = first; position < first + count; position++) {
        const int y = position / 8, x = position % 8;
        for (int j = 0; j < n_taps; j++) {
            const struct tap *const t = &taps_3x3_s2x2_p1x1_16x16_8x8_by_place[tap + j];
            const int inside = y >= t->y0 && y < t->y1 && x >= t->x0 && x < t->x1;
            const int at = inside ? (y * 2 + t->dy) * 16 + x * 2 + t->dx : 0;
            const float *const from = (float *)a->x + (ptrdiff_t)at * BATCH * 16;
            for (int i = 0; i < a->n; i++) {
                float *const row = to + ((position - first) * a->n + i) * n_taps * 16 + j * 16;
                if (inside)
                    memcpy(row, from + i * 16 + group * 16, 16 * sizeof *row);
                else
                    memset(row, 0, 16 * sizeof *row);
            }
        }
    }
}

static void conv3x3s2_16c16_8c32_gathered_fixed_relu_unit(const void *argument, int unit,
                                                          void *scratch)
{
    const struct conv3x3s2_16c16_8c32_gathered_fixed_relu_arguments *const a = argument;
    const int first = unit * 12, count = at_most(64 - first, 12);
    for (int position = first; position < first + count; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 32;
        float *const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 32; c++)
                out[i * 32 + c] = a->bias[c];
        }
    }
    const ptrdiff_t begin = (ptrdiff_t)first * BATCH * 32;
    float *const to = (float *)a->out + begin;
    float *const gathered = kernel_scratch(scratch);
    {
        {
            conv3x3s2_16c16_8c32_gathered_fixed_relu_gather(a, first, count, 0, 9, 0, gathered);
            gemm_positions(NULL, count, a->n, 32, 144, positions(gathered, a->n * 9 * 16, 144),
                           in_panels(a->weight[0][0][0], 144, 8, 0),
                           into_positions(to, BATCH * 32, 32, 1));
        }
    }
    for (int position = first; position < first + count; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 32;
        float *const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 32; c++) {
                const float value = out[i * 32 + c];
                out[i * 32 + c] = relu(value);
            }
        }
    }
}

void conv3x3s2_16c16_8c32_gathered_fixed_relu(const struct resnet8_tiny_host *host,
                                              float out[8][8][BATCH][32],
                                              float x[16][16][BATCH][16],
                                              float weight[1][4][144][8], float bias[32], int n)
{
    const struct conv3x3s2_16c16_8c32_gathered_fixed_relu_arguments a = {out, x, weight, bias, n};
    run_with_scratch(host, 6, conv3x3s2_16c16_8c32_gathered_fixed_relu_unit, &a);
}

/* conv3x3_8c32_8c32_gathered_fixed_add_relu: layer3.0.conv2
 *
 *     out = max(0, x) for x = convolution + bias + residual
 *
 * One unit makes 8 positions: their inputs of 8 of 9 taps at a time side by side, zeros for
 * padding, [positions * images][256], and the product by these taps' weights, [256][32]. */
struct conv3x3_8c32_8c32_gathered_fixed_add_relu_arguments {
    float (*out)[8][BATCH][32];
    float (*x)[8][BATCH][32];
    float (*residual)[8][BATCH][32];
    float (*weight)[4][288][8];
    float *bias;
    int n;
};

/* The inputs of `count` positions from `first` on that n_taps taps from `tap` on read, for one
 * group of channels. */
static void conv3x3_8c32_8c32_gathered_fixed_add_relu_gather(
    const struct conv3x3_8c32_8c32_gathered_fixed_add_relu_arguments *a, int first, int count,
    int tap, int n_taps, int group, float *to)
{
    for (int position = first; position < first + count; position++) {
        const int y = position / 8, x = position % 8;
        for (int j = 0; j < n_taps; j++) {
            const struct tap *const t = &taps_3x3_s1x1_p1x1_8x8_8x8_by_place[tap + j];
            const int inside = y >= t->y0 && y < t->y1 && x >= t->x0 && x < t->x1;
            const int at = inside ? (y + t->dy) * 8 + x + t->dx : 0;
            const float *const from = (float *)a->x + (ptrdiff_t)at * BATCH * 32;
            for (int i = 0; i < a->n; i++) {
                float *const row = to + ((position - first) * a->n + i) * n_taps * 32 + j * 32;
                if (inside)
                    memcpy(row, from + i * 32 + group * 32, 32 * sizeof *row);
                else
                    memset(row, 0, 32 * sizeof *row);
            }
        }
    }
}

static void conv3x3_8c32_8c32_gathered_fixed_add_relu_unit(const void *argument, int unit,
                                                           void *scratch)
{
    const struct conv3x3_8c32_8c32_gathered_fixed_add_relu_arguments *const a = argument;
    const int first = unit * 8;
    for (int position = first; position < first + 8; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 32;
        float *const out = (float *)a->out + start;
        const float *const residual = (float *)a->residual + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 32; c++)
                out[i * 32 + c] = a->bias[c] + residual[i * 32 + c];
        }
    }
    const ptrdiff_t begin = (ptrdiff_t)first * BATCH * 32;
    float *const to = (float *)a->out + begin;
    float *const gathered = kernel_scratch(scratch);
    {
        for (int block = 0; block < 2; block++) {
            const int taps = block < 1 ? 8 : 1;
            conv3x3_8c32_8c32_gathered_fixed_add_relu_gather(a, first, 8, block * 8, taps, 0,
                                                             gathered);
            gemm_positions(NULL, 8, a->n, 32, taps * 32,
                           positions(gathered, a->n * taps * 32, taps * 32),
                           in_panels(a->weight[0][0][block * 256], 288, 8, 0),
                           into_positions(to, BATCH * 32, 32, 1));
        }
    }
    for (int position = first; position < first + 8; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 32;
        float *const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < 32; c++) {
                const float value = out[i * 32 + c];
                out[i * 32 + c] = relu(value);
            }
        }
    }
}

void conv3x3_8c32_8c32_gathered_fixed_add_relu(const struct resnet8_tiny_host *host,
                                               float out[8][8][BATCH][32], float x[8][8][BATCH][32],
                                               float residual[8][8][BATCH][32],
                                               float weight[1][4][288][8], float bias[32], int n)
{
    const struct conv3x3_8c32_8c32_gathered_fixed_add_relu_arguments a = {out, x, residual, weight,
                                                                          bias, n};
    run_with_scratch(host, 8, conv3x3_8c32_8c32_gathered_fixed_add_relu_unit, &a);
}

/* linear_32_10_fixed: fc
 *
 *     out = x weight' + bias
 *
 * One unit makes 1 positions: [positions * images][32] x [32][10]. */
struct linear_32_10_fixed_arguments {
    float (*out)[1][BATCH][10];
    float (*x)[1][BATCH][32];
    float (*weight)[2][32][8];
    float *bias;
    int n;
};

static void linear_32_10_fixed_unit(const void *argument, int unit, void *scratch)
{
    const struct linear_32_10_fixed_arguments *const a = argument;
    const int first = unit;
    const ptrdiff_t start = (ptrdiff_t)first * BATCH * 10;
    float *const out = (float *)a->out + start;
    for (int i = 0; i < a->n; i++) {
        INDEPENDENT
        for (int c = 0; c < 10; c++)
            out[i * 10 + c] = a->bias[c];
    }
    const ptrdiff_t begin = (ptrdiff_t)first * BATCH * 10;
    float *const to = (float *)a->out + begin;
    (void)scratch;
    const float *const from = (float *)a->x + (ptrdiff_t)first * BATCH * 32;
    gemm_positions(NULL, 1, a->n, 10, 32, positions(from, BATCH * 32, 32),
                   in_panels(a->weight[0][0][0], 32, 8, 0), into_positions(to, BATCH * 10, 10, 1));
}

void linear_32_10_fixed(const struct resnet8_tiny_host *host, float out[1][1][BATCH][10],
                        float x[1][1][BATCH][32], float weight[1][2][32][8], float bias[10], int n)
{
    const struct linear_32_10_fixed_arguments a = {out, x, weight, bias, n};
    run_with_scratch(host, 1, linear_32_10_fixed_unit, &a);
}
