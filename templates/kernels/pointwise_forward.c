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
@(include "kernels/parts/share_of_unit.c")
    for (int position = begin; position < end; position++) {
        const ptrdiff_t start = @(start_of(t.out, "position"));
        @(pointer(t.x, " + start"));
        @(pointer(t.out, " + start"));
        INDEPENDENT
        for (int j = @(first_of(slices, channels)); j < @(end_of_images(slices, channels)); j++)
            @(set(t.out, "out[j]", apply(called, constant, value(t.x, "x[j]"))));
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(units), @(name)_unit, &a);
}
