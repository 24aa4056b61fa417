//- Statistics of batch norms in training.
/* One position's statistics, where no convolution left them. */
static inline void position_statistics(const struct norm_forward *a, int position, ptrdiff_t distance, int channels)
{
    @(real) *const mean = a->partial + (ptrdiff_t)position * 2 * channels;
    partial_statistics(channels, channels, a->n, a->x + position * distance, mean, mean + channels);
}

/* Joins the positions' statistics, partial [positions][2][channels], into those of the batch. */
static inline void merge_statistics(int channels, int positions, int n, const @(real) *partial, @(real) eps, @(real) momentum,
                                    const struct batch_norm *bn)
{
    const ptrdiff_t row = 2 * (ptrdiff_t)channels;
    const double count = (double)positions * n;
    for (int c = 0; c < channels; c++) {
        double sum = 0, squares = 0;
        for (int p = 0; p < positions; p++)
            sum += (double)partial[p * row + c];
        const double average = sum / positions;
        for (int p = 0; p < positions; p++) {
            const double d = (double)partial[p * row + c] - average;
            squares += (double)partial[p * row + channels + c] + n * d * d;
        }
        bn->mean[c] = (@(real))average;
        bn->inv_std[c] = (@(real))(1 / sqrt(squares / count + (double)eps));
        bn->running_mean[c] += momentum * (bn->mean[c] - bn->running_mean[c]);
        bn->running_var[c] += momentum * ((@(real))(squares / (count - 1)) - bn->running_var[c]);
    }
}
