//- A function of each value, backward.
/* @(title)
 *
 *     d_x @(t.d_x.assign) d_out times the slope of @(text) */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
    const int end = at_most((unit + 1) * @(grain), @(positions));
    for (int position = unit * @(grain); position < end; position++) {
        const ptrdiff_t start = @(start_of(t.d_x, "position"));
        @(pointer(t.d_out, " + start"));
//: if kept then
        @(pointer(t[kept], " + start"));
//: end
        @(pointer(t.d_x, " + start"));
        INDEPENDENT
        for (int j = 0; j < a->n * @(channels); j++)
//: if kept and constant then
            d_x[j] @(t.d_x.assign) @(called)_backward(d_out[j], @(kept)[j], @(f32(constant)));
//: elseif kept then
            d_x[j] @(t.d_x.assign) @(called)_backward(d_out[j], @(kept)[j]);
//: else
            d_x[j] @(t.d_x.assign) @(called)_backward(d_out[j], @(f32(constant)));
//: end
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(units), @(name)_unit, &a);
}
