/* max_pool3x3s2_6x5c8_backward: maxpool
 *
 *     d_x = the sum of d_out over the windows whose choice it was */
struct max_pool3x3s2_6x5c8_backward_arguments {
    float (*d_x)[5][BATCH][8];
    float (*d_out)[3][BATCH][8];
    uint8_t (*choice)[3][BATCH][8];
    int n;
};

static void max_pool3x3s2_6x5c8_backward_unit(const void *argument, int unit)
{
    const struct max_pool3x3s2_6x5c8_backward_arguments *const a = argument;
    const int position = unit;
    const int y = position / 5, x = position % 5;
    float *const d_x = (float *)a->d_x[y][x];
    for (int j = 0; j < a->n * 8; j++)
        d_x[j] = 0;
    for (int tap = 0; tap < 9; tap++) {
        const int up = y + 1 - tap / 3, left = x + 1 - tap % 3;
        const int oy = up / 2, ox = left / 2;
        if (up < 0 || left < 0 || oy * 2 != up || ox * 2 != left || oy >= 3 || ox >= 3)
            continue;
        const float *const d_out = (float *)a->d_out[oy][ox];
        const uint8_t *const choice = (uint8_t *)a->choice[oy][ox];
        INDEPENDENT
        for (int j = 0; j < a->n * 8; j++)
            d_x[j] = d_x[j] + (choice[j] == tap ? d_out[j] : 0);
    }
}

void max_pool3x3s2_6x5c8_backward(const struct every_op_host *host, float d_x[6][5][BATCH][8],
                                  float d_out[3][3][BATCH][8], uint8_t choice[3][3][BATCH][8],
                                  int n)
{
    const struct max_pool3x3s2_6x5c8_backward_arguments a = {d_x, d_out, choice, n};
    run(host, 30, max_pool3x3s2_6x5c8_backward_unit, &a);
}

