/* bn_add_relu_8c32_backward: layer3.0.bn2
 *
 * With x' = (x - mean) * inv_std and m = 64 * n values a channel:
 *
 *     d = d_out where out > 0, else 0
 *     d_beta = sum d          d_gamma = sum d x'
 *     d_x = inv_std * gamma * (d - d_beta / m - x' * d_gamma / m)
 *     d_residual = d
 *
 * (Ioffe, Szegedy 2015.) First each position's two sums, then what flows on. */
static void bn_add_relu_8c32_backward_sums(const void *argument, int part)
{
    position_sums(argument, part, (struct cut){.positions = 64, .grain = 1, .slices = 1, .slice = 4,
                                               .channels = 32, .distance = BATCH * 32},
                  (struct narrow){.d_x = 1, .d_residual = 1, .x = 1}, RESULT, NULL);
}

static void bn_add_relu_8c32_backward_unit(const void *argument, int unit)
{
    scale_gradients(argument, unit, (struct cut){.positions = 64, .grain = 64, .slices = 1,
                                                 .slice = 4, .channels = 32,
                                                 .distance = BATCH * 32},
                    (struct narrow){.d_x = 1, .d_residual = 1, .x = 1},
                    (struct flow){.kept = RESULT, .d_x = SET, .d_residual = SET, .is_training = 1},
                    NULL);
}

void bn_add_relu_8c32_backward(const struct resnet8_tiny_host *host, bf16 d_x[8][8][BATCH][32],
                               bf16 d_residual[8][8][BATCH][32], float d_out[8][8][BATCH][32],
                               bf16 x[8][8][BATCH][32], float out[8][8][BATCH][32],
                               const struct batch_norm *bn, float work[65][2][32], int n)
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
    training_factors(bn, 32, 1, 0, scale, NULL);
    run(host, 64, bn_add_relu_8c32_backward_sums, &a);
    merge_sums(32, 64, a.partial, sum_d, sum_x);
    share_sums(&a, 32, 64.0f * (float)n, sum_d, sum_x);
    run(host, 1, bn_add_relu_8c32_backward_unit, &a);
}

/* bn_relu_8c32_backward: layer3.0.bn1
 *
 * With x' = (x - mean) * inv_std and m = 64 * n values a channel:
 *
 *     d = d_out where the forward result x' * gamma + beta was above 0, else 0
 *     d_beta = sum d          d_gamma = sum d x'
 *     d_x = inv_std * gamma * (d - d_beta / m - x' * d_gamma / m)
 *
 * (Ioffe, Szegedy 2015.) First each position's two sums, then what flows on. */
static void bn_relu_8c32_backward_sums(const void *argument, int part)
{
    position_sums(argument, part, (struct cut){.positions = 64, .grain = 1, .slices = 1, .slice = 4,
                                               .channels = 32, .distance = BATCH * 32},
                  (struct narrow){.d_x = 1, .d_out = 1, .x = 1}, AGAIN, NULL);
}

static void bn_relu_8c32_backward_unit(const void *argument, int unit)
{
    scale_gradients(argument, unit, (struct cut){.positions = 64, .grain = 64, .slices = 1,
                                                 .slice = 4, .channels = 32,
                                                 .distance = BATCH * 32},
                    (struct narrow){.d_x = 1, .d_out = 1, .x = 1},
                    (struct flow){.kept = AGAIN, .d_x = SET, .d_residual = NOWHERE,
                                  .is_training = 1}, NULL);
}

void bn_relu_8c32_backward(const struct resnet8_tiny_host *host, bf16 d_x[8][8][BATCH][32],
                           bf16 d_out[8][8][BATCH][32], bf16 x[8][8][BATCH][32],
                           const struct batch_norm *bn, float work[65][2][32], int n)
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
    training_factors(bn, 32, 1, 1, scale, shift);
    run(host, 64, bn_relu_8c32_backward_sums, &a);
    merge_sums(32, 64, a.partial, sum_d, sum_x);
    share_sums(&a, 32, 64.0f * (float)n, sum_d, sum_x);
    run(host, 1, bn_relu_8c32_backward_unit, &a);
}

