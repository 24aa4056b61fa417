/* conv3x3g2_3c8_3c8_taps_forward: one.conv1
 *
 * One unit makes one column of an output row, over all images: for each tap that
 * reaches them, [columns * images][4] x [4][4].
 * 9 of 9 taps live; 0.0 MFLOP for a batch, 0.0 with every padded product. */

struct conv3x3g2_3c8_3c8_taps_forward_arguments {
    float (*out)[3][BATCH][8];
    float (*x)[3][BATCH][8];
    float (*weight)[2][4][4];
    float (*partial)[2][8];
    int n;
};

static void conv3x3g2_3c8_3c8_taps_forward_unit(const void *argument, int unit, void *scratch)
{
    const struct conv3x3g2_3c8_3c8_taps_forward_arguments *const a = argument;
    const int y = unit / 3, x_begin = unit % 3;
    const int x_end = at_most(x_begin + 1, 3);
    for (int j = 0; j < 9; j++) {
        const struct tap *const tap = &taps_3x3_s1x1_p1x1_3x3_3x3[j];
        const int x0 = at_least(x_begin, tap->x0), x1 = at_most(x_end, tap->x1);
        const int beta = j > 0;
        if (y >= tap->y0 && y < tap->y1 && x0 < x1)
            for (int group = 0; group < 2; group++)
                columns_nn(scratch, x1 - x0, a->n, 4, 4,
                           &a->x[y + tap->dy][x0 + tap->dx][0][group * 4], BATCH * 8, 8,
                           a->weight[tap->place][group][0], 4, beta, &a->out[y][x0][0][group * 4],
                           BATCH * 8, 8);
    }
    for (int x = x_begin; a->partial && x < x_end; x++)
        partial_statistics(8, 8, a->n, &a->out[y][x][0][0], &a->partial[y * 3 + x][0][0],
                           &a->partial[y * 3 + x][1][0]);
}

void conv3x3g2_3c8_3c8_taps_forward(const struct every_op_host *host, float out[3][3][BATCH][8],
                                    float x[3][3][BATCH][8], float weight[9][2][4][4],
                                    float partial[9][2][8], int n)
{
    const struct conv3x3g2_3c8_3c8_taps_forward_arguments a = {out, x, weight, partial, n};
    run_with_scratch(host, 9, conv3x3g2_3c8_3c8_taps_forward_unit, &a);
}

