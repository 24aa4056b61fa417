/* adaptive_max_pool1x1_c27_forward: maxpool2
 *
 *     out = the largest x of each of 1x1 parts of the image
 *     choice = the position that it had, the first of equals, row by row
 */
struct adaptive_max_pool1x1_c27_forward_arguments {
    float (*out)[1][BATCH][27];
    float (*x)[1][BATCH][27];
    uint8_t (*choice)[1][BATCH][27];
    int n;
};

static void adaptive_max_pool1x1_c27_forward_unit(const void *argument, int unit)
{
    const struct adaptive_max_pool1x1_c27_forward_arguments *const a = argument;
    const int position = unit;
    const int oy = position;
    const int y0 = oy, y1 = oy + 1;
    float *const best = (float *)a->out[oy][0];
    uint8_t *const choice = (uint8_t *)a->choice[oy][0];
    for (int y = y0; y < y1; y++) {
        const int first = y == y0; /* whatever is there loses to it */
        const float *const in = (float *)a->x[y][0];
        INDEPENDENT
        for (int j = 0; j < a->n * 27; j++) {
            const int better = first | (in[j] > best[j]) | (in[j] != in[j]);
            best[j] = better ? in[j] : best[j];
            choice[j] = better ? (uint8_t)y : choice[j];
        }
    }
}

void adaptive_max_pool1x1_c27_forward(const struct every_op_host *host, float out[1][1][BATCH][27],
                                      float x[1][1][BATCH][27], uint8_t choice[1][1][BATCH][27],
                                      int n)
{
    const struct adaptive_max_pool1x1_c27_forward_arguments a = {out, x, choice, n};
    run(host, 1, adaptive_max_pool1x1_c27_forward_unit, &a);
}

/* adaptive_max_pool1x1_c27_evaluate: maxpool2
 *
 *     out = the largest x of each of 1x1 parts of the image
 */
struct adaptive_max_pool1x1_c27_evaluate_arguments {
    float (*out)[1][BATCH][27];
    float (*x)[1][BATCH][27];
    int n;
};

static void adaptive_max_pool1x1_c27_evaluate_unit(const void *argument, int unit)
{
    const struct adaptive_max_pool1x1_c27_evaluate_arguments *const a = argument;
    const int position = unit;
    const int oy = position;
    const int y0 = oy, y1 = oy + 1;
    float *const best = (float *)a->out[oy][0];
    for (int y = y0; y < y1; y++) {
        const int first = y == y0; /* whatever is there loses to it */
        const float *const in = (float *)a->x[y][0];
        INDEPENDENT
        for (int j = 0; j < a->n * 27; j++) {
            const int better = first | (in[j] > best[j]) | (in[j] != in[j]);
            best[j] = better ? in[j] : best[j];
        }
    }
}

void adaptive_max_pool1x1_c27_evaluate(const struct every_op_host *host, float out[1][1][BATCH][27],
                                       float x[1][1][BATCH][27], int n)
{
    const struct adaptive_max_pool1x1_c27_evaluate_arguments a = {out, x, n};
    run(host, 1, adaptive_max_pool1x1_c27_evaluate_unit, &a);
}
