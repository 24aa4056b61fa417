//- The product of two tensors, backward, for the side of its shape.
/* @(title)
 *
 *     d_x @(t.d_x.assign) d_out * other@(places) */
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
//: if factor then
        @(pointer(t.other, ""));
//: else
        @(pointer(t.other, " + start"));
//: end
        @(pointer(t.d_x, " + start"));
        INDEPENDENT
        for (int j = @(first_of(slices, channels)); j < @(end_of_images(slices, channels)); j++)
            d_x[j] @(t.d_x.assign) d_out[j] * other[j];
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(units), @(name)_unit, &a);
}
