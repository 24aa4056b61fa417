/* linear_51_6_grad_weight: fc, pooled
 *
 *     d_weight [6][51] = d_out' x
 *
 * A unit takes 51 of the inputs. */
struct linear_51_6_grad_weight_arguments {
    float (*d_weight)[51];
    float (*d_out)[1][BATCH][6];
    float (*x)[1][BATCH][51];
    int n;
};

static void linear_51_6_grad_weight_unit(const void *argument, int unit, void *scratch)
{
    const struct linear_51_6_grad_weight_arguments *const a = argument;
    (void)unit; /* there is one */
    gemm(scratch, 6, 51, a->n, transposed(a->d_out[0][0][0], 6), by_rows(&a->x[0][0][0][0], 51),
         ahead(&a->x[0][0][0][0]), into(&a->d_weight[0][0], 51, 0));
}

void linear_51_6_grad_weight(const struct every_op_host *host, float d_weight[6][51],
                             float d_out[1][1][BATCH][6], float x[1][1][BATCH][51], int n)
{
    const struct linear_51_6_grad_weight_arguments a = {d_weight, d_out, x, n};
    run_with_scratch(host, 1, linear_51_6_grad_weight_unit, &a);
}

/* linear_24_24_grad_weight: excite
 *
 *     d_weight [24][24] = d_out' x
 *
 * A unit takes 24 of the inputs. */
struct linear_24_24_grad_weight_arguments {
    float (*d_weight)[24];
    float (*d_out)[1][BATCH][24];
    float (*x)[1][BATCH][24];
    int n;
};

static void linear_24_24_grad_weight_unit(const void *argument, int unit, void *scratch)
{
    const struct linear_24_24_grad_weight_arguments *const a = argument;
    (void)unit; /* there is one */
    gemm(scratch, 24, 24, a->n, transposed(a->d_out[0][0][0], 24), by_rows(&a->x[0][0][0][0], 24),
         ahead(&a->x[0][0][0][0]), into(&a->d_weight[0][0], 24, 0));
}

void linear_24_24_grad_weight(const struct every_op_host *host, float d_weight[24][24],
                              float d_out[1][1][BATCH][24], float x[1][1][BATCH][24], int n)
{
    const struct linear_24_24_grad_weight_arguments a = {d_weight, d_out, x, n};
    run_with_scratch(host, 1, linear_24_24_grad_weight_unit, &a);
}

