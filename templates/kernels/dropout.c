//- Dropout, both ways: the mask is drawn again, not kept.
/* @(title)
 *
 *     @(to) @(t[to].assign) @(from) / @(keep) where the draw for its @(each) keeps it, else 0
 *
 * The draw is a function of seed, update, layer and @(each), so backward repeats it and threads don't
 * matter. */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
@(include "kernels/parts/share_of_unit.c")
    const uint64_t key = draw(draw(a->seed ^ @(salt)u) ^ a->update);
    for (int position = begin; position < end; position++) {
        const ptrdiff_t start = @(start_of(t[to], "position"));
        @(pointer(t[from], " + start"));
        @(pointer(t[to], " + start"));
        for (int j = @(first_of(slices, channels)); j < @(end_of_images(slices, channels)); j++) {
//: if op == "dropout" then
            const uint64_t number = (uint64_t)(start + j);
//: elseif op == "dropout2d" then
            const uint64_t number = (uint64_t)j;
//: else
            const uint64_t number = (uint64_t)(j / @(channels));
//: end
            const int keep = (draw(key + number) >> 32) >= @(threshold)u;
            @(to)[j] @(t[to].assign) keep ? @(from)[j] * @(f32(1 / keep)) : 0;
        }
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(units), @(name)_unit, &a);
}
