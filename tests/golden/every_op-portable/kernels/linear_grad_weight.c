/* linear_32_6_grad_weight: fc
 *
 *     d_weight [6][32] = d_out' x; a unit takes 32 of the inputs */
struct linear_32_6_grad_weight_arguments {
    float (*d_weight)[32];
    float (*d_out)[1][BATCH][6];
    float (*x)[1][BATCH][32];
    int n;
};

static void linear_32_6_grad_weight_unit(const void *argument, int unit)
{
    const struct linear_32_6_grad_weight_arguments *const a = argument;
    const int first = unit * 32;
    gemm_tn(6, 32, a->n, a->d_out[0][0][0], 6, &a->x[0][0][0][first], 32, 0,
            &a->d_weight[0][first], 32);
}

void linear_32_6_grad_weight(const struct every_op_host *host, float d_weight[6][32],
    float d_out[1][1][BATCH][6], float x[1][1][BATCH][32], int n)
{
    const struct linear_32_6_grad_weight_arguments a = {d_weight, d_out, x, n};
    run(host, 1, linear_32_6_grad_weight_unit, &a);
}

/* linear_8_6_grad_weight: pooled
 *
 *     d_weight [6][8] = d_out' x; a unit takes 8 of the inputs */
struct linear_8_6_grad_weight_arguments {
    float (*d_weight)[8];
    float (*d_out)[1][BATCH][6];
    float (*x)[1][BATCH][8];
    int n;
};

static void linear_8_6_grad_weight_unit(const void *argument, int unit)
{
    const struct linear_8_6_grad_weight_arguments *const a = argument;
    const int first = unit * 8;
    gemm_tn(6, 8, a->n, a->d_out[0][0][0], 6, &a->x[0][0][0][first], 8, 0,
            &a->d_weight[0][first], 8);
}

void linear_8_6_grad_weight(const struct every_op_host *host, float d_weight[6][8],
    float d_out[1][1][BATCH][6], float x[1][1][BATCH][8], int n)
{
    const struct linear_8_6_grad_weight_arguments a = {d_weight, d_out, x, n};
    run(host, 1, linear_8_6_grad_weight_unit, &a);
}

