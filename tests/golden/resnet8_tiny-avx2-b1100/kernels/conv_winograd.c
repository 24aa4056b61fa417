/* conv3x3_16c16_16c16_f4_forward: layer2.0.conv2
 *
 * out = 3x3 convolution of x, by tiles of 4x4 outputs: 36 products
 * in place of 144.
 *
 *     U  = G w G'              [36][16][16], in panels
 *     V  = B' x B             [36][images][16]
 *     out = A' (V x U) A      the product for each of the 36 places
 *
 * A unit is 64 images of one of 4 x 4 tiles, or fewer, so that there are units for all threads. */
struct conv3x3_16c16_16c16_f4_forward_arguments {
    float (*out)[16][BATCH][16];
    float (*x)[16][BATCH][16];
    float (*weight)[1][16][16];
    float (*statistics)[16];
    float (*factors)[16];
    float *partial;
    float (*kernel)[272];
    int n;
    int rows, blocks; /* images of a unit, units of a tile */
};

/* Of a thread. V's places, from 1040 on, and M's, from 0: one of M lies where V was that is
 * multiplied by then, so that both take little more of the cache than the larger. Places lie apart
 * by more than a power of two, which would put them into few sets of it. */
struct conv3x3_16c16_16c16_f4_forward_scratch {
    float places[38480];
};

/* U of one input channel. */
static void conv3x3_16c16_16c16_f4_forward_kernel(const void *argument, int from)
{
    const struct conv3x3_16c16_16c16_f4_forward_arguments *const a = argument;
    for (int to = 0; to < 16; to += LANES) {
        float *const kernel = a->kernel[0] + (ptrdiff_t)(to / 16) * 256 + from * 16 + to % 16;
        vector half[3][6], w[3], u[6];
        UNROLL
        for (int x = 0; x < 3; x++) {
            for (int y = 0; y < 3; y++)
                w[y] = load(a->weight[3 * y + x][0][from] + to);
            f4_kernel(w, half[x]);
        }
        UNROLL
        for (int y = 0; y < 6; y++) {
            for (int x = 0; x < 3; x++)
                w[x] = half[x][y];
            f4_kernel(w, u);
            UNROLL
            for (int x = 0; x < 6; x++)
                store(kernel + (ptrdiff_t)(6 * y + x) * 272, u[x]);
        }
    }
}

/* The outputs of one tile of `count` images. */
INLINE void conv3x3_16c16_16c16_f4_forward_output(const float *m, int count, float *const to[16],
                                                  float *mean, float *squares)
{
    for (int i = 0; i < count; i++) {
        for (int c = 0; c < 16; c += LINE * LANES) {
            const int j = i * 16 + c;
            vector y[LINE][16];
            for (int v = 0; v < LINE; v++)
                f4_output_tile(m + j + v * LANES, 1040, y[v]);
            UNROLL
            for (int k = 0; k < 16; k++) {
                for (int v = 0; v < LINE; v++) {
                    float *const at = to[k] + j + v * LANES;
                    stream(at, y[v][k]);
                }
            }
            if (!mean)
                continue;
            for (int v = 0; v < LINE; v++)
                take_tile(4, y[v], 4, 4, i, mean + c + v * LANES, squares + c + v * LANES, LANES);
        }
    }
}

/* The inputs of place j of a tile, from image i on. */
static const float *conv3x3_16c16_16c16_f4_forward_inputs(
    const struct conv3x3_16c16_16c16_f4_forward_arguments *a, int tile, int i, int j)
{
    const int y = tile / 4 * 4 - 1 + j / 6, x = tile % 4 * 4 - 1 + j % 6;
    const int inside = y >= 0 && y < 16 && x >= 0 && x < 16;
    return inside ? a->x[y][x][i] : outside;
}

/* V of `count` images of one tile, of what the batch norm makes of the inputs by factors [2][16];
 * inside: as in struct norm. */
INLINE void conv3x3_16c16_16c16_f4_forward_scaled(
    const struct conv3x3_16c16_16c16_f4_forward_arguments *a, const float *const from[36],
    const float *inside, int count, float *v)
{
    for (int n = 0; n < count; n++) {
        for (int c = 0; c < 16; c += LINE * LANES) {
            struct norm norm[LINE];
            load_norms(LINE, a->factors[0] + c, a->factors[1] + c, inside, norm);
            const int j = n * 16 + c;
            f4_input_tile_normalised(LINE, from, j, v + j, 1040, norm);
        }
    }
}

