/* linear_51_6_grad_input: fc, pooled
 *
 *     d_x [n][51] = d_out [n][6] weight
 *
 * A unit takes 2 images. */
struct linear_51_6_grad_input_arguments {
    float (*d_x)[1][BATCH][51];
    float (*d_out)[1][BATCH][6];
    float (*weight)[51];
    int n;

};

static void linear_51_6_grad_input_unit(const void *argument, int unit, void *scratch)
{
    const struct linear_51_6_grad_input_arguments *const a = argument;
    const int first = unit * 2, count = at_most(a->n - first, 2);
    if (count > 0)
        gemm(scratch, count, 51, 6, by_rows(a->d_out[0][0][first], 6), by_rows(a->weight[0], 51),
             ahead(a->weight[0]), into(a->d_x[0][0][first], 51, 0));
}

void linear_51_6_grad_input(const struct every_op_host *host, float d_x[1][1][BATCH][51],
                            float d_out[1][1][BATCH][6], float weight[6][51], int n)
{
    const struct linear_51_6_grad_input_arguments a = {d_x, d_out, weight, n};
    run_with_scratch(host, 1, linear_51_6_grad_input_unit, &a);
}

/* linear_24_24_grad_input: excite
 *
 *     d_x [n][24] = d_out [n][24] weight
 *
 * A unit takes 2 images. */
struct linear_24_24_grad_input_arguments {
    float (*d_x)[1][BATCH][24];
    float (*d_out)[1][BATCH][24];
    float (*weight)[24];
    int n;

};

static void linear_24_24_grad_input_unit(const void *argument, int unit, void *scratch)
{
    const struct linear_24_24_grad_input_arguments *const a = argument;
    const int first = unit * 2, count = at_most(a->n - first, 2);
    if (count > 0)
        gemm(scratch, count, 24, 24, by_rows(a->d_out[0][0][first], 24), by_rows(a->weight[0], 24),
             ahead(a->weight[0]), into(a->d_x[0][0][first], 24, 0));
}

void linear_24_24_grad_input(const struct every_op_host *host, float d_x[1][1][BATCH][24],
                             float d_out[1][1][BATCH][24], float weight[24][24], int n)
{
    const struct linear_24_24_grad_input_arguments a = {d_x, d_out, weight, n};
    run_with_scratch(host, 1, linear_24_24_grad_input_unit, &a);
}

