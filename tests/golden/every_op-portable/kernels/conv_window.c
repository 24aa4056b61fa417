/* conv3x3g2_3c8_3c8_grouped_forward: one.conv1
 *
 * out[y][x][i][o] = the sum of taps and of the channels of o's group (4), weight times x. Tiles of
 * 3 columns; each input of a tile's window is read once for all that it gives to.
 *
 * A unit is 3 rows of 2 images. */
struct conv3x3g2_3c8_3c8_grouped_forward_arguments {
    float (*out)[3][BATCH][8];
    float (*x)[3][BATCH][8];
    float (*weight)[2][4][4];
    float (*turned)[4][8];
    int n;
};

/* The weight of one tap as [4][8]: the channels of a group, then those of the other side. */
static void conv3x3g2_3c8_3c8_grouped_forward_turn(const void *argument, int unit)
{
    const struct conv3x3g2_3c8_3c8_grouped_forward_arguments *const a = argument;
    const int tap = unit;
    for (int group = 0; group < 2; group++)
        for (int from = 0; from < 4; from++)
            for (int to = 0; to < 4; to++)
                a->turned[tap][from][group * 4 + to] = a->weight[tap][group][from][to];
}

/* Channels 0 to 7 of a tile, n images. */
static void conv3x3g2_3c8_3c8_grouped_forward_tile(
    const struct conv3x3g2_3c8_3c8_grouped_forward_arguments *a, const float *const *from, int n,
    float *const *to)
{
    const float *const weight = a->turned[0][0];
    for (int i = 0; i < n; i++) {
        for (int v = 0; v < 2; v++) {
            const int o = v * LANES;
            const ptrdiff_t to_at = (ptrdiff_t)i * 8 + o;
            vector sum[3];
            sum[0] = spread(0);
            sum[1] = spread(0);
            sum[2] = spread(0);
            for (int k = 0; k < 4; k++) {
                const ptrdiff_t at = (ptrdiff_t)i * 8 + o / 4 * 4 + k;
                const float *const w = weight + k * 8 + o;
                vector x;
                x = spread(*(from[0] + at));
                sum[0] = multiply_add(x, load(w), sum[0]);
                x = spread(*(from[1] + at));
                sum[0] = multiply_add(x, load(w + 32), sum[0]);
                sum[1] = multiply_add(x, load(w), sum[1]);
                x = spread(*(from[2] + at));
                sum[0] = multiply_add(x, load(w + 64), sum[0]);
                sum[1] = multiply_add(x, load(w + 32), sum[1]);
                sum[2] = multiply_add(x, load(w), sum[2]);
                x = spread(*(from[3] + at));
                sum[1] = multiply_add(x, load(w + 64), sum[1]);
                sum[2] = multiply_add(x, load(w + 32), sum[2]);
                x = spread(*(from[4] + at));
                sum[2] = multiply_add(x, load(w + 64), sum[2]);
                x = spread(*(from[5] + at));
                sum[0] = multiply_add(x, load(w + 96), sum[0]);
                x = spread(*(from[6] + at));
                sum[0] = multiply_add(x, load(w + 128), sum[0]);
                sum[1] = multiply_add(x, load(w + 96), sum[1]);
                x = spread(*(from[7] + at));
                sum[0] = multiply_add(x, load(w + 160), sum[0]);
                sum[1] = multiply_add(x, load(w + 128), sum[1]);
                sum[2] = multiply_add(x, load(w + 96), sum[2]);
                x = spread(*(from[8] + at));
                sum[1] = multiply_add(x, load(w + 160), sum[1]);
                sum[2] = multiply_add(x, load(w + 128), sum[2]);
                x = spread(*(from[9] + at));
                sum[2] = multiply_add(x, load(w + 160), sum[2]);
                x = spread(*(from[10] + at));
                sum[0] = multiply_add(x, load(w + 192), sum[0]);
                x = spread(*(from[11] + at));
                sum[0] = multiply_add(x, load(w + 224), sum[0]);
                sum[1] = multiply_add(x, load(w + 192), sum[1]);
                x = spread(*(from[12] + at));
                sum[0] = multiply_add(x, load(w + 256), sum[0]);
                sum[1] = multiply_add(x, load(w + 224), sum[1]);
                sum[2] = multiply_add(x, load(w + 192), sum[2]);
                x = spread(*(from[13] + at));
                sum[1] = multiply_add(x, load(w + 256), sum[1]);
                sum[2] = multiply_add(x, load(w + 224), sum[2]);
                x = spread(*(from[14] + at));
                sum[2] = multiply_add(x, load(w + 256), sum[2]);
            }
            store(to[0] + to_at, sum[0]);
            store(to[1] + to_at, sum[1]);
            store(to[2] + to_at, sum[2]);
        }
    }
}

