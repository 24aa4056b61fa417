//- Batch norm, backward, through relu and residual where they are joined to it.
/* @(title)
 *
 * With x' = (x - mean) * inv_std and m = @(positions) * n values a channel:
 *
//: if has.out then
 *     d = d_out where out > 0, else 0
//: elseif relu then
 *     d = d_out where the forward result x'@(affine) was above 0, else 0
//: else
 *     d = d_out
//: end
//: if has_sums then
 *     @(sum_d) = sum d          @(sum_x) = sum d x'
//: end
//: if has.d_x then
 *     d_x @(t.d_x.assign) inv_std@(times_gamma) * (d - @(sum_d) / m - x' * @(sum_x) / m)
//: end
//: if has.d_residual then
 *     d_residual @(t.d_residual.assign) d
//: end
 *
//: if relu_again then
 * factors: what the forward kernel scaled x by and what it added, a row each.
//: end
//: if has.d_x then
 * Once the sums are out of it, partial holds what all d_x of a channel share and their slope over x - mean.
//: end
 * (Ioffe, Szegedy 2015.) @(order) */
struct @(name)_arguments {
@(fields)
};

//: if has_sums then
static void @(name)_sums(const void *argument, int position)
{
    const struct @(name)_arguments *const a = argument;
    const ptrdiff_t start = @(start_of(t.d_out, "position"));
    @(pointer(t.d_out, " + start"));
    @(pointer(t.x, " + start"));
//: if has.out then
    @(pointer(t.out, " + start"));
//: end
    const float *const mean = a->mean;
//: if relu_again then
    const float *const scale = a->factors[0], *const shift = a->factors[1];
//: end
    for (int first = 0; first < @(channels); first += SUM_BLOCK) {
        const int width = at_most(@(channels) - first, SUM_BLOCK);
        double sum[SUM_BLOCK] = {0}, sum_x[SUM_BLOCK] = {0};
        for (int begin = 0; begin < a->n; begin += SUM_ROWS) {
            const int end = at_most(a->n, begin + SUM_ROWS);
            float some[SUM_BLOCK] = {0}, some_x[SUM_BLOCK] = {0};
            for (int i = begin; i < end; i++) {
                for (int k = 0; k < width; k++) {
                    const int c = first + k, j = i * @(channels) + c;
//: if has.out then
                    const float d = out[j] > 0 ? d_out[j] : 0;
//: elseif relu then
                    const float d = x[j] * scale[c] + shift[c] > 0 ? d_out[j] : 0;
//: else
                    const float d = d_out[j];
//: end
                    some[k] += d;
                    some_x[k] += d * (x[j] - mean[c]);
                }
            }
            for (int k = 0; k < width; k++) {
                sum[k] += some[k];
                sum_x[k] += some_x[k];
            }
        }
        for (int k = 0; k < width; k++) {
            a->partial[position][0][first + k] = (float)sum[k];
            a->partial[position][1][first + k] = (float)sum_x[k] * a->inv_std[first + k];
        }
    }
}

//: end
//: if has.d_x or has.d_residual then
static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
//: if has.d_x then
    const float *const mean = a->mean, *const constant = a->partial[0][0], *const slope = a->partial[0][1];
//: end
//: if relu_again then
    const float *const scale = a->factors[0], *const shift = a->factors[1];
//: elseif has.d_x then
//:   if has.gamma then
    const float *const gamma = a->gamma;
//:   end
    const float *const inv_std = a->inv_std;
//: end
    const int end = at_most((unit + 1) * @(grain), @(positions));
    for (int position = unit * @(grain); position < end; position++) {
        const ptrdiff_t start = @(start_of(t.d_out, "position"));
        @(pointer(t.d_out, " + start"));
//: if has.d_x or relu_again then
        @(pointer(t.x, " + start"));
//: end
//: if has.out then
        @(pointer(t.out, " + start"));
//: end
//: if has.d_residual then
        @(pointer(t.d_residual, " + start"));
//: end
//: if has.d_x then
        @(pointer(t.d_x, " + start"));
//: end
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < @(channels); c++) {
                const int j = i * @(channels) + c;
//: if has.out then
                const float d = out[j] > 0 ? d_out[j] : 0;
//: elseif relu then
                const float d = x[j] * scale[c] + shift[c] > 0 ? d_out[j] : 0;
//: else
                const float d = d_out[j];
//: end
//: if has.d_x then
//:   if relu_again then
                const float through = d * scale[c] + constant[c] + (x[j] - mean[c]) * slope[c];
//:   else
                const float through = d * (@(factor)) + constant[c] + (x[j] - mean[c]) * slope[c];
//:   end
//: end
//: if has.d_residual then
                d_residual[j] @(t.d_residual.assign) d;
//: end
//: if has.d_x then
                d_x[j] @(t.d_x.assign) through;
//: end
            }
        }
    }
}

//: end
void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
//: if relu_again then
    for (int c = 0; c < @(channels); c++) {
        factors[0][c] = @(factor);
        factors[1][c] = @(beta_less)mean[c] * factors[0][c];
    }
//: end
//: if has_sums then
    run(host, @(positions), @(name)_sums, &a);
    merge_sums(@(channels), @(positions), (float *)partial, @(sum_d), @(sum_x));
//: end
//: if has.d_x then
    const float m = @(f32(positions)) * (float)n;
    for (int c = 0; c < @(channels); c++) {
        const float scale = @(factor);
        partial[0][0][c] = -scale * @(sum_d)[c] / m;
        partial[0][1][c] = -scale * inv_std[c] * @(sum_x)[c] / m;
    }
//: end
//: if has.d_x or has.d_residual then
    run(host, @(units), @(name)_unit, &a);
//: end
}
