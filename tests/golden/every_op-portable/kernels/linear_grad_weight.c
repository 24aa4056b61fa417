/* linear_96_6_grad_weight: fc
 *
 *     d_weight [6][96] = d_out' x; a unit takes 96 of the inputs */
struct linear_96_6_grad_weight_arguments {
    float (*d_weight)[96];
    float (*d_out)[1][BATCH][6];
    float (*x)[1][BATCH][96];
    int n;
};

static void linear_96_6_grad_weight_unit(const void *argument, int unit)
{
    const struct linear_96_6_grad_weight_arguments *const a = argument;
    const int first = unit * 96;
    gemm_tn(6, 96, a->n, a->d_out[0][0][0], 6, &a->x[0][0][0][first], 96, 0,
            &a->d_weight[0][first], 96);
}

void linear_96_6_grad_weight(const struct every_op_host *host, float d_weight[6][96],
    float d_out[1][1][BATCH][6], float x[1][1][BATCH][96], int n)
{
    const struct linear_96_6_grad_weight_arguments a = {d_weight, d_out, x, n};
    run(host, 1, linear_96_6_grad_weight_unit, &a);
}

/* linear_24_6_grad_weight: pooled
 *
 *     d_weight [6][24] = d_out' x; a unit takes 24 of the inputs */
struct linear_24_6_grad_weight_arguments {
    float (*d_weight)[24];
    float (*d_out)[1][BATCH][6];
    float (*x)[1][BATCH][24];
    int n;
};

static void linear_24_6_grad_weight_unit(const void *argument, int unit)
{
    const struct linear_24_6_grad_weight_arguments *const a = argument;
    const int first = unit * 24;
    gemm_tn(6, 24, a->n, a->d_out[0][0][0], 6, &a->x[0][0][0][first], 24, 0,
            &a->d_weight[0][first], 24);
}

void linear_24_6_grad_weight(const struct every_op_host *host, float d_weight[6][24],
    float d_out[1][1][BATCH][6], float x[1][1][BATCH][24], int n)
{
    const struct linear_24_6_grad_weight_arguments a = {d_weight, d_out, x, n};
    run(host, 1, linear_24_6_grad_weight_unit, &a);
}

/* linear_24_24_grad_weight: excite
 *
 *     d_weight [24][24] = d_out' x; a unit takes 24 of the inputs */
struct linear_24_24_grad_weight_arguments {
    float (*d_weight)[24];
    float (*d_out)[1][BATCH][24];
    float (*x)[1][BATCH][24];
    int n;
};

static void linear_24_24_grad_weight_unit(const void *argument, int unit)
{
    const struct linear_24_24_grad_weight_arguments *const a = argument;
    const int first = unit * 24;
    gemm_tn(24, 24, a->n, a->d_out[0][0][0], 24, &a->x[0][0][0][first], 24, 0,
            &a->d_weight[0][first], 24);
}

void linear_24_24_grad_weight(const struct every_op_host *host, float d_weight[24][24],
    float d_out[1][1][BATCH][24], float x[1][1][BATCH][24], int n)
{
    const struct linear_24_24_grad_weight_arguments a = {d_weight, d_out, x, n};
    run(host, 1, linear_24_24_grad_weight_unit, &a);
}

