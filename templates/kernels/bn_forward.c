//- Batch norm, forward in training.
/* @(title)
 *
 *     out = @(formula)
 *
 * mean and variance of each channel over @(over);
 * inv_std = 1 / sqrt(variance + @(eps)).
//: if given then
 * partial: what the convolution left for each position, the mean over images and the sum of squared
 * distances to it, so that no large numbers cancel (Chan, Golub, LeVeque 1979).
//: end
 * factors: what x is scaled by and what is added, a row each.
 * The running variance takes the unbiased estimate, as PyTorch's does. */
struct @(name)_arguments {
@(fields)
};

//: if not given then
static void @(name)_statistics(const void *argument, int position)
{
    const struct @(name)_arguments *const a = argument;
    partial_statistics(@(channels), @(channels), a->n, (float *)a->x + @(start_of(t.x, "position")),
                       a->partial[position][0], a->partial[position][1]);
}

//: end
static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
    const float *restrict const scale = a->factors[0], *restrict const shift = a->factors[1];
    const int end = at_most((unit + 1) * @(grain), @(positions));
    for (int position = unit * @(grain); position < end; position++) {
        const ptrdiff_t start = @(start_of(t.out, "position"));
        @(pointer(t.x, " + start"));
//: if has.residual then
        @(pointer(t.residual, " + start"));
//: end
        @(pointer(t.out, " + start", "out", "restrict "));
        for (int i = 0; i < a->n; i++) {
            for (int c = 0; c < @(channels); c++) {
                const int j = i * @(channels) + c;
//: if has.residual then
                const float y = x[j] * scale[c] + shift[c] + residual[j];
//: else
                const float y = x[j] * scale[c] + shift[c];
//: end
//: if relu then
                out[j] = y < 0 ? 0 : y;
//: else
                out[j] = y;
//: end
            }
        }
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
//: if not given then
    run(host, @(positions), @(name)_statistics, &a);
//: end
    merge_statistics(@(channels), @(positions), n, (float *)partial, @(f32(eps)), @(f32(momentum)), mean, inv_std, running_mean, running_var);
    for (int c = 0; c < @(channels); c++) {
        factors[0][c] = @(factor);
        factors[1][c] = @(beta_less)mean[c] * factors[0][c];
    }
    run(host, @(units), @(name)_unit, &a);
}
