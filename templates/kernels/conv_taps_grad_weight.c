//- Convolution, gradient of the weight: sums of products over output columns.
/* @(title)
 *
 * One unit sums @(share):
 * [columns * images][@(cblock)]' x [columns * images][@(og)].@(afterwards)
 * @(flop_note) */
struct @(name)_arguments {
@(fields)
//: if shrinks then
    int channels, blocks; /* input channels of a unit, units of all of them */
//: end
};

/* Adds one tap's share of output columns x0..x1 of row y, @(channels_added). */
static void @(name)_tap(
    const struct @(name)_arguments *a, const struct tap *tap, int y, int x0,
//: if shrinks then
    int x1, int c, int channels, int beta,
//: else
    int x1, int c, int beta,
//: end
    @(t.d_weight.type) sum[@(groups)][@(cg)][@(og)], void *scratch)
{
//: if groups > 1 then
    for (int group = 0; group < @(groups); group++)
        gemm_sum(scratch, x1 - x0, a->n, @(cg), @(og),
                 positions(&a->x[y * @(sy) + tap->dy][x0 * @(sx) + tap->dx][0][group * @(cg) + c],
                           @(sx) * @(t.x.stride.position), @(t.x.stride.image)),
                 positions(&a->d_out[y][x0][0][group * @(og)], @(t.d_out.stride.position), @(t.d_out.stride.image)),
                 into(sum[group][c], @(og), beta));
//: else
//:   if shrinks then
    gemm_sum(scratch, x1 - x0, a->n, channels, @(og),
//:   else
    gemm_sum(scratch, x1 - x0, a->n, @(cblock), @(og),
//:   end
             positions(&a->x[y * @(sy) + tap->dy][x0 * @(sx) + tap->dx][0][c], @(sx) * @(t.x.stride.position),
                       @(t.x.stride.image)),
             positions(a->d_out[y][x0][0], @(t.d_out.stride.position), @(t.d_out.stride.image)),
             into(sum[0][c], @(og), beta));
//: end
}

static void @(name)_unit(const void *argument, int unit, void *scratch)
{
    const struct @(name)_arguments *const a = argument;
//: if parts > 1 then
//:   if shrinks then
    const int part = unit / a->blocks / @(tap_units);
//:   else
    const int part = unit / @(tap_units * cblocks);
//:   end
    @(t.d_weight.type)(*const sum)[@(groups)][@(cg)][@(og)] = a->workspace[part];
    const int y_begin = part * @(t.d_out.height) / @(parts), y_end = (part + 1) * @(t.d_out.height) / @(parts);
//: else
    @(t.d_weight.type)(*const sum)[@(groups)][@(cg)][@(og)] = a->d_weight;
    enum { y_begin = 0, y_end = @(t.d_out.height) };
//: end
//: if parts * tap_units * cblocks == 1 and not shrinks then
    (void)unit; /* there is one */
//: end
//: if shrinks then
    const int first = unit / a->blocks % @(tap_units) * @(per_unit);
    const int c = unit % a->blocks * a->channels, channels = at_most(@(cg) - c, a->channels);
//: else
    const int first = unit / @(cblocks) % @(tap_units) * @(per_unit);
    const int c = unit % @(cblocks) * @(cblock);
//: end
    for (int y = y_begin; y < y_end; y++) {
        for (int x = 0; x < @(t.d_out.width); x += @(columns)) {
            for (int j = 0; j < @(per_unit); j++) {
                const struct tap *const tap = &@(taps.name)[first + j];
//: if columns < t.d_out.width then
                const int x0 = at_least(x, tap->x0), x1 = at_most(x + @(columns), tap->x1);
//: else
                const int x0 = tap->x0, x1 = tap->x1;
//: end
//: if parts > 1 then
                const int is_first = y == at_least(y_begin, tap->y0) && x0 == tap->x0;
//: else
                const int is_first = y == tap->y0 && x0 == tap->x0;
//: end
                if (y >= tap->y0 && y < tap->y1 && x0 < x1)
//: if shrinks then
                    @(name)_tap(a, tap, y, x0, x1, c, channels, is_first ? 0 : 1, sum[tap->place], scratch);
//: else
                    @(name)_tap(a, tap, y, x0, x1, c, is_first ? 0 : 1, sum[tap->place], scratch);
//: end
            }
        }
    }
//: if parts > 1 then
    for (int j = 0; j < @(per_unit); j++) {
        const struct tap *const left = &@(taps.name)[first + j];
        const int is_reached = at_least(y_begin, left->y0) < at_most(y_end, left->y1);
        if (!is_reached)
            for (int group = 0; group < @(groups); group++)
//:   if shrinks then
                memset(sum[left->place][group][c], 0, (size_t)channels * sizeof sum[0][0][0]);
//:   else
                memset(sum[left->place][group][c], 0, @(cblock) * sizeof sum[0][0][0]);
//:   end
    }
//: end
}

//: if parts > 1 then
@(include "kernels/parts/add_parts.c")

//: end
void @(name)(@(signature))
{
//: if shrinks then
    const int channels = share_of_unit(host, @(parts * tap_units), @(cg), @(cblock), @(least_channels)), blocks = (@(cg) + channels - 1) / channels;
    const struct @(name)_arguments a = {@(pack), channels, blocks};
    run_with_scratch(host, @(parts * tap_units) * blocks, @(name)_unit, &a);
//: else
    const struct @(name)_arguments a = {@(pack)};
    run_with_scratch(host, @(parts * tap_units * cblocks), @(name)_unit, &a);
//: end
//: if parts > 1 then
    run(host, @(pieces), @(name)_add, &a);
//: end
}