static void conv3x3_16c16_16c16_f4_forward_normalised(
    const struct conv3x3_16c16_16c16_f4_forward_arguments *a, const float *const from[36],
    int count, float *v)
{
    float inside[36];
    int beside = 0;
    for (int j = 0; j < 36; j++) {
        inside[j] = from[j] != outside;
        beside += from[j] == outside;
    }
    if (beside)
        conv3x3_16c16_16c16_f4_forward_scaled(a, from, inside, count, v);
    else
        conv3x3_16c16_16c16_f4_forward_scaled(a, from, NULL, count, v);
}

/* V of `count` images of one tile from image i on. */
OUTLINE void conv3x3_16c16_16c16_f4_forward_tile(
    const struct conv3x3_16c16_16c16_f4_forward_arguments *a, int tile, int i, int count, float *v)
{
    const float *from[36];
    for (int j = 0; j < 36; j++)
        from[j] = conv3x3_16c16_16c16_f4_forward_inputs(a, tile, i, j);
    conv3x3_16c16_16c16_f4_forward_normalised(a, from, count, v);
}

/* What becomes of M of a slice: `count` images of one tile from image i on, 32 at most. */
static void conv3x3_16c16_16c16_f4_forward_results(
    const struct conv3x3_16c16_16c16_f4_forward_arguments *a, int tile, int i, int count,
    const float *m)
{
    const int y = tile / 4 * 4, x = tile % 4 * 4;
    float *to[16];
    for (int j = 0; j < 16; j++)
        to[j] = a->out[y + j / 4][x + j % 4][i];
    const int slot = tile * 35 + i / 32;
    float *const mean = a->statistics ? a->partial + (ptrdiff_t)slot * 32 : NULL;
    if (mean)
        conv3x3_16c16_16c16_f4_forward_output(m, count, to, mean, mean + 16);
    else
        conv3x3_16c16_16c16_f4_forward_output(m, count, to, NULL, NULL);
    streamed();
}

/* During its products the inputs of the unit after it come nearer, which the same thread takes as a
 * rule. */
static void conv3x3_16c16_16c16_f4_forward_unit(const void *argument, int unit, void *scratch)
{
    const struct conv3x3_16c16_16c16_f4_forward_arguments *const a = argument;
    struct conv3x3_16c16_16c16_f4_forward_scratch *const s = kernel_scratch(scratch);
    const int tile = unit / a->blocks, i = unit % a->blocks * a->rows,
        count = at_most(a->n - i, a->rows);
    const int next_tile = (unit + 1) / a->blocks, next_i = (unit + 1) % a->blocks * a->rows;
    float *const v = s->places + 1040;
    conv3x3_16c16_16c16_f4_forward_tile(a, tile, i, count, v);
    for (int j = 0; j < 36; j++) {
        struct ahead next = ahead(a->kernel[at_most(j + 1, 35)]);
        next.first.at = conv3x3_16c16_16c16_f4_forward_inputs(a, next_tile, next_i, j);
        gemm(NULL, count, 16, 16, by_rows(v + j * 1040, 16), in_panels(a->kernel[j], 16, 16, 0),
             next, into(s->places + j * 1040, 16, 0));
    }
    for (int j = 0; j < count; j += 32)
        conv3x3_16c16_16c16_f4_forward_results(a, tile, i + j, at_most(count - j, 32),
                                               s->places + j * 16);
}

/* How many outputs the statistics of each slice are of. */
static void conv3x3_16c16_16c16_f4_forward_count(
    const struct conv3x3_16c16_16c16_f4_forward_arguments *a)
{
    float *const counts = a->partial + 17920;
    for (int slot = 0; slot < 560; slot++) {
        const int images = at_least(at_most(a->n - slot % 35 * 32, 32), 0);
        counts[slot] = (float)(images * 16);
    }
}

/* Joins the statistics of all parts, for a few channels. */
static void conv3x3_16c16_16c16_f4_forward_join(const void *argument, int unit)
{
    const struct conv3x3_16c16_16c16_f4_forward_arguments *const a = argument;
    join_statistics(unit, 16, 560, a->partial + 17920, 0, a->partial, a->statistics[0]);
}

