/* bn_relu_32c8_forward: bn1, layer1.0.bn1
 *
 *     out = max(0, (x - mean) * inv_std * gamma + beta)
 *
 * mean and variance of each channel over 1024 positions and the images;
 * inv_std = 1 / sqrt(variance + 1e-05).
 * statistics: what the convolution left, mean and sum of squared distances to it.
 * The running variance takes the unbiased estimate, as PyTorch's does. */
static void bn_relu_32c8_forward_unit(const void *argument, int unit)
{
    scale_positions(argument, unit, (struct cut){.positions = 1024, .grain = 512, .slices = 1,
                                                 .slice = 4, .channels = 8, .distance = BATCH * 8},
                    (struct narrow){.x = 1}, 0, 1, NULL);
}

void bn_relu_32c8_forward(const struct resnet8_tiny_host *host, float out[32][32][BATCH][8],
                          bf16 x[32][32][BATCH][8], const struct batch_norm *bn,
                          float statistics[2][8], float work[1][2][8], int n)
{
    float *const scale = work[0][0], *const shift = work[0][1];
    const struct norm_forward a = {
        .x = x[0][0][0],
        .scale = scale,
        .shift = shift,
        .out = out[0][0][0],
        .n = n,
    };
    take_statistics(8, 1024, n, statistics[0], 1e-05f, 0.1f, bn);
    training_factors(bn, 8, 1, 1, scale, shift);
    run(host, 2, bn_relu_32c8_forward_unit, &a);
}

/* bn_add_relu_32c8_forward: layer1.0.bn2
 *
 *     out = max(0, (x - mean) * inv_std * gamma + beta + residual)
 *
 * mean and variance of each channel over 1024 positions and the images;
 * inv_std = 1 / sqrt(variance + 1e-05).
 * statistics: what the convolution left, mean and sum of squared distances to it.
 * The running variance takes the unbiased estimate, as PyTorch's does. */
static void bn_add_relu_32c8_forward_unit(const void *argument, int unit)
{
    scale_positions(argument, unit, (struct cut){.positions = 1024, .grain = 512, .slices = 1,
                                                 .slice = 4, .channels = 8, .distance = BATCH * 8},
                    (struct narrow){.x = 1}, 1, 1, NULL);
}

void bn_add_relu_32c8_forward(const struct resnet8_tiny_host *host, float out[32][32][BATCH][8],
                              bf16 x[32][32][BATCH][8], float residual[32][32][BATCH][8],
                              const struct batch_norm *bn, float statistics[2][8],
                              float work[1][2][8], int n)
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
    take_statistics(8, 1024, n, statistics[0], 1e-05f, 0.1f, bn);
    training_factors(bn, 8, 1, 1, scale, shift);
    run(host, 2, bn_add_relu_32c8_forward_unit, &a);
}

/* bn_16c16_forward: layer2.0.downsample.1
 *
 *     out = (x - mean) * inv_std * gamma + beta
 *
 * mean and variance of each channel over 256 positions and the images;
 * inv_std = 1 / sqrt(variance + 1e-05).
 * statistics: what the convolution left, mean and sum of squared distances to it.
 * The running variance takes the unbiased estimate, as PyTorch's does. */
static void bn_16c16_forward_unit(const void *argument, int unit)
{
    scale_positions(argument, unit, (struct cut){.positions = 256, .grain = 256, .slices = 1,
                                                 .slice = 4, .channels = 16,
                                                 .distance = BATCH * 16},
                    (struct narrow){.out = 1, .x = 1}, 0, 0, NULL);
}

