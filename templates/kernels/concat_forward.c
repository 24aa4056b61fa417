//- Channels of several tensors side by side.
/* @(title)
 *
//: for _, part in ipairs(parts) do
 *     out's channels @(part.from) to @(part.from + part.channels - 1) = @(part.key)
//: end
 */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
@(include "kernels/parts/share_of_unit.c")
    for (int position = begin; position < end; position++) {
        @(pointer(t.out, " + " .. start_of(t.out, "position")));
//: for _, part in ipairs(parts) do
        @(pointer(t[part.key], " + " .. start_of(t[part.key], "position")));
//: end
        for (int i = @(first_of(slices, 1)); i < @(end_of_images(slices, 1)); i++) {
//: for _, part in ipairs(parts) do
//:   if t[part.key].type == t.out.type then
            memcpy(out + i * @(channels) + @(part.from), @(part.key) + i * @(part.channels), @(part.channels) * sizeof *out);
//:   else
            for (int c = 0; c < @(part.channels); c++)
                @(set(t.out, of_image("out", channels, part.from .. " + c"), elements(t, of_image(part.key, part.channels, "c"))));
//:   end
//: end
        }
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(units), @(name)_unit, &a);
}
