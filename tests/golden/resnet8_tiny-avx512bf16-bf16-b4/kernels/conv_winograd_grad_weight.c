/* conv3x3_8c32_8c32_f2_bf16_grad_weight: layer3.0.conv2
 *
 * The forward algorithm transposed, for 2x2 outputs a tile: 16 products in place of 36.
 *
 *     V  = B' x B              [16][pairs of images in bf16][32], in groups of LANES
 *     dM = A d_out A'          [16][pairs of images in bf16][32]
 *     dU = sum of V' x dM      [16][32][32]
 *     d_weight = G' dU G
 *
 * A unit is 32 by 32 channels or fewer, so that there are units for all threads, of one of 16 parts
 * of the tiles; the parts are added up afterwards. */
struct conv3x3_8c32_8c32_f2_bf16_grad_weight_arguments {
    float (*d_weight)[1][32][32];
    bf16 (*d_out)[8][BATCH][32];
    bf16 (*x)[8][BATCH][32];
    float (*workspace)[9][32][32];
    int n;
    int channels, blocks; /* input channels of a unit, units of all of them */
};

/* Of a thread; places lie as in forward's. */
struct conv3x3_8c32_8c32_f2_bf16_grad_weight_scratch {
    float v[16][80], m[16][80];
    float sum[16][1040];
};

/* Place j of a tile's inputs, from image i and channel c on. */
static const bf16 *conv3x3_8c32_8c32_f2_bf16_grad_weight_inputs(
    const struct conv3x3_8c32_8c32_f2_bf16_grad_weight_arguments *a, int tile, int i, int c, int j)
{
    const int y = tile / 4 * 2 - 1 + j / 4, x = tile % 4 * 2 - 1 + j % 4;
    const int inside = y >= 0 && y < 8 && x >= 0 && x < 8;
    return inside ? &a->x[y][x][i][c] : (const bf16 *)outside;
}

/* Place j of the gradients of its outputs. */
static const bf16 *conv3x3_8c32_8c32_f2_bf16_grad_weight_outputs(
    const struct conv3x3_8c32_8c32_f2_bf16_grad_weight_arguments *a, int tile, int i, int o, int j)
{
    const int y = tile / 4 * 2 + j / 2, x = tile % 4 * 2 + j % 2;
    return y < 8 && x < 8 ? &a->d_out[y][x][i][o] : (const bf16 *)outside;
}

/* V of `count` images of one tile from image i on, for a unit's channels from c on. */
OUTLINE void conv3x3_8c32_8c32_f2_bf16_grad_weight_transform_x(
    const struct conv3x3_8c32_8c32_f2_bf16_grad_weight_arguments *a, int tile, int i, int count,
    int c, int channels, float *to)
{
    const bf16 *from[16];
    for (int j = 0; j < 16; j++)
        from[j] = conv3x3_8c32_8c32_f2_bf16_grad_weight_inputs(a, tile, i, c, j);
    for (int n = 0; n < count; n += 2) {
        const int image = n + 1 < count ? 32 : 0;
        for (int j = 0; j < channels; j += LANES)
            f2_input_tile_pairs_of_bf16(from, n * 32 + j, image, to + j * 2 + n / 2 * LANES, 80);
    }
}

/* dM of `count` images of one tile from image i on, for the channels from o on. */
OUTLINE void conv3x3_8c32_8c32_f2_bf16_grad_weight_transform_d_out(
    const struct conv3x3_8c32_8c32_f2_bf16_grad_weight_arguments *a, int tile, int i, int count,
    int o, float *to)
{
    const bf16 *from[4];
    for (int j = 0; j < 4; j++)
        from[j] = conv3x3_8c32_8c32_f2_bf16_grad_weight_outputs(a, tile, i, o, j);
    for (int n = 0; n < count; n += 2) {
        const int image = n + 1 < count ? 32 : 0;
        for (int j = 0; j < 32; j += LANES)
            f2_grad_output_tile_pairs_of_bf16(from, n * 32 + j, image, to + n / 2 * 32 + j, 80);
    }
}

