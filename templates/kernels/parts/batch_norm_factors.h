//- What batch norms scale by and add.
/* A value a channel: scale and, unless that is NULL, shift, so that x * scale + shift is what a batch norm makes of x. Whether it
 * has a gamma and a beta is known where these are called. */
INLINE void training_factors(const struct batch_norm *bn, int channels, int has_gamma, int has_beta, @(real) *scale, @(real) *shift)
{
    for (int c = 0; c < channels; c++) {
        scale[c] = has_gamma ? bn->gamma[c] * bn->inv_std[c] : bn->inv_std[c];
        if (shift)
            shift[c] = has_beta ? bn->beta[c] - bn->mean[c] * scale[c] : -bn->mean[c] * scale[c];
    }
}

INLINE void running_factors(const struct batch_norm *bn, int channels, @(real) eps, int has_gamma, int has_beta, @(real) *scale,
                            @(real) *shift)
{
    for (int c = 0; c < channels; c++) {
        scale[c] = (has_gamma ? bn->gamma[c] : 1) / sqrtf(bn->running_var[c] + eps);
        if (shift)
            shift[c] = has_beta ? bn->beta[c] - bn->running_mean[c] * scale[c] : -bn->running_mean[c] * scale[c];
    }
}
