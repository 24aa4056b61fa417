//- Convolution or fully connected layer with fixed weights: inputs of a block of outputs side by side, then a product.
/* @(title)
 *
 *     out = @(formula)
 *
//: if direct then
 * One unit makes @(rows) positions@(of_channels): [positions * images][@(k)] x [@(k)][@(made)]. */
//: else
 * One unit makes @(rows) positions@(of_channels): their inputs of @(of_taps) side by side, zeros for padding,
 * [positions * images][@(block * cg)], and the product by these taps' weights, [@(block * cg)][@(made)]. */
//: end
struct @(name)_arguments {
@(fields)
};

//: if not direct then
/* The inputs of `count` positions from `first` on that n_taps taps from `tap` on read, for one group of channels. */
static void @(name)_gather(const struct @(name)_arguments *a, int first, int count, int tap, int n_taps, int group, @(real) *to)
{
    for (int position = first; position < first + count; position++) {
        const int y = position / @(out_width), x = position % @(out_width);
        for (int j = 0; j < n_taps; j++) {
            const struct tap *const t = &@(taps.name)[tap + j];
            const int inside = y >= t->y0 && y < t->y1 && x >= t->x0 && x < t->x1;
            const int at = inside ? (y * @(sy) + t->dy) * @(t.x.width) + x * @(sx) + t->dx : 0;
            @(pointer(t.x, " + " .. start_of(t.x, "at"), "from"));
            for (int i = 0; i < a->n; i++) {
                @(real) *const row = to + ((position - first) * a->n + i) * n_taps * @(cg) + j * @(cg);
                if (inside)
                    memcpy(row, from + i * @(from_channels) + group * @(cg), @(cg) * sizeof *row);
                else
                    memset(row, 0, @(cg) * sizeof *row);
            }
        }
    }
}

//: end
static void @(name)_unit(const void *argument, int unit, void *scratch)
{
    const struct @(name)_arguments *const a = argument;
    const int first = unit / @(parts) * @(rows), count = @(size_of("first", rows, positions));
//: if parts > 1 then
    const int o = unit % @(parts) * @(made);
//: else
    enum { o = 0 };
//: end
//: if begins then
    for (int position = first; position < first + count; position++) {
        const ptrdiff_t start = @(start_of(t.out, "position")) + o;
        @(pointer(t.out, " + start"));
//:   if has.residual then
        @(pointer(t.residual, " + start"));
//:   end
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < @(part); c++)
//:   if has.bias and has.residual then
                out[i * @(channels) + c] = a->bias[o + c] + residual[i * @(channels) + c];
//:   elseif has.bias then
                out[i * @(channels) + c] = a->bias[o + c];
//:   else
                out[i * @(channels) + c] = residual[i * @(channels) + c];
//:   end
        }
    }
//: end
    const ptrdiff_t begin = @(start_of(t.out, "first")) + o;
    @(pointer(t.out, " + begin", "to"));
//: if direct then
    (void)scratch;
    @(pointer(t.x, " + " .. start_of(t.x, "first"), "from"));
    gemm_positions(NULL, count, a->n, @(made), @(k), positions(from, @(t.x.stride.position), @(from_channels)),
                   in_panels(a->weight[0][o / @(width)][0], @(k), @(width), 0),
                   into_positions(to, @(t.out.stride.position), @(channels), @(begun)));
//: else
    @(real) *const gathered = kernel_scratch(scratch);
//:   if groups > 1 then
    for (int group = 0; group < @(groups); group++) {
//:   else
    {
        enum { group = 0 };
//:   end
//:   if blocks > 1 then
        for (int block = 0; block < @(blocks); block++) {
//:     if last < block then
            const int taps = block < @(blocks - 1) ? @(block) : @(last);
//:     else
            enum { taps = @(block) };
//:     end
//:   else
        {
            enum { block = 0, taps = @(block) };
//:   end
            @(name)_gather(a, first, count, block * @(block), taps, group, gathered);
            gemm_positions(NULL, count, a->n, @(made), taps * @(cg),
                           positions(gathered, a->n * taps * @(cg), taps * @(cg)),
                           in_panels(a->weight[group][o / @(width)][block * @(block * cg)], @(k), @(width), 0),
                           into_positions(to + group * @(og), @(t.out.stride.position), @(channels), @(from_block)));
        }
    }
//: end
//: if has_store then
    for (int position = first; position < first + count; position++) {
        const ptrdiff_t start = @(start_of(t.out, "position")) + o;
        @(pointer(t.out, " + start"));
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < @(part); c++) {
                const @(real) value = out[i * @(channels) + c];
                out[i * @(channels) + c] = @(apply(called, constant, "value"));
            }
        }
    }
//: end
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run_with_scratch(host, @(units), @(name)_unit, &a);
}