/* Adds the products of those images. Meanwhile those after them come nearer. */
static void conv3x3_8c32_8c32_f2_bf16_grad_weight_tile(
    const struct conv3x3_8c32_8c32_f2_bf16_grad_weight_arguments *a,
    struct conv3x3_8c32_8c32_f2_bf16_grad_weight_scratch *s, int tile, int i, int count, int c,
    int channels, int o, int beta, void *scratch)
{
    const int is_last = i + 4 >= a->n, next_tile = tile + is_last, next_i = is_last ? 0 : i + 4;
    conv3x3_8c32_8c32_f2_bf16_grad_weight_transform_x(a, tile, i, count, c, channels, s->v[0]);
    conv3x3_8c32_8c32_f2_bf16_grad_weight_transform_d_out(a, tile, i, count, o, s->m[0]);
    for (int j = 0; j < 16; j++) {
        const struct ahead next = {
            s->m[at_most(j + 1, 15)],
            {(const float *)conv3x3_8c32_8c32_f2_bf16_grad_weight_inputs(a, next_tile, next_i, c,
                                                                         j), channels / 2, 32 / 2},
            {j < 4 ? (const float *)conv3x3_8c32_8c32_f2_bf16_grad_weight_outputs(a, next_tile,
                next_i, o, j) : outside, 0, 32 / 2},
        };
        gemm_of_pairs(scratch, channels, 32, (count + 1) / 2, transposed_groups(s->v[j], 2 * LANES),
                      by_rows(s->m[j], 32), next, into(s->sum[j], 32, beta));
    }
}

static void conv3x3_8c32_8c32_f2_bf16_grad_weight_unit(const void *argument, int unit,
                                                       void *scratch)
{
    const struct conv3x3_8c32_8c32_f2_bf16_grad_weight_arguments *const a = argument;
    struct conv3x3_8c32_8c32_f2_bf16_grad_weight_scratch *const s = kernel_scratch(scratch);
    const int part = unit / a->blocks;
    const int c = unit % a->blocks * a->channels;
    const int channels = at_most(32 - c, a->channels);
    const int begin = part, end = part + 1;
    for (int tile = begin; tile < end; tile++)
        for (int i = 0; i < a->n; i += 4)
            conv3x3_8c32_8c32_f2_bf16_grad_weight_tile(a, s, tile, i, at_most(a->n - i, 4), c,
                                                       channels, 0, tile > begin || i > 0, scratch);
    for (int row = 0; row < channels; row++) {
        for (int j = 0; j < 32; j += LANES) {
            vector half[4][3], x[4], y[3];
            UNROLL
            for (int column = 0; column < 4; column++) {
                UNROLL
                for (int place = 0; place < 4; place++)
                    x[place] = load(s->sum[4 * place + column] + row * 32 + j);
                f2_grad_kernel(x, half[column]);
            }
            UNROLL
            for (int tap = 0; tap < 3; tap++) {
                UNROLL
                for (int column = 0; column < 4; column++)
                    x[column] = half[column][tap];
                f2_grad_kernel(x, y);
                UNROLL
                for (int k = 0; k < 3; k++)
                    store(a->workspace[part][3 * tap + k][c + row] + j, y[k]);
            }
        }
    }
}

/* Adds up what the parts have for 1024 of the 9216 weights. */
static void conv3x3_8c32_8c32_f2_bf16_grad_weight_add(const void *argument, int unit)
{
    const struct conv3x3_8c32_8c32_f2_bf16_grad_weight_arguments *const a = argument;
    const int first = unit * 1024;
    sum_rows(16, 1024, (const float *)a->workspace + first, 9216, (float *)a->d_weight + first);
}

void conv3x3_8c32_8c32_f2_bf16_grad_weight(const struct resnet8_tiny_host *host,
                                           float d_weight[9][1][32][32],
                                           bf16 d_out[8][8][BATCH][32], bf16 x[8][8][BATCH][32],
                                           float workspace[16][9][32][32], int n)
{
    const int channels = share_among_threads(host, 2, 16, 32, 32, 16),
        blocks = (32 + channels - 1) / channels;
    const struct conv3x3_8c32_8c32_f2_bf16_grad_weight_arguments a = {d_weight, d_out, x, workspace,
                                                                      n, channels, blocks};
    run_with_scratch(host, 16 * blocks, conv3x3_8c32_8c32_f2_bf16_grad_weight_unit, &a);
    run(host, 9, conv3x3_8c32_8c32_f2_bf16_grad_weight_add, &a);
}

