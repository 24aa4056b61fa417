//- Batch norm in evaluation.
/* @(title)
 *
 *     out = @(formula)
 *
 * factors: what x is scaled by and what is added, a row each. */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
    const float *const scale = a->factors[0], *const shift = a->factors[1];
    const int end = at_most((unit + 1) * @(grain), @(positions));
    for (int position = unit * @(grain); position < end; position++) {
        const ptrdiff_t start = @(start_of(t.out, "position"));
        @(pointer(t.x, " + start"));
//: if has.residual then
        @(pointer(t.residual, " + start"));
//: end
        @(pointer(t.out, " + start"));
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < @(channels); c++) {
                const int j = i * @(channels) + c;
//: if has.residual then
                const float y = x[j] * scale[c] + shift[c] + residual[j];
//: else
                const float y = x[j] * scale[c] + shift[c];
//: end
//: if relu then
                out[j] = y < 0 ? 0 : y;
//: else
                out[j] = y;
//: end
            }
        }
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    for (int c = 0; c < @(channels); c++) {
        factors[0][c] = @(gamma) / sqrtf(running_var[c] + @(f32(eps)));
        factors[1][c] = @(beta_less)running_mean[c] * factors[0][c];
    }
    run(host, @(units), @(name)_unit, &a);
}
