/* bn_relu_3c8_evaluate: one.bn1
 *
 *     out = max(0, (x - running_mean) / sqrt(running_var + 1e-05) * gamma + beta) */
static void bn_relu_3c8_evaluate_unit(const void *argument, int unit)
{
    scale_positions(argument, unit, (struct cut){9, 9, 1, 2}, BATCH * 8, 8, 0, 1, NULL);
}

void bn_relu_3c8_evaluate(const struct every_op_host *host, float out[3][3][BATCH][8],
                          float x[3][3][BATCH][8], const struct batch_norm *bn, float work[1][2][8],
                          int n)
{
    float *const scale = work[0][0], *const shift = work[0][1];
    const struct norm_forward a = {
        .x = x[0][0][0],
        .scale = scale,
        .shift = shift,
        .out = out[0][0][0],
        .n = n,
    };
    running_factors(bn, 8, 1e-05f, 1, 1, scale, shift);
    run(host, 1, bn_relu_3c8_evaluate_unit, &a);
}

/* bn_add_relu_3c8_evaluate: one.bn2
 *
 *     out = max(0, (x - running_mean) / sqrt(running_var + 0.001) * gamma + beta + residual) */
static void bn_add_relu_3c8_evaluate_unit(const void *argument, int unit)
{
    scale_positions(argument, unit, (struct cut){9, 9, 1, 2}, BATCH * 8, 8, 1, 1, NULL);
}

void bn_add_relu_3c8_evaluate(const struct every_op_host *host, float out[3][3][BATCH][8],
                              float x[3][3][BATCH][8], float residual[3][3][BATCH][8],
                              const struct batch_norm *bn, float work[1][2][8], int n)
{
    float *const scale = work[0][0], *const shift = work[0][1];
    const struct norm_forward a = {
        .x = x[0][0][0],
        .residual = residual[0][0][0],
        .scale = scale,
        .shift = shift,
        .out = out[0][0][0],
        .n = n,
    };
    running_factors(bn, 8, 0.001f, 1, 1, scale, shift);
    run(host, 1, bn_add_relu_3c8_evaluate_unit, &a);
}

/* bn_2c8_evaluate: plain
 *
 *     out = (x - running_mean) / sqrt(running_var + 1e-05) */
static void bn_2c8_evaluate_unit(const void *argument, int unit)
{
    scale_positions(argument, unit, (struct cut){4, 4, 1, 2}, BATCH * 8, 8, 0, 0, NULL);
}

void bn_2c8_evaluate(const struct every_op_host *host, float out[2][2][BATCH][8],
                     float x[2][2][BATCH][8], const struct batch_norm *bn, float work[1][2][8],
                     int n)
{
    float *const scale = work[0][0], *const shift = work[0][1];
    const struct norm_forward a = {
        .x = x[0][0][0],
        .scale = scale,
        .shift = shift,
        .out = out[0][0][0],
        .n = n,
    };
    running_factors(bn, 8, 1e-05f, 0, 0, scale, shift);
    run(host, 1, bn_2c8_evaluate_unit, &a);
}

