/* bn_add_relu_2c4_evaluate_backward: one.bn
 *
 *     d = d_out where out > 0, else 0
 *     d_x = d * gamma / sqrt(running_var + 1e-05)
 *     d_residual = d
 */
static void bn_add_relu_2c4_evaluate_backward_unit(const void *argument, int unit)
{
    scale_gradients(argument, unit, (struct cut){.positions = 4, .grain = 4, .slices = 1,
                                                 .slice = 2, .channels = 4, .distance = BATCH * 4},
                    (struct flow){.kept = RESULT, .d_x = SET, .d_residual = SET, .is_training = 0},
                    NULL);
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