/* The tile from output y, x on, of n images from `first` on. */
static void conv3x3g2_3c8_3c8_grouped_forward_at(
    const struct conv3x3g2_3c8_3c8_grouped_forward_arguments *a, int y, int x, int first, int n,
    float *const *to)
{
    const float *from[15];
    static const struct {
        int y, x;
    } window[] = {{-1, -1}, {-1, 0}, {-1, 1}, {-1, 2}, {-1, 3}, {0, -1}, {0, 0}, {0, 1}, {0, 2},
                  {0, 3}, {1, -1}, {1, 0}, {1, 1}, {1, 2}, {1, 3}};
    for (int j = 0; j < 15; j++) {
        const int from_y = y + window[j].y, from_x = x + window[j].x;
        const int inside = from_y >= 0 && from_y < 3 && from_x >= 0 && from_x < 3;
        from[j] = inside ? a->x[from_y][from_x][first] : outside;
    }
    conv3x3g2_3c8_3c8_grouped_forward_tile(a, from, n, to);
}

static void conv3x3g2_3c8_3c8_grouped_forward_unit(const void *argument, int unit)
{
    const struct conv3x3g2_3c8_3c8_grouped_forward_arguments *const a = argument;
    const int n = at_most(a->n, 2);
    const int begin = unit * 3;
    for (int y = begin; n > 0 && y < 3; y++) {
        float *to[3];
        for (int j = 0; j < 3; j++)
            to[j] = a->out[y][j][0];
        conv3x3g2_3c8_3c8_grouped_forward_at(a, y, 0, 0, n, to);
    }
}

void conv3x3g2_3c8_3c8_grouped_forward(const struct every_op_host *host, float out[3][3][BATCH][8],
                                       float x[3][3][BATCH][8], float weight[9][2][4][4],
                                       float turned[9][4][8], int n)
{
    const struct conv3x3g2_3c8_3c8_grouped_forward_arguments a = {out, x, weight, turned, n};
    run(host, 9, conv3x3g2_3c8_3c8_grouped_forward_turn, &a);
    run(host, 1, conv3x3g2_3c8_3c8_grouped_forward_unit, &a);
}

/* conv3x3g2_3c8_3c8_grouped_grad_input: one.conv1
 *
 * d_x[y][x][i][o] += the sum of taps and of the channels of o's group (4), weight times d_out.
 * Tiles of 3 columns; each input of a tile's window is read once for all that it gives to.
 *
 * A unit is 3 rows of 2 images. */
struct conv3x3g2_3c8_3c8_grouped_grad_input_arguments {
    float (*d_x)[3][BATCH][8];
    float (*d_out)[3][BATCH][8];
    float (*weight)[2][4][4];
    float (*turned)[4][8];
    int n;
};

/* The weight of one tap as [4][8]: the channels of a group, then those of the other side. */
static void conv3x3g2_3c8_3c8_grouped_grad_input_turn(const void *argument, int unit)
{
    const struct conv3x3g2_3c8_3c8_grouped_grad_input_arguments *const a = argument;
    const int tap = unit;
    for (int group = 0; group < 2; group++)
        for (int from = 0; from < 4; from++)
            for (int to = 0; to < 4; to++)
                a->turned[tap][from][group * 4 + to] = a->weight[tap][group][to][from];
}

