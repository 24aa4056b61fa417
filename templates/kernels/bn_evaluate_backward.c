//- Frozen batch norm, backward, through relu and residual where they are joined to it.
/* @(title)
 *
//: if relu then
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
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
//: if has.d_x then
    const float *const scale = a->factors[0];
//: end
    const int end = at_most((unit + 1) * @(grain), @(positions));
    for (int position = unit * @(grain); position < end; position++) {
        const ptrdiff_t start = @(start_of(t.d_out, "position"));
        @(pointer(t.d_out, " + start"));
//: if relu then
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
//: if relu then
                const float d = out[j] > 0 ? d_out[j] : 0;
//: else
                const float d = d_out[j];
//: end
//: if has.d_residual then
                d_residual[j] @(t.d_residual.assign) d;
//: end
//: if has.d_x then
                d_x[j] @(t.d_x.assign) d * scale[c];
//: end
            }
        }
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
//: if has.d_x then
    for (int c = 0; c < @(channels); c++)
        factors[0][c] = @(gamma) / sqrtf(running_var[c] + @(f32(eps)));
//: end
    run(host, @(units), @(name)_unit, &a);
}
