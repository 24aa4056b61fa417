//- Average pooling.
/* @(title)
 *
 *     out = the mean of each @(kh)x@(kw) window, stride @(sy)x@(sx), padding @(py)x@(px) counted as zeros */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
    const int oy = unit / @(out_width), ox = unit % @(out_width);
    float *const out = (float *)a->out[oy][ox];
    for (int j = 0; j < a->n * @(channels); j++)
        out[j] = 0;
    for (int tap = 0; tap < @(kh * kw); tap++) {
        const int y = oy * @(sy) + tap / @(kw) - @(py), x = ox * @(sx) + tap % @(kw) - @(px);
        if (y < 0 || y >= @(height) || x < 0 || x >= @(width))
            continue;
        const float *const in = (float *)a->x[y][x];
        INDEPENDENT
        for (int j = 0; j < a->n * @(channels); j++)
            out[j] += in[j];
    }
    for (int j = 0; j < a->n * @(channels); j++)
        out[j] /= @(kh * kw);
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    model_run(@(out_height * out_width), @(name)_unit, &a);
}
