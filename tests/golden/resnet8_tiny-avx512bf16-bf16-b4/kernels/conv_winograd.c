/* conv3x3_16c16_16c16_f2_bf16_forward: layer2.0.conv2
 *
 * out = 3x3 convolution of x, by tiles of 2x2 outputs: 16 products
 * in place of 36.
 *
 *     U  = G w G'              [16][8 pairs of bf16][16], in panels
 *     V  = B' x B             [16][images][8 pairs of bf16]
 *     out = A' (V x U) A      the product for each of the 16 places
 *
 * A unit is 4 images of one of 8 x 8 tiles. */
struct conv3x3_16c16_16c16_f2_bf16_forward_arguments {
    bf16 (*out)[16][BATCH][16];
    bf16 (*x)[16][BATCH][16];
    float (*weight)[1][16][16];
    float (*statistics)[16];
    float *partial;
    float (*kernel)[144];
    int n;
};

/* Of a thread. V's places, from 560 on, and M's, from 0: one of M lies where V was that is
 * multiplied by then, so that both take little more of the cache than the larger. Places lie apart
 * by more than a power of two, which would put them into few sets of it. */
struct conv3x3_16c16_16c16_f2_bf16_forward_scratch {
    float places[1328];
};

/* U of one input channel for LANES outputs from `to` on. */
INLINE void conv3x3_16c16_16c16_f2_bf16_forward_of_channel(
    const struct conv3x3_16c16_16c16_f2_bf16_forward_arguments *a, int from, int to, vector u[16])
{
    vector half[3][4], w[3];
    UNROLL
    for (int x = 0; x < 3; x++) {
        for (int y = 0; y < 3; y++)
            w[y] = load(a->weight[3 * y + x][0][from] + to);
        f2_kernel(w, half[x]);
    }
    UNROLL
    for (int y = 0; y < 4; y++) {
        for (int x = 0; x < 3; x++)
            w[x] = half[x][y];
        f2_kernel(w, u + 4 * y);
    }
}

/* U of two input channels, as pairs. */
static void conv3x3_16c16_16c16_f2_bf16_forward_kernel(const void *argument, int pair)
{
    const struct conv3x3_16c16_16c16_f2_bf16_forward_arguments *const a = argument;
    for (int to = 0; to < 16; to += LANES) {
        float *const kernel = a->kernel[0] + (ptrdiff_t)(to / 16) * 128 + pair * 16 + to % 16;
        vector first[16], second[16];
        conv3x3_16c16_16c16_f2_bf16_forward_of_channel(a, 2 * pair, to, first);
        conv3x3_16c16_16c16_f2_bf16_forward_of_channel(a, 2 * pair + 1, to, second);
        UNROLL
        for (int j = 0; j < 16; j++)
            store(kernel + (ptrdiff_t)j * 144, pairs_of(first[j], second[j]));
    }
}

/* The outputs of one tile of `count` images. */
INLINE void conv3x3_16c16_16c16_f2_bf16_forward_output(const float *m, int count, bf16 *const to[4],
                                                       float *mean, float *squares)
{
    for (int i = 0; i < count; i++) {
        for (int c = 0; c < 16; c += LINE * LANES) {
            const int j = i * 16 + c;
            vector y[LINE][4];
            for (int v = 0; v < LINE; v++)
                f2_output_tile(m + j + v * LANES, 80, y[v]);
            UNROLL
            for (int k = 0; k < 4; k++) {
                for (int v = 0; v < LINE; v++) {
                    bf16 *const at = to[k] + j + v * LANES;
                    store_bf16(at, y[v][k]);
                }
            }
            if (!mean)
                continue;
            for (int v = 0; v < LINE; v++)
                take_tile(2, y[v], 2, 2, i, mean + c + v * LANES, squares + c + v * LANES, LANES);
        }
    }
}

/* The inputs of place j of a tile, from image i on. */
static const bf16 *conv3x3_16c16_16c16_f2_bf16_forward_inputs(
    const struct conv3x3_16c16_16c16_f2_bf16_forward_arguments *a, int tile, int i, int j)
{
    const int y = tile / 8 * 2 - 1 + j / 4, x = tile % 8 * 2 - 1 + j % 4;
    const int inside = y >= 0 && y < 16 && x >= 0 && x < 16;
    return inside ? a->x[y][x][i] : (const bf16 *)outside;
}

/* V of `count` images of one tile from image i on. */
OUTLINE void conv3x3_16c16_16c16_f2_bf16_forward_tile(
    const struct conv3x3_16c16_16c16_f2_bf16_forward_arguments *a, int tile, int i, int count,
    float *v)
{
    const bf16 *from[16];
    for (int j = 0; j < 16; j++)
        from[j] = conv3x3_16c16_16c16_f2_bf16_forward_inputs(a, tile, i, j);
    for (int j = 0; j < count * 16; j += LINE * LANES)
        f2_input_tile_halves_of_bf16(LINE, from, j, v + j / 2, 48);
}

/* What becomes of M of a slice: `count` images of one tile from image i on, 4 at most. */
static void conv3x3_16c16_16c16_f2_bf16_forward_results(
    const struct conv3x3_16c16_16c16_f2_bf16_forward_arguments *a, int tile, int i, int count,
    const float *m)
{
    const int y = tile / 8 * 2, x = tile % 8 * 2;
    bf16 *to[4];
    for (int j = 0; j < 4; j++)
        to[j] = a->out[y + j / 2][x + j % 2][i];
    const int slot = tile + i / 4;
    float *const mean = a->statistics ? a->partial + (ptrdiff_t)slot * 32 : NULL;
    if (mean)
        conv3x3_16c16_16c16_f2_bf16_forward_output(m, count, to, mean, mean + 16);
    else
        conv3x3_16c16_16c16_f2_bf16_forward_output(m, count, to, NULL, NULL);
}

/* During its products the inputs of the unit after it come nearer, which the same thread takes as a
 * rule. */
