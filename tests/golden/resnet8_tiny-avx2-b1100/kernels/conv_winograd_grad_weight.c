/* conv3x3_8c32_8c32_f4_grad_weight: layer3.0.conv2
 *
 * The forward algorithm transposed, for 4x4 outputs a tile: 36 products in place of 144.
 *
 *     V  = B' x B              [36][images][32]
 *     dM = A d_out A'          [36][images][32], in panels
 *     dU = sum of V' x dM      [36][32][32]
 *     d_weight = G' dU G
 *
 * A unit is 32 by 32 channels or fewer, so that there are units for all threads, of one of 4 parts
 * of the tiles; the parts are added up afterwards. */
struct conv3x3_8c32_8c32_f4_grad_weight_arguments {
    float (*d_weight)[1][32][32];
    float (*d_out)[8][BATCH][32];
    float (*x)[8][BATCH][32];
    float (*factors)[32];
    float (*workspace)[9][32][32];
    int n;
    int channels, blocks; /* input channels of a unit, units of all of them */
};

/* Of a thread; places lie as in forward's. */
struct conv3x3_8c32_8c32_f4_grad_weight_scratch {
    float v[36][1040], m[36][1040];
    float sum[36][1040];
};

/* Place j of a tile's inputs, from image i and channel c on. */
static const float *conv3x3_8c32_8c32_f4_grad_weight_inputs(
    const struct conv3x3_8c32_8c32_f4_grad_weight_arguments *a, int tile, int i, int c, int j)
{
    const int y = tile / 2 * 4 - 1 + j / 6, x = tile % 2 * 4 - 1 + j % 6;
    const int inside = y >= 0 && y < 8 && x >= 0 && x < 8;
    return inside ? &a->x[y][x][i][c] : outside;
}

/* Place j of the gradients of its outputs. */
static const float *conv3x3_8c32_8c32_f4_grad_weight_outputs(
    const struct conv3x3_8c32_8c32_f4_grad_weight_arguments *a, int tile, int i, int o, int j)
{
    const int y = tile / 2 * 4 + j / 4, x = tile % 2 * 4 + j % 4;
    return y < 8 && x < 8 ? &a->d_out[y][x][i][o] : outside;
}

/* V of `count` images of one tile, for the channels from c on, of what the batch norm makes of x by
 * factors [2][32]; inside: as in struct norm. */
INLINE void conv3x3_8c32_8c32_f4_grad_weight_scaled(
    const struct conv3x3_8c32_8c32_f4_grad_weight_arguments *a, const float *const from[36],
    const float *inside, int count, int c, int channels, float *to)
{
    for (int n = 0; n < count; n++) {
        for (int j = 0; j < channels; j += LINE * LANES) {
            struct norm norm[LINE];
            load_norms(LINE, a->factors[0] + c + j, a->factors[1] + c + j, inside, norm);
            f4_input_tile_normalised(LINE, from, n * 32 + j, to + n * 32 + j, 1040, norm);
        }
    }
}

static void conv3x3_8c32_8c32_f4_grad_weight_normalised(
    const struct conv3x3_8c32_8c32_f4_grad_weight_arguments *a, const float *const from[36],
    int count, int c, int channels, float *v)
{
    float inside[36];
    int beside = 0;
    for (int j = 0; j < 36; j++) {
        inside[j] = from[j] != outside;
        beside += from[j] == outside;
    }
    if (beside)
        conv3x3_8c32_8c32_f4_grad_weight_scaled(a, from, inside, count, c, channels, v);
    else
        conv3x3_8c32_8c32_f4_grad_weight_scaled(a, from, NULL, count, c, channels, v);
}

/* V of `count` images of one tile from image i on, for a unit's channels from c on. */
OUTLINE void conv3x3_8c32_8c32_f4_grad_weight_transform_x(
    const struct conv3x3_8c32_8c32_f4_grad_weight_arguments *a, int tile, int i, int count, int c,
    int channels, float *to)
{
    const float *from[36];
    for (int j = 0; j < 36; j++)
        from[j] = conv3x3_8c32_8c32_f4_grad_weight_inputs(a, tile, i, c, j);
    conv3x3_8c32_8c32_f4_grad_weight_normalised(a, from, count, c, channels, to);
}

