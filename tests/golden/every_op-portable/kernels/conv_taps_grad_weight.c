/* conv3x3g2_3c8_3c8_taps_grad_weight: one.conv1
 *
 * One unit sums all output rows for one tap:
 * [columns * images][4]' x [columns * images][4].
 * 9 of 9 taps live; 0.0 MFLOP for a batch, 0.0 with every padded product. */

struct conv3x3g2_3c8_3c8_taps_grad_weight_arguments {
    float (*d_weight)[2][4][4];
    float (*d_out)[3][BATCH][8];
    float (*x)[3][BATCH][8];
    int n;
};

/* Adds one tap's share of output columns x0..x1 of row y, input channels from c on. */
static void conv3x3g2_3c8_3c8_taps_grad_weight_tap(
    const struct conv3x3g2_3c8_3c8_taps_grad_weight_arguments *a, const struct tap *tap, int y,
                                                   int x0, int x1, int c, int beta,
                                                   float sum[2][4][4], void *scratch)
{
    for (int group = 0; group < 2; group++)
        columns_tn(scratch, x1 - x0, a->n, 4, 4, &a->x[y + tap->dy][x0 + tap->dx][0][group * 4 + c],
                   BATCH * 8, 8, &a->d_out[y][x0][0][group * 4], BATCH * 8, 8, beta, sum[group][c],
                   4);
}

static void conv3x3g2_3c8_3c8_taps_grad_weight_unit(const void *argument, int unit, void *scratch)
{
    const struct conv3x3g2_3c8_3c8_taps_grad_weight_arguments *const a = argument;
    float(*const sum)[2][4][4] = a->d_weight;
    const int first = unit % 9;
    for (int y = 0; y < 3; y++) {
        const struct tap *const tap = &taps_3x3_s1x1_p1x1_3x3_3x3[first];
        const int x0 = at_least(0, tap->x0), x1 = at_most(3, tap->x1);
        const int is_first = y == at_least(0, tap->y0) && x0 == tap->x0;
        if (y >= tap->y0 && y < tap->y1 && x0 < x1)
            conv3x3g2_3c8_3c8_taps_grad_weight_tap(a, tap, y, x0, x1, 0, is_first ? 0 : 1,
                                                   sum[tap->place], scratch);
    }
    const struct tap *const left = &taps_3x3_s1x1_p1x1_3x3_3x3[first];
    const int is_reached = at_least(0, left->y0) < at_most(3, left->y1);
    if (!is_reached)
        for (int group = 0; group < 2; group++)
            memset(sum[left->place][group][0], 0, 4 * sizeof sum[0][0][0]);
}

void conv3x3g2_3c8_3c8_taps_grad_weight(const struct every_op_host *host,
                                        float d_weight[9][2][4][4], float d_out[3][3][BATCH][8],
                                        float x[3][3][BATCH][8], int n)
{
    const struct conv3x3g2_3c8_3c8_taps_grad_weight_arguments a = {d_weight, d_out, x, n};
    run_with_scratch(host, 9, conv3x3g2_3c8_3c8_taps_grad_weight_unit, &a);
}

