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

/* One tap's share of a block of output columns of row y, @(channels_added): a unit's first of a tap is written, others are
 * added. */
static void @(name)_tap(
//: if parts > 1 then
    const struct @(name)_arguments *a, int part, const struct tap *tap, int y,
//: else
    const struct @(name)_arguments *a, const struct tap *tap, int y,
//: end
//: if columns < t.d_out.width then
    int x,
//: end
//: if shrinks then
    int c, int channels, void *scratch)
//: else
    int c, void *scratch)
//: end
{
//: if columns < t.d_out.width then
    const int x0 = at_least(x, tap->x0), x1 = at_most(x + @(columns), tap->x1);
//: else
    const int x0 = tap->x0, x1 = tap->x1;
//: end
    if (y < tap->y0 || y >= tap->y1 || x0 >= x1)
        return;
//: if staged then
    @(real) *const stage = kernel_scratch(scratch); /* rows of one position: of x, then of d_out */
//: end
//: if parts > 1 then
    @(t.d_weight.type)(*const sum)[@(cg)][@(og)] = a->workspace[part][tap->place];
    const int is_first = y == at_least(part * @(t.d_out.height) / @(parts), tap->y0) && x0 == tap->x0;
//: else
    @(t.d_weight.type)(*const sum)[@(cg)][@(og)] = a->d_weight[tap->place];
    const int is_first = y == tap->y0 && x0 == tap->x0;
//: end
//: if groups > 1 then
    for (int group = 0; group < @(groups); group++)
        gemm_sum(scratch, x1 - x0, a->n, @(cg), @(og),
                 positions(&a->x[y * @(sy) + tap->dy][x0 * @(sx) + tap->dx][0][group * @(cg) + c],
                           @(sx) * @(t.x.stride.position), @(t.x.stride.image)),
                 positions(&a->d_out[y][x0][0][group * @(og)], @(t.d_out.stride.position), @(t.d_out.stride.image)),
                 into(sum[group][c], @(og), is_first ? 0 : 1));
//: else
//:   if shrinks then
    gemm_sum@(of_pairs)(scratch, x1 - x0, a->n, channels, @(og),
//:   else
    gemm_sum@(of_pairs)(scratch, x1 - x0, a->n, @(cblock), @(og),
//:   end
             @(positions_of(t.x, "&a->x[y * " .. sy .. " + tap->dy][x0 * " .. sx .. " + tap->dx][0][c]", sx .. " * " .. t.x.stride.position, t.x.stride.image, "stage", is_narrow)),
             @(positions_of(t.d_out, "a->d_out[y][x0][0]", t.d_out.stride.position, t.d_out.stride.image, "stage + BATCH * " .. cblock, is_narrow)),
             into(sum[0][c], @(og), is_first ? 0 : 1));
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
    const int y_begin = part * @(t.d_out.height) / @(parts), y_end = (part + 1) * @(t.d_out.height) / @(parts);
//: else
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
    for (int y = y_begin; y < y_end; y++)
        for (int x = 0; x < @(t.d_out.width); x += @(columns))
            for (int j = 0; j < @(per_unit); j++)
                @(name)_tap(a,
//: if parts > 1 then
                            part,
//: end
                            &@(taps.name)[first + j], y,
//: if columns < t.d_out.width then
                            x,
//: end
//: if shrinks then
                            c, channels, scratch);
//: else
                            c, scratch);
//: end
//: if parts > 1 then
    for (int j = 0; j < @(per_unit); j++) {
        const struct tap *const left = &@(taps.name)[first + j];
        const int is_reached = at_least(y_begin, left->y0) < at_most(y_end, left->y1);
        if (!is_reached)
            for (int group = 0; group < @(groups); group++)
//:   if shrinks then
                memset(a->workspace[part][left->place][group][c], 0, (size_t)channels * sizeof a->workspace[0][0][0][0]);
//:   else
                memset(a->workspace[part][left->place][group][c], 0, @(cblock) * sizeof a->workspace[0][0][0][0]);
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