/* dM of `count` images of one tile from image i on, for the channels from o on. */
OUTLINE void conv3x3_8c32_8c32_f4_grad_weight_transform_d_out(
    const struct conv3x3_8c32_8c32_f4_grad_weight_arguments *a, int tile, int i, int count, int o,
    float *to)
{
    const float *from[16];
    for (int j = 0; j < 16; j++)
        from[j] = conv3x3_8c32_8c32_f4_grad_weight_outputs(a, tile, i, o, j);
    for (int n = 0; n < count; n++) {
        for (int j = 0; j < 32; j += LINE * LANES)
            f4_grad_output_tile(LINE, from, n * 32 + j,
                                to + j / PANEL * 512 + n * PANEL + j % PANEL, 1040);
    }
}

/* Adds the products of those images. Meanwhile those after them come nearer. */
static void conv3x3_8c32_8c32_f4_grad_weight_tile(
    const struct conv3x3_8c32_8c32_f4_grad_weight_arguments *a,
    struct conv3x3_8c32_8c32_f4_grad_weight_scratch *s, int tile, int i, int count, int c,
    int channels, int o, int beta, void *scratch)
{
    const int is_last = i + 32 >= a->n, next_tile = tile + is_last, next_i = is_last ? 0 : i + 32;
    conv3x3_8c32_8c32_f4_grad_weight_transform_x(a, tile, i, count, c, channels, s->v[0]);
    conv3x3_8c32_8c32_f4_grad_weight_transform_d_out(a, tile, i, count, o, s->m[0]);
    for (int j = 0; j < 36; j++) {
        const struct ahead next = {
            s->m[at_most(j + 1, 35)],
            {conv3x3_8c32_8c32_f4_grad_weight_inputs(a, next_tile, next_i, c, j), channels, 32},
            {j < 16 ? conv3x3_8c32_8c32_f4_grad_weight_outputs(a, next_tile, next_i, o, j)
             : outside, 0, 32},
        };
        gemm(scratch, channels, 32, count, transposed(s->v[j], 32), in_panels(s->m[j], 32, 32, 0),
             next, into(s->sum[j], 32, beta));
    }
}

static void conv3x3_8c32_8c32_f4_grad_weight_unit(const void *argument, int unit, void *scratch)
{
    const struct conv3x3_8c32_8c32_f4_grad_weight_arguments *const a = argument;
    struct conv3x3_8c32_8c32_f4_grad_weight_scratch *const s = kernel_scratch(scratch);
    const int part = unit / a->blocks;
    const int c = unit % a->blocks * a->channels;
    const int channels = at_most(32 - c, a->channels);
    const int begin = part, end = part + 1;
    for (int tile = begin; tile < end; tile++)
        for (int i = 0; i < a->n; i += 32)
            conv3x3_8c32_8c32_f4_grad_weight_tile(a, s, tile, i, at_most(a->n - i, 32), c, channels,
                                                  0, tile > begin || i > 0, scratch);
    for (int row = 0; row < channels; row++) {
        for (int j = 0; j < 32; j += LANES) {
            vector half[6][3], x[6], y[3];
            UNROLL
            for (int column = 0; column < 6; column++) {
                UNROLL
                for (int place = 0; place < 6; place++)
                    x[place] = load(s->sum[6 * place + column] + row * 32 + j);
                f4_grad_kernel(x, half[column]);
            }
            UNROLL
            for (int tap = 0; tap < 3; tap++) {
                UNROLL
                for (int column = 0; column < 6; column++)
                    x[column] = half[column][tap];
                f4_grad_kernel(x, y);
                UNROLL
                for (int k = 0; k < 3; k++)
                    store(a->workspace[part][3 * tap + k][c + row] + j, y[k]);
            }
        }
    }
}

/* Adds up what the parts have for 4096 of the 9216 weights. */
static void conv3x3_8c32_8c32_f4_grad_weight_add(const void *argument, int unit)
{
    const struct conv3x3_8c32_8c32_f4_grad_weight_arguments *const a = argument;
    const int first = unit * 4096, count = at_most(9216 - first, 4096);
    sum_rows(4, count, (const float *)a->workspace + first, 9216, (float *)a->d_weight + first);
}

void conv3x3_8c32_8c32_f4_grad_weight(const struct resnet8_tiny_host *host,
                                      float d_weight[9][1][32][32], float d_out[8][8][BATCH][32],
                                      float x[8][8][BATCH][32], float factors[2][32],
                                      float workspace[4][9][32][32], int n)
{
    const int channels = share_among_threads(host, 2, 4, 32, 32, 16),
        blocks = (32 + channels - 1) / channels;
    const struct conv3x3_8c32_8c32_f4_grad_weight_arguments a = {d_weight, d_out, x, factors,
                                                                 workspace, n, channels, blocks};
    run_with_scratch(host, 4 * blocks, conv3x3_8c32_8c32_f4_grad_weight_unit, &a);
    run(host, 3, conv3x3_8c32_8c32_f4_grad_weight_add, &a);
}

