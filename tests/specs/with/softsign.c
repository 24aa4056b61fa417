//- Softsign, both ways.
/* @(title)
 *
//: if has.d_x then
 *     d_x @(t.d_x.assign) d_out * (1 - |out|)^2 */
//: else
 *     out = x / (1 + |x|) */
//: end
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
    const int end = at_most((unit + 1) * @(grain), @(positions));
    for (int position = unit * @(grain); position < end; position++) {
        const ptrdiff_t start = @(start_of(t.out, "position"));
//: if has.d_x then
        @(pointer(t.d_out, " + start"));
        @(pointer(t.out, " + start"));
        @(pointer(t.d_x, " + start"));
        for (int j = 0; j < a->n * @(channels); j++)
            d_x[j] @(t.d_x.assign) d_out[j] * (1 - fabsf(out[j])) * (1 - fabsf(out[j]));
//: else
        @(pointer(t.x, " + start"));
        @(pointer(t.out, " + start"));
        for (int j = 0; j < a->n * @(channels); j++)
            out[j] = x[j] / (1 + fabsf(x[j]));
//: end
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(units), @(name)_unit, &a);
}
