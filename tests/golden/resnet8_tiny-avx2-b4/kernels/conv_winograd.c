/* conv3x3_16c16_16c16_f4_forward: layer2.0.conv2
 *
 * out = 3x3 convolution of x, by tiles of 4x4 outputs: 36 products
 * in place of 144.
 *
 *     U  = G w G'              [36][16][16], in panels
 *     V  = B' x B             [36][images][16]
 *     out = A' (V x U) A      the product for each of the 36 places
 *
 * A unit is 4 images of one of 4 x 4 tiles. */
struct conv3x3_16c16_16c16_f4_forward_arguments {
    float (*out)[16][BATCH][16];
    float (*x)[16][BATCH][16];
    float (*weight)[1][16][16];
    float (*partial)[2][16];
    float (*kernel)[272];
    int n;
};

/* Of a thread. The places lie apart by more than a power of two, which would put them into few sets
 * of the cache. */
struct conv3x3_16c16_16c16_f4_forward_scratch {
    float v[36][80], m[36][80];
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

/* V of one tile, `count` floats of each place. */
static void conv3x3_16c16_16c16_f4_forward_input(const float *const from[36], int count, float *v)
{
    for (int j = 0; j < count; j += LANES) {
        vector half[6][6], x[6], y[6];
        UNROLL
        for (int column = 0; column < 6; column++) {
            UNROLL
            for (int row = 0; row < 6; row++)
                x[row] = load(from[6 * row + column] + j);
            f4_input(x, half[column]);
        }
        UNROLL
        for (int row = 0; row < 6; row++) {
            UNROLL
            for (int column = 0; column < 6; column++)
                x[column] = half[column][row];
            f4_input(x, y);
            UNROLL
            for (int column = 0; column < 6; column++)
                store(v + (6 * row + column) * 80 + j, y[column]);
        }
    }
}

/* The outputs of one tile, `count` floats of each. */
INLINE void conv3x3_16c16_16c16_f4_forward_output(const float *m, int count, const int is_added,
                                                  float *const to[16])
{
    for (int j = 0; j < count; j += LANES) {
        vector half[6][4], x[6], y[4];
        const int at = j;
        UNROLL
        for (int column = 0; column < 6; column++) {
            UNROLL
            for (int row = 0; row < 6; row++)
                x[row] = load(m + (6 * row + column) * 80 + j);
            f4_output(x, half[column]);
        }
        UNROLL
        for (int row = 0; row < 4; row++) {
            UNROLL
            for (int column = 0; column < 6; column++)
                x[column] = half[column][row];
            f4_output(x, y);
            UNROLL
            for (int column = 0; column < 4; column++) {
                if (is_added)
                    store(to[4 * row + column] + at,
                          add(load(to[4 * row + column] + at), y[column]));
                else
                    store(to[4 * row + column] + at, y[column]);
            }
        }
    }
}

static void conv3x3_16c16_16c16_f4_forward_unit(const void *argument, int unit, void *scratch)
{
    const struct conv3x3_16c16_16c16_f4_forward_arguments *const a = argument;
    struct conv3x3_16c16_16c16_f4_forward_scratch *const s = kernel_scratch(scratch);
    static const float outside[64] = {0};
    const int tile = unit, i = 0, count = at_most(a->n - i, 4);
    const int row = tile / 4, column = tile % 4, y = row * 4, x = column * 4;
    const float *from[36];
    float *to[16];
    if (count <= 0)
        return;
    for (int j = 0; j < 36; j++) {
        const int from_y = row * 4 - 1 + j / 6, from_x = column * 4 - 1 + j % 6;
        const int inside = from_y >= 0 && from_y < 16 && from_x >= 0 && from_x < 16;
        from[j] = inside ? a->x[from_y][from_x][i] : outside;
    }
    for (int j = 0; j < 16; j++)
        to[j] = a->out[y + j / 4][x + j % 4][i];
    conv3x3_16c16_16c16_f4_forward_input(from, count * 16, s->v[0]);
    for (int j = 0; j < 36; j++)
        gemm(NULL, count, 16, 16, by_rows(s->v[j], 16), in_panels(a->kernel[j], 16, 16, 0),
             in_panels(a->kernel[at_most(j + 1, 35)], 16, 16, 0).at, into(s->m[j], 16, 0));
    conv3x3_16c16_16c16_f4_forward_output(s->m[0], count * 16, 0, to);
}

static void conv3x3_16c16_16c16_f4_forward_statistics(const void *argument, int position)
{
    const struct conv3x3_16c16_16c16_f4_forward_arguments *const a = argument;
    partial_statistics(16, 16, a->n, (float *)a->out + (ptrdiff_t)position * BATCH * 16,
                       a->partial[position][0], a->partial[position][1]);
}

void conv3x3_16c16_16c16_f4_forward(const struct resnet8_tiny_host *host,
                                    float out[16][16][BATCH][16], float x[16][16][BATCH][16],
                                    float weight[9][1][16][16], float partial[256][2][16],
                                    float kernel[36][272], int n)
{
    const struct conv3x3_16c16_16c16_f4_forward_arguments a = {out, x, weight, partial, kernel, n};
    run(host, 16, conv3x3_16c16_16c16_f4_forward_kernel, &a);
    run_with_scratch(host, 16, conv3x3_16c16_16c16_f4_forward_unit, &a);
    if (partial)
        run(host, 256, conv3x3_16c16_16c16_f4_forward_statistics, &a);
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
 * A unit is 4 images of one of 2 x 2 tiles, 16 of 32 channels. */
struct conv3x3_8c32_8c32_f4_forward_arguments {
    float (*out)[8][BATCH][32];
    float (*x)[8][BATCH][32];
    float (*weight)[1][32][32];
    float (*partial)[2][32];
    float (*kernel)[1040];
    int n;
};

/* Of a thread. The places lie apart by more than a power of two, which would put them into few sets
 * of the cache. */
struct conv3x3_8c32_8c32_f4_forward_scratch {
    float v[36][144], m[36][80];
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

/* V of one tile, `count` floats of each place. */
static void conv3x3_8c32_8c32_f4_forward_input(const float *const from[36], int count, float *v)
{
    for (int j = 0; j < count; j += LANES) {
        vector half[6][6], x[6], y[6];
        UNROLL
        for (int column = 0; column < 6; column++) {
            UNROLL
            for (int row = 0; row < 6; row++)
                x[row] = load(from[6 * row + column] + j);
            f4_input(x, half[column]);
        }
        UNROLL
        for (int row = 0; row < 6; row++) {
            UNROLL
            for (int column = 0; column < 6; column++)
                x[column] = half[column][row];
            f4_input(x, y);
            UNROLL
            for (int column = 0; column < 6; column++)
                store(v + (6 * row + column) * 144 + j, y[column]);
        }
    }
}

/* The outputs of one tile, `count` floats of each, 16 of 32 channels. */
INLINE void conv3x3_8c32_8c32_f4_forward_output(const float *m, int count, const int is_added,
                                                float *const to[16])
{
    for (int j = 0; j < count; j += LANES) {
        vector half[6][4], x[6], y[4];
        const int at = j / 16 * 32 + j % 16;
        UNROLL
        for (int column = 0; column < 6; column++) {
            UNROLL
            for (int row = 0; row < 6; row++)
                x[row] = load(m + (6 * row + column) * 80 + j);
            f4_output(x, half[column]);
        }
        UNROLL
        for (int row = 0; row < 4; row++) {
            UNROLL
            for (int column = 0; column < 6; column++)
                x[column] = half[column][row];
            f4_output(x, y);
            UNROLL
            for (int column = 0; column < 4; column++) {
                if (is_added)
                    store(to[4 * row + column] + at,
                          add(load(to[4 * row + column] + at), y[column]));
                else
                    store(to[4 * row + column] + at, y[column]);
            }
        }
    }
}

static void conv3x3_8c32_8c32_f4_forward_unit(const void *argument, int unit, void *scratch)
{
    const struct conv3x3_8c32_8c32_f4_forward_arguments *const a = argument;
    struct conv3x3_8c32_8c32_f4_forward_scratch *const s = kernel_scratch(scratch);
    static const float outside[128] = {0};
    const int first = unit % 2 * 16, block = unit / 2;
    const int tile = block, i = 0, count = at_most(a->n - i, 4);
    const int row = tile / 2, column = tile % 2, y = row * 4, x = column * 4;
    const float *from[36];
    float *to[16];
    if (count <= 0)
        return;
    for (int j = 0; j < 36; j++) {
        const int from_y = row * 4 - 1 + j / 6, from_x = column * 4 - 1 + j % 6;
        const int inside = from_y >= 0 && from_y < 8 && from_x >= 0 && from_x < 8;
        from[j] = inside ? a->x[from_y][from_x][i] : outside;
    }
    for (int j = 0; j < 16; j++)
        to[j] = a->out[y + j / 4][x + j % 4][i] + first;
    conv3x3_8c32_8c32_f4_forward_input(from, count * 32, s->v[0]);
    for (int j = 0; j < 36; j++)
        gemm(NULL, count, 16, 32, by_rows(s->v[j], 32), in_panels(a->kernel[j], 32, 32, first),
             in_panels(a->kernel[at_most(j + 1, 35)], 32, 32, first).at, into(s->m[j], 16, 0));
    conv3x3_8c32_8c32_f4_forward_output(s->m[0], count * 16, 0, to);
}

static void conv3x3_8c32_8c32_f4_forward_statistics(const void *argument, int position)
{
    const struct conv3x3_8c32_8c32_f4_forward_arguments *const a = argument;
    partial_statistics(32, 32, a->n, (float *)a->out + (ptrdiff_t)position * BATCH * 32,
                       a->partial[position][0], a->partial[position][1]);
}

void conv3x3_8c32_8c32_f4_forward(const struct resnet8_tiny_host *host, float out[8][8][BATCH][32],
                                  float x[8][8][BATCH][32], float weight[9][1][32][32],
                                  float partial[64][2][32], float kernel[36][1040], int n)
{
    const struct conv3x3_8c32_8c32_f4_forward_arguments a = {out, x, weight, partial, kernel, n};
    run(host, 32, conv3x3_8c32_8c32_f4_forward_kernel, &a);
    run_with_scratch(host, 8, conv3x3_8c32_8c32_f4_forward_unit, &a);
    if (partial)
        run(host, 64, conv3x3_8c32_8c32_f4_forward_statistics, &a);
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
 * A unit is 4 images of one of 2 x 2 tiles, 16 of 32 channels. */
struct conv3x3_8c32_8c32_f4_grad_input_arguments {
    float (*d_x)[8][BATCH][32];
    float (*d_out)[8][BATCH][32];
    float (*weight)[1][32][32];
    float (*kernel)[1040];
    float (*turned)[32][32];
    int n;
};

/* Of a thread. The places lie apart by more than a power of two, which would put them into few sets
 * of the cache. */
struct conv3x3_8c32_8c32_f4_grad_input_scratch {
    float v[36][144], m[36][80];
};

/* Turns 16 input channels of one tap. */
static void conv3x3_8c32_8c32_f4_grad_input_turn(const void *argument, int unit)
{
    const struct conv3x3_8c32_8c32_f4_grad_input_arguments *const a = argument;
    const int tap = unit / 2, first = unit % 2 * 16;
    for (int from = 0; from < 32; from++)
        for (int to = first; to < at_most(first + 16, 32); to++)
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

/* V of one tile, `count` floats of each place. */
static void conv3x3_8c32_8c32_f4_grad_input_input(const float *const from[36], int count, float *v)
{
    for (int j = 0; j < count; j += LANES) {
        vector half[6][6], x[6], y[6];
        UNROLL
        for (int column = 0; column < 6; column++) {
            UNROLL
            for (int row = 0; row < 6; row++)
                x[row] = load(from[6 * row + column] + j);
            f4_input(x, half[column]);
        }
        UNROLL
        for (int row = 0; row < 6; row++) {
            UNROLL
            for (int column = 0; column < 6; column++)
                x[column] = half[column][row];
            f4_input(x, y);
            UNROLL
            for (int column = 0; column < 6; column++)
                store(v + (6 * row + column) * 144 + j, y[column]);
        }
    }
}

/* The outputs of one tile, `count` floats of each, 16 of 32 channels. */
INLINE void conv3x3_8c32_8c32_f4_grad_input_output(const float *m, int count, const int is_added,
                                                   float *const to[16])
{
    for (int j = 0; j < count; j += LANES) {
        vector half[6][4], x[6], y[4];
        const int at = j / 16 * 32 + j % 16;
        UNROLL
        for (int column = 0; column < 6; column++) {
            UNROLL
            for (int row = 0; row < 6; row++)
                x[row] = load(m + (6 * row + column) * 80 + j);
            f4_output(x, half[column]);
        }
        UNROLL
        for (int row = 0; row < 4; row++) {
            UNROLL
            for (int column = 0; column < 6; column++)
                x[column] = half[column][row];
            f4_output(x, y);
            UNROLL
            for (int column = 0; column < 4; column++) {
                if (is_added)
                    store(to[4 * row + column] + at,
                          add(load(to[4 * row + column] + at), y[column]));
                else
                    store(to[4 * row + column] + at, y[column]);
            }
        }
    }
}

static void conv3x3_8c32_8c32_f4_grad_input_unit(const void *argument, int unit, void *scratch)
{
    const struct conv3x3_8c32_8c32_f4_grad_input_arguments *const a = argument;
    struct conv3x3_8c32_8c32_f4_grad_input_scratch *const s = kernel_scratch(scratch);
    static const float outside[128] = {0};
    const int first = unit % 2 * 16, block = unit / 2;
    const int tile = block, i = 0, count = at_most(a->n - i, 4);
    const int row = tile / 2, column = tile % 2, y = row * 4, x = column * 4;
    const float *from[36];
    float *to[16];
    if (count <= 0)
        return;
    for (int j = 0; j < 36; j++) {
        const int from_y = row * 4 - 1 + j / 6, from_x = column * 4 - 1 + j % 6;
        const int inside = from_y >= 0 && from_y < 8 && from_x >= 0 && from_x < 8;
        from[j] = inside ? a->d_out[from_y][from_x][i] : outside;
    }
    for (int j = 0; j < 16; j++)
        to[j] = a->d_x[y + j / 4][x + j % 4][i] + first;
    conv3x3_8c32_8c32_f4_grad_input_input(from, count * 32, s->v[0]);
    for (int j = 0; j < 36; j++)
        gemm(NULL, count, 16, 32, by_rows(s->v[j], 32), in_panels(a->kernel[j], 32, 32, first),
             in_panels(a->kernel[at_most(j + 1, 35)], 32, 32, first).at, into(s->m[j], 16, 0));
    conv3x3_8c32_8c32_f4_grad_input_output(s->m[0], count * 16, 0, to);
}

void conv3x3_8c32_8c32_f4_grad_input(const struct resnet8_tiny_host *host,
                                     float d_x[8][8][BATCH][32], float d_out[8][8][BATCH][32],
                                     float weight[9][1][32][32], float kernel[36][1040],
                                     float turned[9][32][32], int n)
{
    const struct conv3x3_8c32_8c32_f4_grad_input_arguments a = {d_x, d_out, weight, kernel, turned,
                                                                n};
    run(host, 18, conv3x3_8c32_8c32_f4_grad_input_turn, &a);
    run(host, 32, conv3x3_8c32_8c32_f4_grad_input_kernel, &a);
    run_with_scratch(host, 8, conv3x3_8c32_8c32_f4_grad_input_unit, &a);
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
 * A unit is 4 images of one of 4 x 4 tiles. */
struct conv3x3_16c16_16c16_f4_grad_input_arguments {
    float (*d_x)[16][BATCH][16];
    float (*d_out)[16][BATCH][16];
    float (*weight)[1][16][16];
    float (*kernel)[272];
    float (*turned)[16][16];
    int n;
};

/* Of a thread. The places lie apart by more than a power of two, which would put them into few sets
 * of the cache. */
struct conv3x3_16c16_16c16_f4_grad_input_scratch {
    float v[36][80], m[36][80];
};

/* Turns 16 input channels of one tap. */
static void conv3x3_16c16_16c16_f4_grad_input_turn(const void *argument, int unit)
{
    const struct conv3x3_16c16_16c16_f4_grad_input_arguments *const a = argument;
    const int tap = unit, first = 0;
    for (int from = 0; from < 16; from++)
        for (int to = first; to < at_most(first + 16, 16); to++)
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

/* V of one tile, `count` floats of each place. */
static void conv3x3_16c16_16c16_f4_grad_input_input(const float *const from[36], int count,
                                                    float *v)
{
    for (int j = 0; j < count; j += LANES) {
        vector half[6][6], x[6], y[6];
        UNROLL
        for (int column = 0; column < 6; column++) {
            UNROLL
            for (int row = 0; row < 6; row++)
                x[row] = load(from[6 * row + column] + j);
            f4_input(x, half[column]);
        }
        UNROLL
        for (int row = 0; row < 6; row++) {
            UNROLL
            for (int column = 0; column < 6; column++)
                x[column] = half[column][row];
            f4_input(x, y);
            UNROLL
            for (int column = 0; column < 6; column++)
                store(v + (6 * row + column) * 80 + j, y[column]);
        }
    }
}

/* The outputs of one tile, `count` floats of each. */
INLINE void conv3x3_16c16_16c16_f4_grad_input_output(const float *m, int count, const int is_added,
                                                     float *const to[16])
{
    for (int j = 0; j < count; j += LANES) {
        vector half[6][4], x[6], y[4];
        const int at = j;
        UNROLL
        for (int column = 0; column < 6; column++) {
            UNROLL
            for (int row = 0; row < 6; row++)
                x[row] = load(m + (6 * row + column) * 80 + j);
            f4_output(x, half[column]);
        }
        UNROLL
        for (int row = 0; row < 4; row++) {
            UNROLL
            for (int column = 0; column < 6; column++)
                x[column] = half[column][row];
            f4_output(x, y);
            UNROLL
            for (int column = 0; column < 4; column++) {
                if (is_added)
                    store(to[4 * row + column] + at,
                          add(load(to[4 * row + column] + at), y[column]));
                else
                    store(to[4 * row + column] + at, y[column]);
            }
        }
    }
}

static void conv3x3_16c16_16c16_f4_grad_input_unit(const void *argument, int unit, void *scratch)
{
    const struct conv3x3_16c16_16c16_f4_grad_input_arguments *const a = argument;
    struct conv3x3_16c16_16c16_f4_grad_input_scratch *const s = kernel_scratch(scratch);
    static const float outside[64] = {0};
    const int tile = unit, i = 0, count = at_most(a->n - i, 4);
    const int row = tile / 4, column = tile % 4, y = row * 4, x = column * 4;
    const float *from[36];
    float *to[16];
    if (count <= 0)
        return;
    for (int j = 0; j < 36; j++) {
        const int from_y = row * 4 - 1 + j / 6, from_x = column * 4 - 1 + j % 6;
        const int inside = from_y >= 0 && from_y < 16 && from_x >= 0 && from_x < 16;
        from[j] = inside ? a->d_out[from_y][from_x][i] : outside;
    }
    for (int j = 0; j < 16; j++)
        to[j] = a->d_x[y + j / 4][x + j % 4][i];
    conv3x3_16c16_16c16_f4_grad_input_input(from, count * 16, s->v[0]);
    for (int j = 0; j < 36; j++)
        gemm(NULL, count, 16, 16, by_rows(s->v[j], 16), in_panels(a->kernel[j], 16, 16, 0),
             in_panels(a->kernel[at_most(j + 1, 35)], 16, 16, 0).at, into(s->m[j], 16, 0));
    conv3x3_16c16_16c16_f4_grad_input_output(s->m[0], count * 16, 0, to);
}

void conv3x3_16c16_16c16_f4_grad_input(const struct resnet8_tiny_host *host,
                                       float d_x[16][16][BATCH][16], float d_out[16][16][BATCH][16],
                                       float weight[9][1][16][16], float kernel[36][272],
                                       float turned[9][16][16], int n)
{
    const struct conv3x3_16c16_16c16_f4_grad_input_arguments a = {d_x, d_out, weight, kernel,
                                                                  turned, n};
    run(host, 9, conv3x3_16c16_16c16_f4_grad_input_turn, &a);
    run(host, 16, conv3x3_16c16_16c16_f4_grad_input_kernel, &a);
    run_with_scratch(host, 16, conv3x3_16c16_16c16_f4_grad_input_unit, &a);
}

