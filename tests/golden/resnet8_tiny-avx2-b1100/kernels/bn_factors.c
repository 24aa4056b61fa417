/* bn_relu_16c16_on_load_forward: layer2.0.bn1
 *
 * What readers apply as they load x: scale and shift of each channel, so that
 *
 *     max(0, x * scale + shift) = max(0, (x - mean) * inv_std * gamma + beta)
 *
 * mean and variance of each channel over 256 positions and the images;
 * inv_std = 1 / sqrt(variance + 1e-05).
 * statistics: what the convolution left, mean and sum of squared distances to it.
 * The running variance takes the unbiased estimate, as PyTorch's does. */
void bn_relu_16c16_on_load_forward(float factors[2][16], float x[16][16][BATCH][16],
                                   const struct batch_norm *bn, float statistics[2][16], int n)
{
    float *const scale = factors[0], *const shift = factors[1];
    (void)x; /* is for its readers */
    take_statistics(16, 256, n, statistics[0], 1e-05f, 0.1f, bn);
    training_factors(bn, 16, 1, 1, scale, shift);
}

/* bn_relu_8c32_on_load_forward: layer3.0.bn1
 *
 * What readers apply as they load x: scale and shift of each channel, so that
 *
 *     max(0, x * scale + shift) = max(0, (x - mean) * inv_std * gamma + beta)
 *
 * mean and variance of each channel over 64 positions and the images;
 * inv_std = 1 / sqrt(variance + 1e-05).
 * statistics: what the convolution left, mean and sum of squared distances to it.
 * The running variance takes the unbiased estimate, as PyTorch's does. */
void bn_relu_8c32_on_load_forward(float factors[2][32], float x[8][8][BATCH][32],
                                  const struct batch_norm *bn, float statistics[2][32], int n)
{
    float *const scale = factors[0], *const shift = factors[1];
    (void)x; /* is for its readers */
    take_statistics(32, 64, n, statistics[0], 1e-05f, 0.1f, bn);
    training_factors(bn, 32, 1, 1, scale, shift);
}

/* bn_relu_16c16_on_load_evaluate: layer2.0.bn1
 *
 * What readers apply as they load x: scale and shift of each channel, so that
 *
 *     max(0, x * scale + shift) = max(0, (x - running_mean) / sqrt(running_var + 1e-05) * gamma + beta) */
void bn_relu_16c16_on_load_evaluate(float factors[2][16], float x[16][16][BATCH][16],
                                    const struct batch_norm *bn, int n)
{
    float *const scale = factors[0], *const shift = factors[1];
    (void)x, (void)n;
    running_factors(bn, 16, 1e-05f, 1, 1, scale, shift);
}

/* bn_relu_8c32_on_load_evaluate: layer3.0.bn1
 *
 * What readers apply as they load x: scale and shift of each channel, so that
 *
 *     max(0, x * scale + shift) = max(0, (x - running_mean) / sqrt(running_var + 1e-05) * gamma + beta) */
void bn_relu_8c32_on_load_evaluate(float factors[2][32], float x[8][8][BATCH][32],
                                   const struct batch_norm *bn, int n)
{
    float *const scale = factors[0], *const shift = factors[1];
    (void)x, (void)n;
    running_factors(bn, 32, 1e-05f, 1, 1, scale, shift);
}