/* conv3x3_16c16_16c16_f4_grad_weight: layer2.0.conv2
 *
 * The forward algorithm transposed, for 4x4 outputs a tile: 36 products in place of 144.
 *
 *     V  = B' x B              [36][images][16]
 *     dM = A d_out A'          [36][images][16]
 *     dU = sum of V' x dM      [36][16][16]
 *     d_weight = G' dU G
 *
 * A unit is 16 by 16 channels of one of 16 parts of the tiles; the parts are added up
 * afterwards. */
struct conv3x3_16c16_16c16_f4_grad_weight_arguments {
    float (*d_weight)[1][16][16];
    float (*d_out)[16][BATCH][16];
    float (*x)[16][BATCH][16];
    float (*factors)[16];
    float (*workspace)[9][16][16];
    int n;
};

/* Of a thread; places lie as in forward's. */
struct conv3x3_16c16_16c16_f4_grad_weight_scratch {
    float v[36][912], m[36][912];
    float sum[36][272];
};

/* Place j of a tile's inputs, from image i and channel c on. */
static const float *conv3x3_16c16_16c16_f4_grad_weight_inputs(
    const struct conv3x3_16c16_16c16_f4_grad_weight_arguments *a, int tile, int i, int c, int j)
{
    const int y = tile / 4 * 4 - 1 + j / 6, x = tile % 4 * 4 - 1 + j % 6;
    const int inside = y >= 0 && y < 16 && x >= 0 && x < 16;
    return inside ? &a->x[y][x][i][c] : outside;
}

/* Place j of the gradients of its outputs. */
static const float *conv3x3_16c16_16c16_f4_grad_weight_outputs(
    const struct conv3x3_16c16_16c16_f4_grad_weight_arguments *a, int tile, int i, int o, int j)
{
    const int y = tile / 4 * 4 + j / 4, x = tile % 4 * 4 + j % 4;
    return y < 16 && x < 16 ? &a->d_out[y][x][i][o] : outside;
}

/* V of `count` images of one tile, for the channels from c on, of what the batch norm makes of x by
 * factors [2][16]; inside: as in struct norm. */
INLINE void conv3x3_16c16_16c16_f4_grad_weight_scaled(
    const struct conv3x3_16c16_16c16_f4_grad_weight_arguments *a, const float *const from[36],
    const float *inside, int count, int c, float *to)
{
    for (int n = 0; n < count; n++) {
        for (int j = 0; j < 16; j += LINE * LANES) {
            struct norm norm[LINE];
            load_norms(LINE, a->factors[0] + c + j, a->factors[1] + c + j, inside, norm);
            f4_input_tile_normalised(LINE, from, n * 16 + j, to + n * 16 + j, 912, norm);
        }
    }
}

static void conv3x3_16c16_16c16_f4_grad_weight_normalised(
    const struct conv3x3_16c16_16c16_f4_grad_weight_arguments *a, const float *const from[36],
    int count, int c, float *v)
{
    float inside[36];
    int beside = 0;
    for (int j = 0; j < 36; j++) {
        inside[j] = from[j] != outside;
        beside += from[j] == outside;
    }
    if (beside)
        conv3x3_16c16_16c16_f4_grad_weight_scaled(a, from, inside, count, c, v);
    else
        conv3x3_16c16_16c16_f4_grad_weight_scaled(a, from, NULL, count, c, v);
}

/* V of `count` images of one tile from image i on, for the channels from c on. */
OUTLINE void conv3x3_16c16_16c16_f4_grad_weight_transform_x(
    const struct conv3x3_16c16_16c16_f4_grad_weight_arguments *a, int tile, int i, int count, int c,
    float *to)
{
    const float *from[36];
    for (int j = 0; j < 36; j++)
        from[j] = conv3x3_16c16_16c16_f4_grad_weight_inputs(a, tile, i, c, j);
    conv3x3_16c16_16c16_f4_grad_weight_normalised(a, from, count, c, to);
}

