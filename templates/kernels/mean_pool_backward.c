//- Global average pooling, backward.
/* @(title)
 *
 *     d_x @(assign) d_out / @(positions) at each position */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int position)
{
    const struct @(name)_arguments *const a = argument;
    const float *const d_out = (float *)a->d_out;
    float *const d_x = (float *)a->d_x + (ptrdiff_t)position * BATCH * @(channels);
    INDEPENDENT
    for (int j = 0; j < a->n * @(channels); j++)
        d_x[j] @(assign) d_out[j] / @(positions);
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    model_run(@(positions), @(name)_unit, &a);
}
