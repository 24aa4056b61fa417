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
@(include "kernels/parts/share_of_unit.c")
    for (int position = begin; position < end; position++) {
        const ptrdiff_t start = @(start_of(t.d_x, "position"));
        @(pointer(t.d_out, " + start"));
//: if kept then
        @(pointer(t[kept], " + start"));
//: end
        @(pointer(t.d_x, " + start"));
        INDEPENDENT
        for (int j = @(first_of(slices, channels)); j < @(end_of_images(slices, channels)); j++)
//: if kept then
            @(assign(t.d_x, "d_x[j]", apply(called .. "_backward", constant, value(t.d_out, "d_out[j]") .. ", " .. value(t[kept], kept .. "[j]"))));
//: else
            @(assign(t.d_x, "d_x[j]", apply(called .. "_backward", constant, value(t.d_out, "d_out[j]"))));
//: end
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(units), @(name)_unit, &a);
}
