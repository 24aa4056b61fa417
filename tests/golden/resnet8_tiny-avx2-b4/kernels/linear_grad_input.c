/* linear_32_10_grad_input: fc
 *
 *     d_x [n][32] = d_out [n][10] weight
 *
 * A unit takes 4 images. */
struct linear_32_10_grad_input_arguments {
    float (*d_x)[1][BATCH][32];
    float (*d_out)[1][BATCH][10];
    float (*weight)[32];
    int n;

};

static void linear_32_10_grad_input_unit(const void *argument, int unit, void *scratch)
{
    const struct linear_32_10_grad_input_arguments *const a = argument;
    const int first = unit * 4, count = at_most(a->n - first, 4);
    if (count > 0)
        gemm(scratch, count, 32, 10, by_rows(a->d_out[0][0][first], 10), by_rows(a->weight[0], 32),
             ahead(a->weight[0]), into(a->d_x[0][0][first], 32, 0));
}

void linear_32_10_grad_input(const struct resnet8_tiny_host *host, float d_x[1][1][BATCH][32],
                             float d_out[1][1][BATCH][10], float weight[10][32], int n)
{
    const struct linear_32_10_grad_input_arguments a = {d_x, d_out, weight, n};
    run_with_scratch(host, 1, linear_32_10_grad_input_unit, &a);
}

