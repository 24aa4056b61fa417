//- A function of each value, where nothing before it could take it in.
/* @(title)
 *
 *     out = @(text) */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
    const int begin = unit * @(grain), end = @(end_of("begin", grain, positions));
    for (int position = begin; position < end; position++) {
        const ptrdiff_t start = @(start_of(t.out, "position"));
        @(pointer(t.x, " + start"));
        @(pointer(t.out, " + start"));
        INDEPENDENT
        for (int j = 0; j < a->n * @(channels); j++)
            @(set(t.out, "out[j]", apply(called, constant, value(t.x, "x[j]"))));
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(units), @(name)_unit, &a);
}
