//- The sum of two tensors, where no batch norm could take it in.
/* @(title)
 *
 *     out = @(formula) */
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
        @(pointer(t.right, " + start"));
        @(pointer(t.out, " + start"));
        INDEPENDENT
        for (int j = @(first_of(slices, channels)); j < @(end_of_images(slices, channels)); j++)
//: if called then
            @(set(t.out, "out[j]", apply(called, constant, value(t.left, "left[j]") .. " + " .. value(t.right, "right[j]"))));
//: elseif cuts == 1 then
            @(set(t.out, "out[j]", at_least_zero(value(t.left, "left[j]") .. " + " .. value(t.right, "right[j]"))));
//: else
            @(set(t.out, "out[j]", value(t.left, "left[j]") .. " + " .. value(t.right, "right[j]")));
//: end
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(units), @(name)_unit, &a);
}