void conv3x3_16c16_16c16_f4_forward(const struct resnet8_tiny_host *host,
                                    float out[16][16][BATCH][16], float x[16][16][BATCH][16],
                                    float weight[9][1][16][16], float statistics[2][16],
                                    float factors[2][16], float partial[18480],
                                    float kernel[36][272], int n)
{
    const int rows = share_of_unit(host, 16, n, 64, 32), blocks = (n + rows - 1) / rows;
    const struct conv3x3_16c16_16c16_f4_forward_arguments a = {out, x, weight, statistics, factors,
                                                               partial, kernel, n, rows, blocks};
    run(host, 16, conv3x3_16c16_16c16_f4_forward_kernel, &a);
    run_with_scratch(host, 16 * blocks, conv3x3_16c16_16c16_f4_forward_unit, &a);
    if (statistics) {
        conv3x3_16c16_16c16_f4_forward_count(&a);
        run(host, 1, conv3x3_16c16_16c16_f4_forward_join, &a);
    }
}

/* conv3x3_8c32_8c32_f4_forward: layer3.0.conv2
 *
 * out = 3x3 convolution of x, by tiles of 4x4 outputs: 36 products
 * in place of 144.
 *
 *     U  = G w G'              [36][32][32], in panels
 *     V  = B' x B             [36][images][32]
 *     out = A' (V x U) A      the product for each of the 36 places
 *
 * A unit is 32 images of one of 2 x 2 tiles, or fewer, so that there are units for all threads. */
struct conv3x3_8c32_8c32_f4_forward_arguments {
    float (*out)[8][BATCH][32];
    float (*x)[8][BATCH][32];
    float (*weight)[1][32][32];
    float (*statistics)[32];
    float (*factors)[32];
    float *partial;
    float (*kernel)[1040];
    int n;
    int rows, blocks; /* images of a unit, units of a tile */
};

/* Of a thread. V's places, from 1040 on, and M's, from 0: one of M lies where V was that is
 * multiplied by then, so that both take little more of the cache than the larger. Places lie apart
 * by more than a power of two, which would put them into few sets of it. */
struct conv3x3_8c32_8c32_f4_forward_scratch {
    float places[38480];
};

/* U of one input channel. */
static void conv3x3_8c32_8c32_f4_forward_kernel(const void *argument, int from)
{
    const struct conv3x3_8c32_8c32_f4_forward_arguments *const a = argument;
    for (int to = 0; to < 32; to += LANES) {
        float *const kernel = a->kernel[0] + (ptrdiff_t)(to / 16) * 512 + from * 16 + to % 16;
        vector half[3][6], w[3], u[6];
        UNROLL
        for (int x = 0; x < 3; x++) {
            for (int y = 0; y < 3; y++)
                w[y] = load(a->weight[3 * y + x][0][from] + to);
            f4_kernel(w, half[x]);
        }
        UNROLL
        for (int y = 0; y < 6; y++) {
            for (int x = 0; x < 3; x++)
                w[x] = half[x][y];
            f4_kernel(w, u);
            UNROLL
            for (int x = 0; x < 6; x++)
                store(kernel + (ptrdiff_t)(6 * y + x) * 1040, u[x]);
        }
    }
}

/* The outputs of one tile of `count` images. */
INLINE void conv3x3_8c32_8c32_f4_forward_output(const float *m, int count, float *const to[16],
                                                float *mean, float *squares)
{
    for (int i = 0; i < count; i++) {
        for (int c = 0; c < 32; c += LINE * LANES) {
            const int j = i * 32 + c;
            vector y[LINE][16];
            for (int v = 0; v < LINE; v++)
                f4_output_tile(m + j + v * LANES, 1040, y[v]);
            UNROLL
            for (int k = 0; k < 16; k++) {
                for (int v = 0; v < LINE; v++) {
                    float *const at = to[k] + j + v * LANES;
                    stream(at, y[v][k]);
                }
            }
            if (!mean)
                continue;
            for (int v = 0; v < LINE; v++)
                take_tile(4, y[v], 4, 4, i, mean + c + v * LANES, squares + c + v * LANES, LANES);
        }
    }
}