void bn_16c16_forward(const struct resnet8_tiny_host *host, bf16 out[16][16][BATCH][16],
                      bf16 x[16][16][BATCH][16], const struct batch_norm *bn,
                      float statistics[2][16], float work[1][2][16], int n)
{
    float *const scale = work[0][0], *const shift = work[0][1];
    const struct norm_forward a = {
        .x = x[0][0][0],
        .scale = scale,
        .shift = shift,
        .out = out[0][0][0],
        .n = n,
    };
    take_statistics(16, 256, n, statistics[0], 1e-05f, 0.1f, bn);
    training_factors(bn, 16, 1, 1, scale, shift);
    run(host, 1, bn_16c16_forward_unit, &a);
}

/* bn_relu_16c16_forward: layer2.0.bn1
 *
 *     out = max(0, (x - mean) * inv_std * gamma + beta)
 *
 * mean and variance of each channel over 256 positions and the images;
 * inv_std = 1 / sqrt(variance + 1e-05).
 * statistics: what the convolution left, mean and sum of squared distances to it.
 * The running variance takes the unbiased estimate, as PyTorch's does. */
static void bn_relu_16c16_forward_unit(const void *argument, int unit)
{
    scale_positions(argument, unit, (struct cut){.positions = 256, .grain = 256, .slices = 1,
                                                 .slice = 4, .channels = 16,
                                                 .distance = BATCH * 16},
                    (struct narrow){.out = 1, .x = 1}, 0, 1, NULL);
}

void bn_relu_16c16_forward(const struct resnet8_tiny_host *host, bf16 out[16][16][BATCH][16],
                           bf16 x[16][16][BATCH][16], const struct batch_norm *bn,
                           float statistics[2][16], float work[1][2][16], int n)
{
    float *const scale = work[0][0], *const shift = work[0][1];
    const struct norm_forward a = {
        .x = x[0][0][0],
        .scale = scale,
        .shift = shift,
        .out = out[0][0][0],
        .n = n,
    };
    take_statistics(16, 256, n, statistics[0], 1e-05f, 0.1f, bn);
    training_factors(bn, 16, 1, 1, scale, shift);
    run(host, 1, bn_relu_16c16_forward_unit, &a);
}

/* bn_add_relu_16c16_forward: layer2.0.bn2
 *
 *     out = max(0, (x - mean) * inv_std * gamma + beta + residual)
 *
 * mean and variance of each channel over 256 positions and the images;
 * inv_std = 1 / sqrt(variance + 1e-05).
 * statistics: what the convolution left, mean and sum of squared distances to it.
 * The running variance takes the unbiased estimate, as PyTorch's does. */
static void bn_add_relu_16c16_forward_unit(const void *argument, int unit)
{
    scale_positions(argument, unit, (struct cut){.positions = 256, .grain = 256, .slices = 1,
                                                 .slice = 4, .channels = 16,
                                                 .distance = BATCH * 16},
                    (struct narrow){.out = 1, .x = 1, .residual = 1}, 1, 1, NULL);
}

void bn_add_relu_16c16_forward(const struct resnet8_tiny_host *host, bf16 out[16][16][BATCH][16],
                               bf16 x[16][16][BATCH][16], bf16 residual[16][16][BATCH][16],
                               const struct batch_norm *bn, float statistics[2][16],
                               float work[1][2][16], int n)
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
    take_statistics(16, 256, n, statistics[0], 1e-05f, 0.1f, bn);
    training_factors(bn, 16, 1, 1, scale, shift);
    run(host, 1, bn_add_relu_16c16_forward_unit, &a);
}

/* bn_8c32_forward: layer3.0.downsample.1
 *
 *     out = (x - mean) * inv_std * gamma + beta
 *
 * mean and variance of each channel over 64 positions and the images;
 * inv_std = 1 / sqrt(variance + 1e-05).
 * statistics: what the convolution left, mean and sum of squared distances to it.
 * The running variance takes the unbiased estimate, as PyTorch's does. */
static void bn_8c32_forward_unit(const void *argument, int unit)
{
    scale_positions(argument, unit, (struct cut){.positions = 64, .grain = 64, .slices = 1,
                                                 .slice = 4, .channels = 32,
                                                 .distance = BATCH * 32},
                    (struct narrow){.out = 1, .x = 1}, 0, 0, NULL);
}

