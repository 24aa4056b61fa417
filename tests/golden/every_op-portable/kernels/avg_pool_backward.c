/* avg_pool2x2s1_3c8_backward: avgpool
 *
 *     d_x = the sum of d_out over the windows that hold it, / 4 */
struct avg_pool2x2s1_3c8_backward_arguments {
    float (*d_x)[3][BATCH][8];
    float (*d_out)[2][BATCH][8];
    int n;
};

static void avg_pool2x2s1_3c8_backward_unit(const void *argument, int unit)
{
    const struct avg_pool2x2s1_3c8_backward_arguments *const a = argument;
    const int position = unit;
    const int y = position / 3, x = position % 3;
    float *const d_x = (float *)a->d_x[y][x];
    for (int first = 0; first < a->n * 8; first += SUM_BLOCK) {
        const int columns = at_most(a->n * 8 - first, SUM_BLOCK);
        double total[SUM_BLOCK] = {0};
        for (int tap = 0; tap < 4; tap++) {
            const int up = y - tap / 2, left = x - tap % 2;
            const int oy = up, ox = left;
            if (up < 0 || left < 0 || oy != up || ox != left || oy >= 2 || ox >= 2)
                continue;
            const float *const d_out = (float *)a->d_out[oy][ox] + first;
            for (int j = 0; j < columns; j++)
                total[j] += (double)d_out[j];
        }
        for (int j = 0; j < columns; j++)
            d_x[first + j] = (float)(total[j] / 4);
    }
}

void avg_pool2x2s1_3c8_backward(const struct every_op_host *host, float d_x[3][3][BATCH][8],
                                float d_out[2][2][BATCH][8], int n)
{
    const struct avg_pool2x2s1_3c8_backward_arguments a = {d_x, d_out, n};
    run(host, 9, avg_pool2x2s1_3c8_backward_unit, &a);
}

