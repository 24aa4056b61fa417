//- Statistics of batch norms in training.
/* Statistics of `each` positions, `distance` apart, where no convolution left them; part: which of the partial ones. */
INLINE void position_statistics(const struct norm_forward *a, int part, int each, ptrdiff_t distance, int channels)
{
    @(real) *const mean = a->partial + (ptrdiff_t)part * 2 * channels;
    const @(real) *const x = a->x + (ptrdiff_t)part * each * distance;
    statistics_of_positions(each * a->n, a->n, channels, x, channels, each > 1 ? distance : 0, mean, mean + channels);
}

/* Joins partial statistics, [parts][2][channels] of n values each, into those of the batch. */
static inline void merge_statistics(int channels, int parts, int n, const @(real) *partial, @(real) eps, @(real) momentum,
                                    const struct batch_norm *bn)
{
    const ptrdiff_t row = 2 * (ptrdiff_t)channels;
    const double count = (double)parts * n;
    for (int c = 0; c < channels; c++) {
        double sum = 0, squares = 0;
        for (int p = 0; p < parts; p++)
            sum += (double)partial[p * row + c];
        const double average = sum / parts;
        for (int p = 0; p < parts; p++) {
            const double d = (double)partial[p * row + c] - average;
            squares += (double)partial[p * row + channels + c] + n * d * d;
        }
        bn->mean[c] = (@(real))average;
        bn->inv_std[c] = (@(real))(1 / sqrt(squares / count + (double)eps));
        bn->running_mean[c] += momentum * (bn->mean[c] - bn->running_mean[c]);
        bn->running_var[c] += momentum * ((@(real))(squares / (count - 1)) - bn->running_var[c]);
    }
}
