//- Batch norm that what reads it applies: what is left of it, in training and in evaluation.
/* @(title)
 *
 * What readers apply as they load x: scale and shift of each channel, so that
 *
//: if not trains then
 *     max(0, x * scale + shift) = @(formula) */
//: else
 *     max(0, x * scale + shift) = @(formula)
 *
 * mean and variance of each channel over @(over);
 * inv_std = 1 / sqrt(variance + @(eps)).
//:   if given then
 * statistics: what the convolution left, mean and sum of squared distances to it.
//:   end
 * The running variance takes the unbiased estimate, as PyTorch's does. */
//: end
//: if trains and not given then
@(include "kernels/parts/bn_statistics.c")

//: end
void @(name)(@(signature))
{
//: if trains and not given then
    const struct norm_forward a = {.x = x[0][0][0], .statistics = work[0][0], .partial = work[1][0], .n = n};
    run(host, @(sums * sum_blocks), @(name)_statistics, &a);
    run(host, @(stat_units), @(name)_join, &a);
    take_statistics(@(channels), @(positions), n, a.statistics, @(f32(eps)), @(f32(momentum)), bn);
//: elseif trains then
    (void)x;
    take_statistics(@(channels), @(positions), n, statistics[0], @(f32(eps)), @(f32(momentum)), bn);
//: end
//: if trains then
    training_factors(bn, @(channels), @(has_gamma), @(has_beta), factors[0], factors[1]);
//: else
    (void)x, (void)n;
    running_factors(bn, @(channels), @(f32(eps)), @(has_gamma), @(has_beta), factors[0], factors[1]);
//: end
}
