//- Max pooling.
/* @(title)
 *
 *     out = the largest x of each @(kh)x@(kw) window, stride @(sy)x@(sx), padding @(py)x@(px) that never wins
//: if has.choice then
 *     choice = which of the window's taps that was, the first of equals, row by row
//: end
 */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
    const int oy = unit / @(out_width), ox = unit % @(out_width);
    int first = 1;
    for (int tap = 0; tap < @(kh * kw); tap++) {
        const int y = oy * @(sy) + tap / @(kw) - @(py), x = ox * @(sx) + tap % @(kw) - @(px);
        if (y < 0 || y >= @(height) || x < 0 || x >= @(width))
            continue;
        const float *const in = a->x[y][x][0];
        float *const out = a->out[oy][ox][0];
//: if has.choice then
        uint8_t *const choice = a->choice[oy][ox][0];
//: end
        INDEPENDENT
        for (int j = 0; j < a->n * @(channels); j++) {
            const int better = first || in[j] > out[j] || in[j] != in[j];
            out[j] = better ? in[j] : out[j];
//: if has.choice then
            choice[j] = better ? (uint8_t)tap : choice[j];
//: end
        }
        first = 0;
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    model_run(@(out_height * out_width), @(name)_unit, &a);
}
