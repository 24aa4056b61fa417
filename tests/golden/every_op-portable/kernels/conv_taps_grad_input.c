/* conv1x3_3c8_3c8_taps_grad_input: one.conv2
 *
 * One unit completes one column of an input row: for each tap and the outputs y, x with
 * y * stride + dy on that row, [columns * images][8] x [8][8]'.
 * 0.0 MFLOP for a batch, 0.0 with every padded product. */
struct conv1x3_3c8_3c8_taps_grad_input_arguments {
    float (*d_x)[3][BATCH][8];
    float (*d_out)[3][BATCH][8];
    float (*weight)[1][8][8];
    float (*turned)[1][64];
    int n;
};

/* One panel of the weight of one tap, transposed, or some of its rows. */
static void conv1x3_3c8_3c8_taps_grad_input_turn(const void *argument, int unit)
{
    const struct conv1x3_3c8_3c8_taps_grad_input_arguments *const a = argument;
    const int tap = unit;
    panel_turn(0, 0, 8, 8, 8, a->weight[tap][0][0], 8, a->turned[tap][0]);
}

static void conv1x3_3c8_3c8_taps_grad_input_unit(const void *argument, int unit)
{
    const struct conv1x3_3c8_3c8_taps_grad_input_arguments *const a = argument;
    const int row = unit / 3;
    const int begin = unit % 3, end = begin + 1;
    for (int j = 0; j < 3; j++) {
        const struct tap *const tap = &taps_1x3_s1x1_p0x1_3x3_3x3[j];
        const int x0 = at_least(begin - tap->dx, tap->x0), x1 = at_most(end - tap->dx, tap->x1);
        const int beta = j > 0;
        const int y = row - tap->dy;
        if (y >= tap->y0 && y < tap->y1 && x0 < x1)
            gemm_positions(NULL, x1 - x0, a->n, 8, 8, positions(a->d_out[y][x0][0], BATCH * 8, 8),
                           in_panels(a->turned[tap->place][0], 8, 8, 0),
                           into_positions(&a->d_x[row][x0 + tap->dx][0][0], BATCH * 8, 8, beta));
    }
}

void conv1x3_3c8_3c8_taps_grad_input(const struct every_op_host *host, float d_x[3][3][BATCH][8],
                                     float d_out[3][3][BATCH][8], float weight[3][1][8][8],
                                     float turned[3][1][64], int n)
{
    const struct conv1x3_3c8_3c8_taps_grad_input_arguments a = {d_x, d_out, weight, turned, n};
    run(host, 3, conv1x3_3c8_3c8_taps_grad_input_turn, &a);
    run(host, 9, conv1x3_3c8_3c8_taps_grad_input_unit, &a);
}