/* conv3x3s2_16c16_8c32_p4_bf16_grad_weight: layer3.0.conv1
 *
 * The forward algorithm transposed, for 4x4 outputs a tile: 81 products in place of 144.
 *
 *     V  = B' x B              [81][pairs of images in bf16][16], in groups of LANES
 *     dM = A d_out A'          [81][pairs of images in bf16][32]
 *     dU = sum of V' x dM      [36][16][32]; the last of each side is for several places
 *     d_weight = G' dU G
 *
 * A unit is 16 by 32 channels of one of 4 parts of the tiles; the parts are added up afterwards. */
struct conv3x3s2_16c16_8c32_p4_bf16_grad_weight_arguments {
    float (*d_weight)[1][16][32];
    bf16 (*d_out)[8][BATCH][32];
    bf16 (*x)[16][BATCH][16];
    float (*workspace)[9][16][32];
    int n;
};

/* Of a thread; places lie as in forward's. */
struct conv3x3s2_16c16_8c32_p4_bf16_grad_weight_scratch {
    float v[81][48], m[81][80];
    float sum[36][528];
};

/* Place j of a tile's inputs, from image i and channel c on. */
static const bf16 *conv3x3s2_16c16_8c32_p4_bf16_grad_weight_inputs(
    const struct conv3x3s2_16c16_8c32_p4_bf16_grad_weight_arguments *a, int tile, int i, int c,
    int j)
{
    const int y = tile / 2 * 8 - 1 + j / 9, x = tile % 2 * 8 - 1 + j % 9;
    const int inside = y >= 0 && y < 16 && x >= 0 && x < 16;
    return inside ? &a->x[y][x][i][c] : (const bf16 *)outside;
}

/* Place j of the gradients of its outputs. */
static const bf16 *conv3x3s2_16c16_8c32_p4_bf16_grad_weight_outputs(
    const struct conv3x3s2_16c16_8c32_p4_bf16_grad_weight_arguments *a, int tile, int i, int o,
    int j)
{
    const int y = tile / 2 * 4 + j / 4, x = tile % 2 * 4 + j % 4;
    return y < 8 && x < 8 ? &a->d_out[y][x][i][o] : (const bf16 *)outside;
}

/* V of `count` images of one tile from image i on, for the channels from c on. */
OUTLINE void conv3x3s2_16c16_8c32_p4_bf16_grad_weight_transform_x(
    const struct conv3x3s2_16c16_8c32_p4_bf16_grad_weight_arguments *a, int tile, int i, int count,
    int c, float *to)
{
    const bf16 *from[81];
    for (int j = 0; j < 81; j++)
        from[j] = conv3x3s2_16c16_8c32_p4_bf16_grad_weight_inputs(a, tile, i, c, j);
    for (int n = 0; n < count; n += 2) {
        const int image = n + 1 < count ? 16 : 0;
        for (int j = 0; j < 16; j += LANES)
            p4_input_tile_pairs_of_bf16(from, n * 16 + j, image, to + j * 2 + n / 2 * LANES, 48);
    }
}

/* dM of `count` images of one tile from image i on, for the channels from o on. */
OUTLINE void conv3x3s2_16c16_8c32_p4_bf16_grad_weight_transform_d_out(
    const struct conv3x3s2_16c16_8c32_p4_bf16_grad_weight_arguments *a, int tile, int i, int count,
    int o, float *to)
{
    const bf16 *from[16];
    for (int j = 0; j < 16; j++)
        from[j] = conv3x3s2_16c16_8c32_p4_bf16_grad_weight_outputs(a, tile, i, o, j);
    for (int n = 0; n < count; n += 2) {
        const int image = n + 1 < count ? 32 : 0;
        for (int j = 0; j < 32; j += LANES)
            p4_grad_output_tile_pairs_of_bf16(from, n * 32 + j, image, to + n / 2 * 32 + j, 80);
    }
}

