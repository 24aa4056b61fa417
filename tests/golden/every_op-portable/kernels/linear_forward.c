/* linear_8_6_forward: pooled
 *
 *     out [n][6] = x [n][8] weight', weight [6][8] as in PyTorch; a unit takes 2 images */
struct linear_8_6_forward_arguments {
    float (*out)[1][BATCH][6];
    float (*x)[1][BATCH][8];
    float (*weight)[8];
    float *turned;
    int n;
};

/* One panel of the weight, transposed. */
static void linear_8_6_forward_turn(const void *argument, int panel)
{
    const struct linear_8_6_forward_arguments *const a = argument;
    panel_turn(panel, 6, 8, a->weight[0], 8, a->turned);
}

static void linear_8_6_forward_unit(const void *argument, int unit)
{
    const struct linear_8_6_forward_arguments *const a = argument;
    const int first = unit * 2, count = at_most(a->n - first, 2);
    if (count <= 0)
        return;
    gemm_panels(count, 6, 8, a->x[0][0][first], 8, a->turned, 6, 0,
            a->out[0][0][first], 6);
}

void linear_8_6_forward(const struct every_op_host *host, float out[1][1][BATCH][6],
    float x[1][1][BATCH][8], float weight[6][8], float turned[48], int n)
{
    const struct linear_8_6_forward_arguments a = {out, x, weight, turned, n};
    run(host, 1, linear_8_6_forward_turn, &a);
    run(host, 1, linear_8_6_forward_unit, &a);
}

/* linear_32_6_forward: fc
 *
 *     out [n][6] = x [n][32] weight' + bias, weight [6][32] as in PyTorch; a unit takes 2 images */
struct linear_32_6_forward_arguments {
    float (*out)[1][BATCH][6];
    float (*x)[1][BATCH][32];
    float (*weight)[32];
    float *bias;
    float *turned;
    int n;
};

/* One panel of the weight, transposed. */
static void linear_32_6_forward_turn(const void *argument, int panel)
{
    const struct linear_32_6_forward_arguments *const a = argument;
    panel_turn(panel, 6, 32, a->weight[0], 32, a->turned);
}

static void linear_32_6_forward_unit(const void *argument, int unit)
{
    const struct linear_32_6_forward_arguments *const a = argument;
    const int first = unit * 2, count = at_most(a->n - first, 2);
    if (count <= 0)
        return;
    for (int i = first; i < first + count; i++)
        for (int c = 0; c < 6; c++)
            a->out[0][0][i][c] = a->bias[c];
    gemm_panels(count, 6, 32, a->x[0][0][first], 32, a->turned, 6, 1,
            a->out[0][0][first], 6);
}

void linear_32_6_forward(const struct every_op_host *host, float out[1][1][BATCH][6],
    float x[1][1][BATCH][32], float weight[6][32], float bias[6], float turned[192], int n)
{
    const struct linear_32_6_forward_arguments a = {out, x, weight, bias, turned, n};
    run(host, 1, linear_32_6_forward_turn, &a);
    run(host, 1, linear_32_6_forward_unit, &a);
}

