/* flatten_2c24_forward: flatten
 *
 *     out [n][channel][y][x] = x [y][x][n][channel], PyTorch's order */
struct flatten_2c24_forward_arguments {
    float (*out)[1][BATCH][96];
    float (*x)[2][BATCH][24];
    int n;
};

static void flatten_2c24_forward_unit(const void *argument, int image)
{
    const struct flatten_2c24_forward_arguments *const a = argument;
    float *const out = a->out[0][0][image];
    for (int y = 0; y < 2; y++)
        for (int x = 0; x < 2; x++)
            for (int c = 0; c < 24; c++)
                out[(c * 2 + y) * 2 + x] = a->x[y][x][image][c];
}

void flatten_2c24_forward(const struct every_op_host *host, float out[1][1][BATCH][96],
    float x[2][2][BATCH][24], int n)
{
    const struct flatten_2c24_forward_arguments a = {out, x, n};
    run(host, n, flatten_2c24_forward_unit, &a);
}

