/* linear_32_10_grad_weight: fc
 *
 *     d_weight [10][32] = d_out' x
 *
 * A unit takes 32 of the inputs. */
struct linear_32_10_grad_weight_arguments {
    float (*d_weight)[32];
    float (*d_out)[1][BATCH][10];
    float (*x)[1][BATCH][32];
    int n;
};

static void linear_32_10_grad_weight_unit(const void *argument, int unit, void *scratch)
{
    const struct linear_32_10_grad_weight_arguments *const a = argument;
    (void)unit; /* there is one */
    gemm(scratch, 10, 32, a->n, transposed(a->d_out[0][0][0], 10), by_rows(&a->x[0][0][0][0], 32),
         ahead(&a->x[0][0][0][0]), into(&a->d_weight[0][0], 32, 0));
}

void linear_32_10_grad_weight(const struct resnet8_tiny_host *host, float d_weight[10][32],
                              float d_out[1][1][BATCH][10], float x[1][1][BATCH][32], int n)
{
    const struct linear_32_10_grad_weight_arguments a = {d_weight, d_out, x, n};
    run_with_scratch(host, 1, linear_32_10_grad_weight_unit, &a);
}