/* bn_8c32_backward: layer3.0.downsample.1
 *
 * With x' = (x - mean) * inv_std and m = 64 * n values a channel:
 *
 *     d = d_out
 *     d_beta = sum d          d_gamma = sum d x'
 *     d_x = inv_std * gamma * (d - d_beta / m - x' * d_gamma / m)
 *
 * (Ioffe, Szegedy 2015.) First each position's two sums, then what flows on. */
static void bn_8c32_backward_sums(const void *argument, int part)
{
    position_sums(argument, part, (struct cut){.positions = 64, .grain = 1, .slices = 1, .slice = 4,
                                               .channels = 32, .distance = BATCH * 32},
                  (struct narrow){.d_x = 1, .d_out = 1, .x = 1}, NOTHING, NULL);
}

static void bn_8c32_backward_unit(const void *argument, int unit)
{
    scale_gradients(argument, unit, (struct cut){.positions = 64, .grain = 64, .slices = 1,
                                                 .slice = 4, .channels = 32,
                                                 .distance = BATCH * 32},
                    (struct narrow){.d_x = 1, .d_out = 1, .x = 1},
                    (struct flow){.kept = NOTHING, .d_x = SET, .d_residual = NOWHERE,
                                  .is_training = 1}, NULL);
}

void bn_8c32_backward(const struct resnet8_tiny_host *host, bf16 d_x[8][8][BATCH][32],
                      bf16 d_out[8][8][BATCH][32], bf16 x[8][8][BATCH][32],
                      const struct batch_norm *bn, float work[65][2][32], int n)
{
    float *const scale = work[0][0];
    float *const sum_d = bn->d_beta;
    float *const sum_x = bn->d_gamma;
    const struct norm_backward a = {
        .d_out = d_out[0][0][0],
        .x = x[0][0][0],
        .mean = bn->mean,
        .inv_std = bn->inv_std,
        .scale = scale,
        .d_x = d_x[0][0][0],
        .partial = work[1][0],
        .n = n,
    };
    training_factors(bn, 32, 1, 0, scale, NULL);
    run(host, 64, bn_8c32_backward_sums, &a);
    merge_sums(32, 64, a.partial, sum_d, sum_x);
    share_sums(&a, 32, 64.0f * (float)n, sum_d, sum_x);
    run(host, 1, bn_8c32_backward_unit, &a);
}

/* bn_add_relu_16c16_backward: layer2.0.bn2
 *
 * With x' = (x - mean) * inv_std and m = 256 * n values a channel:
 *
 *     d = d_out where out > 0, else 0
 *     d_beta = sum d          d_gamma = sum d x'
 *     d_x = inv_std * gamma * (d - d_beta / m - x' * d_gamma / m)
 *     d_residual = d
 *
 * (Ioffe, Szegedy 2015.) First each position's two sums, then what flows on. */
static void bn_add_relu_16c16_backward_sums(const void *argument, int part)
{
    position_sums(argument, part, (struct cut){.positions = 256, .grain = 1, .slices = 1,
                                               .slice = 4, .channels = 16, .distance = BATCH * 16},
                  (struct narrow){.d_x = 1, .d_residual = 1, .d_out = 1, .x = 1, .out = 1}, RESULT,
                  NULL);
}

static void bn_add_relu_16c16_backward_unit(const void *argument, int unit)
{
    scale_gradients(argument, unit, (struct cut){.positions = 256, .grain = 256, .slices = 1,
                                                 .slice = 4, .channels = 16,
                                                 .distance = BATCH * 16},
                    (struct narrow){.d_x = 1, .d_residual = 1, .d_out = 1, .x = 1, .out = 1},
                    (struct flow){.kept = RESULT, .d_x = SET, .d_residual = SET, .is_training = 1},
                    NULL);
}

void bn_add_relu_16c16_backward(const struct resnet8_tiny_host *host, bf16 d_x[16][16][BATCH][16],
                                bf16 d_residual[16][16][BATCH][16], bf16 d_out[16][16][BATCH][16],
                                bf16 x[16][16][BATCH][16], bf16 out[16][16][BATCH][16],
                                const struct batch_norm *bn, float work[257][2][16], int n)
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
    training_factors(bn, 16, 1, 0, scale, NULL);
    run(host, 256, bn_add_relu_16c16_backward_sums, &a);
    merge_sums(16, 256, a.partial, sum_d, sum_x);
    share_sums(&a, 16, 256.0f * (float)n, sum_d, sum_x);
    run(host, 1, bn_add_relu_16c16_backward_unit, &a);
}

