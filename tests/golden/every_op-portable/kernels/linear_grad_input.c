/* linear_32_6_grad_input: fc
 *
 *     d_x [n][32] = d_out [n][6] weight; a unit takes 2 images */
struct linear_32_6_grad_input_arguments {
    float (*d_x)[1][BATCH][32];
    float (*d_out)[1][BATCH][6];
    float (*weight)[32];
    int n;
};

static void linear_32_6_grad_input_unit(const void *argument, int unit)
{
    const struct linear_32_6_grad_input_arguments *const a = argument;
    const int first = unit * 2, count = at_most(a->n - first, 2);
    if (count > 0)
        gemm_nn(count, 32, 6, a->d_out[0][0][first], 6, a->weight[0], 32, 0,
                a->d_x[0][0][first], 32);
}

void linear_32_6_grad_input(const struct every_op_host *host, float d_x[1][1][BATCH][32],
    float d_out[1][1][BATCH][6], float weight[6][32], int n)
{
    const struct linear_32_6_grad_input_arguments a = {d_x, d_out, weight, n};
    run(host, 1, linear_32_6_grad_input_unit, &a);
}

/* linear_8_6_grad_input: pooled
 *
 *     d_x [n][8] = d_out [n][6] weight; a unit takes 2 images */
struct linear_8_6_grad_input_arguments {
    float (*d_x)[1][BATCH][8];
    float (*d_out)[1][BATCH][6];
    float (*weight)[8];
    int n;
};

static void linear_8_6_grad_input_unit(const void *argument, int unit)
{
    const struct linear_8_6_grad_input_arguments *const a = argument;
    const int first = unit * 2, count = at_most(a->n - first, 2);
    if (count > 0)
        gemm_nn(count, 8, 6, a->d_out[0][0][first], 6, a->weight[0], 8, 0,
                a->d_x[0][0][first], 8);
}

void linear_8_6_grad_input(const struct every_op_host *host, float d_x[1][1][BATCH][8],
    float d_out[1][1][BATCH][6], float weight[6][8], int n)
{
    const struct linear_8_6_grad_input_arguments a = {d_x, d_out, weight, n};
    run(host, 1, linear_8_6_grad_input_unit, &a);
}