void bn_8c32_forward(const struct resnet8_tiny_host *host, bf16 out[8][8][BATCH][32],
                     bf16 x[8][8][BATCH][32], const struct batch_norm *bn, float statistics[2][32],
                     float work[1][2][32], int n)
{
    float *const scale = work[0][0], *const shift = work[0][1];
    const struct norm_forward a = {
        .x = x[0][0][0],
        .scale = scale,
        .shift = shift,
        .out = out[0][0][0],
        .n = n,
    };
    take_statistics(32, 64, n, statistics[0], 1e-05f, 0.1f, bn);
    training_factors(bn, 32, 1, 1, scale, shift);
    run(host, 1, bn_8c32_forward_unit, &a);
}

/* bn_relu_8c32_forward: layer3.0.bn1
 *
 *     out = max(0, (x - mean) * inv_std * gamma + beta)
 *
 * mean and variance of each channel over 64 positions and the images;
 * inv_std = 1 / sqrt(variance + 1e-05).
 * statistics: what the convolution left, mean and sum of squared distances to it.
 * The running variance takes the unbiased estimate, as PyTorch's does. */
static void bn_relu_8c32_forward_unit(const void *argument, int unit)
{
    scale_positions(argument, unit, (struct cut){.positions = 64, .grain = 64, .slices = 1,
                                                 .slice = 4, .channels = 32,
                                                 .distance = BATCH * 32},
                    (struct narrow){.out = 1, .x = 1}, 0, 1, NULL);
}

void bn_relu_8c32_forward(const struct resnet8_tiny_host *host, bf16 out[8][8][BATCH][32],
                          bf16 x[8][8][BATCH][32], const struct batch_norm *bn,
                          float statistics[2][32], float work[1][2][32], int n)
{
    float *const scale = work[0][0], *const shift = work[0][1];
    const struct norm_forward a = {
        .x = x[0][0][0],
        .scale = scale,
        .shift = shift,
        .out = out[0][0][0],
        .n = n,
    };
    take_statistics(32, 64, n, statistics[0], 1e-05f, 0.1f, bn);
    training_factors(bn, 32, 1, 1, scale, shift);
    run(host, 1, bn_relu_8c32_forward_unit, &a);
}

/* bn_add_relu_8c32_forward: layer3.0.bn2
 *
 *     out = max(0, (x - mean) * inv_std * gamma + beta + residual)
 *
 * mean and variance of each channel over 64 positions and the images;
 * inv_std = 1 / sqrt(variance + 1e-05).
 * statistics: what the convolution left, mean and sum of squared distances to it.
 * The running variance takes the unbiased estimate, as PyTorch's does. */
static void bn_add_relu_8c32_forward_unit(const void *argument, int unit)
{
    scale_positions(argument, unit, (struct cut){.positions = 64, .grain = 64, .slices = 1,
                                                 .slice = 4, .channels = 32,
                                                 .distance = BATCH * 32},
                    (struct narrow){.x = 1, .residual = 1}, 1, 1, NULL);
}

void bn_add_relu_8c32_forward(const struct resnet8_tiny_host *host, float out[8][8][BATCH][32],
                              bf16 x[8][8][BATCH][32], bf16 residual[8][8][BATCH][32],
                              const struct batch_norm *bn, float statistics[2][32],
                              float work[1][2][32], int n)
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
    take_statistics(32, 64, n, statistics[0], 1e-05f, 0.1f, bn);
    training_factors(bn, 32, 1, 1, scale, shift);
    run(host, 1, bn_add_relu_8c32_forward_unit, &a);
}

/* bn_relu_32c8_evaluate: bn1, layer1.0.bn1
 *
 *     out = max(0, (x - running_mean) / sqrt(running_var + 1e-05) * gamma + beta) */