/* The inputs of place j of a tile, from image i on. */
static const float *conv3x3_8c32_8c32_f4_forward_inputs(
    const struct conv3x3_8c32_8c32_f4_forward_arguments *a, int tile, int i, int j)
{
    const int y = tile / 2 * 4 - 1 + j / 6, x = tile % 2 * 4 - 1 + j % 6;
    const int inside = y >= 0 && y < 8 && x >= 0 && x < 8;
    return inside ? a->x[y][x][i] : outside;
}

/* V of `count` images of one tile, of what the batch norm makes of the inputs by factors [2][32];
 * inside: as in struct norm. */
INLINE void conv3x3_8c32_8c32_f4_forward_scaled(
    const struct conv3x3_8c32_8c32_f4_forward_arguments *a, const float *const from[36],
    const float *inside, int count, float *v)
{
    for (int n = 0; n < count; n++) {
        for (int c = 0; c < 32; c += LINE * LANES) {
            struct norm norm[LINE];
            load_norms(LINE, a->factors[0] + c, a->factors[1] + c, inside, norm);
            const int j = n * 32 + c;
            f4_input_tile_normalised(LINE, from, j, v + j, 1040, norm);
        }
    }
}

static void conv3x3_8c32_8c32_f4_forward_normalised(
    const struct conv3x3_8c32_8c32_f4_forward_arguments *a, const float *const from[36], int count,
    float *v)
{
    float inside[36];
    int beside = 0;
    for (int j = 0; j < 36; j++) {
        inside[j] = from[j] != outside;
        beside += from[j] == outside;
    }
    if (beside)
        conv3x3_8c32_8c32_f4_forward_scaled(a, from, inside, count, v);
    else
        conv3x3_8c32_8c32_f4_forward_scaled(a, from, NULL, count, v);
}

/* V of `count` images of one tile from image i on. */
OUTLINE void conv3x3_8c32_8c32_f4_forward_tile(
    const struct conv3x3_8c32_8c32_f4_forward_arguments *a, int tile, int i, int count, float *v)
{
    const float *from[36];
    for (int j = 0; j < 36; j++)
        from[j] = conv3x3_8c32_8c32_f4_forward_inputs(a, tile, i, j);
    conv3x3_8c32_8c32_f4_forward_normalised(a, from, count, v);
}

/* What becomes of M of a slice: `count` images of one tile from image i on, 8 at most. */
static void conv3x3_8c32_8c32_f4_forward_results(
    const struct conv3x3_8c32_8c32_f4_forward_arguments *a, int tile, int i, int count,
    const float *m)
{
    const int y = tile / 2 * 4, x = tile % 2 * 4;
    float *to[16];
    for (int j = 0; j < 16; j++)
        to[j] = a->out[y + j / 4][x + j % 4][i];
    const int slot = tile * 138 + i / 8;
    float *const mean = a->statistics ? a->partial + (ptrdiff_t)slot * 64 : NULL;
    if (mean)
        conv3x3_8c32_8c32_f4_forward_output(m, count, to, mean, mean + 32);
    else
        conv3x3_8c32_8c32_f4_forward_output(m, count, to, NULL, NULL);
    streamed();
}

/* During its products the inputs of the unit after it come nearer, which the same thread takes as a
 * rule. */
static void conv3x3_8c32_8c32_f4_forward_unit(const void *argument, int unit, void *scratch)
{
    const struct conv3x3_8c32_8c32_f4_forward_arguments *const a = argument;
    struct conv3x3_8c32_8c32_f4_forward_scratch *const s = kernel_scratch(scratch);
    const int tile = unit / a->blocks, i = unit % a->blocks * a->rows,
        count = at_most(a->n - i, a->rows);
    const int next_tile = (unit + 1) / a->blocks, next_i = (unit + 1) % a->blocks * a->rows;
    float *const v = s->places + 1040;
    conv3x3_8c32_8c32_f4_forward_tile(a, tile, i, count, v);
    for (int j = 0; j < 36; j++) {
        struct ahead next = ahead(a->kernel[at_most(j + 1, 35)]);
        next.first.at = conv3x3_8c32_8c32_f4_forward_inputs(a, next_tile, next_i, j);
        gemm(NULL, count, 32, 32, by_rows(v + j * 1040, 32), in_panels(a->kernel[j], 32, 32, 0),
             next, into(s->places + j * 1040, 32, 0));
    }
    for (int j = 0; j < count; j += 8)
        conv3x3_8c32_8c32_f4_forward_results(a, tile, i + j, at_most(count - j, 8),
                                             s->places + j * 32);
}