/* bn_relu_16c16_backward: layer2.0.bn1
 *
 * With x' = (x - mean) * inv_std and m = 256 * n values a channel:
 *
 *     d = d_out where the forward result x' * gamma + beta was above 0, else 0
 *     d_beta = sum d          d_gamma = sum d x'
 *     d_x = inv_std * gamma * (d - d_beta / m - x' * d_gamma / m)
 *
 * (Ioffe, Szegedy 2015.) First each position's two sums, then what flows on. */
static void bn_relu_16c16_backward_sums(const void *argument, int part)
{
    position_sums(argument, part, (struct cut){.positions = 256, .grain = 1, .slices = 1,
                                               .slice = 4, .channels = 16, .distance = BATCH * 16},
                  (struct narrow){.d_x = 1, .d_out = 1, .x = 1}, AGAIN, NULL);
}

static void bn_relu_16c16_backward_unit(const void *argument, int unit)
{
    scale_gradients(argument, unit, (struct cut){.positions = 256, .grain = 256, .slices = 1,
                                                 .slice = 4, .channels = 16,
                                                 .distance = BATCH * 16},
                    (struct narrow){.d_x = 1, .d_out = 1, .x = 1},
                    (struct flow){.kept = AGAIN, .d_x = SET, .d_residual = NOWHERE,
                                  .is_training = 1}, NULL);
}

void bn_relu_16c16_backward(const struct resnet8_tiny_host *host, bf16 d_x[16][16][BATCH][16],
                            bf16 d_out[16][16][BATCH][16], bf16 x[16][16][BATCH][16],
                            const struct batch_norm *bn, float work[257][2][16], int n)
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
    training_factors(bn, 16, 1, 1, scale, shift);
    run(host, 256, bn_relu_16c16_backward_sums, &a);
    merge_sums(16, 256, a.partial, sum_d, sum_x);
    share_sums(&a, 16, 256.0f * (float)n, sum_d, sum_x);
    run(host, 1, bn_relu_16c16_backward_unit, &a);
}

/* bn_16c16_backward: layer2.0.downsample.1
 *
 * With x' = (x - mean) * inv_std and m = 256 * n values a channel:
 *
 *     d = d_out
 *     d_beta = sum d          d_gamma = sum d x'
 *     d_x = inv_std * gamma * (d - d_beta / m - x' * d_gamma / m)
 *
 * (Ioffe, Szegedy 2015.) First each position's two sums, then what flows on. */
static void bn_16c16_backward_sums(const void *argument, int part)
{
    position_sums(argument, part, (struct cut){.positions = 256, .grain = 1, .slices = 1,
                                               .slice = 4, .channels = 16, .distance = BATCH * 16},
                  (struct narrow){.d_x = 1, .d_out = 1, .x = 1}, NOTHING, NULL);
}

static void bn_16c16_backward_unit(const void *argument, int unit)
{
    scale_gradients(argument, unit, (struct cut){.positions = 256, .grain = 256, .slices = 1,
                                                 .slice = 4, .channels = 16,
                                                 .distance = BATCH * 16},
                    (struct narrow){.d_x = 1, .d_out = 1, .x = 1},
                    (struct flow){.kept = NOTHING, .d_x = SET, .d_residual = NOWHERE,
                                  .is_training = 1}, NULL);
}

void bn_16c16_backward(const struct resnet8_tiny_host *host, bf16 d_x[16][16][BATCH][16],
                       bf16 d_out[16][16][BATCH][16], bf16 x[16][16][BATCH][16],
                       const struct batch_norm *bn, float work[257][2][16], int n)
{
    float *const scale = work[0][0];
    float *const sum_d = bn->d_beta;
    float *const sum_x = bn->d_gamma;
    const struct norm_backward a = {
        .d_out = d_out[0][0][0],
        .x = x[0][0][0],
        .mean = bn->mean,
        .inv_std = bn->inv_std,
        .scale = scale,
        .d_x = d_x[0][0][0],
        .partial = work[1][0],
        .n = n,
    };
    training_factors(bn, 16, 1, 0, scale, NULL);
    run(host, 256, bn_16c16_backward_sums, &a);
    merge_sums(16, 256, a.partial, sum_d, sum_x);
    share_sums(&a, 16, 256.0f * (float)n, sum_d, sum_x);
    run(host, 1, bn_16c16_backward_unit, &a);
}