/* Adds the products of those images. Meanwhile those after them come nearer. */
static void conv3x3s2_16c16_8c32_p4_bf16_grad_weight_tile(
    const struct conv3x3s2_16c16_8c32_p4_bf16_grad_weight_arguments *a,
    struct conv3x3s2_16c16_8c32_p4_bf16_grad_weight_scratch *s, int tile, int i, int count, int c,
    int o, int beta, void *scratch)
{
    const int is_last = i + 4 >= a->n, next_tile = tile + is_last, next_i = is_last ? 0 : i + 4;
    conv3x3s2_16c16_8c32_p4_bf16_grad_weight_transform_x(a, tile, i, count, c, s->v[0]);
    conv3x3s2_16c16_8c32_p4_bf16_grad_weight_transform_d_out(a, tile, i, count, o, s->m[0]);
    for (int j = 0; j < 81; j++) {
        const struct ahead next = {
            s->m[at_most(j + 1, 80)],
            {(const float *)conv3x3s2_16c16_8c32_p4_bf16_grad_weight_inputs(a, next_tile, next_i, c,
                                                                            j), 0, 16 / 2},
            {j < 16 ? (const float *)conv3x3s2_16c16_8c32_p4_bf16_grad_weight_outputs(a, next_tile,
                next_i, o, j) : outside, 0, 32 / 2},
        };
        gemm_of_pairs(scratch, 16, 32, (count + 1) / 2, transposed_groups(s->v[j], 2 * LANES),
                      by_rows(s->m[j], 32), next, into(s->sum[kernel_of(j, 9, 6)], 32,
                                                       beta || j / 9 >= 6 || j % 9 >= 6));
    }
}

static void conv3x3s2_16c16_8c32_p4_bf16_grad_weight_unit(const void *argument, int unit,
                                                          void *scratch)
{
    const struct conv3x3s2_16c16_8c32_p4_bf16_grad_weight_arguments *const a = argument;
    struct conv3x3s2_16c16_8c32_p4_bf16_grad_weight_scratch *const s = kernel_scratch(scratch);
    const int part = unit;
    const int begin = part, end = part + 1;
    for (int tile = begin; tile < end; tile++)
        for (int i = 0; i < a->n; i += 4)
            conv3x3s2_16c16_8c32_p4_bf16_grad_weight_tile(a, s, tile, i, at_most(a->n - i, 4), 0, 0,
                                                          tile > begin || i > 0, scratch);
    for (int row = 0; row < 16; row++) {
        for (int j = 0; j < 32; j += LANES) {
            vector half[6][3], x[6], y[3];
            UNROLL
            for (int column = 0; column < 6; column++) {
                UNROLL
                for (int place = 0; place < 6; place++)
                    x[place] = load(s->sum[6 * place + column] + row * 32 + j);
                p4_grad_kernel(x, half[column]);
            }
            UNROLL
            for (int tap = 0; tap < 3; tap++) {
                UNROLL
                for (int column = 0; column < 6; column++)
                    x[column] = half[column][tap];
                p4_grad_kernel(x, y);
                UNROLL
                for (int k = 0; k < 3; k++)
                    store(a->workspace[part][3 * tap + k][row] + j, y[k]);
            }
        }
    }
}

/* Adds up what the parts have for 4096 of the 4608 weights. */
static void conv3x3s2_16c16_8c32_p4_bf16_grad_weight_add(const void *argument, int unit)
{
    const struct conv3x3s2_16c16_8c32_p4_bf16_grad_weight_arguments *const a = argument;
    const int first = unit * 4096, count = at_most(4608 - first, 4096);
    sum_rows(4, count, (const float *)a->workspace + first, 4608, (float *)a->d_weight + first);
}

void conv3x3s2_16c16_8c32_p4_bf16_grad_weight(const struct resnet8_tiny_host *host,
                                              float d_weight[9][1][16][32],
                                              bf16 d_out[8][8][BATCH][32],
                                              bf16 x[16][16][BATCH][16],
                                              float workspace[4][9][16][32], int n)
{
    const struct conv3x3s2_16c16_8c32_p4_bf16_grad_weight_arguments a = {d_weight, d_out, x,
                                                                         workspace, n};
    run_with_scratch(host, 4, conv3x3s2_16c16_8c32_p4_bf16_grad_weight_unit, &a);
    run(host, 2, conv3x3s2_16c16_8c32_p4_bf16_grad_weight_add, &a);
}

