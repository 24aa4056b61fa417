/* bn_relu_3c8_forward: one.bn1
 *
 *     out = max(0, (x - mean) * inv_std * gamma + beta)
 *
 * mean and variance of each channel over 9 positions and the images;
 * inv_std = 1 / sqrt(variance + 1e-05).
 * The running variance takes the unbiased estimate, as PyTorch's does. */
static void bn_relu_3c8_forward_statistics(const void *argument, int unit)
{
    position_statistics(argument, unit, 9, BATCH * 8, 8, 0, 8);
}

static void bn_relu_3c8_forward_join(const void *argument, int unit)
{
    const struct norm_forward *const a = argument;
    join_statistics(unit, 8, 1, NULL, 9 * a->n, a->partial, a->statistics);
}

static void bn_relu_3c8_forward_unit(const void *argument, int unit)
{
    scale_positions(argument, unit, (struct cut){.positions = 9, .grain = 9, .slices = 1,
                                                 .slice = 2, .channels = 8, .distance = BATCH * 8},
                    0, 1, NULL);
}

void bn_relu_3c8_forward(const struct every_op_host *host, float out[3][3][BATCH][8],
                         float x[3][3][BATCH][8], const struct batch_norm *bn, float work[3][2][8],
                         int n)
{
    float *const scale = work[0][0], *const shift = work[0][1];
    const struct norm_forward a = {
        .x = x[0][0][0],
        .scale = scale,
        .shift = shift,
        .out = out[0][0][0],
        .statistics = work[1][0],
        .partial = work[2][0],
        .n = n,
    };
    run(host, 1, bn_relu_3c8_forward_statistics, &a);
    run(host, 1, bn_relu_3c8_forward_join, &a);
    take_statistics(8, 9, n, a.statistics, 1e-05f, 0.1f, bn);
    training_factors(bn, 8, 1, 1, scale, shift);
    run(host, 1, bn_relu_3c8_forward_unit, &a);
}

/* bn_add_relu_3c8_forward: one.bn2
 *
 *     out = max(0, (x - mean) * inv_std * gamma + beta + residual)
 *
 * mean and variance of each channel over 9 positions and the images;
 * inv_std = 1 / sqrt(variance + 0.001).
 * The running variance takes the unbiased estimate, as PyTorch's does. */
static void bn_add_relu_3c8_forward_statistics(const void *argument, int unit)
{
    position_statistics(argument, unit, 9, BATCH * 8, 8, 0, 8);
}

static void bn_add_relu_3c8_forward_join(const void *argument, int unit)
{
    const struct norm_forward *const a = argument;
    join_statistics(unit, 8, 1, NULL, 9 * a->n, a->partial, a->statistics);
}

static void bn_add_relu_3c8_forward_unit(const void *argument, int unit)
{
    scale_positions(argument, unit, (struct cut){.positions = 9, .grain = 9, .slices = 1,
                                                 .slice = 2, .channels = 8, .distance = BATCH * 8},
                    1, 1, NULL);
}

void bn_add_relu_3c8_forward(const struct every_op_host *host, float out[3][3][BATCH][8],
                             float x[3][3][BATCH][8], float residual[3][3][BATCH][8],
                             const struct batch_norm *bn, float work[3][2][8], int n)
{
    float *const scale = work[0][0], *const shift = work[0][1];
    const struct norm_forward a = {
        .x = x[0][0][0],
        .residual = residual[0][0][0],
        .scale = scale,
        .shift = shift,
        .out = out[0][0][0],
        .statistics = work[1][0],
        .partial = work[2][0],
        .n = n,
    };
    run(host, 1, bn_add_relu_3c8_forward_statistics, &a);
    run(host, 1, bn_add_relu_3c8_forward_join, &a);
    take_statistics(8, 9, n, a.statistics, 0.001f, 0.1f, bn);
    training_factors(bn, 8, 1, 1, scale, shift);
    run(host, 1, bn_add_relu_3c8_forward_unit, &a);
}

/* bn_2c8_forward: plain
 *
 *     out = (x - mean) * inv_std
 *
 * mean and variance of each channel over 4 positions and the images;
 * inv_std = 1 / sqrt(variance + 1e-05).
 * The running variance takes the unbiased estimate, as PyTorch's does. */
static void bn_2c8_forward_statistics(const void *argument, int unit)
{
    position_statistics(argument, unit, 4, BATCH * 8, 8, 0, 8);
}

static void bn_2c8_forward_join(const void *argument, int unit)
{
    const struct norm_forward *const a = argument;
    join_statistics(unit, 8, 1, NULL, 4 * a->n, a->partial, a->statistics);
}

static void bn_2c8_forward_unit(const void *argument, int unit)
{
    scale_positions(argument, unit, (struct cut){.positions = 4, .grain = 4, .slices = 1,
                                                 .slice = 2, .channels = 8, .distance = BATCH * 8},
                    0, 0, NULL);
}

void bn_2c8_forward(const struct every_op_host *host, float out[2][2][BATCH][8],
                    float x[2][2][BATCH][8], const struct batch_norm *bn, float work[3][2][8],
                    int n)
{
    float *const scale = work[0][0], *const shift = work[0][1];
    const struct norm_forward a = {
        .x = x[0][0][0],
        .scale = scale,
        .shift = shift,
        .out = out[0][0][0],
        .statistics = work[1][0],
        .partial = work[2][0],
        .n = n,
    };
    run(host, 1, bn_2c8_forward_statistics, &a);
    run(host, 1, bn_2c8_forward_join, &a);
    take_statistics(8, 4, n, a.statistics, 1e-05f, 0.1f, bn);
    training_factors(bn, 8, 0, 0, scale, shift);
    run(host, 1, bn_2c8_forward_unit, &a);
}

/* bn_relu_3c8_evaluate: one.bn1
 *
 *     out = max(0, (x - running_mean) / sqrt(running_var + 1e-05) * gamma + beta) */
static void bn_relu_3c8_evaluate_unit(const void *argument, int unit)
{
    scale_positions(argument, unit, (struct cut){.positions = 9, .grain = 9, .slices = 1,
                                                 .slice = 2, .channels = 8, .distance = BATCH * 8},
                    0, 1, NULL);
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
    scale_positions(argument, unit, (struct cut){.positions = 9, .grain = 9, .slices = 1,
                                                 .slice = 2, .channels = 8, .distance = BATCH * 8},
                    1, 1, NULL);
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
    scale_positions(argument, unit, (struct cut){.positions = 4, .grain = 4, .slices = 1,
                                                 .slice = 2, .channels = 8, .distance = BATCH * 8},
                    0, 0, NULL);
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

