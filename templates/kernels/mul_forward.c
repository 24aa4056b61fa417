//- The product of two tensors.
/* @(title)
 *
 *     out = left * right@(places) */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
    const int begin = unit * @(grain), end = @(end_of("begin", grain, positions));
    for (int position = begin; position < end; position++) {
        const ptrdiff_t start = @(start_of(t.out, "position"));
        @(pointer(t.left, " + start"));
//: if factor then
        @(pointer(t.right, ""));
//: else
        @(pointer(t.right, " + start"));
//: end
        @(pointer(t.out, " + start"));
        INDEPENDENT
        for (int j = 0; j < a->n * @(channels); j++)
            out[j] = left[j] * right[j];
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(units), @(name)_unit, &a);
}