/* Channels 0 to 7 of a tile, n images. */
static void conv3x3g2_3c8_3c8_grouped_grad_input_tile(
    const struct conv3x3g2_3c8_3c8_grouped_grad_input_arguments *a, const float *const *from, int n,
    float *const *to)
{
    const float *const weight = a->turned[0][0];
    for (int i = 0; i < n; i++) {
        for (int v = 0; v < 2; v++) {
            const int o = v * LANES;
            const ptrdiff_t to_at = (ptrdiff_t)i * 8 + o;
            vector sum[3];
            sum[0] = load(to[0] + to_at);
            sum[1] = load(to[1] + to_at);
            sum[2] = load(to[2] + to_at);
            for (int k = 0; k < 4; k++) {
                const ptrdiff_t at = (ptrdiff_t)i * 8 + o / 4 * 4 + k;
                const float *const w = weight + k * 8 + o;
                vector x;
                x = spread(*(from[0] + at));
                sum[0] = multiply_add(x, load(w + 256), sum[0]);
                x = spread(*(from[1] + at));
                sum[0] = multiply_add(x, load(w + 224), sum[0]);
                sum[1] = multiply_add(x, load(w + 256), sum[1]);
                x = spread(*(from[2] + at));
                sum[0] = multiply_add(x, load(w + 192), sum[0]);
                sum[1] = multiply_add(x, load(w + 224), sum[1]);
                sum[2] = multiply_add(x, load(w + 256), sum[2]);
                x = spread(*(from[3] + at));
                sum[1] = multiply_add(x, load(w + 192), sum[1]);
                sum[2] = multiply_add(x, load(w + 224), sum[2]);
                x = spread(*(from[4] + at));
                sum[2] = multiply_add(x, load(w + 192), sum[2]);
                x = spread(*(from[5] + at));
                sum[0] = multiply_add(x, load(w + 160), sum[0]);
                x = spread(*(from[6] + at));
                sum[0] = multiply_add(x, load(w + 128), sum[0]);
                sum[1] = multiply_add(x, load(w + 160), sum[1]);
                x = spread(*(from[7] + at));
                sum[0] = multiply_add(x, load(w + 96), sum[0]);
                sum[1] = multiply_add(x, load(w + 128), sum[1]);
                sum[2] = multiply_add(x, load(w + 160), sum[2]);
                x = spread(*(from[8] + at));
                sum[1] = multiply_add(x, load(w + 96), sum[1]);
                sum[2] = multiply_add(x, load(w + 128), sum[2]);
                x = spread(*(from[9] + at));
                sum[2] = multiply_add(x, load(w + 96), sum[2]);
                x = spread(*(from[10] + at));
                sum[0] = multiply_add(x, load(w + 64), sum[0]);
                x = spread(*(from[11] + at));
                sum[0] = multiply_add(x, load(w + 32), sum[0]);
                sum[1] = multiply_add(x, load(w + 64), sum[1]);
                x = spread(*(from[12] + at));
                sum[0] = multiply_add(x, load(w), sum[0]);
                sum[1] = multiply_add(x, load(w + 32), sum[1]);
                sum[2] = multiply_add(x, load(w + 64), sum[2]);
                x = spread(*(from[13] + at));
                sum[1] = multiply_add(x, load(w), sum[1]);
                sum[2] = multiply_add(x, load(w + 32), sum[2]);
                x = spread(*(from[14] + at));
                sum[2] = multiply_add(x, load(w), sum[2]);
            }
            store(to[0] + to_at, sum[0]);
            store(to[1] + to_at, sum[1]);
            store(to[2] + to_at, sum[2]);
        }
    }
}

/* The tile from output y, x on, of n images from `first` on. */
static void conv3x3g2_3c8_3c8_grouped_grad_input_at(
    const struct conv3x3g2_3c8_3c8_grouped_grad_input_arguments *a, int y, int x, int first, int n,
    float *const *to)
{
    const float *from[15];
    static const struct {
        int y, x;
    } window[] = {{-1, -1}, {-1, 0}, {-1, 1}, {-1, 2}, {-1, 3}, {0, -1}, {0, 0}, {0, 1}, {0, 2},
                  {0, 3}, {1, -1}, {1, 0}, {1, 1}, {1, 2}, {1, 3}};
    for (int j = 0; j < 15; j++) {
        const int from_y = y + window[j].y, from_x = x + window[j].x;
        const int inside = from_y >= 0 && from_y < 3 && from_x >= 0 && from_x < 3;
        from[j] = inside ? a->d_out[from_y][from_x][first] : outside;
    }
    conv3x3g2_3c8_3c8_grouped_grad_input_tile(a, from, n, to);
}

static void conv3x3g2_3c8_3c8_grouped_grad_input_unit(const void *argument, int unit)
{
    const struct conv3x3g2_3c8_3c8_grouped_grad_input_arguments *const a = argument;
    const int n = at_most(a->n, 2);
    const int begin = unit * 3;
    for (int y = begin; n > 0 && y < 3; y++) {
        float *to[3];
        for (int j = 0; j < 3; j++)
            to[j] = a->d_x[y][j][0];
        conv3x3g2_3c8_3c8_grouped_grad_input_at(a, y, 0, 0, n, to);
    }
}

void conv3x3g2_3c8_3c8_grouped_grad_input(const struct every_op_host *host,
                                          float d_x[3][3][BATCH][8], float d_out[3][3][BATCH][8],
                                          float weight[9][2][4][4], float turned[9][4][8], int n)
{
    const struct conv3x3g2_3c8_3c8_grouped_grad_input_arguments a = {d_x, d_out, weight, turned, n};
    run(host, 9, conv3x3g2_3c8_3c8_grouped_grad_input_turn, &a);
    run(host, 1, conv3x3g2_3c8_3c8_grouped_grad_input_unit, &a);
}

