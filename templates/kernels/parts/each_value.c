//- Value by value: the argument that is written becomes `each`, C text of elements [j] of the others, or that is added to it. One of
//- a single position is the same for all.
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
@(include "kernels/parts/share_of_unit.c")
    for (int position = begin; position < end; position++) {
        const ptrdiff_t start = @(start_of(t[written], "position"));
//: for _, key in ipairs(keys) do
//:   if t[key].is_read and t[key].height * t[key].width == positions then
        @(pointer(t[key], " + start"));
//:   elseif t[key].is_read then
        @(pointer(t[key], ""));
//:   end
//: end
        @(pointer(t[written], " + start"));
        INDEPENDENT
        for (int j = @(first_of(slices, channels)); j < @(end_of_images(slices, channels)); j++)
            @(assign(t[written], written .. "[j]", elements(t, each)));
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(units), @(name)_unit, &a);
}
