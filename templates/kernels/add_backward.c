//- The sum of two tensors, backward, for one of its sides.
/* @(title)
 *
 *     d_x @(t.d_x.assign) @(formula) */
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
//: if has.out then
        @(pointer(t.out, " + start"));
//: end
        @(pointer(t.d_x, " + start"));
        INDEPENDENT
        for (int j = 0; j < a->n * @(channels); j++)
//: if called then
            d_x[j] @(t.d_x.assign) @(called)_backward(d_out[j]@(with_out)@(more));
//: elseif has.out then
            d_x[j] @(t.d_x.assign) out[j] > 0 ? d_out[j] : 0;
//: else
            d_x[j] @(t.d_x.assign) d_out[j];
//: end
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(units), @(name)_unit, &a);
}
