//- Convolution, gradient of the input: each input row gathers from the outputs that read it.
/* @(title)
 *
 * One unit completes @(share): for each tap and the outputs y, x with
 * y * stride + dy on that row, [columns * images][@(summed)] x [@(made)][@(summed)]'.
 * @(flop_note) */
struct @(name)_arguments {
@(fields)
//: if shares_images then
    int images; /* of a unit */
//: end
};

/* One panel of the weight of one tap, transposed, or some of its rows. */
static void @(name)_turn(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
//: if is_narrow then
    const int first = unit % @(panels) * PANEL;
    narrow_rows(at_most(@(cg) - first, PANEL), @(og), a->weight[@(place)][0][first], (bf16 *)a->narrow[first], @(og));
    panel_turn(unit, 0, @(k), @(cg), @(k), a->narrow[0], @(k), a->turned[0][0]);
//: else
//:   if turn_rows < k then
    const int row = unit / @(panels * #taps) * @(turn_rows), tap = unit / @(panels) % @(#taps);
//:   elseif turn_units > 1 then
    enum { row = 0 };
    const int tap = unit / @(panels);
//:   else
    enum { row = 0, tap = 0 };
    (void)unit; /* there is one */
//:   end
    for (int group = 0; group < @(groups); group++)
        panel_turn(unit % @(panels), row, @(end_of("row", turn_rows, k)), @(cg), @(og), a->weight[tap][group][0], @(og), a->turned[tap][group]);
//: end
}

//: if staged then
static void @(name)_unit(const void *argument, int unit, void *scratch)
//: else
static void @(name)_unit(const void *argument, int unit)
//: end
{
    const struct @(name)_arguments *const a = argument;
//: if staged then
    @(real) *const stage = kernel_scratch(scratch); /* rows of one position: of d_out, then of d_x */
//: end
//: if cuts_images then
    const int first = unit / @(t.d_x.height * blocks * oblocks) * @(images), count = at_most(a->n - first, @(images));
    const int row = unit % @(t.d_x.height * blocks * oblocks) / @(blocks * oblocks);
//: elseif shares_images then
    const int first = unit / @(t.d_x.height * blocks * oblocks) * a->images, count = at_most(a->n - first, a->images);
    const int row = unit % @(t.d_x.height * blocks * oblocks) / @(blocks * oblocks);
//: else
    enum { first = 0 };
    const int row = unit / @(blocks * oblocks);
//: end
//: if sx == 1 then
    const int begin = unit / @(oblocks) % @(blocks) * @(columns), end = @(end_of("begin", columns, t.d_x.width));
//: end
//: if oblocks > 1 then
    const int o = unit % @(oblocks) * @(oblock);
//: else
    enum { o = 0 };
//: end
//: if adds ~= "always" and not covered then
//:   if sx == 1 and adds == "never" then
    for (int x = begin; x < end; x++)
//:   elseif sx == 1 then
    for (int x = begin; !a->add && x < end; x++)
//:   elseif adds == "never" then
    for (int x = 0; x < @(t.d_x.width); x++)
//:   else
    for (int x = 0; !a->add && x < @(t.d_x.width); x++)
//:   end
//:   if cuts_images or shares_images then
        for (int i = first; i < first + count; i++)
//:   else
        for (int i = first; i < a->n; i++)
//:   end
            for (int c = 0; c < @(width); c++)
                @(set(t.d_x, "a->d_x[row][x][i][o + c]", "0"));
//: end
    for (int j = 0; j < @(#taps); j++) {
        const struct tap *const tap = &@(taps.name)[j];
//: if sx == 1 and blocks > 1 then
        const int x0 = at_least(begin - tap->dx, tap->x0), x1 = at_most(end - tap->dx, tap->x1);
//: else
        const int x0 = tap->x0, x1 = tap->x1;
//: end
//: if adds == "always" or not covered then
        enum { beta = 1 };
//: elseif #taps == 1 then
        const int beta = @(beta);
//: elseif adds == "never" then
        const int beta = j > 0;
//: else
        const int beta = a->add || j > 0;
//: end
//: if sy == 1 then
        const int y = row - tap->dy;
        if (y >= tap->y0 && y < tap->y1 && x0 < x1)
//: else
        const int y = (row - tap->dy) / @(sy);
        if (y * @(sy) + tap->dy == row && y >= tap->y0 && y < tap->y1 && x0 < x1)
//: end
//: if groups > 1 then
            for (int group = 0; group < @(groups); group++)
//:   if cuts_images or shares_images then
                gemm_positions(NULL, x1 - x0, count, @(cg), @(og),
//:   else
                gemm_positions(NULL, x1 - x0, a->n, @(cg), @(og),
//:   end
                               positions(&a->d_out[y][x0][first][group * @(og)], @(t.d_out.stride.position),
                                         @(t.d_out.stride.image)),
                               in_panels(a->turned[tap->place][group], @(og), @(cg), 0),
                               into_positions(&a->d_x[row][x0 * @(sx) + tap->dx][first][group * @(cg)],
                                              @(sx) * @(t.d_x.stride.position), @(t.d_x.stride.image), beta));
//: else
//:   if cuts_images or shares_images then
            gemm_positions@(of_pairs)(NULL, x1 - x0, count, @(width), @(k),
//:   else
            gemm_positions@(of_pairs)(NULL, x1 - x0, a->n, @(width), @(k),
//:   end
                           @(positions_of(t.d_out, "a->d_out[y][x0][first]", t.d_out.stride.position, t.d_out.stride.image, "stage", is_narrow)),
//:   if is_narrow then
                           in_panels(a->turned[0][0], @(k), @(cg), o),
//:   else
                           in_panels(a->turned[tap->place][0], @(og), @(cg), o),
//:   end
                           @(into_positions_of(t.d_x, "&a->d_x[row][x0 * " .. sx .. " + tap->dx][first][o]", sx .. " * " .. t.d_x.stride.position, t.d_x.stride.image, "beta", "stage + BATCH * " .. og)));
//: end
    }
}

void @(name)(@(signature))
{
//: if shares_images then
    const int images = share_of_unit(host, @(t.d_x.height * blocks * oblocks), n, @(images), @(least_images)), blocks = (n + images - 1) / images;
    const struct @(name)_arguments a = {@(pack), images};
//: else
    const struct @(name)_arguments a = {@(pack)};
//: end
    run(host, @(turn_units), @(name)_turn, &a);
//: if cuts_images then
    @(run)(host, (n + @(images - 1)) / @(images) * @(t.d_x.height * blocks * oblocks), @(name)_unit, &a);
//: elseif shares_images then
    @(run)(host, @(t.d_x.height * blocks * oblocks) * blocks, @(name)_unit, &a);
//: else
    @(run)(host, @(t.d_x.height * blocks * oblocks), @(name)_unit, &a);
//: end
}
