//- Global average pooling.
/* @(title)
 *
 *     out = the mean of x over its @(positions) position@(positions == 1 and "" or "s"), by image and channel */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int image)
{
    const struct @(name)_arguments *const a = argument;
    const float *const x = a->x[0][0][image];
    float *const out = a->out[0][0][image];
    for (int c = 0; c < @(channels); c++)
        out[c] = x[c];
    for (int position = 1; position < @(positions); position++)
        for (int c = 0; c < @(channels); c++)
            out[c] += x[(ptrdiff_t)position * BATCH * @(channels) + c];
    for (int c = 0; c < @(channels); c++)
        out[c] /= @(positions);
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    model_run(n, @(name)_unit, &a);
}
