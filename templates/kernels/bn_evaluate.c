//- Batch norm in evaluation.
/* @(title)
 *
 *     out = @(formula) */
//: if called then
static inline @(real) @(name)_function(@(real) x) { return @(apply(called, constant, "x")); }

//: end
static void @(name)_unit(const void *argument, int unit)
{
    scale_positions(argument, unit, (struct cut){@(positions), @(grain), @(slices), @(slice)}, @(t.out.stride.position), @(channels), @(joins), @(cuts),
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
        .n = n,
    };
    running_factors(bn, @(channels), @(f32(eps)), @(has_gamma), @(has_beta), scale, shift);
    run(host, @(units), @(name)_unit, &a);
}
