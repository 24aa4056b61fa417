/* flatten_c51_forward: flatten
 *
 *     out [n][channel][y][x] = x [y][x][n][channel], PyTorch's order */
struct flatten_c51_forward_arguments {
    float (*out)[1][BATCH][51];
    float (*x)[1][BATCH][51];
    int n;
};

static void flatten_c51_forward_unit(const void *argument, int image)
{
    const struct flatten_c51_forward_arguments *const a = argument;
    float *const out = a->out[0][0][image];
    for (int c = 0; c < 51; c++)
        out[c] = a->x[0][0][image][c];
}

void flatten_c51_forward(const struct every_op_host *host, float out[1][1][BATCH][51],
                         float x[1][1][BATCH][51], int n)
{
    const struct flatten_c51_forward_arguments a = {out, x, n};
    run(host, n, flatten_c51_forward_unit, &a);
}