static void conv3x3_16c16_16c16_f2_bf16_forward_unit(const void *argument, int unit, void *scratch)
{
    const struct conv3x3_16c16_16c16_f2_bf16_forward_arguments *const a = argument;
    struct conv3x3_16c16_16c16_f2_bf16_forward_scratch *const s = kernel_scratch(scratch);
    const int tile = unit, count = at_most(a->n, 4);
    const int next_tile = unit + 1;
    if (count <= 0)
        return;
    float *const v = s->places + 560;
    conv3x3_16c16_16c16_f2_bf16_forward_tile(a, tile, 0, count, v);
    for (int j = 0; j < 16; j++) {
        struct ahead next = ahead(a->kernel[at_most(j + 1, 15)]);
        next.first.at = (const float *)conv3x3_16c16_16c16_f2_bf16_forward_inputs(a, next_tile, 0,
            j);
        gemm_of_pairs(NULL, count, 16, 8, by_rows(v + j * 48, 8), in_panels(a->kernel[j], 8, 16, 0),
                      next, into(s->places + j * 80, 16, 0));
    }
    conv3x3_16c16_16c16_f2_bf16_forward_results(a, tile, 0, count, s->places);
}

/* How many outputs the statistics of each slice are of. */
static void conv3x3_16c16_16c16_f2_bf16_forward_count(
    const struct conv3x3_16c16_16c16_f2_bf16_forward_arguments *a)
{
    float *const counts = a->partial + 2048;
    for (int slot = 0; slot < 64; slot++) {
        const int images = at_least(at_most(a->n, 4), 0);
        counts[slot] = (float)(images * 4);
    }
}

/* Joins the statistics of all parts, for a few channels. */
static void conv3x3_16c16_16c16_f2_bf16_forward_join(const void *argument, int unit)
{
    const struct conv3x3_16c16_16c16_f2_bf16_forward_arguments *const a = argument;
    join_statistics(unit, 16, 64, a->partial + 2048, 0, a->partial, a->statistics[0]);
}

void conv3x3_16c16_16c16_f2_bf16_forward(const struct resnet8_tiny_host *host,
                                         bf16 out[16][16][BATCH][16], bf16 x[16][16][BATCH][16],
                                         float weight[9][1][16][16], float statistics[2][16],
                                         float partial[2112], float kernel[16][144], int n)
{
    const struct conv3x3_16c16_16c16_f2_bf16_forward_arguments a = {out, x, weight, statistics,
                                                                    partial, kernel, n};
    run(host, 8, conv3x3_16c16_16c16_f2_bf16_forward_kernel, &a);
    run_with_scratch(host, 64, conv3x3_16c16_16c16_f2_bf16_forward_unit, &a);
    if (statistics) {
        conv3x3_16c16_16c16_f2_bf16_forward_count(&a);
        run(host, 1, conv3x3_16c16_16c16_f2_bf16_forward_join, &a);
    }
}

/* conv3x3s2_16c16_8c32_p4_bf16_forward: layer3.0.conv1
 *
 * out = 3x3 convolution of stride 2 of x, by tiles of 4x4 outputs: 81 products
 * in place of 144.
 *
 *     U  = G w G'              [36][8 pairs of bf16][32], in panels; the last of each side is for several places
 *     V  = B' x B             [81][images][8 pairs of bf16]
 *     out = A' (V x U) A      the product for each of the 81 places
 *
 * A unit is 4 images of one of 2 x 2 tiles. */
struct conv3x3s2_16c16_8c32_p4_bf16_forward_arguments {
    bf16 (*out)[8][BATCH][32];
    bf16 (*x)[16][BATCH][16];
    float (*weight)[1][16][32];
    float (*statistics)[32];
    float *partial;
    float (*kernel)[272];
    int n;
};

/* Of a thread. V's places, from 7824 on, and M's, from 0: one of M lies where V was that is
 * multiplied by then, so that both take little more of the cache than the larger. Places lie apart
 * by more than a power of two, which would put them into few sets of it. */
struct conv3x3s2_16c16_8c32_p4_bf16_forward_scratch {
    float places[11712];
};

/* U of one input channel for LANES outputs from `to` on. */
INLINE void conv3x3s2_16c16_8c32_p4_bf16_forward_of_channel(
    const struct conv3x3s2_16c16_8c32_p4_bf16_forward_arguments *a, int from, int to, vector u[36])
{
    vector half[3][6], w[3];
    UNROLL
    for (int x = 0; x < 3; x++) {
        for (int y = 0; y < 3; y++)
            w[y] = load(a->weight[3 * y + x][0][from] + to);
        p4_kernel(w, half[x]);
    }
    UNROLL
    for (int y = 0; y < 6; y++) {
        for (int x = 0; x < 3; x++)
            w[x] = half[x][y];
        p4_kernel(w, u + 6 * y);
    }
}

/* U of two input channels, as pairs. */
static void conv3x3s2_16c16_8c32_p4_bf16_forward_kernel(const void *argument, int pair)
{
    const struct conv3x3s2_16c16_8c32_p4_bf16_forward_arguments *const a = argument;
    for (int to = 0; to < 32; to += LANES) {
        float *const kernel = a->kernel[0] + (ptrdiff_t)(to / 32) * 256 + pair * 32 + to % 32;
        vector first[36], second[36];
        conv3x3s2_16c16_8c32_p4_bf16_forward_of_channel(a, 2 * pair, to, first);
        conv3x3s2_16c16_8c32_p4_bf16_forward_of_channel(a, 2 * pair + 1, to, second);
        UNROLL
        for (int j = 0; j < 36; j++)
            store(kernel + (ptrdiff_t)j * 272, pairs_of(first[j], second[j]));
    }
}