/* conv3x3_16c16_16c16_f2_bf16_grad_weight: layer2.0.conv2
 *
 * The forward algorithm transposed, for 2x2 outputs a tile: 16 products in place of 36.
 *
 *     V  = B' x B              [16][pairs of images in bf16][16], in groups of LANES
 *     dM = A d_out A'          [16][pairs of images in bf16][16]
 *     dU = sum of V' x dM      [16][16][16]
 *     d_weight = G' dU G
 *
 * A unit is 16 by 16 channels of one of 64 parts of the tiles; the parts are added up
 * afterwards. */
struct conv3x3_16c16_16c16_f2_bf16_grad_weight_arguments {
    float (*d_weight)[1][16][16];
    bf16 (*d_out)[16][BATCH][16];
    bf16 (*x)[16][BATCH][16];
    float (*workspace)[9][16][16];
    int n;
};

/* Of a thread; places lie as in forward's. */
struct conv3x3_16c16_16c16_f2_bf16_grad_weight_scratch {
    float v[16][48], m[16][48];
    float sum[16][272];
};

/* Place j of a tile's inputs, from image i and channel c on. */
static const bf16 *conv3x3_16c16_16c16_f2_bf16_grad_weight_inputs(
    const struct conv3x3_16c16_16c16_f2_bf16_grad_weight_arguments *a, int tile, int i, int c,
    int j)
{
    const int y = tile / 8 * 2 - 1 + j / 4, x = tile % 8 * 2 - 1 + j % 4;
    const int inside = y >= 0 && y < 16 && x >= 0 && x < 16;
    return inside ? &a->x[y][x][i][c] : (const bf16 *)outside;
}

/* Place j of the gradients of its outputs. */
static const bf16 *conv3x3_16c16_16c16_f2_bf16_grad_weight_outputs(
    const struct conv3x3_16c16_16c16_f2_bf16_grad_weight_arguments *a, int tile, int i, int o,
    int j)
{
    const int y = tile / 8 * 2 + j / 2, x = tile % 8 * 2 + j % 2;
    return y < 16 && x < 16 ? &a->d_out[y][x][i][o] : (const bf16 *)outside;
}

/* V of `count` images of one tile from image i on, for the channels from c on. */
OUTLINE void conv3x3_16c16_16c16_f2_bf16_grad_weight_transform_x(
    const struct conv3x3_16c16_16c16_f2_bf16_grad_weight_arguments *a, int tile, int i, int count,
    int c, float *to)
{
    const bf16 *from[16];
    for (int j = 0; j < 16; j++)
        from[j] = conv3x3_16c16_16c16_f2_bf16_grad_weight_inputs(a, tile, i, c, j);
    for (int n = 0; n < count; n += 2) {
        const int image = n + 1 < count ? 16 : 0;
        for (int j = 0; j < 16; j += LANES)
            f2_input_tile_pairs_of_bf16(from, n * 16 + j, image, to + j * 2 + n / 2 * LANES, 48);
    }
}

/* dM of `count` images of one tile from image i on, for the channels from o on. */
OUTLINE void conv3x3_16c16_16c16_f2_bf16_grad_weight_transform_d_out(
    const struct conv3x3_16c16_16c16_f2_bf16_grad_weight_arguments *a, int tile, int i, int count,
    int o, float *to)
{
    const bf16 *from[4];
    for (int j = 0; j < 4; j++)
        from[j] = conv3x3_16c16_16c16_f2_bf16_grad_weight_outputs(a, tile, i, o, j);
    for (int n = 0; n < count; n += 2) {
        const int image = n + 1 < count ? 16 : 0;
        for (int j = 0; j < 16; j += LANES)
            f2_grad_output_tile_pairs_of_bf16(from, n * 16 + j, image, to + n / 2 * 16 + j, 48);
    }
}

