/* pad_channels_c27_forward: pad
 *
 *     out = x at position y * 2, x * 2, after 1 channels of zeros and before 2 */
struct pad_channels_c27_forward_arguments {
    float (*out)[1][BATCH][27];
    float (*x)[2][BATCH][24];
    int n;
};

static void pad_channels_c27_forward_unit(const void *argument, int unit)
{
    const struct pad_channels_c27_forward_arguments *const a = argument;
    const int begin = unit;
    for (int position = begin; position < 1; position++) {
        const int y = position * 2;
        const float *const from = (float *)a->x[y][0];
        float *const out = (float *)a->out + (ptrdiff_t)position * BATCH * 27;
        for (int i = 0; i < a->n; i++)
            for (int c = 0; c < 27; c++) {
                const int is_inside = c >= 1 && c < 25;
                out[i * 27 + c] = is_inside ? from[i * 24 + c - 1] : 0;
            }
    }
}

void pad_channels_c27_forward(const struct every_op_host *host, float out[1][1][BATCH][27],
                              float x[2][2][BATCH][24], int n)
{
    const struct pad_channels_c27_forward_arguments a = {out, x, n};
    run(host, 1, pad_channels_c27_forward_unit, &a);
}