/* How many outputs the statistics of each slice are of. */
static void conv3x3_8c32_8c32_f4_forward_count(
    const struct conv3x3_8c32_8c32_f4_forward_arguments *a)
{
    float *const counts = a->partial + 35328;
    for (int slot = 0; slot < 552; slot++) {
        const int images = at_least(at_most(a->n - slot % 138 * 8, 8), 0);
        counts[slot] = (float)(images * 16);
    }
}

/* Joins the statistics of all parts, for a few channels. */
static void conv3x3_8c32_8c32_f4_forward_join(const void *argument, int unit)
{
    const struct conv3x3_8c32_8c32_f4_forward_arguments *const a = argument;
    join_statistics(unit, 32, 552, a->partial + 35328, 0, a->partial, a->statistics[0]);
}

void conv3x3_8c32_8c32_f4_forward(const struct resnet8_tiny_host *host, float out[8][8][BATCH][32],
                                  float x[8][8][BATCH][32], float weight[9][1][32][32],
                                  float statistics[2][32], float factors[2][32],
                                  float partial[35880], float kernel[36][1040], int n)
{
    const int rows = share_of_unit(host, 4, n, 32, 8), blocks = (n + rows - 1) / rows;
    const struct conv3x3_8c32_8c32_f4_forward_arguments a = {out, x, weight, statistics, factors,
                                                             partial, kernel, n, rows, blocks};
    run(host, 32, conv3x3_8c32_8c32_f4_forward_kernel, &a);
    run_with_scratch(host, 4 * blocks, conv3x3_8c32_8c32_f4_forward_unit, &a);
    if (statistics) {
        conv3x3_8c32_8c32_f4_forward_count(&a);
        run(host, 2, conv3x3_8c32_8c32_f4_forward_join, &a);
    }
}

/* conv3x3_8c32_8c32_f4_grad_input: layer3.0.conv2
 *
 * d_x = 3x3 convolution of d_out, with the kernel turned round and transposed, by tiles of 4x4
 * outputs: 36 products in place of 144.
 *
 *     U  = G w G'              [36][32][32], in panels
 *     V  = B' d_out B             [36][images][32]
 *     d_x = A' (V x U) A      the product for each of the 36 places
 *
 * A unit is 32 images of one of 2 x 2 tiles, or fewer, so that there are units for all threads. */
struct conv3x3_8c32_8c32_f4_grad_input_arguments {
    float (*d_x)[8][BATCH][32];
    float (*d_out)[8][BATCH][32];
    float (*weight)[1][32][32];
    float (*kernel)[1040];
    float (*turned)[32][32];
    int n;
    int rows, blocks; /* images of a unit, units of a tile */
};

/* Of a thread. V's places, from 1040 on, and M's, from 0: one of M lies where V was that is
 * multiplied by then, so that both take little more of the cache than the larger. Places lie apart
 * by more than a power of two, which would put them into few sets of it. */
struct conv3x3_8c32_8c32_f4_grad_input_scratch {
    float places[38480];
};

/* Turns 16 input channels of one tap. */
static void conv3x3_8c32_8c32_f4_grad_input_turn(const void *argument, int unit)
{
    const struct conv3x3_8c32_8c32_f4_grad_input_arguments *const a = argument;
    const int tap = unit / 2, first = unit % 2 * 16;
    for (int from = 0; from < 32; from++)
        for (int to = first; to < first + 16; to++)
            a->turned[8 - tap][from][to] = a->weight[tap][0][to][from];
}

/* U of one input channel. */
static void conv3x3_8c32_8c32_f4_grad_input_kernel(const void *argument, int from)
{
    const struct conv3x3_8c32_8c32_f4_grad_input_arguments *const a = argument;
    for (int to = 0; to < 32; to += LANES) {
        float *const kernel = a->kernel[0] + (ptrdiff_t)(to / 16) * 512 + from * 16 + to % 16;
        vector half[3][6], w[3], u[6];
        UNROLL
        for (int x = 0; x < 3; x++) {
            for (int y = 0; y < 3; y++)
                w[y] = load(a->turned[3 * y + x][from] + to);
            f4_kernel(w, half[x]);
        }
        UNROLL
        for (int y = 0; y < 6; y++) {
            for (int x = 0; x < 3; x++)
                w[x] = half[x][y];
            f4_kernel(w, u);
            UNROLL
            for (int x = 0; x < 6; x++)
                store(kernel + (ptrdiff_t)(6 * y + x) * 1040, u[x]);
        }
    }
}