/* Adds the products of those images. Meanwhile those after them come nearer. */
static void conv3x3_16c16_16c16_f2_bf16_grad_weight_tile(
    const struct conv3x3_16c16_16c16_f2_bf16_grad_weight_arguments *a,
    struct conv3x3_16c16_16c16_f2_bf16_grad_weight_scratch *s, int tile, int i, int count, int c,
    int o, int beta, void *scratch)
{
    const int is_last = i + 4 >= a->n, next_tile = tile + is_last, next_i = is_last ? 0 : i + 4;
    conv3x3_16c16_16c16_f2_bf16_grad_weight_transform_x(a, tile, i, count, c, s->v[0]);
    conv3x3_16c16_16c16_f2_bf16_grad_weight_transform_d_out(a, tile, i, count, o, s->m[0]);
    for (int j = 0; j < 16; j++) {
        const struct ahead next = {
            s->m[at_most(j + 1, 15)],
            {(const float *)conv3x3_16c16_16c16_f2_bf16_grad_weight_inputs(a, next_tile, next_i, c,
                                                                           j), 0, 16 / 2},
            {j < 4 ? (const float *)conv3x3_16c16_16c16_f2_bf16_grad_weight_outputs(a, next_tile,
                next_i, o, j) : outside, 0, 16 / 2},
        };
        gemm_of_pairs(scratch, 16, 16, (count + 1) / 2, transposed_groups(s->v[j], 2 * LANES),
                      by_rows(s->m[j], 16), next, into(s->sum[j], 16, beta));
    }
}

static void conv3x3_16c16_16c16_f2_bf16_grad_weight_unit(const void *argument, int unit,
                                                         void *scratch)
{
    const struct conv3x3_16c16_16c16_f2_bf16_grad_weight_arguments *const a = argument;
    struct conv3x3_16c16_16c16_f2_bf16_grad_weight_scratch *const s = kernel_scratch(scratch);
    const int part = unit;
    const int begin = part, end = part + 1;
    for (int tile = begin; tile < end; tile++)
        for (int i = 0; i < a->n; i += 4)
            conv3x3_16c16_16c16_f2_bf16_grad_weight_tile(a, s, tile, i, at_most(a->n - i, 4), 0, 0,
                                                         tile > begin || i > 0, scratch);
    for (int row = 0; row < 16; row++) {
        for (int j = 0; j < 16; j += LANES) {
            vector half[4][3], x[4], y[3];
            UNROLL
            for (int column = 0; column < 4; column++) {
                UNROLL
                for (int place = 0; place < 4; place++)
                    x[place] = load(s->sum[4 * place + column] + row * 16 + j);
                f2_grad_kernel(x, half[column]);
            }
            UNROLL
            for (int tap = 0; tap < 3; tap++) {
                UNROLL
                for (int column = 0; column < 4; column++)
                    x[column] = half[column][tap];
                f2_grad_kernel(x, y);
                UNROLL
                for (int k = 0; k < 3; k++)
                    store(a->workspace[part][3 * tap + k][row] + j, y[k]);
            }
        }
    }
}

/* Adds up what the parts have for 256 of the 2304 weights. */
static void conv3x3_16c16_16c16_f2_bf16_grad_weight_add(const void *argument, int unit)
{
    const struct conv3x3_16c16_16c16_f2_bf16_grad_weight_arguments *const a = argument;
    const int first = unit * 256;
    sum_rows(64, 256, (const float *)a->workspace + first, 2304, (float *)a->d_weight + first);
}

void conv3x3_16c16_16c16_f2_bf16_grad_weight(const struct resnet8_tiny_host *host,
                                             float d_weight[9][1][16][16],
                                             bf16 d_out[16][16][BATCH][16],
                                             bf16 x[16][16][BATCH][16],
                                             float workspace[64][9][16][16], int n)
{
    const struct conv3x3_16c16_16c16_f2_bf16_grad_weight_arguments a = {d_weight, d_out, x,
                                                                        workspace, n};
    run_with_scratch(host, 64, conv3x3_16c16_16c16_f2_bf16_grad_weight_unit, &a);
    run(host, 9, conv3x3_16c16_16c16_f2_bf16_grad_weight_add, &a);
}

