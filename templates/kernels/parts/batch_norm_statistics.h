//- Statistics of batch norms in training.
/* Statistics of `each` positions, `distance` apart, where no convolution left them; part: which of the partial ones. Of `count` of the
 * channels, from c on. */
INLINE void position_statistics(const struct norm_forward *a, int part, int each, ptrdiff_t distance, int channels, int c, int count)
{
    @(real) *const mean = a->partial + (ptrdiff_t)part * 2 * channels + c;
    const @(real) *const x = @(as_floats)a->x + (ptrdiff_t)part * each * distance + c;
    statistics_of_positions(each * a->n, a->n, count, x, channels, each > 1 ? distance : 0, mean, mean + channels);
}

/* From what is in statistics [2][channels], means and sums of squared distances over all positions of n images. */
static inline void take_statistics(int channels, int positions, int n, const @(real) *statistics, @(real) eps, @(real) momentum,
                                   const struct batch_norm *bn)
{
    const double count = (double)positions * n;
    for (int c = 0; c < channels; c++) {
        const double squares = (double)statistics[channels + c];
        bn->mean[c] = statistics[c];
        bn->inv_std[c] = (@(real))(1 / sqrt(squares / count + (double)eps));
        bn->running_mean[c] += momentum * (bn->mean[c] - bn->running_mean[c]);
        bn->running_var[c] += momentum * ((@(real))(squares / (count - 1)) - bn->running_var[c]);
    }
}
