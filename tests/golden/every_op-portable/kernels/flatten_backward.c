/* flatten_c51_backward: flatten
 *
 *     d_x [y][x][n][channel] = d_out [n][channel][y][x] */
struct flatten_c51_backward_arguments {
    float (*d_x)[1][BATCH][51];
    float (*d_out)[1][BATCH][51];
    int n;
};

static void flatten_c51_backward_unit(const void *argument, int image)
{
    const struct flatten_c51_backward_arguments *const a = argument;
    const float *const d_out = a->d_out[0][0][image];
    for (int c = 0; c < 51; c++)
        a->d_x[0][0][image][c] = d_out[c];
}

void flatten_c51_backward(const struct every_op_host *host, float d_x[1][1][BATCH][51],
                          float d_out[1][1][BATCH][51], int n)
{
    const struct flatten_c51_backward_arguments a = {d_x, d_out, n};
    run(host, n, flatten_c51_backward_unit, &a);
}