static void bn_relu_32c8_evaluate_unit(const void *argument, int unit)
{
    scale_positions(argument, unit, (struct cut){.positions = 1024, .grain = 512, .slices = 1,
                                                 .slice = 4, .channels = 8, .distance = BATCH * 8},
                    (struct narrow){.x = 1}, 0, 1, NULL);
}

void bn_relu_32c8_evaluate(const struct resnet8_tiny_host *host, float out[32][32][BATCH][8],
                           bf16 x[32][32][BATCH][8], const struct batch_norm *bn,
                           float work[1][2][8], int n)
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
    run(host, 2, bn_relu_32c8_evaluate_unit, &a);
}

/* bn_add_relu_32c8_evaluate: layer1.0.bn2
 *
 *     out = max(0, (x - running_mean) / sqrt(running_var + 1e-05) * gamma + beta + residual) */
static void bn_add_relu_32c8_evaluate_unit(const void *argument, int unit)
{
    scale_positions(argument, unit, (struct cut){.positions = 1024, .grain = 512, .slices = 1,
                                                 .slice = 4, .channels = 8, .distance = BATCH * 8},
                    (struct narrow){.x = 1}, 1, 1, NULL);
}

void bn_add_relu_32c8_evaluate(const struct resnet8_tiny_host *host, float out[32][32][BATCH][8],
                               bf16 x[32][32][BATCH][8], float residual[32][32][BATCH][8],
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
    running_factors(bn, 8, 1e-05f, 1, 1, scale, shift);
    run(host, 2, bn_add_relu_32c8_evaluate_unit, &a);
}

/* bn_16c16_evaluate: layer2.0.downsample.1
 *
 *     out = (x - running_mean) / sqrt(running_var + 1e-05) * gamma + beta */
static void bn_16c16_evaluate_unit(const void *argument, int unit)
{
    scale_positions(argument, unit, (struct cut){.positions = 256, .grain = 256, .slices = 1,
                                                 .slice = 4, .channels = 16,
                                                 .distance = BATCH * 16},
                    (struct narrow){.out = 1, .x = 1}, 0, 0, NULL);
}

void bn_16c16_evaluate(const struct resnet8_tiny_host *host, bf16 out[16][16][BATCH][16],
                       bf16 x[16][16][BATCH][16], const struct batch_norm *bn, float work[1][2][16],
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
    running_factors(bn, 16, 1e-05f, 1, 1, scale, shift);
    run(host, 1, bn_16c16_evaluate_unit, &a);
}

/* bn_relu_16c16_evaluate: layer2.0.bn1
 *
 *     out = max(0, (x - running_mean) / sqrt(running_var + 1e-05) * gamma + beta) */
static void bn_relu_16c16_evaluate_unit(const void *argument, int unit)
{
    scale_positions(argument, unit, (struct cut){.positions = 256, .grain = 256, .slices = 1,
                                                 .slice = 4, .channels = 16,
                                                 .distance = BATCH * 16},
                    (struct narrow){.out = 1, .x = 1}, 0, 1, NULL);
}

void bn_relu_16c16_evaluate(const struct resnet8_tiny_host *host, bf16 out[16][16][BATCH][16],
                            bf16 x[16][16][BATCH][16], const struct batch_norm *bn,
                            float work[1][2][16], int n)
{
    float *const scale = work[0][0], *const shift = work[0][1];
    const struct norm_forward a = {
        .x = x[0][0][0],
        .scale = scale,
        .shift = shift,
        .out = out[0][0][0],
        .n = n,
    };
    running_factors(bn, 16, 1e-05f, 1, 1, scale, shift);
    run(host, 1, bn_relu_16c16_evaluate_unit, &a);
}

/* bn_add_relu_16c16_evaluate: layer2.0.bn2
 *
 *     out = max(0, (x - running_mean) / sqrt(running_var + 1e-05) * gamma + beta + residual) */
