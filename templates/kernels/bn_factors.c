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
@(include "kernels/parts/bn_words.c")
//: end
//: if trains and not given then
@(include "kernels/parts/bn_statistics.c")

//: end
void @(name)(@(signature))
{
    @(real) *const scale = factors[0], *const shift = factors[1];
//: if trains and not given then
    const struct norm_forward a = {.x = x[0][0][0], .statistics = work[0][0], .partial = work[1][0], .n = n};
//: elseif trains then
    (void)x; /* is for its readers */
//: else
    (void)x, (void)n;
//: end
@(include "kernels/parts/bn_factors.c")
}
