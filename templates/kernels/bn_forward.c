//- Batch norm, forward, in training and in evaluation.
/* @(title)
 *
//: if not trains then
 *     out = @(formula) */
//: else
 *     out = @(formula)
 *
@(include "kernels/parts/bn_words.c")
//: end
//: if trains and not given then
@(include "kernels/parts/bn_statistics.c")

//: end
//: if called then
static inline @(real) @(name)_function(@(real) x) { return @(apply(called, constant, "x")); }

//: end
static void @(name)_unit(const void *argument, int unit)
{
    scale_positions(argument, unit,
                    (struct cut){.positions = @(positions), .grain = @(grain), .slices = @(slices), .slice = @(slice),
                                 .channels = @(channels), .distance = @(t.out.stride.position)},@(narrow_of(narrow_keys))
                    @(joins), @(cuts),
//: if called then
                    @(name)_function);
//: else
                    NULL);
//: end
}

void @(name)(@(signature))
{
    @(real) *const scale = work[0][0], *const shift = work[0][1];
    const struct norm_forward a = {
        .x = x[0][0][0],
//: if has.residual then
        .residual = residual[0][0][0],
//: end
        .scale = scale,
        .shift = shift,
        .out = out[0][0][0],
//: if trains and not given then
        .statistics = work[1][0],
        .partial = work[2][0],
//: end
        .n = n,
    };
@(include "kernels/parts/bn_factors.c")
    run(host, @(units), @(name)_unit, &a);
}
