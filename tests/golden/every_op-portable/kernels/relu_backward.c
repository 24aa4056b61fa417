/* relu_6x5c8_backward: relu
 *
 *     d_x = d_out where out > 0, else 0 */
struct relu_6x5c8_backward_arguments {
    float (*d_x)[5][BATCH][8];
    float (*d_out)[5][BATCH][8];
    float (*out)[5][BATCH][8];
    int n;
};

static void relu_6x5c8_backward_unit(const void *argument, int unit)
{
    const struct relu_6x5c8_backward_arguments *const a = argument;
    const int end = at_most((unit + 1) * 30, 30);
    for (int position = unit * 30; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
        const float *const d_out = (float *)a->d_out + start;
        const float *const out = (float *)a->out + start;
        float *const d_x = (float *)a->d_x + start;
        INDEPENDENT
        for (int j = 0; j < a->n * 8; j++)
            d_x[j] = out[j] > 0 ? d_out[j] : 0;
    }
}

void relu_6x5c8_backward(const struct every_op_host *host, float d_x[6][5][BATCH][8],
    float d_out[6][5][BATCH][8], float out[6][5][BATCH][8], int n)
{
    const struct relu_6x5c8_backward_arguments a = {d_x, d_out, out, n};
    run(host, 1, relu_6x5c8_backward_unit, &a);
}