/* The outputs of one tile of `count` images. */
INLINE void conv3x3s2_16c16_8c32_p4_bf16_forward_output(const float *m, int count,
                                                        bf16 *const to[16], float *mean,
                                                        float *squares)
{
    for (int i = 0; i < count; i++) {
        for (int c = 0; c < 32; c += LINE * LANES) {
            const int j = i * 32 + c;
            vector y[LINE][16];
            for (int v = 0; v < LINE; v++)
                p4_output_tile(m + j + v * LANES, 144, y[v]);
            UNROLL
            for (int k = 0; k < 16; k++) {
                for (int v = 0; v < LINE; v++) {
                    bf16 *const at = to[k] + j + v * LANES;
                    store_bf16(at, y[v][k]);
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
static const bf16 *conv3x3s2_16c16_8c32_p4_bf16_forward_inputs(
    const struct conv3x3s2_16c16_8c32_p4_bf16_forward_arguments *a, int tile, int i, int j)
{
    const int y = tile / 2 * 8 - 1 + j / 9, x = tile % 2 * 8 - 1 + j % 9;
    const int inside = y >= 0 && y < 16 && x >= 0 && x < 16;
    return inside ? a->x[y][x][i] : (const bf16 *)outside;
}

/* V of `count` images of one tile from image i on. */
OUTLINE void conv3x3s2_16c16_8c32_p4_bf16_forward_tile(
    const struct conv3x3s2_16c16_8c32_p4_bf16_forward_arguments *a, int tile, int i, int count,
    float *v)
{
    const bf16 *from[81];
    for (int j = 0; j < 81; j++)
        from[j] = conv3x3s2_16c16_8c32_p4_bf16_forward_inputs(a, tile, i, j);
    for (int j = 0; j < count * 16; j += LINE * LANES)
        p4_input_tile_halves_of_bf16(LINE, from, j, v + j / 2, 48);
}

/* What becomes of M of a slice: `count` images of one tile from image i on, 4 at most. */
static void conv3x3s2_16c16_8c32_p4_bf16_forward_results(
    const struct conv3x3s2_16c16_8c32_p4_bf16_forward_arguments *a, int tile, int i, int count,
    const float *m)
{
    const int y = tile / 2 * 4, x = tile % 2 * 4;
    bf16 *to[16];
    for (int j = 0; j < 16; j++)
        to[j] = a->out[y + j / 4][x + j % 4][i];
    const int slot = tile + i / 4;
    float *const mean = a->statistics ? a->partial + (ptrdiff_t)slot * 64 : NULL;
    if (mean)
        conv3x3s2_16c16_8c32_p4_bf16_forward_output(m, count, to, mean, mean + 32);
    else
        conv3x3s2_16c16_8c32_p4_bf16_forward_output(m, count, to, NULL, NULL);
}

/* During its products the inputs of the unit after it come nearer, which the same thread takes as a
 * rule. */
static void conv3x3s2_16c16_8c32_p4_bf16_forward_unit(const void *argument, int unit, void *scratch)
{
    const struct conv3x3s2_16c16_8c32_p4_bf16_forward_arguments *const a = argument;
    struct conv3x3s2_16c16_8c32_p4_bf16_forward_scratch *const s = kernel_scratch(scratch);
    const int tile = unit, count = at_most(a->n, 4);
    const int next_tile = unit + 1;
    if (count <= 0)
        return;
    float *const v = s->places + 7824;
    conv3x3s2_16c16_8c32_p4_bf16_forward_tile(a, tile, 0, count, v);
    for (int j = 0; j < 81; j++) {
        struct ahead next = ahead(a->kernel[kernel_of(at_most(j + 1, 80), 9, 6)]);
        next.first.at = (const float *)conv3x3s2_16c16_8c32_p4_bf16_forward_inputs(a, next_tile, 0,
            j);
        gemm_of_pairs(NULL, count, 32, 8, by_rows(v + j * 48, 8),
                      in_panels(a->kernel[kernel_of(j, 9, 6)], 8, 32, 0), next,
                      into(s->places + j * 144, 32, 0));
    }
    conv3x3s2_16c16_8c32_p4_bf16_forward_results(a, tile, 0, count, s->places);
}

/* How many outputs the statistics of each slice are of. */
static void conv3x3s2_16c16_8c32_p4_bf16_forward_count(
    const struct conv3x3s2_16c16_8c32_p4_bf16_forward_arguments *a)
{
    float *const counts = a->partial + 256;
    for (int slot = 0; slot < 4; slot++) {
        const int images = at_least(at_most(a->n, 4), 0);
        counts[slot] = (float)(images * 16);
    }
}

/* Joins the statistics of all parts, for a few channels. */
static void conv3x3s2_16c16_8c32_p4_bf16_forward_join(const void *argument, int unit)
{
    const struct conv3x3s2_16c16_8c32_p4_bf16_forward_arguments *const a = argument;
    join_statistics(unit, 32, 4, a->partial + 256, 0, a->partial, a->statistics[0]);
}

void conv3x3s2_16c16_8c32_p4_bf16_forward(const struct resnet8_tiny_host *host,
                                          bf16 out[8][8][BATCH][32], bf16 x[16][16][BATCH][16],
                                          float weight[9][1][16][32], float statistics[2][32],
                                          float partial[260], float kernel[36][272], int n)
{
    const struct conv3x3s2_16c16_8c32_p4_bf16_forward_arguments a = {out, x, weight, statistics,
                                                                     partial, kernel, n};
    run(host, 8, conv3x3s2_16c16_8c32_p4_bf16_forward_kernel, &a);
    run_with_scratch(host, 4, conv3x3s2_16c16_8c32_p4_bf16_forward_unit, &a);
    if (statistics) {
        conv3x3s2_16c16_8c32_p4_bf16_forward_count(&a);
        run(host, 2, conv3x3s2_16c16_8c32_p4_bf16_forward_join, &a);
    }
}

/* conv3x3_8c32_8c32_f2_bf16_forward: layer3.0.conv2
 *
 * out = 3x3 convolution of x, by tiles of 2x2 outputs: 16 products
 * in place of 36.
 *
 *     U  = G w G'              [16][16 pairs of bf16][32], in panels
 *     V  = B' x B             [16][images][16 pairs of bf16]
 *     out = A' (V x U) A      the product for each of the 16 places
 *
 * A unit is 4 images of one of 4 x 4 tiles. */
struct conv3x3_8c32_8c32_f2_bf16_forward_arguments {
    bf16 (*out)[8][BATCH][32];
    bf16 (*x)[8][BATCH][32];
    float (*weight)[1][32][32];
    float (*statistics)[32];
    float *partial;
    float (*kernel)[528];
    int n;
};

/* Of a thread. V's places, from 1104 on, and M's, from 0: one of M lies where V was that is
 * multiplied by then, so that both take little more of the cache than the larger. Places lie apart
 * by more than a power of two, which would put them into few sets of it. */
struct conv3x3_8c32_8c32_f2_bf16_forward_scratch {
    float places[2384];
};

/* U of one input channel for LANES outputs from `to` on. */
INLINE void conv3x3_8c32_8c32_f2_bf16_forward_of_channel(
    const struct conv3x3_8c32_8c32_f2_bf16_forward_arguments *a, int from, int to, vector u[16])
{
    vector half[3][4], w[3];
    UNROLL
    for (int x = 0; x < 3; x++) {
        for (int y = 0; y < 3; y++)
            w[y] = load(a->weight[3 * y + x][0][from] + to);
        f2_kernel(w, half[x]);
    }
    UNROLL
    for (int y = 0; y < 4; y++) {
        for (int x = 0; x < 3; x++)
            w[x] = half[x][y];
        f2_kernel(w, u + 4 * y);
    }
}

/* U of two input channels, as pairs. */
static void conv3x3_8c32_8c32_f2_bf16_forward_kernel(const void *argument, int pair)
{
    const struct conv3x3_8c32_8c32_f2_bf16_forward_arguments *const a = argument;
    for (int to = 0; to < 32; to += LANES) {
        float *const kernel = a->kernel[0] + (ptrdiff_t)(to / 32) * 512 + pair * 32 + to % 32;
        vector first[16], second[16];
        conv3x3_8c32_8c32_f2_bf16_forward_of_channel(a, 2 * pair, to, first);
        conv3x3_8c32_8c32_f2_bf16_forward_of_channel(a, 2 * pair + 1, to, second);
        UNROLL
        for (int j = 0; j < 16; j++)
            store(kernel + (ptrdiff_t)j * 528, pairs_of(first[j], second[j]));
    }
}

/* The outputs of one tile of `count` images. */
INLINE void conv3x3_8c32_8c32_f2_bf16_forward_output(const float *m, int count, bf16 *const to[4],
                                                     float *mean, float *squares)
{
    for (int i = 0; i < count; i++) {
        for (int c = 0; c < 32; c += LINE * LANES) {
            const int j = i * 32 + c;
            vector y[LINE][4];
            for (int v = 0; v < LINE; v++)
                f2_output_tile(m + j + v * LANES, 144, y[v]);
            UNROLL
            for (int k = 0; k < 4; k++) {
                for (int v = 0; v < LINE; v++) {
                    bf16 *const at = to[k] + j + v * LANES;
                    store_bf16(at, y[v][k]);
                }
            }
            if (!mean)
                continue;
            for (int v = 0; v < LINE; v++)
                take_tile(2, y[v], 2, 2, i, mean + c + v * LANES, squares + c + v * LANES, LANES);
        }
    }
}

/* The inputs of place j of a tile, from image i on. */
static const bf16 *conv3x3_8c32_8c32_f2_bf16_forward_inputs(
    const struct conv3x3_8c32_8c32_f2_bf16_forward_arguments *a, int tile, int i, int j)
{
    const int y = tile / 4 * 2 - 1 + j / 4, x = tile % 4 * 2 - 1 + j % 4;
    const int inside = y >= 0 && y < 8 && x >= 0 && x < 8;
    return inside ? a->x[y][x][i] : (const bf16 *)outside;
}

/* V of `count` images of one tile from image i on. */
OUTLINE void conv3x3_8c32_8c32_f2_bf16_forward_tile(
    const struct conv3x3_8c32_8c32_f2_bf16_forward_arguments *a, int tile, int i, int count,
    float *v)
{
    const bf16 *from[16];
    for (int j = 0; j < 16; j++)
        from[j] = conv3x3_8c32_8c32_f2_bf16_forward_inputs(a, tile, i, j);
    for (int j = 0; j < count * 32; j += LINE * LANES)
        f2_input_tile_halves_of_bf16(LINE, from, j, v + j / 2, 80);
}

/* What becomes of M of a slice: `count` images of one tile from image i on, 4 at most. */
static void conv3x3_8c32_8c32_f2_bf16_forward_results(
    const struct conv3x3_8c32_8c32_f2_bf16_forward_arguments *a, int tile, int i, int count,
    const float *m)
{
    const int y = tile / 4 * 2, x = tile % 4 * 2;
    bf16 *to[4];
    for (int j = 0; j < 4; j++)
        to[j] = a->out[y + j / 2][x + j % 2][i];
    const int slot = tile + i / 4;
    float *const mean = a->statistics ? a->partial + (ptrdiff_t)slot * 64 : NULL;
    if (mean)
        conv3x3_8c32_8c32_f2_bf16_forward_output(m, count, to, mean, mean + 32);
    else
        conv3x3_8c32_8c32_f2_bf16_forward_output(m, count, to, NULL, NULL);
}

/* During its products the inputs of the unit after it come nearer, which the same thread takes as a
 * rule. */
static void conv3x3_8c32_8c32_f2_bf16_forward_unit(const void *argument, int unit, void *scratch)
{
    const struct conv3x3_8c32_8c32_f2_bf16_forward_arguments *const a = argument;
    struct conv3x3_8c32_8c32_f2_bf16_forward_scratch *const s = kernel_scratch(scratch);
    const int tile = unit, count = at_most(a->n, 4);
    const int next_tile = unit + 1;
    if (count <= 0)
        return;
    float *const v = s->places + 1104;
    conv3x3_8c32_8c32_f2_bf16_forward_tile(a, tile, 0, count, v);
    for (int j = 0; j < 16; j++) {
        struct ahead next = ahead(a->kernel[at_most(j + 1, 15)]);
        next.first.at = (const float *)conv3x3_8c32_8c32_f2_bf16_forward_inputs(a, next_tile, 0, j);
        gemm_of_pairs(NULL, count, 32, 16, by_rows(v + j * 80, 16),
                      in_panels(a->kernel[j], 16, 32, 0), next, into(s->places + j * 144, 32, 0));
    }
    conv3x3_8c32_8c32_f2_bf16_forward_results(a, tile, 0, count, s->places);
}

/* How many outputs the statistics of each slice are of. */
static void conv3x3_8c32_8c32_f2_bf16_forward_count(
    const struct conv3x3_8c32_8c32_f2_bf16_forward_arguments *a)
{
    float *const counts = a->partial + 1024;
    for (int slot = 0; slot < 16; slot++) {
        const int images = at_least(at_most(a->n, 4), 0);
        counts[slot] = (float)(images * 4);
    }
}

/* Joins the statistics of all parts, for a few channels. */
static void conv3x3_8c32_8c32_f2_bf16_forward_join(const void *argument, int unit)
{
    const struct conv3x3_8c32_8c32_f2_bf16_forward_arguments *const a = argument;
    join_statistics(unit, 32, 16, a->partial + 1024, 0, a->partial, a->statistics[0]);
}

void conv3x3_8c32_8c32_f2_bf16_forward(const struct resnet8_tiny_host *host,
                                       bf16 out[8][8][BATCH][32], bf16 x[8][8][BATCH][32],
                                       float weight[9][1][32][32], float statistics[2][32],
                                       float partial[1040], float kernel[16][528], int n)
{
    const struct conv3x3_8c32_8c32_f2_bf16_forward_arguments a = {out, x, weight, statistics,
                                                                  partial, kernel, n};
    run(host, 16, conv3x3_8c32_8c32_f2_bf16_forward_kernel, &a);
    run_with_scratch(host, 16, conv3x3_8c32_8c32_f2_bf16_forward_unit, &a);
    if (statistics) {
        conv3x3_8c32_8c32_f2_bf16_forward_count(&a);
        run(host, 2, conv3x3_8c32_8c32_f2_bf16_forward_join, &a);
    }
}

/* conv3x3_8c32_8c32_f2_bf16_grad_input: layer3.0.conv2
 *
 * d_x = 3x3 convolution of d_out, with the kernel turned round and transposed, by tiles of 2x2
 * outputs: 16 products in place of 36.
 *
 *     U  = G w G'              [16][16 pairs of bf16][32], in panels
 *     V  = B' d_out B             [16][images][16 pairs of bf16]
 *     d_x = A' (V x U) A      the product for each of the 16 places
 *
 * A unit is 4 images of one of 4 x 4 tiles. */
struct conv3x3_8c32_8c32_f2_bf16_grad_input_arguments {
    bf16 (*d_x)[8][BATCH][32];
    bf16 (*d_out)[8][BATCH][32];
    float (*weight)[1][32][32];
    float (*kernel)[528];
    float (*turned)[32][32];
    int n;
};

/* Of a thread. V's places, from 1104 on, and M's, from 0: one of M lies where V was that is
 * multiplied by then, so that both take little more of the cache than the larger. Places lie apart
 * by more than a power of two, which would put them into few sets of it. */
struct conv3x3_8c32_8c32_f2_bf16_grad_input_scratch {
    float places[2384];
};

/* Turns 16 input channels of one tap. */
static void conv3x3_8c32_8c32_f2_bf16_grad_input_turn(const void *argument, int unit)
{
    const struct conv3x3_8c32_8c32_f2_bf16_grad_input_arguments *const a = argument;
    const int tap = unit / 2, first = unit % 2 * 16;
    for (int from = 0; from < 32; from++)
        for (int to = first; to < first + 16; to++)
            a->turned[8 - tap][from][to] = a->weight[tap][0][to][from];
}

/* U of one input channel for LANES outputs from `to` on. */
INLINE void conv3x3_8c32_8c32_f2_bf16_grad_input_of_channel(
    const struct conv3x3_8c32_8c32_f2_bf16_grad_input_arguments *a, int from, int to, vector u[16])
{
    vector half[3][4], w[3];
    UNROLL
    for (int x = 0; x < 3; x++) {
        for (int y = 0; y < 3; y++)
            w[y] = load(a->turned[3 * y + x][from] + to);
        f2_kernel(w, half[x]);
    }
    UNROLL
    for (int y = 0; y < 4; y++) {
        for (int x = 0; x < 3; x++)
            w[x] = half[x][y];
        f2_kernel(w, u + 4 * y);
    }
}

/* U of two input channels, as pairs. */
static void conv3x3_8c32_8c32_f2_bf16_grad_input_kernel(const void *argument, int pair)
{
    const struct conv3x3_8c32_8c32_f2_bf16_grad_input_arguments *const a = argument;
    for (int to = 0; to < 32; to += LANES) {
        float *const kernel = a->kernel[0] + (ptrdiff_t)(to / 32) * 512 + pair * 32 + to % 32;
        vector first[16], second[16];
        conv3x3_8c32_8c32_f2_bf16_grad_input_of_channel(a, 2 * pair, to, first);
        conv3x3_8c32_8c32_f2_bf16_grad_input_of_channel(a, 2 * pair + 1, to, second);
        UNROLL
        for (int j = 0; j < 16; j++)
            store(kernel + (ptrdiff_t)j * 528, pairs_of(first[j], second[j]));
    }
}

/* The outputs of one tile of `count` images. */
INLINE void conv3x3_8c32_8c32_f2_bf16_grad_input_output(const float *m, int count,
                                                        const int is_added, bf16 *const to[4])
{
    for (int i = 0; i < count; i++) {
        for (int c = 0; c < 32; c += LINE * LANES) {
            const int j = i * 32 + c;
            vector y[LINE][4];
            for (int v = 0; v < LINE; v++)
                f2_output_tile(m + j + v * LANES, 144, y[v]);
            UNROLL
            for (int k = 0; k < 4; k++) {
                for (int v = 0; v < LINE; v++) {
                    bf16 *const at = to[k] + j + v * LANES;
                    if (is_added)
                        store_bf16(at, add(load_bf16(at), y[v][k]));
                    else
                        store_bf16(at, y[v][k]);
                }
            }
        }
    }
}

/* The inputs of place j of a tile, from image i on. */
static const bf16 *conv3x3_8c32_8c32_f2_bf16_grad_input_inputs(
    const struct conv3x3_8c32_8c32_f2_bf16_grad_input_arguments *a, int tile, int i, int j)
{
    const int y = tile / 4 * 2 - 1 + j / 4, x = tile % 4 * 2 - 1 + j % 4;
    const int inside = y >= 0 && y < 8 && x >= 0 && x < 8;
    return inside ? a->d_out[y][x][i] : (const bf16 *)outside;
}

/* V of `count` images of one tile from image i on. */
OUTLINE void conv3x3_8c32_8c32_f2_bf16_grad_input_tile(
    const struct conv3x3_8c32_8c32_f2_bf16_grad_input_arguments *a, int tile, int i, int count,
    float *v)
{
    const bf16 *from[16];
    for (int j = 0; j < 16; j++)
        from[j] = conv3x3_8c32_8c32_f2_bf16_grad_input_inputs(a, tile, i, j);
    for (int j = 0; j < count * 32; j += LINE * LANES)
        f2_input_tile_halves_of_bf16(LINE, from, j, v + j / 2, 80);
}

/* What becomes of M of a slice: `count` images of one tile from image i on, 4 at most. */
static void conv3x3_8c32_8c32_f2_bf16_grad_input_results(
    const struct conv3x3_8c32_8c32_f2_bf16_grad_input_arguments *a, int tile, int i, int count,
    const float *m)
{
    const int y = tile / 4 * 2, x = tile % 4 * 2;
    bf16 *to[4];
    for (int j = 0; j < 4; j++)
        to[j] = a->d_x[y + j / 2][x + j % 2][i];
    conv3x3_8c32_8c32_f2_bf16_grad_input_output(m, count, 0, to);
}

/* During its products the inputs of the unit after it come nearer, which the same thread takes as a
 * rule. */
static void conv3x3_8c32_8c32_f2_bf16_grad_input_unit(const void *argument, int unit, void *scratch)
{
    const struct conv3x3_8c32_8c32_f2_bf16_grad_input_arguments *const a = argument;
    struct conv3x3_8c32_8c32_f2_bf16_grad_input_scratch *const s = kernel_scratch(scratch);
    const int tile = unit, count = at_most(a->n, 4);
    const int next_tile = unit + 1;
    if (count <= 0)
        return;
    float *const v = s->places + 1104;
    conv3x3_8c32_8c32_f2_bf16_grad_input_tile(a, tile, 0, count, v);
    for (int j = 0; j < 16; j++) {
        struct ahead next = ahead(a->kernel[at_most(j + 1, 15)]);
        next.first.at = (const float *)conv3x3_8c32_8c32_f2_bf16_grad_input_inputs(a, next_tile, 0,
            j);
        gemm_of_pairs(NULL, count, 32, 16, by_rows(v + j * 80, 16),
                      in_panels(a->kernel[j], 16, 32, 0), next, into(s->places + j * 144, 32, 0));
    }
    conv3x3_8c32_8c32_f2_bf16_grad_input_results(a, tile, 0, count, s->places);
}

void conv3x3_8c32_8c32_f2_bf16_grad_input(const struct resnet8_tiny_host *host,
                                          bf16 d_x[8][8][BATCH][32], bf16 d_out[8][8][BATCH][32],
                                          float weight[9][1][32][32], float kernel[16][528],
                                          float turned[9][32][32], int n)
{
    const struct conv3x3_8c32_8c32_f2_bf16_grad_input_arguments a = {d_x, d_out, weight, kernel,
                                                                     turned, n};
    run(host, 18, conv3x3_8c32_8c32_f2_bf16_grad_input_turn, &a);
    run(host, 16, conv3x3_8c32_8c32_f2_bf16_grad_input_kernel, &a);
    run_with_scratch(host, 16, conv3x3_8c32_8c32_f2_bf16_grad_input_unit, &a);
}

/* conv3x3s2_16c16_8c32_p4_bf16_grad_input: layer3.0.conv1
 *
 * d_x = gradient of a 3x3 convolution of stride 2 of d_out, with the kernel turned round and
 * transposed, by tiles of 8x8 outputs: 81 products in place of 144.
 *
 *     U  = G w G'              [36][16 pairs of bf16][16], in panels; the last of each side is for several places
 *     V  = B' d_out B             [81][images][16 pairs of bf16]
 *     d_x = A' (V x U) A      the product for each of the 81 places
 *
 * A unit is 4 images of one of 2 x 2 tiles. */
struct conv3x3s2_16c16_8c32_p4_bf16_grad_input_arguments {
    bf16 (*d_x)[16][BATCH][16];
    bf16 (*d_out)[8][BATCH][32];
    float (*weight)[1][16][32];
    float (*kernel)[272];
    float (*turned)[32][16];
    int n;
};

/* Of a thread. V's places, from 80 on, and M's, from 0: one of M lies where V was that is
 * multiplied by then, so that both take little more of the cache than the larger. Places lie apart
 * by more than a power of two, which would put them into few sets of it. */
struct conv3x3s2_16c16_8c32_p4_bf16_grad_input_scratch {
    float places[6560];
};

/* Turns 16 input channels of one tap. */
static void conv3x3s2_16c16_8c32_p4_bf16_grad_input_turn(const void *argument, int unit)
{
    const struct conv3x3s2_16c16_8c32_p4_bf16_grad_input_arguments *const a = argument;
    const int tap = unit;
    for (int from = 0; from < 32; from++)
        for (int to = 0; to < 16; to++)
            a->turned[8 - tap][from][to] = a->weight[tap][0][to][from];
}

/* U of one input channel for LANES outputs from `to` on. */
INLINE void conv3x3s2_16c16_8c32_p4_bf16_grad_input_of_channel(
    const struct conv3x3s2_16c16_8c32_p4_bf16_grad_input_arguments *a, int from, int to,
    vector u[36])
{
    vector half[3][6], w[3];
    UNROLL
    for (int x = 0; x < 3; x++) {
        for (int y = 0; y < 3; y++)
            w[y] = load(a->turned[3 * y + x][from] + to);
        p4_back_kernel(w, half[x]);
    }
    UNROLL
    for (int y = 0; y < 6; y++) {
        for (int x = 0; x < 3; x++)
            w[x] = half[x][y];
        p4_back_kernel(w, u + 6 * y);
    }
}

/* U of two input channels, as pairs. */
static void conv3x3s2_16c16_8c32_p4_bf16_grad_input_kernel(const void *argument, int pair)
{
    const struct conv3x3s2_16c16_8c32_p4_bf16_grad_input_arguments *const a = argument;
    for (int to = 0; to < 16; to += LANES) {
        float *const kernel = a->kernel[0] + (ptrdiff_t)(to / 16) * 256 + pair * 16 + to % 16;
        vector first[36], second[36];
        conv3x3s2_16c16_8c32_p4_bf16_grad_input_of_channel(a, 2 * pair, to, first);
        conv3x3s2_16c16_8c32_p4_bf16_grad_input_of_channel(a, 2 * pair + 1, to, second);
        UNROLL
        for (int j = 0; j < 36; j++)
            store(kernel + (ptrdiff_t)j * 272, pairs_of(first[j], second[j]));
    }
}

/* The outputs of one tile of `count` images. */
INLINE void conv3x3s2_16c16_8c32_p4_bf16_grad_input_output(const float *m, int count,
                                                           const int is_added, bf16 *const to[64])
{
    for (int i = 0; i < count; i++) {
        for (int c = 0; c < 16; c += LINE * LANES) {
            const int j = i * 16 + c;
            vector y[LINE][64];
            for (int v = 0; v < LINE; v++)
                p4_back_output_tile(m + j + v * LANES, 80, y[v]);
            UNROLL
            for (int k = 0; k < 64; k++) {
                for (int v = 0; v < LINE; v++) {
                    bf16 *const at = to[k] + j + v * LANES;
                    if (is_added)
                        store_bf16(at, add(load_bf16(at), y[v][k]));
                    else
                        store_bf16(at, y[v][k]);
                }
            }
        }
    }
}

/* The inputs of place j of a tile, from image i on. */
static const bf16 *conv3x3s2_16c16_8c32_p4_bf16_grad_input_inputs(
    const struct conv3x3s2_16c16_8c32_p4_bf16_grad_input_arguments *a, int tile, int i, int j)
{
    const int y = tile / 2 * 4 + j / 5, x = tile % 2 * 4 + j % 5;
    const int inside = y >= 0 && y < 8 && x >= 0 && x < 8;
    return inside ? a->d_out[y][x][i] : (const bf16 *)outside;
}

/* V of `count` images of one tile from image i on. */
OUTLINE void conv3x3s2_16c16_8c32_p4_bf16_grad_input_tile(
    const struct conv3x3s2_16c16_8c32_p4_bf16_grad_input_arguments *a, int tile, int i, int count,
    float *v)
{
    const bf16 *from[25];
    for (int j = 0; j < 25; j++)
        from[j] = conv3x3s2_16c16_8c32_p4_bf16_grad_input_inputs(a, tile, i, j);
    for (int j = 0; j < count * 32; j += LINE * LANES)
        p4_back_input_tile_halves_of_bf16(LINE, from, j, v + j / 2, 80);
}

/* What becomes of M of a slice: `count` images of one tile from image i on, 4 at most. */
static void conv3x3s2_16c16_8c32_p4_bf16_grad_input_results(
    const struct conv3x3s2_16c16_8c32_p4_bf16_grad_input_arguments *a, int tile, int i, int count,
    const float *m)
{
    const int y = tile / 2 * 8, x = tile % 2 * 8;
    bf16 *to[64];
    for (int j = 0; j < 64; j++)
        to[j] = a->d_x[y + j / 8][x + j % 8][i];
    conv3x3s2_16c16_8c32_p4_bf16_grad_input_output(m, count, 0, to);
}

/* During its products the inputs of the unit after it come nearer, which the same thread takes as a
 * rule. */
static void conv3x3s2_16c16_8c32_p4_bf16_grad_input_unit(const void *argument, int unit,
                                                         void *scratch)
{
    const struct conv3x3s2_16c16_8c32_p4_bf16_grad_input_arguments *const a = argument;
    struct conv3x3s2_16c16_8c32_p4_bf16_grad_input_scratch *const s = kernel_scratch(scratch);
    const int tile = unit, count = at_most(a->n, 4);
    const int next_tile = unit + 1;
    if (count <= 0)
        return;
    float *const v = s->places + 80;
    conv3x3s2_16c16_8c32_p4_bf16_grad_input_tile(a, tile, 0, count, v);
    for (int j = 0; j < 81; j++) {
        struct ahead next = ahead(a->kernel[kernel_of(at_most(j + 1, 80), 9, 6)]);
        next.first.at = (const float *)conv3x3s2_16c16_8c32_p4_bf16_grad_input_inputs(a, next_tile,
            0, j);
        gemm_of_pairs(NULL, count, 16, 16, by_rows(v + j * 80, 16),
                      in_panels(a->kernel[kernel_of(j, 9, 6)], 16, 16, 0), next,
                      into(s->places + j * 80, 16, 0));
    }
    conv3x3s2_16c16_8c32_p4_bf16_grad_input_results(a, tile, 0, count, s->places);
}

void conv3x3s2_16c16_8c32_p4_bf16_grad_input(const struct resnet8_tiny_host *host,
                                             bf16 d_x[16][16][BATCH][16],
                                             bf16 d_out[8][8][BATCH][32],
                                             float weight[9][1][16][32], float kernel[36][272],
                                             float turned[9][32][16], int n)
{
    const struct conv3x3s2_16c16_8c32_p4_bf16_grad_input_arguments a = {d_x, d_out, weight, kernel,
                                                                        turned, n};
    run(host, 9, conv3x3s2_16c16_8c32_p4_bf16_grad_input_turn, &a);
    run(host, 16, conv3x3s2_16c16_8c32_p4_bf16_grad_input_kernel, &a);
    run_with_scratch(host, 4, conv3x3s2_16c16_8c32_p4_bf16_grad_input_unit, &a);
}

/* conv3x3_16c16_16c16_f2_bf16_grad_input: layer2.0.conv2
 *
 * d_x = 3x3 convolution of d_out, with the kernel turned round and transposed, by tiles of 2x2
 * outputs: 16 products in place of 36.
 *
 *     U  = G w G'              [16][8 pairs of bf16][16], in panels
 *     V  = B' d_out B             [16][images][8 pairs of bf16]
 *     d_x = A' (V x U) A      the product for each of the 16 places
 *
 * A unit is 4 images of one of 8 x 8 tiles. */
struct conv3x3_16c16_16c16_f2_bf16_grad_input_arguments {
    bf16 (*d_x)[16][BATCH][16];
    bf16 (*d_out)[16][BATCH][16];
    float (*weight)[1][16][16];
    float (*kernel)[144];
    float (*turned)[16][16];
    int n;
};

/* Of a thread. V's places, from 560 on, and M's, from 0: one of M lies where V was that is
 * multiplied by then, so that both take little more of the cache than the larger. Places lie apart
 * by more than a power of two, which would put them into few sets of it. */
struct conv3x3_16c16_16c16_f2_bf16_grad_input_scratch {
    float places[1328];
};

/* Turns 16 input channels of one tap. */
static void conv3x3_16c16_16c16_f2_bf16_grad_input_turn(const void *argument, int unit)
{
    const struct conv3x3_16c16_16c16_f2_bf16_grad_input_arguments *const a = argument;
    const int tap = unit;
    for (int from = 0; from < 16; from++)
        for (int to = 0; to < 16; to++)
            a->turned[8 - tap][from][to] = a->weight[tap][0][to][from];
}

/* U of one input channel for LANES outputs from `to` on. */
INLINE void conv3x3_16c16_16c16_f2_bf16_grad_input_of_channel(
    const struct conv3x3_16c16_16c16_f2_bf16_grad_input_arguments *a, int from, int to,
    vector u[16])
{
    vector half[3][4], w[3];
    UNROLL
    for (int x = 0; x < 3; x++) {
        for (int y = 0; y < 3; y++)
            w[y] = load(a->turned[3 * y + x][from] + to);
        f2_kernel(w, half[x]);
    }
    UNROLL
    for (int y = 0; y < 4; y++) {
        for (int x = 0; x < 3; x++)
            w[x] = half[x][y];
        f2_kernel(w, u + 4 * y);
    }
}

/* U of two input channels, as pairs. */
static void conv3x3_16c16_16c16_f2_bf16_grad_input_kernel(const void *argument, int pair)
{
    const struct conv3x3_16c16_16c16_f2_bf16_grad_input_arguments *const a = argument;
    for (int to = 0; to < 16; to += LANES) {
        float *const kernel = a->kernel[0] + (ptrdiff_t)(to / 16) * 128 + pair * 16 + to % 16;
        vector first[16], second[16];
        conv3x3_16c16_16c16_f2_bf16_grad_input_of_channel(a, 2 * pair, to, first);
        conv3x3_16c16_16c16_f2_bf16_grad_input_of_channel(a, 2 * pair + 1, to, second);
        UNROLL
        for (int j = 0; j < 16; j++)
            store(kernel + (ptrdiff_t)j * 144, pairs_of(first[j], second[j]));
    }
}

/* The outputs of one tile of `count` images. */
INLINE void conv3x3_16c16_16c16_f2_bf16_grad_input_output(const float *m, int count,
                                                          const int is_added, bf16 *const to[4])
{
    for (int i = 0; i < count; i++) {
        for (int c = 0; c < 16; c += LINE * LANES) {
            const int j = i * 16 + c;
            vector y[LINE][4];
            for (int v = 0; v < LINE; v++)
                f2_output_tile(m + j + v * LANES, 80, y[v]);
            UNROLL
            for (int k = 0; k < 4; k++) {
                for (int v = 0; v < LINE; v++) {
                    bf16 *const at = to[k] + j + v * LANES;
                    if (is_added)
                        store_bf16(at, add(load_bf16(at), y[v][k]));
                    else
                        store_bf16(at, y[v][k]);
                }
            }
        }
    }
}

/* The inputs of place j of a tile, from image i on. */
static const bf16 *conv3x3_16c16_16c16_f2_bf16_grad_input_inputs(
    const struct conv3x3_16c16_16c16_f2_bf16_grad_input_arguments *a, int tile, int i, int j)
{
    const int y = tile / 8 * 2 - 1 + j / 4, x = tile % 8 * 2 - 1 + j % 4;
    const int inside = y >= 0 && y < 16 && x >= 0 && x < 16;
    return inside ? a->d_out[y][x][i] : (const bf16 *)outside;
}

/* V of `count` images of one tile from image i on. */
OUTLINE void conv3x3_16c16_16c16_f2_bf16_grad_input_tile(
    const struct conv3x3_16c16_16c16_f2_bf16_grad_input_arguments *a, int tile, int i, int count,
    float *v)
{
    const bf16 *from[16];
    for (int j = 0; j < 16; j++)
        from[j] = conv3x3_16c16_16c16_f2_bf16_grad_input_inputs(a, tile, i, j);
    for (int j = 0; j < count * 16; j += LINE * LANES)
        f2_input_tile_halves_of_bf16(LINE, from, j, v + j / 2, 48);
}

/* What becomes of M of a slice: `count` images of one tile from image i on, 4 at most. */
static void conv3x3_16c16_16c16_f2_bf16_grad_input_results(
    const struct conv3x3_16c16_16c16_f2_bf16_grad_input_arguments *a, int tile, int i, int count,
    const float *m)
{
    const int y = tile / 8 * 2, x = tile % 8 * 2;
    bf16 *to[4];
    for (int j = 0; j < 4; j++)
        to[j] = a->d_x[y + j / 2][x + j % 2][i];
    conv3x3_16c16_16c16_f2_bf16_grad_input_output(m, count, 0, to);
}

/* During its products the inputs of the unit after it come nearer, which the same thread takes as a
 * rule. */
static void conv3x3_16c16_16c16_f2_bf16_grad_input_unit(const void *argument, int unit,
                                                        void *scratch)
{
    const struct conv3x3_16c16_16c16_f2_bf16_grad_input_arguments *const a = argument;
    struct conv3x3_16c16_16c16_f2_bf16_grad_input_scratch *const s = kernel_scratch(scratch);
    const int tile = unit, count = at_most(a->n, 4);
    const int next_tile = unit + 1;
    if (count <= 0)
        return;
    float *const v = s->places + 560;
    conv3x3_16c16_16c16_f2_bf16_grad_input_tile(a, tile, 0, count, v);
    for (int j = 0; j < 16; j++) {
        struct ahead next = ahead(a->kernel[at_most(j + 1, 15)]);
        next.first.at = (const float *)conv3x3_16c16_16c16_f2_bf16_grad_input_inputs(a, next_tile,
            0, j);
        gemm_of_pairs(NULL, count, 16, 8, by_rows(v + j * 48, 8), in_panels(a->kernel[j], 8, 16, 0),
                      next, into(s->places + j * 80, 16, 0));
    }
    conv3x3_16c16_16c16_f2_bf16_grad_input_results(a, tile, 0, count, s->places);
}

void conv3x3_16c16_16c16_f2_bf16_grad_input(const struct resnet8_tiny_host *host,
                                            bf16 d_x[16][16][BATCH][16],
                                            bf16 d_out[16][16][BATCH][16],
                                            float weight[9][1][16][16], float kernel[16][144],
                                            float turned[9][16][16], int n)
{
    const struct conv3x3_16c16_16c16_f2_bf16_grad_input_arguments a = {d_x, d_out, weight, kernel,
                                                                       turned, n};
    run(host, 9, conv3x3_16c16_16c16_f2_bf16_grad_input_turn, &a);
    run(host, 8, conv3x3_16c16_16c16_f2_bf16_grad_input_kernel, &a);
    run_with_scratch(host, 64, conv3x3_16c16_16c16_f2_bf16_grad_input_unit, &a);
}

