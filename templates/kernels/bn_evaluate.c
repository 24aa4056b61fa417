//- Batch norm in evaluation.
//: local affine = (has.gamma and " * gamma" or "") .. (has.beta and " + beta" or "")
/* @(title)
 *
 *     out = @(relu and "max(0, " or "")(x - running_mean) / sqrt(running_var + @(eps))@(affine)@(has.residual and " + residual" or "")@(relu and ")" or "")
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
        const ptrdiff_t start = @(t.out.at "position");
        @(t.x.pointer(" + start"));
//: if has.residual then
        @(t.residual.pointer(" + start"));
//: end
        @(t.out.pointer(" + start"));
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < @(channels); c++) {
                const float y = x[i * @(channels) + c] * scale[c] + shift[c]@(has.residual and " + residual[i * " .. channels .. " + c]" or "");
                out[i * @(channels) + c] = @(relu and "y < 0 ? 0 : y" or "y");
            }
        }
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    for (int c = 0; c < @(channels); c++) {
        factors[0][c] = @(has.gamma and "gamma[c]" or 1) / sqrtf(running_var[c] + @(f32(eps)));
        factors[1][c] = @(has.beta and "beta[c] " or "")-@(has.beta and " " or "")running_mean[c] * factors[0][c];
    }
    run(host, @(units), @(name)_unit, &a);
}