static void bn_add_relu_16c16_evaluate_unit(const void *argument, int unit)
{
    scale_positions(argument, unit, (struct cut){.positions = 256, .grain = 256, .slices = 1,
                                                 .slice = 4, .channels = 16,
                                                 .distance = BATCH * 16},
                    (struct narrow){.out = 1, .x = 1, .residual = 1}, 1, 1, NULL);
}

void bn_add_relu_16c16_evaluate(const struct resnet8_tiny_host *host, bf16 out[16][16][BATCH][16],
                                bf16 x[16][16][BATCH][16], bf16 residual[16][16][BATCH][16],
                                const struct batch_norm *bn, float work[1][2][16], int n)
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
    running_factors(bn, 16, 1e-05f, 1, 1, scale, shift);
    run(host, 1, bn_add_relu_16c16_evaluate_unit, &a);
}

/* bn_8c32_evaluate: layer3.0.downsample.1
 *
 *     out = (x - running_mean) / sqrt(running_var + 1e-05) * gamma + beta */
static void bn_8c32_evaluate_unit(const void *argument, int unit)
{
    scale_positions(argument, unit, (struct cut){.positions = 64, .grain = 64, .slices = 1,
                                                 .slice = 4, .channels = 32,
                                                 .distance = BATCH * 32},
                    (struct narrow){.out = 1, .x = 1}, 0, 0, NULL);
}

void bn_8c32_evaluate(const struct resnet8_tiny_host *host, bf16 out[8][8][BATCH][32],
                      bf16 x[8][8][BATCH][32], const struct batch_norm *bn, float work[1][2][32],
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
    running_factors(bn, 32, 1e-05f, 1, 1, scale, shift);
    run(host, 1, bn_8c32_evaluate_unit, &a);
}

/* bn_relu_8c32_evaluate: layer3.0.bn1
 *
 *     out = max(0, (x - running_mean) / sqrt(running_var + 1e-05) * gamma + beta) */
static void bn_relu_8c32_evaluate_unit(const void *argument, int unit)
{
    scale_positions(argument, unit, (struct cut){.positions = 64, .grain = 64, .slices = 1,
                                                 .slice = 4, .channels = 32,
                                                 .distance = BATCH * 32},
                    (struct narrow){.out = 1, .x = 1}, 0, 1, NULL);
}

void bn_relu_8c32_evaluate(const struct resnet8_tiny_host *host, bf16 out[8][8][BATCH][32],
                           bf16 x[8][8][BATCH][32], const struct batch_norm *bn,
                           float work[1][2][32], int n)
{
    float *const scale = work[0][0], *const shift = work[0][1];
    const struct norm_forward a = {
        .x = x[0][0][0],
        .scale = scale,
        .shift = shift,
        .out = out[0][0][0],
        .n = n,
    };
    running_factors(bn, 32, 1e-05f, 1, 1, scale, shift);
    run(host, 1, bn_relu_8c32_evaluate_unit, &a);
}

/* bn_add_relu_8c32_evaluate: layer3.0.bn2
 *
 *     out = max(0, (x - running_mean) / sqrt(running_var + 1e-05) * gamma + beta + residual) */
static void bn_add_relu_8c32_evaluate_unit(const void *argument, int unit)
{
    scale_positions(argument, unit, (struct cut){.positions = 64, .grain = 64, .slices = 1,
                                                 .slice = 4, .channels = 32,
                                                 .distance = BATCH * 32},
                    (struct narrow){.x = 1, .residual = 1}, 1, 1, NULL);
}

void bn_add_relu_8c32_evaluate(const struct resnet8_tiny_host *host, float out[8][8][BATCH][32],
                               bf16 x[8][8][BATCH][32], bf16 residual[8][8][BATCH][32],
                               const struct batch_norm *bn, float work[1][2][32], int n)
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
    running_factors(bn, 32, 1e-05f, 1, 1, scale, shift);
    run(host, 1, bn_add_relu_8c32_evaluate_unit, &a);
}
