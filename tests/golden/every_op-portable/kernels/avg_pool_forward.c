/* avg_pool2x2s1_3c8_forward: avgpool
 *
 *     out = the mean of each 2x2 window, stride 1x1, padding 0x0 counted as zeros */
struct avg_pool2x2s1_3c8_forward_arguments {
    float (*out)[2][BATCH][8];
    float (*x)[3][BATCH][8];
    int n;
};

static void avg_pool2x2s1_3c8_forward_unit(const void *argument, int unit)
{
    const struct avg_pool2x2s1_3c8_forward_arguments *const a = argument;
    const int position = unit;
    const int oy = position / 2, ox = position % 2;
    float *const out = (float *)a->out[oy][ox];
    for (int first = 0; first < a->n * 8; first += SUM_BLOCK) {
        const int width = at_most(a->n * 8 - first, SUM_BLOCK);
        double total[SUM_BLOCK] = {0};
        for (int tap = 0; tap < 4; tap++) {
            const int y = oy + tap / 2, x = ox + tap % 2;
            if (y < 0 || y >= 3 || x < 0 || x >= 3)
                continue;
            const float *const in = (float *)a->x[y][x] + first;
            for (int j = 0; j < width; j++)
                total[j] += (double)in[j];
        }
        for (int j = 0; j < width; j++)
            out[first + j] = (float)(total[j] / 4);
    }
}

void avg_pool2x2s1_3c8_forward(const struct every_op_host *host, float out[2][2][BATCH][8],
                               float x[3][3][BATCH][8], int n)
{
    const struct avg_pool2x2s1_3c8_forward_arguments a = {out, x, n};
    run(host, 4, avg_pool2x2s1_3c8_forward_unit, &a);
}