/* The outputs of one tile of `count` images. */
INLINE void conv3x3_8c32_8c32_f4_grad_input_output(const float *m, int count, const int is_added,
                                                   float *const to[16])
{
    for (int i = 0; i < count; i++) {
        for (int c = 0; c < 32; c += LINE * LANES) {
            const int j = i * 32 + c;
            vector y[LINE][16];
            for (int v = 0; v < LINE; v++)
                f4_output_tile(m + j + v * LANES, 1040, y[v]);
            UNROLL
            for (int k = 0; k < 16; k++) {
                for (int v = 0; v < LINE; v++) {
                    float *const at = to[k] + j + v * LANES;
                    if (is_added)
                        store(at, add(load(at), y[v][k]));
                    else
                        stream(at, y[v][k]);
                }
            }
        }
    }
}

/* The inputs of place j of a tile, from image i on. */
static const float *conv3x3_8c32_8c32_f4_grad_input_inputs(
    const struct conv3x3_8c32_8c32_f4_grad_input_arguments *a, int tile, int i, int j)
{
    const int y = tile / 2 * 4 - 1 + j / 6, x = tile % 2 * 4 - 1 + j % 6;
    const int inside = y >= 0 && y < 8 && x >= 0 && x < 8;
    return inside ? a->d_out[y][x][i] : outside;
}

/* V of `count` images of one tile from image i on. */
OUTLINE void conv3x3_8c32_8c32_f4_grad_input_tile(
    const struct conv3x3_8c32_8c32_f4_grad_input_arguments *a, int tile, int i, int count, float *v)
{
    const float *from[36];
    for (int j = 0; j < 36; j++)
        from[j] = conv3x3_8c32_8c32_f4_grad_input_inputs(a, tile, i, j);
    for (int j = 0; j < count * 32; j += LINE * LANES)
        f4_input_tile(LINE, from, j, v + j, 1040);
}

/* What becomes of M of a slice: `count` images of one tile from image i on, 8 at most. */
static void conv3x3_8c32_8c32_f4_grad_input_results(
    const struct conv3x3_8c32_8c32_f4_grad_input_arguments *a, int tile, int i, int count,
    const float *m)
{
    const int y = tile / 2 * 4, x = tile % 2 * 4;
    float *to[16];
    for (int j = 0; j < 16; j++)
        to[j] = a->d_x[y + j / 4][x + j % 4][i];
    conv3x3_8c32_8c32_f4_grad_input_output(m, count, 0, to);
    streamed();
}

/* During its products the inputs of the unit after it come nearer, which the same thread takes as a
 * rule. */
static void conv3x3_8c32_8c32_f4_grad_input_unit(const void *argument, int unit, void *scratch)
{
    const struct conv3x3_8c32_8c32_f4_grad_input_arguments *const a = argument;
    struct conv3x3_8c32_8c32_f4_grad_input_scratch *const s = kernel_scratch(scratch);
    const int tile = unit / a->blocks, i = unit % a->blocks * a->rows,
        count = at_most(a->n - i, a->rows);
    const int next_tile = (unit + 1) / a->blocks, next_i = (unit + 1) % a->blocks * a->rows;
    float *const v = s->places + 1040;
    conv3x3_8c32_8c32_f4_grad_input_tile(a, tile, i, count, v);
    for (int j = 0; j < 36; j++) {
        struct ahead next = ahead(a->kernel[at_most(j + 1, 35)]);
        next.first.at = conv3x3_8c32_8c32_f4_grad_input_inputs(a, next_tile, next_i, j);
        gemm(NULL, count, 32, 32, by_rows(v + j * 1040, 32), in_panels(a->kernel[j], 32, 32, 0),
             next, into(s->places + j * 1040, 32, 0));
    }
    for (int j = 0; j < count; j += 8)
        conv3x3_8c32_8c32_f4_grad_input_results(a, tile, i + j, at_most(count - j, 8),
                                                s->places + j * 32);
}

