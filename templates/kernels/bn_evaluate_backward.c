//- Frozen batch norm, backward, through function and residual where they are joined to it.
/* @(title)
 *
//: if called then
 *     d = d_out times the slope of @(text)
//: elseif cuts == 1 then
 *     d = d_out where out > 0, else 0
//: else
 *     d = d_out
//: end
//: if has.d_x then
 *     d_x @(t.d_x.assign) d@(times_gamma) / sqrt(running_var + @(eps))
//: end
//: if has.d_residual then
 *     d_residual @(t.d_residual.assign) d
//: end
 */
//: if called then
static inline @(real) @(name)_below(@(real) d, @(real) kept)
{
//: if keeps then
    return @(apply(called .. "_backward", constant, "d, kept"));
//: else
    (void)kept;
    return @(apply(called .. "_backward", constant, "d"));
//: end
}

//: end
static void @(name)_unit(const void *argument, int unit)
{
    scale_gradients(argument, unit, (struct cut){@(positions), @(grain), @(slices), @(slice)}, @(t.d_out.stride.position), @(channels),
//: if called then
                    @(kept_by), @(name)_below, @(put_x), @(put_residual), 0);
//: else
                    @(kept_by), NULL, @(put_x), @(put_residual), 0);
//: end
}

void @(name)(@(signature))
{
//: if has.d_x then
    @(real) *const scale = work[0][0];
//: end
    const struct norm_backward a = {
        .d_out = d_out[0][0][0],
//: if has.out then
        .out = out[0][0][0],
//: end
//: if has.d_x then
        .scale = scale,
        .d_x = d_x[0][0][0],
//: end
//: if has.d_residual then
        .d_residual = d_residual[0][0][0],
//: end
        .n = n,
    };
//: if has.d_x then
    running_factors(bn, @(channels), @(f32(eps)), @(has_gamma), 0, scale, NULL);
//: end
    run(host, @(units), @(name)_unit, &a);
}
