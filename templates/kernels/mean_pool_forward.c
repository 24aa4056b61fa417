//- Global average pooling.
/* @(title)
 *
 *     out = the mean of x over its positions (@(positions)), by image and channel */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int image)
{
    const struct @(name)_arguments *const a = argument;
    @(pointer(t.out, "[0][0][image]"));
    sum_rows(@(positions), @(channels), a->x[0][0][image], (ptrdiff_t)@(t.x.stride.position), out);
    for (int c = 0; c < @(channels); c++)
        out[c] /= @(positions);
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, n, @(name)_unit, &a);
}
