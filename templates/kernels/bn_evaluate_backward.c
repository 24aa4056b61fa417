//- Frozen batch norm, backward, through relu and residual where they are joined to it.
/* @(title)
 *
//: if relu then
 *     d = d_out where out > 0, else 0
//: else
 *     d = d_out
//: end
//: if has.d_x then
 *     d_x @(t.d_x.assign) d@(has.gamma and " * gamma" or "") / sqrt(running_var + @(eps))
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
        const ptrdiff_t start = @(t.d_out.at "position");
        @(t.d_out.pointer(" + start"));
//: if relu then
        @(t.out.pointer(" + start"));
//: end
//: if has.d_residual then
        @(t.d_residual.pointer(" + start"));
//: end
//: if has.d_x then
        @(t.d_x.pointer(" + start"));
//: end
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < @(channels); c++) {
                const int j = i * @(channels) + c;
                const float d = @(relu and "out[j] > 0 ? d_out[j] : 0" or "d_out[j]");
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
        factors[0][c] = @(has.gamma and "gamma[c]" or 1) / sqrtf(running_var[c] + @(f32(eps)));
//: end
    run(host, @(units), @(name)_unit, &a);
}