/* dM of `count` images of one tile from image i on, for the channels from o on. */
OUTLINE void conv3x3_16c16_16c16_f4_grad_weight_transform_d_out(
    const struct conv3x3_16c16_16c16_f4_grad_weight_arguments *a, int tile, int i, int count, int o,
    float *to)
{
    const float *from[16];
    for (int j = 0; j < 16; j++)
        from[j] = conv3x3_16c16_16c16_f4_grad_weight_outputs(a, tile, i, o, j);
    for (int j = 0; j < count * 16; j += LINE * LANES)
        f4_grad_output_tile(LINE, from, j, to + j, 912);
}

/* Adds the products of those images. Meanwhile those after them come nearer. */
static void conv3x3_16c16_16c16_f4_grad_weight_tile(
    const struct conv3x3_16c16_16c16_f4_grad_weight_arguments *a,
    struct conv3x3_16c16_16c16_f4_grad_weight_scratch *s, int tile, int i, int count, int c, int o,
    int beta, void *scratch)
{
    const int is_last = i + 56 >= a->n, next_tile = tile + is_last, next_i = is_last ? 0 : i + 56;
    conv3x3_16c16_16c16_f4_grad_weight_transform_x(a, tile, i, count, c, s->v[0]);
    conv3x3_16c16_16c16_f4_grad_weight_transform_d_out(a, tile, i, count, o, s->m[0]);
    for (int j = 0; j < 36; j++) {
        const struct ahead next = {
            s->m[at_most(j + 1, 35)],
            {conv3x3_16c16_16c16_f4_grad_weight_inputs(a, next_tile, next_i, c, j), 0, 16},
            {j < 16 ? conv3x3_16c16_16c16_f4_grad_weight_outputs(a, next_tile, next_i, o, j)
             : outside, 0, 16},
        };
        gemm(scratch, 16, 16, count, transposed(s->v[j], 16), by_rows(s->m[j], 16), next,
             into(s->sum[j], 16, beta));
    }
}

static void conv3x3_16c16_16c16_f4_grad_weight_unit(const void *argument, int unit, void *scratch)
{
    const struct conv3x3_16c16_16c16_f4_grad_weight_arguments *const a = argument;
    struct conv3x3_16c16_16c16_f4_grad_weight_scratch *const s = kernel_scratch(scratch);
    const int part = unit;
    const int begin = part, end = part + 1;
    for (int tile = begin; tile < end; tile++)
        for (int i = 0; i < a->n; i += 56)
            conv3x3_16c16_16c16_f4_grad_weight_tile(a, s, tile, i, at_most(a->n - i, 56), 0, 0,
                                                    tile > begin || i > 0, scratch);
    for (int row = 0; row < 16; row++) {
        for (int j = 0; j < 16; j += LANES) {
            vector half[6][3], x[6], y[3];
            UNROLL
            for (int column = 0; column < 6; column++) {
                UNROLL
                for (int place = 0; place < 6; place++)
                    x[place] = load(s->sum[6 * place + column] + row * 16 + j);
                f4_grad_kernel(x, half[column]);
            }
            UNROLL
            for (int tap = 0; tap < 3; tap++) {
                UNROLL
                for (int column = 0; column < 6; column++)
                    x[column] = half[column][tap];
                f4_grad_kernel(x, y);
                UNROLL
                for (int k = 0; k < 3; k++)
                    store(a->workspace[part][3 * tap + k][row] + j, y[k]);
            }
        }
    }
}

/* Adds up what the parts have for 1024 of the 2304 weights. */
static void conv3x3_16c16_16c16_f4_grad_weight_add(const void *argument, int unit)
{
    const struct conv3x3_16c16_16c16_f4_grad_weight_arguments *const a = argument;
    const int first = unit * 1024, count = at_most(2304 - first, 1024);
    sum_rows(16, count, (const float *)a->workspace + first, 2304, (float *)a->d_weight + first);
}

void conv3x3_16c16_16c16_f4_grad_weight(const struct resnet8_tiny_host *host,
                                        float d_weight[9][1][16][16],
                                        float d_out[16][16][BATCH][16], float x[16][16][BATCH][16],
                                        float factors[2][16], float workspace[16][9][16][16], int n)
{
    const struct conv3x3_16c16_16c16_f4_grad_weight_arguments a = {d_weight, d_out, x, factors,
                                                                   workspace, n};
    run_with_scratch(host, 16, conv3x3_16c16_16c16_f4_grad_weight_unit, &a);
    run(host, 3, conv3x3_16c16_16c16_f4_grad_weight_add, &a);
}

