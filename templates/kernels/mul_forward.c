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
@(include "kernels/parts/share_of_unit.c")
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
        for (int j = @(first_of(slices, channels)); j < @(end_of_images(slices, channels)); j++)
            out[j] = left[j] * right[j];
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(units), @(name)_unit, &a);
}
