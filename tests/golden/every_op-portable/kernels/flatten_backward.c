/* flatten_2c24_backward: flatten
 *
 *     d_x [y][x][n][channel] = d_out [n][channel][y][x] */
struct flatten_2c24_backward_arguments {
    float (*d_x)[2][BATCH][24];
    float (*d_out)[1][BATCH][96];
    int n;
};

static void flatten_2c24_backward_unit(const void *argument, int image)
{
    const struct flatten_2c24_backward_arguments *const a = argument;
    const float *const d_out = a->d_out[0][0][image];
    for (int y = 0; y < 2; y++)
        for (int x = 0; x < 2; x++)
            for (int c = 0; c < 24; c++)
                a->d_x[y][x][image][c] = d_out[(c * 2 + y) * 2 + x];
}

void flatten_2c24_backward(const struct every_op_host *host, float d_x[2][2][BATCH][24],
    float d_out[1][1][BATCH][96], int n)
{
    const struct flatten_2c24_backward_arguments a = {d_x, d_out, n};
    run(host, n, flatten_2c24_backward_unit, &a);
}

