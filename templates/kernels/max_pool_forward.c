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
        const float *restrict const in = (float *)a->x[y][x];
        float *restrict const out = (float *)a->out[oy][ox];
//: if has.choice then
        uint8_t *restrict const choice = (uint8_t *)a->choice[oy][ox];
//: end
        for (int j = 0; first && j < a->n * @(channels); j++) {
            out[j] = in[j];
//: if has.choice then
            choice[j] = (uint8_t)tap;
//: end
        }
        for (int j = 0; !first && j < a->n * @(channels); j++) {
            const int better = (in[j] > out[j]) | (in[j] != in[j]);
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
