/* bn_2c8_backward: plain
 *
 * With x' = (x - mean) * inv_std and m = 4 * n values a channel:
 *
 *     d = d_out
 *     d_beta = sum d          d_gamma = sum d x'
 *     d_x = inv_std * (d - d_beta / m - x' * d_gamma / m)
 *
 * (Ioffe, Szegedy 2015.) First each 4 positions' two sums, then what flows on. */
static void bn_2c8_backward_sums(const void *argument, int part)
{
    position_sums(argument, part, (struct cut){.positions = 4, .grain = 4, .slices = 1, .slice = 2,
                                               .channels = 8, .distance = BATCH * 8}, NOTHING,
                  NULL);
}

static void bn_2c8_backward_unit(const void *argument, int unit)
{
    scale_gradients(argument, unit, (struct cut){.positions = 4, .grain = 4, .slices = 1,
                                                 .slice = 2, .channels = 8, .distance = BATCH * 8},
                    (struct flow){.kept = NOTHING, .d_x = SET, .d_residual = NOWHERE,
                                  .is_training = 1}, NULL);
}

void bn_2c8_backward(const struct every_op_host *host, float d_x[2][2][BATCH][8],
                     float d_out[2][2][BATCH][8], float x[2][2][BATCH][8],
                     const struct batch_norm *bn, float work[3][2][8], int n)
{
    float *const scale = work[0][0];
    float *const sum_d = work[1][0];
    float *const sum_x = work[1][1];
    const struct norm_backward a = {
        .d_out = d_out[0][0][0],
        .x = x[0][0][0],
        .mean = bn->mean,
        .inv_std = bn->inv_std,
        .scale = scale,
        .d_x = d_x[0][0][0],
        .partial = work[2][0],
        .n = n,
    };
    training_factors(bn, 8, 0, 0, scale, NULL);
    run(host, 1, bn_2c8_backward_sums, &a);
    merge_sums(8, 1, a.partial, sum_d, sum_x);
    share_sums(&a, 8, 4.0f * (float)n, sum_d, sum_x);
    run(host, 1, bn_2c8_backward_unit, &a);
}

/* bn_add_relu_3c8_backward: one.bn2
 *
 * With x' = (x - mean) * inv_std and m = 9 * n values a channel:
 *
 *     d = d_out where out > 0, else 0
 *     d_beta = sum d          d_gamma = sum d x'
 *     d_x = inv_std * gamma * (d - d_beta / m - x' * d_gamma / m)
 *     d_residual = d
 *
 * (Ioffe, Szegedy 2015.) First each 9 positions' two sums, then what flows on. */
static void bn_add_relu_3c8_backward_sums(const void *argument, int part)
{
    position_sums(argument, part, (struct cut){.positions = 9, .grain = 9, .slices = 1, .slice = 2,
                                               .channels = 8, .distance = BATCH * 8}, RESULT, NULL);
}

static void bn_add_relu_3c8_backward_unit(const void *argument, int unit)
{
    scale_gradients(argument, unit, (struct cut){.positions = 9, .grain = 9, .slices = 1,
                                                 .slice = 2, .channels = 8, .distance = BATCH * 8},
                    (struct flow){.kept = RESULT, .d_x = SET, .d_residual = SET, .is_training = 1},
                    NULL);
}

void bn_add_relu_3c8_backward(const struct every_op_host *host, float d_x[3][3][BATCH][8],
                              float d_residual[3][3][BATCH][8], float d_out[3][3][BATCH][8],
                              float x[3][3][BATCH][8], float out[3][3][BATCH][8],
                              const struct batch_norm *bn, float work[2][2][8], int n)
{
    float *const scale = work[0][0];
    float *const sum_d = bn->d_beta;
    float *const sum_x = bn->d_gamma;
    const struct norm_backward a = {
        .d_out = d_out[0][0][0],
        .x = x[0][0][0],
        .out = out[0][0][0],
        .mean = bn->mean,
        .inv_std = bn->inv_std,
        .scale = scale,
        .d_x = d_x[0][0][0],
        .d_residual = d_residual[0][0][0],
        .partial = work[1][0],
        .n = n,
    };
    training_factors(bn, 8, 1, 0, scale, NULL);
    run(host, 1, bn_add_relu_3c8_backward_sums, &a);
    merge_sums(8, 1, a.partial, sum_d, sum_x);
    share_sums(&a, 8, 9.0f * (float)n, sum_d, sum_x);
    run(host, 1, bn_add_relu_3c8_backward_unit, &a);
}

/* bn_relu_3c8_backward: one.bn1
 *
 * With x' = (x - mean) * inv_std and m = 9 * n values a channel:
 *
 *     d = d_out where the forward result x' * gamma + beta was above 0, else 0
 *     d_beta = sum d          d_gamma = sum d x'
 *     d_x = inv_std * gamma * (d - d_beta / m - x' * d_gamma / m)
 *
 * (Ioffe, Szegedy 2015.) First each 9 positions' two sums, then what flows on. */
static void bn_relu_3c8_backward_sums(const void *argument, int part)
{
    position_sums(argument, part, (struct cut){.positions = 9, .grain = 9, .slices = 1, .slice = 2,
                                               .channels = 8, .distance = BATCH * 8}, AGAIN, NULL);
}

static void bn_relu_3c8_backward_unit(const void *argument, int unit)
{
    scale_gradients(argument, unit, (struct cut){.positions = 9, .grain = 9, .slices = 1,
                                                 .slice = 2, .channels = 8, .distance = BATCH * 8},
                    (struct flow){.kept = AGAIN, .d_x = SET, .d_residual = NOWHERE,
                                  .is_training = 1}, NULL);
}

void bn_relu_3c8_backward(const struct every_op_host *host, float d_x[3][3][BATCH][8],
                          float d_out[3][3][BATCH][8], float x[3][3][BATCH][8],
                          const struct batch_norm *bn, float work[2][2][8], int n)
{
    float *const scale = work[0][0];
    float *const shift = work[0][1];
    float *const sum_d = bn->d_beta;
    float *const sum_x = bn->d_gamma;
    const struct norm_backward a = {
        .d_out = d_out[0][0][0],
        .x = x[0][0][0],
        .mean = bn->mean,
        .inv_std = bn->inv_std,
        .scale = scale,
        .shift = shift,
        .d_x = d_x[0][0][0],
        .partial = work[1][0],
        .n = n,
    };
    training_factors(bn, 8, 1, 1, scale, shift);
    run(host, 1, bn_relu_3c8_backward_sums, &a);
    merge_sums(8, 1, a.partial, sum_d, sum_x);
    share_sums(&a, 8, 9.0f * (float)n, sum_d, sum_x);
    run(host, 1, bn_relu_3c8_backward_unit, &a);
}

