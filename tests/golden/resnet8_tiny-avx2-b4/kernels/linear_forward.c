/* linear_32_10_forward: fc
 *
 *     out [n][10] = x [n][32] weight' + bias
 *
 * weight [10][32] as in PyTorch; a unit takes 4 images. */
struct linear_32_10_forward_arguments {
    float (*out)[1][BATCH][10];
    float (*x)[1][BATCH][32];
    float (*weight)[32];
    float *bias;
    float *turned;
    int n;

};

/* One panel of the weight, transposed, or some of its rows. */
static void linear_32_10_forward_turn(const void *argument, int unit)
{
    const struct linear_32_10_forward_arguments *const a = argument;
    (void)unit; /* there is one */
    panel_turn(0, 0, 32, 10, 32, a->weight[0], 32, a->turned);
}

static void linear_32_10_forward_unit(const void *argument, int unit)
{
    const struct linear_32_10_forward_arguments *const a = argument;
    const int first = unit * 4, count = at_most(a->n - first, 4);
    if (count <= 0)
        return;
    for (int i = first; i < first + count; i++)
        for (int c = 0; c < 10; c++)
            a->out[0][0][i][c] = a->bias[c];
    gemm(NULL, count, 10, 32, by_rows(a->x[0][0][first], 32), in_panels(a->turned, 32, 10, 0),
         ahead(a->turned), into(a->out[0][0][first], 10, 1));
}

void linear_32_10_forward(const struct resnet8_tiny_host *host, float out[1][1][BATCH][10],
                          float x[1][1][BATCH][32], float weight[10][32], float bias[10],
                          float turned[320], int n)
{
    const struct linear_32_10_forward_arguments a = {out, x, weight, bias, turned, n};
    run(host, 1, linear_32_10_forward_turn, &a);
    run(host, 1, linear_32_10_forward_unit, &a);
}

