/* conv3x3g2_3c8_3c8_grouped_grad_weight: one.conv1
 *
 * d_weight of a tap, of the k-th input of a group and of output o is the sum over outputs of x, as
 * the tap reads it, times d_out; by tiles of 3 columns, each input of whose window is read once. A
 * unit sums 3 rows of 2 images; the parts are added up afterwards. */
struct conv3x3g2_3c8_3c8_grouped_grad_weight_arguments {
    float (*d_weight)[2][4][4];
    float (*d_out)[3][BATCH][8];
    float (*x)[3][BATCH][8];
    float (*workspace)[9][4][8];
    int n;
};

/* Adds what n images of a tile give to channels 0 to 7. */
static void conv3x3g2_3c8_3c8_grouped_grad_weight_tile(const float *const *from,
                                                       const float *const *of, int n, float *sum)
{
    for (int k = 0; k < 4; k++) {
        for (int v = 0; v < 2; v++) {
            const int o = v * LANES;
            float *const to = sum + k * 8 + o;
            vector total[9];
            total[0] = spread(0);
            total[1] = spread(0);
            total[2] = spread(0);
            total[3] = spread(0);
            total[4] = spread(0);
            total[5] = spread(0);
            total[6] = spread(0);
            total[7] = spread(0);
            total[8] = spread(0);
            for (int i = 0; i < n; i++) {
                const ptrdiff_t at = (ptrdiff_t)i * 8 + o / 4 * 4 + k;
                const ptrdiff_t of_at = (ptrdiff_t)i * 8 + o;
                vector d[3], x;
                d[0] = load(of[0] + of_at);
                d[1] = load(of[1] + of_at);
                d[2] = load(of[2] + of_at);
                x = spread(*(from[0] + at));
                total[0] = multiply_add(x, d[0], total[0]);
                x = spread(*(from[1] + at));
                total[1] = multiply_add(x, d[0], total[1]);
                total[0] = multiply_add(x, d[1], total[0]);
                x = spread(*(from[2] + at));
                total[2] = multiply_add(x, d[0], total[2]);
                total[1] = multiply_add(x, d[1], total[1]);
                total[0] = multiply_add(x, d[2], total[0]);
                x = spread(*(from[3] + at));
                total[2] = multiply_add(x, d[1], total[2]);
                total[1] = multiply_add(x, d[2], total[1]);
                x = spread(*(from[4] + at));
                total[2] = multiply_add(x, d[2], total[2]);
                x = spread(*(from[5] + at));
                total[3] = multiply_add(x, d[0], total[3]);
                x = spread(*(from[6] + at));
                total[4] = multiply_add(x, d[0], total[4]);
                total[3] = multiply_add(x, d[1], total[3]);
                x = spread(*(from[7] + at));
                total[5] = multiply_add(x, d[0], total[5]);
                total[4] = multiply_add(x, d[1], total[4]);
                total[3] = multiply_add(x, d[2], total[3]);
                x = spread(*(from[8] + at));
                total[5] = multiply_add(x, d[1], total[5]);
                total[4] = multiply_add(x, d[2], total[4]);
                x = spread(*(from[9] + at));
                total[5] = multiply_add(x, d[2], total[5]);
                x = spread(*(from[10] + at));
                total[6] = multiply_add(x, d[0], total[6]);
                x = spread(*(from[11] + at));
                total[7] = multiply_add(x, d[0], total[7]);
                total[6] = multiply_add(x, d[1], total[6]);
                x = spread(*(from[12] + at));
                total[8] = multiply_add(x, d[0], total[8]);
                total[7] = multiply_add(x, d[1], total[7]);
                total[6] = multiply_add(x, d[2], total[6]);
                x = spread(*(from[13] + at));
                total[8] = multiply_add(x, d[1], total[8]);
                total[7] = multiply_add(x, d[2], total[7]);
                x = spread(*(from[14] + at));
                total[8] = multiply_add(x, d[2], total[8]);
            }
            store(to, add(load(to), total[0]));
            store(to + 32, add(load(to + 32), total[1]));
            store(to + 64, add(load(to + 64), total[2]));
            store(to + 96, add(load(to + 96), total[3]));
            store(to + 128, add(load(to + 128), total[4]));
            store(to + 160, add(load(to + 160), total[5]));
            store(to + 192, add(load(to + 192), total[6]));
            store(to + 224, add(load(to + 224), total[7]));
            store(to + 256, add(load(to + 256), total[8]));
        }
    }
}

/* Adds what a block, 3 rows of 2 images, gives. */
static void conv3x3g2_3c8_3c8_grouped_grad_weight_block(
    const struct conv3x3g2_3c8_3c8_grouped_grad_weight_arguments *a, int block, float *sum)
{
    static const struct {
        int y, x;
    } window[] = {{-1, -1}, {-1, 0}, {-1, 1}, {-1, 2}, {-1, 3}, {0, -1}, {0, 0}, {0, 1}, {0, 2},
                  {0, 3}, {1, -1}, {1, 0}, {1, 1}, {1, 2}, {1, 3}};
    const int n = at_most(a->n, 2);
    const int begin = block * 3;
    for (int y = begin; n > 0 && y < 3; y++) {
        const float *from[15], *of[3];
        for (int j = 0; j < 3; j++)
            of[j] = j < 3 ? a->d_out[y][j][0] : outside;
        for (int j = 0; j < 15; j++) {
            const int from_y = y + window[j].y, from_x = window[j].x;
            const int inside = from_y >= 0 && from_y < 3 && from_x >= 0 && from_x < 3;
            from[j] = inside ? a->x[from_y][from_x][0] : outside;
        }
        conv3x3g2_3c8_3c8_grouped_grad_weight_tile(from, of, n, sum);
    }
}

static void conv3x3g2_3c8_3c8_grouped_grad_weight_unit(const void *argument, int unit)
{
    const struct conv3x3g2_3c8_3c8_grouped_grad_weight_arguments *const a = argument;
    const int part = unit;
    float *const sum = a->workspace[part][0][0];
    memset(sum, 0, 288 * sizeof *sum);
    conv3x3g2_3c8_3c8_grouped_grad_weight_block(a, part, sum);
}

/* Adds up what the parts have for some channels of one tap and one input of each group. */
static void conv3x3g2_3c8_3c8_grouped_grad_weight_add(const void *argument, int unit, void *scratch)
{
    const struct conv3x3g2_3c8_3c8_grouped_grad_weight_arguments *const a = argument;
    const int tap = unit / 4, k = unit % 4;
    float *const sum = kernel_scratch(scratch);
    sum_rows(1, 8, a->workspace[0][tap][k], 288, sum);
    for (int o = 0; o < 8; o++)
        a->d_weight[tap][o / 4][k][o % 4] = sum[o];
}

void conv3x3g2_3c8_3c8_grouped_grad_weight(const struct every_op_host *host,
                                           float d_weight[9][2][4][4], float d_out[3][3][BATCH][8],
                                           float x[3][3][BATCH][8], float workspace[1][9][4][8],
                                           int n)
{
    const struct conv3x3g2_3c8_3c8_grouped_grad_weight_arguments a = {d_weight, d_out, x, workspace,
                                                                      n};
    run(host, 1, conv3x3g2_3c8_3c8_grouped_grad_weight_unit, &a);
    run_with_scratch(host, 36, conv3x3g2_3c8_3c8_grouped_grad_weight_add, &a);
}