void conv3x3_8c32_8c32_f4_grad_input(const struct resnet8_tiny_host *host,
                                     float d_x[8][8][BATCH][32], float d_out[8][8][BATCH][32],
                                     float weight[9][1][32][32], float kernel[36][1040],
                                     float turned[9][32][32], int n)
{
    const int rows = share_of_unit(host, 4, n, 32, 8), blocks = (n + rows - 1) / rows;
    const struct conv3x3_8c32_8c32_f4_grad_input_arguments a = {d_x, d_out, weight, kernel, turned,
                                                                n, rows, blocks};
    run(host, 18, conv3x3_8c32_8c32_f4_grad_input_turn, &a);
    run(host, 32, conv3x3_8c32_8c32_f4_grad_input_kernel, &a);
    run_with_scratch(host, 4 * blocks, conv3x3_8c32_8c32_f4_grad_input_unit, &a);
}

/* conv3x3_16c16_16c16_f4_grad_input: layer2.0.conv2
 *
 * d_x = 3x3 convolution of d_out, with the kernel turned round and transposed, by tiles of 4x4
 * outputs: 36 products in place of 144.
 *
 *     U  = G w G'              [36][16][16], in panels
 *     V  = B' d_out B             [36][images][16]
 *     d_x = A' (V x U) A      the product for each of the 36 places
 *
 * A unit is 64 images of one of 4 x 4 tiles, or fewer, so that there are units for all threads. */
struct conv3x3_16c16_16c16_f4_grad_input_arguments {
    float (*d_x)[16][BATCH][16];
    float (*d_out)[16][BATCH][16];
    float (*weight)[1][16][16];
    float (*kernel)[272];
    float (*turned)[16][16];
    int n;
    int rows, blocks; /* images of a unit, units of a tile */
};

/* Of a thread. V's places, from 1040 on, and M's, from 0: one of M lies where V was that is
 * multiplied by then, so that both take little more of the cache than the larger. Places lie apart
 * by more than a power of two, which would put them into few sets of it. */
struct conv3x3_16c16_16c16_f4_grad_input_scratch {
    float places[38480];
};

/* Turns 16 input channels of one tap. */
static void conv3x3_16c16_16c16_f4_grad_input_turn(const void *argument, int unit)
{
    const struct conv3x3_16c16_16c16_f4_grad_input_arguments *const a = argument;
    const int tap = unit;
    for (int from = 0; from < 16; from++)
        for (int to = 0; to < 16; to++)
            a->turned[8 - tap][from][to] = a->weight[tap][0][to][from];
}

/* U of one input channel. */
static void conv3x3_16c16_16c16_f4_grad_input_kernel(const void *argument, int from)
{
    const struct conv3x3_16c16_16c16_f4_grad_input_arguments *const a = argument;
    for (int to = 0; to < 16; to += LANES) {
        float *const kernel = a->kernel[0] + (ptrdiff_t)(to / 16) * 256 + from * 16 + to % 16;
        vector half[3][6], w[3], u[6];
        UNROLL
        for (int x = 0; x < 3; x++) {
            for (int y = 0; y < 3; y++)
                w[y] = load(a->turned[3 * y + x][from] + to);
            f4_kernel(w, half[x]);
        }
        UNROLL
        for (int y = 0; y < 6; y++) {
            for (int x = 0; x < 3; x++)
                w[x] = half[x][y];
            f4_kernel(w, u);
            UNROLL
            for (int x = 0; x < 6; x++)
                store(kernel + (ptrdiff_t)(6 * y + x) * 272, u[x]);
        }
    }
}

/* The outputs of one tile of `count` images. */
INLINE void conv3x3_16c16_16c16_f4_grad_input_output(const float *m, int count, const int is_added,
                                                     float *const to[16])
{
    for (int i = 0; i < count; i++) {
        for (int c = 0; c < 16; c += LINE * LANES) {
            const int j = i * 16 + c;
            vector y[LINE][16];
            for (int v = 0; v < LINE; v++)
                f4_output_tile(m + j + v * LANES, 1040, y[v]);
            UNROLL
            for (int k = 0; k < 16; k++) {
                for (int v = 0; v < LINE; v++) {
                    float *const at = to[k] + j + v * LANES;
                    if (is_added)
                        store(at, add(load(at), y[v][k]));
                    else
                        stream(at, y[v][k]);
                }
            }
        }
    }
}

