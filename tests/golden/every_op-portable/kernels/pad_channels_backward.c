/* pad_channels_2c24_backward: pad
 *
 *     d_x = d_out's channels 1 to 24 where the position was taken, else 0 */
struct pad_channels_2c24_backward_arguments {
    float (*d_x)[2][BATCH][24];
    float (*d_out)[1][BATCH][27];
    int n;
};

static void pad_channels_2c24_backward_unit(const void *argument, int unit)
{
    const struct pad_channels_2c24_backward_arguments *const a = argument;
    const int begin = unit * 4;
    for (int position = begin; position < 4; position++) {
        const int y = position / 2, x = position % 2;
        float *const d_x = (float *)a->d_x + (ptrdiff_t)position * BATCH * 24;
        if (y % 2 != 0 || x % 2 != 0) {
            for (int j = 0; j < a->n * 24; j++)
                d_x[j] = 0;
            continue;
        }
        const float *const d_out = (float *)a->d_out[y / 2][x / 2];
        for (int i = 0; i < a->n; i++)
            for (int c = 0; c < 24; c++)
                d_x[i * 24 + c] = d_out[i * 27 + c + 1];
    }
}

void pad_channels_2c24_backward(const struct every_op_host *host, float d_x[2][2][BATCH][24],
                                float d_out[1][1][BATCH][27], int n)
{
    const struct pad_channels_2c24_backward_arguments a = {d_x, d_out, n};
    run(host, 1, pad_channels_2c24_backward_unit, &a);
}

