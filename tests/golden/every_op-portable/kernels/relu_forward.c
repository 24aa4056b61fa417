/* relu_6x5c8_forward: relu
 *
 *     out = max(0, x) */
struct relu_6x5c8_forward_arguments {
    float (*out)[5][BATCH][8];
    float (*x)[5][BATCH][8];
    int n;
};

static void relu_6x5c8_forward_unit(const void *argument, int unit)
{
    const struct relu_6x5c8_forward_arguments *const a = argument;
    const int end = at_most((unit + 1) * 30, 30);
    for (int position = unit * 30; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
        const float *const x = (float *)a->x + start;
        float *const out = (float *)a->out + start;
        INDEPENDENT
        for (int j = 0; j < a->n * 8; j++)
            out[j] = x[j] < 0 ? 0 : x[j];
    }
}

void relu_6x5c8_forward(const struct every_op_host *host, float out[6][5][BATCH][8],
    float x[6][5][BATCH][8], int n)
{
    const struct relu_6x5c8_forward_arguments a = {out, x, n};
    run(host, 1, relu_6x5c8_forward_unit, &a);
}

