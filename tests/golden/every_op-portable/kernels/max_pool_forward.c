/* max_pool3x3s2_6x5c8_forward: maxpool
 *
 *     out = the largest x of each 3x3 window, stride 2x2, padding 1x1 that never wins
 *     choice = which of the window's taps that was, the first of equals, row by row
 */
struct max_pool3x3s2_6x5c8_forward_arguments {
    float (*out)[3][BATCH][8];
    float (*x)[5][BATCH][8];
    uint8_t (*choice)[3][BATCH][8];
    int n;
};

static void max_pool3x3s2_6x5c8_forward_unit(const void *argument, int unit)
{
    const struct max_pool3x3s2_6x5c8_forward_arguments *const a = argument;
    const int position = unit;
    const int oy = position / 3, ox = position % 3;
    for (int i = 0; i < a->n; i++) {
        float *const best = a->out[oy][ox][i];
        uint8_t *const choice = a->choice[oy][ox][i];
        int first = 1; /* whatever is there loses to the first tap inside */
        for (int tap = 0; tap < 9; tap++) {
            const int y = oy * 2 + tap / 3 - 1, x = ox * 2 + tap % 3 - 1;
            if (y < 0 || y >= 6 || x < 0 || x >= 5)
                continue;
            const float *const in = a->x[y][x][i];
            INDEPENDENT
            for (int c = 0; c < 8; c++) {
                const float value = in[c], before = best[c];
                const int better = first | (value > before) | (value != value);
                best[c] = better ? value : before;
                choice[c] = better ? (uint8_t)tap : choice[c];
            }
            first = 0;
        }
    }
}

void max_pool3x3s2_6x5c8_forward(const struct every_op_host *host, float out[3][3][BATCH][8],
                                 float x[6][5][BATCH][8], uint8_t choice[3][3][BATCH][8], int n)
{
    const struct max_pool3x3s2_6x5c8_forward_arguments a = {out, x, choice, n};
    run(host, 9, max_pool3x3s2_6x5c8_forward_unit, &a);
}

/* max_pool3x3s2_6x5c8_evaluate: maxpool
 *
 *     out = the largest x of each 3x3 window, stride 2x2, padding 1x1 that never wins
 */
struct max_pool3x3s2_6x5c8_evaluate_arguments {
    float (*out)[3][BATCH][8];
    float (*x)[5][BATCH][8];
    int n;
};

static void max_pool3x3s2_6x5c8_evaluate_unit(const void *argument, int unit)
{
    const struct max_pool3x3s2_6x5c8_evaluate_arguments *const a = argument;
    const int position = unit;
    const int oy = position / 3, ox = position % 3;
    for (int i = 0; i < a->n; i++) {
        float *const best = a->out[oy][ox][i];
        int first = 1; /* whatever is there loses to the first tap inside */
        for (int tap = 0; tap < 9; tap++) {
            const int y = oy * 2 + tap / 3 - 1, x = ox * 2 + tap % 3 - 1;
            if (y < 0 || y >= 6 || x < 0 || x >= 5)
                continue;
            const float *const in = a->x[y][x][i];
            INDEPENDENT
            for (int c = 0; c < 8; c++) {
                const float value = in[c], before = best[c];
                const int better = first | (value > before) | (value != value);
                best[c] = better ? value : before;
            }
            first = 0;
        }
    }
}

void max_pool3x3s2_6x5c8_evaluate(const struct every_op_host *host, float out[3][3][BATCH][8],
                                  float x[6][5][BATCH][8], int n)
{
    const struct max_pool3x3s2_6x5c8_evaluate_arguments a = {out, x, n};
    run(host, 9, max_pool3x3s2_6x5c8_evaluate_unit, &a);
}