/* The inputs of place j of a tile, from image i on. */
static const float *conv3x3_16c16_16c16_f4_grad_input_inputs(
    const struct conv3x3_16c16_16c16_f4_grad_input_arguments *a, int tile, int i, int j)
{
    const int y = tile / 4 * 4 - 1 + j / 6, x = tile % 4 * 4 - 1 + j % 6;
    const int inside = y >= 0 && y < 16 && x >= 0 && x < 16;
    return inside ? a->d_out[y][x][i] : outside;
}

/* V of `count` images of one tile from image i on. */
OUTLINE void conv3x3_16c16_16c16_f4_grad_input_tile(
    const struct conv3x3_16c16_16c16_f4_grad_input_arguments *a, int tile, int i, int count,
    float *v)
{
    const float *from[36];
    for (int j = 0; j < 36; j++)
        from[j] = conv3x3_16c16_16c16_f4_grad_input_inputs(a, tile, i, j);
    for (int j = 0; j < count * 16; j += LINE * LANES)
        f4_input_tile(LINE, from, j, v + j, 1040);
}

/* What becomes of M of a slice: `count` images of one tile from image i on, 32 at most. */
static void conv3x3_16c16_16c16_f4_grad_input_results(
    const struct conv3x3_16c16_16c16_f4_grad_input_arguments *a, int tile, int i, int count,
    const float *m)
{
    const int y = tile / 4 * 4, x = tile % 4 * 4;
    float *to[16];
    for (int j = 0; j < 16; j++)
        to[j] = a->d_x[y + j / 4][x + j % 4][i];
    conv3x3_16c16_16c16_f4_grad_input_output(m, count, 0, to);
    streamed();
}

/* During its products the inputs of the unit after it come nearer, which the same thread takes as a
 * rule. */
static void conv3x3_16c16_16c16_f4_grad_input_unit(const void *argument, int unit, void *scratch)
{
    const struct conv3x3_16c16_16c16_f4_grad_input_arguments *const a = argument;
    struct conv3x3_16c16_16c16_f4_grad_input_scratch *const s = kernel_scratch(scratch);
    const int tile = unit / a->blocks, i = unit % a->blocks * a->rows,
        count = at_most(a->n - i, a->rows);
    const int next_tile = (unit + 1) / a->blocks, next_i = (unit + 1) % a->blocks * a->rows;
    float *const v = s->places + 1040;
    conv3x3_16c16_16c16_f4_grad_input_tile(a, tile, i, count, v);
    for (int j = 0; j < 36; j++) {
        struct ahead next = ahead(a->kernel[at_most(j + 1, 35)]);
        next.first.at = conv3x3_16c16_16c16_f4_grad_input_inputs(a, next_tile, next_i, j);
        gemm(NULL, count, 16, 16, by_rows(v + j * 1040, 16), in_panels(a->kernel[j], 16, 16, 0),
             next, into(s->places + j * 1040, 16, 0));
    }
    for (int j = 0; j < count; j += 32)
        conv3x3_16c16_16c16_f4_grad_input_results(a, tile, i + j, at_most(count - j, 32),
                                                  s->places + j * 16);
}

void conv3x3_16c16_16c16_f4_grad_input(const struct resnet8_tiny_host *host,
                                       float d_x[16][16][BATCH][16], float d_out[16][16][BATCH][16],
                                       float weight[9][1][16][16], float kernel[36][272],
                                       float turned[9][16][16], int n)
{
    const int rows = share_of_unit(host, 16, n, 64, 32), blocks = (n + rows - 1) / rows;
    const struct conv3x3_16c16_16c16_f4_grad_input_arguments a = {d_x, d_out, weight, kernel,
                                                                  turned, n, rows, blocks};
    run(host, 9, conv3x3_16c16_16c16_f4_grad_input_turn, &a);
    run(host, 16, conv3x3_16c16_16c16_f4_grad_input_kernel, &a);
    run_with_scratch(host, 16 * blocks, conv3x3_16c16_16c16_f4_grad_input_unit, &a);
}

