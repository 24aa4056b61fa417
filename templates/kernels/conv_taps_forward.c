//- Convolution forward: one product a tap for a block of output columns, no lowering.
/* @(title)
 *
 * One unit makes @(share): for each tap that
 * reaches them, [columns * images][@(summed)] x [@(summed)][@(made)].
 * @(flop_note) */
struct @(name)_arguments {
@(fields)
//: if shares_images then
    int images; /* of a unit */
//: end
};

//: if is_narrow then
/* The weights of two input channels as pairs. */
static void @(name)_kernel(const void *argument, int pair)
{
    const struct @(name)_arguments *const a = argument;
    pair_rows(2, @(og), a->weight[@(place)][0][2 * pair], @(og), 0, a->kernel[pair]);
}

//: end
static void @(name)_unit(const void *argument, int unit, void *scratch)
{
    const struct @(name)_arguments *const a = argument;
//: if shares_images then
    const int first = unit / @(t.out.height * blocks * oblocks) * a->images, n = at_most(a->n - first, a->images);
    const int y = unit % @(t.out.height * blocks * oblocks) / @(blocks * oblocks), x_begin = unit / @(oblocks) % @(blocks) * @(columns);
//: else
    enum { first = 0 };
    const int n = a->n;
    const int y = unit / @(blocks * oblocks), x_begin = unit / @(oblocks) % @(blocks) * @(columns);
//: end
    const int x_end = @(end_of("x_begin", columns, t.out.width));
//: if oblocks > 1 then
    const int o = unit % @(oblocks) * @(oblock);
//: else
    enum { o = 0 };
//: end
//: if staged then
    @(real) *const stage = kernel_scratch(scratch); /* rows of one position: of x, then of out */
//: end
//: if not covered then
    for (int x = x_begin; x < x_end; x++)
        for (int i = first; i < first + n; i++)
            for (int c = 0; c < @(width); c++)
//:   if has.bias then
                @(set(t.out, "a->out[y][x][i][o + c]", "a->bias[o + c]"));
//:   else
                @(set(t.out, "a->out[y][x][i][o + c]", "0"));
//:   end
//: end
    for (int j = 0; j < @(#taps); j++) {
        const struct tap *const tap = &@(taps.name)[j];
//: if blocks > 1 then
        const int x0 = at_least(x_begin, tap->x0), x1 = at_most(x_end, tap->x1);
//: else
        const int x0 = tap->x0, x1 = tap->x1;
//: end
//: if covered and #taps > 1 then
        const int beta = j > 0;
//: elseif covered and not starts then
        enum { beta = 0 };
//: elseif not starts then
        enum { beta = 1 };
//: end
        if (y >= tap->y0 && y < tap->y1 && x0 < x1)
//: if groups > 1 then
            for (int group = 0; group < @(groups); group++)
                gemm_positions(scratch, x1 - x0, n, @(og), @(cg),
                               positions(&a->x[y * @(sy) + tap->dy][x0 * @(sx) + tap->dx][first][group * @(cg)],
                                         @(sx) * @(t.x.stride.position), @(t.x.stride.image)),
                               by_rows(a->weight[tap->place][group][0], @(og)),
                               into_positions(&a->out[y][x0][first][group * @(og)], @(t.out.stride.position),
                                              @(t.out.stride.image), beta));
//: else
            gemm_positions@(of_pairs)(scratch, x1 - x0, n, @(width), @(k),
                           @(positions_of(t.x, "a->x[y * " .. sy .. " + tap->dy][x0 * " .. sx .. " + tap->dx][first]", sx .. " * " .. t.x.stride.position, t.x.stride.image, "stage", is_narrow)),
//:   if is_narrow then
                           by_rows(a->kernel[0] + o, @(og)),
//:   else
                           by_rows(&a->weight[tap->place][0][0][o], @(og)),
//:   end
//:   if starts then
                           onto_row(&a->out[y][x0][first][o], @(t.out.stride.position), @(t.out.stride.image), &a->bias[o], stage + BATCH * @(cg)));
//:   else
                           @(into_positions_of(t.out, "&a->out[y][x0][first][o]", t.out.stride.position, t.out.stride.image, "beta", "stage + BATCH * " .. cg)));
//:   end
//: end
    }
//: if has.statistics and not shares_images then
//:   if lacks.statistics then
    if (!a->statistics)
        return;
//:   end
//:   if t.out.is_bf16 then
    for (int x = x_begin; x < x_end; x++) {
        widen_rows(a->n, @(width), &a->out[y][x][0][o], @(t.out.channels), stage);
        partial_statistics(@(width), @(width), a->n, stage,
                           &a->partial[y * @(t.out.width) + x][0][o], &a->partial[y * @(t.out.width) + x][1][o]);
    }
//:   else
    for (int x = x_begin; x < x_end; x++)
        partial_statistics(@(width), @(t.out.channels), a->n, &a->out[y][x][0][o],
                           &a->partial[y * @(t.out.width) + x][0][o], &a->partial[y * @(t.out.width) + x][1][o]);
//:   end
//: end
}

//: if has.statistics and shares_images then
@(include "kernels/parts/position_statistics.c")

//: end
//: if has.statistics then
@(include "kernels/parts/join_statistics.c")
//: end
void @(name)(@(signature))
{
//: if shares_images then
    const int images = share_of_unit(host, @(t.out.height * blocks * oblocks), n, @(images), @(least_images)), blocks = (n + images - 1) / images;
    const struct @(name)_arguments a = {@(pack), images};
//: else
    const struct @(name)_arguments a = {@(pack)};
//: end
//: if is_narrow then
    run(host, @(k), @(name)_kernel, &a);
//: end
//: if shares_images then
    run_with_scratch(host, @(t.out.height * blocks * oblocks) * blocks, @(name)_unit, &a);
//: else
    run_with_scratch(host, @(t.out.height * blocks * oblocks), @(name)_unit, &a);
//: end
//: if has.statistics and shares_images then
@(include "kernels/parts/call_position_statistics.c")
//: end
//: if has.statistics then
@(include "kernels/parts/call_join.c")
//: end
}
