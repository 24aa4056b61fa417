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
@(include "kernels/parts/share_of_unit.c")
    for (int position = begin; position < end; position++) {
        const ptrdiff_t start = @(start_of(t.d_x, "position"));
        @(pointer(t.d_out, " + start"));
//: if has.out then
        @(pointer(t.out, " + start"));
//: end
        @(pointer(t.d_x, " + start"));
        INDEPENDENT
        for (int j = @(first_of(slices, channels)); j < @(end_of_images(slices, channels)); j++)
//: if called and keeps then
            @(assign(t.d_x, "d_x[j]", apply(called .. "_backward", constant, value(t.d_out, "d_out[j]") .. ", " .. value(t.out, "out[j]"))));
//: elseif called then
            @(assign(t.d_x, "d_x[j]", apply(called .. "_backward", constant, value(t.d_out, "d_out[j]"))));
//: elseif has.out then
            @(assign(t.d_x, "d_x[j]", value(t.out, "out[j]") .. " > 0 ? " .. value(t.d_out, "d_out[j]") .. " : 0"));
//: else
            @(assign(t.d_x, "d_x[j]", value(t.d_out, "d_out[j]")));
//: end
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(units), @(name)_unit, &a);
}
