/* bn_add_relu_2c4_evaluate_backward: one.bn
 *
 *     d = d_out where out > 0, else 0
 *     d_x = d * gamma / sqrt(running_var + 1e-05)
 *     d_residual = d
 */
static void bn_add_relu_2c4_evaluate_backward_unit(const void *argument, int unit)
{
    scale_gradients(argument, unit, (struct cut){4, 4, 1, 2}, BATCH * 4, 4, RESULT, NULL, SET, SET,
                    0);
}

void bn_add_relu_2c4_evaluate_backward(const struct frozen_host *host, float d_x[2][2][BATCH][4],
                                       float d_residual[2][2][BATCH][4],
                                       float d_out[2][2][BATCH][4], float out[2][2][BATCH][4],
                                       const struct batch_norm *bn, float work[1][2][4], int n)
{
    float *const scale = work[0][0];
    const struct norm_backward a = {
        .d_out = d_out[0][0][0],
        .out = out[0][0][0],
        .scale = scale,
        .d_x = d_x[0][0][0],
        .d_residual = d_residual[0][0][0],
        .n = n,
    };
    running_factors(bn, 4, 1e-05f, 1, 0, scale, NULL);
    run(host, 1, bn_add_relu_2c4_evaluate_backward_unit, &a);
}

