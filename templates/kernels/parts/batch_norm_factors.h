//- What batch norms scale by and add.
/* How `positions` positions, `distance` apart, of `channels` channels are cut into units: `grain` of them each, or `slices`
 * slices of `slice` images of one. */
struct cut {
    int positions, grain, slices, slice, channels;
    ptrdiff_t distance;
};

/* What a unit takes: positions begin .. end - 1, of them images first .. last - 1 of n. */
struct share {
    int begin, end, first, last;
};

INLINE struct share share_of(int unit, const struct cut cut, int n)
{
    const int begin = unit / cut.slices * cut.grain, first = unit % cut.slices * cut.slice;
    return (struct share){begin, at_most(begin + cut.grain, cut.positions), first, cut.slices > 1 ? at_most(first + cut.slice, n) : n};
}

//: if stores_bf16 then
/* Which of what a batch norm reads and writes is bf16. */
struct narrow {
    int x, residual, out, d_out, d_x, d_residual;
};

//: end
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
