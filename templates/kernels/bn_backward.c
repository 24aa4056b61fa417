//- Batch norm, backward, through function and residual where they are joined to it.
/* @(title)
 *
 * With x' = (x - mean) * inv_std and m = @(positions) * n values a channel:
 *
//: if called then
 *     d = d_out times the slope of @(text)
//: elseif has.out then
 *     d = d_out where out > 0, else 0
//: elseif cuts == 1 then
 *     d = d_out where the forward result x'@(affine) was above 0, else 0
//: else
 *     d = d_out
//: end
//: if has_sums then
 *     d_beta = sum d          d_gamma = sum d x'
//: end
//: if has.d_x then
 *     d_x @(t.d_x.assign) inv_std@(times_gamma) * (d - d_beta / m - x' * d_gamma / m)
//: end
//: if has.d_residual then
 *     d_residual @(t.d_residual.assign) d
//: end
 *
 * (Ioffe, Szegedy 2015.) @(order) */
//: if called then
@(include "kernels/parts/batch_norm_below.c")

//: end
//: if has_sums then
static void @(name)_sums(const void *argument, int part)
{
    position_sums(argument, part,
                  (struct cut){.positions = @(positions), .grain = @(each), .slices = @(sum_slices), .slice = @(slice),
                               .channels = @(channels), .distance = @(t.d_out.stride.position)},@(narrow_of(narrow_keys))
                  @(include "kernels/parts/batch_norm_kept.c"),
//: if called then
                  @(name)_below);
//: else
                  NULL);
//: end
}

//: end
//: if has.d_x or has.d_residual then
@(include("kernels/parts/batch_norm_unit.c", "is_training", 1))

//: end
void @(name)(@(signature))
{
//: if scales then
    @(real) *const scale = work[0][0];
//: end
//: if shifts then
    @(real) *const shift = work[0][1];
//: end
//: if has_sums and has.d_beta then
    @(real) *const sum_d = bn->d_beta;
//: elseif has_sums then
    @(real) *const sum_d = work[1][0];
//: end
//: if has_sums and has.d_gamma then
    @(real) *const sum_x = bn->d_gamma;
//: elseif has_sums then
    @(real) *const sum_x = work[1][1];
//: end
    const struct norm_backward a = {
        .d_out = d_out[0][0][0],
        .x = x[0][0][0],
//: if has.out then
        .out = out[0][0][0],
//: end
        .mean = bn->mean,
        .inv_std = bn->inv_std,
//: if scales then
        .scale = scale,
//: end
//: if shifts then
        .shift = shift,
//: end
//: if has.d_x then
        .d_x = d_x[0][0][0],
//: end
//: if has.d_residual then
        .d_residual = d_residual[0][0][0],
//: end
        .partial = work[@(first)][0],
        .n = n,
    };
//: if shifts then
    training_factors(bn, @(channels), @(has_gamma), @(has_beta), scale, shift);
//: elseif scales then
    training_factors(bn, @(channels), @(has_gamma), 0, scale, NULL);
//: end
//: if has_sums then
    run(host, @(sums), @(name)_sums, &a);
    merge_sums(@(channels), @(sums), a.partial, sum_d, sum_x);
//: end
//: if has.d_x then
    share_sums(&a, @(channels), @(scaled("(" .. real .. ")n", positions)), sum_d, sum_x);
//: end
//: if has.d_x or has.d_residual then
    run(host, @(units), @(name)_unit, &a);
//: end
}