/* bn_add_relu_32c8_backward: layer1.0.bn2
 *
 * With x' = (x - mean) * inv_std and m = 1024 * n values a channel:
 *
 *     d = d_out where out > 0, else 0
 *     d_beta = sum d          d_gamma = sum d x'
 *     d_x = inv_std * gamma * (d - d_beta / m - x' * d_gamma / m)
 *     d_residual = d
 *
 * (Ioffe, Szegedy 2015.) First each position's two sums, then what flows on. */
static void bn_add_relu_32c8_backward_sums(const void *argument, int part)
{
    position_sums(argument, part, (struct cut){.positions = 1024, .grain = 1, .slices = 1,
                                               .slice = 4, .channels = 8, .distance = BATCH * 8},
                  (struct narrow){.d_x = 1, .x = 1}, RESULT, NULL);
}

static void bn_add_relu_32c8_backward_unit(const void *argument, int unit)
{
    scale_gradients(argument, unit, (struct cut){.positions = 1024, .grain = 512, .slices = 1,
                                                 .slice = 4, .channels = 8, .distance = BATCH * 8},
                    (struct narrow){.d_x = 1, .x = 1},
                    (struct flow){.kept = RESULT, .d_x = SET, .d_residual = SET, .is_training = 1},
                    NULL);
}

void bn_add_relu_32c8_backward(const struct resnet8_tiny_host *host, bf16 d_x[32][32][BATCH][8],
                               float d_residual[32][32][BATCH][8], float d_out[32][32][BATCH][8],
                               bf16 x[32][32][BATCH][8], float out[32][32][BATCH][8],
                               const struct batch_norm *bn, float work[1025][2][8], int n)
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
    run(host, 1024, bn_add_relu_32c8_backward_sums, &a);
    merge_sums(8, 1024, a.partial, sum_d, sum_x);
    share_sums(&a, 8, 1024.0f * (float)n, sum_d, sum_x);
    run(host, 2, bn_add_relu_32c8_backward_unit, &a);
}

/* bn_relu_32c8_backward: layer1.0.bn1, bn1
 *
 * With x' = (x - mean) * inv_std and m = 1024 * n values a channel:
 *
 *     d = d_out where the forward result x' * gamma + beta was above 0, else 0
 *     d_beta = sum d          d_gamma = sum d x'
 *     d_x = inv_std * gamma * (d - d_beta / m - x' * d_gamma / m)
 *
 * (Ioffe, Szegedy 2015.) First each position's two sums, then what flows on. */
static void bn_relu_32c8_backward_sums(const void *argument, int part)
{
    position_sums(argument, part, (struct cut){.positions = 1024, .grain = 1, .slices = 1,
                                               .slice = 4, .channels = 8, .distance = BATCH * 8},
                  (struct narrow){.d_x = 1, .x = 1}, AGAIN, NULL);
}

static void bn_relu_32c8_backward_unit(const void *argument, int unit)
{
    scale_gradients(argument, unit, (struct cut){.positions = 1024, .grain = 512, .slices = 1,
                                                 .slice = 4, .channels = 8, .distance = BATCH * 8},
                    (struct narrow){.d_x = 1, .x = 1},
                    (struct flow){.kept = AGAIN, .d_x = SET, .d_residual = NOWHERE,
                                  .is_training = 1}, NULL);
}

void bn_relu_32c8_backward(const struct resnet8_tiny_host *host, bf16 d_x[32][32][BATCH][8],
                           float d_out[32][32][BATCH][8], bf16 x[32][32][BATCH][8],
                           const struct batch_norm *bn, float work[1025][2][8], int n)
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
    run(host, 1024, bn_relu_32c8_backward_sums, &a);
    merge_sums(8, 1024, a.partial, sum_d, sum_x);
    share_sums(&a, 8, 1024.0f * (float)n, sum_d, sum_x);
    run(host, 2, bn_relu_32c8_backward_unit, &a);
}

