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
@(include "kernels/parts/batch_norm_below.c")

//: end
@(include("kernels/parts/batch_norm_unit.c", "is_training", 0))

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
