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
//: if direct then
/* C += A B for A of [count * n][k], its rows @(from_channels) floats apart, B from row `begin` of the weight on, and C the outputs of
//: else
/* C += A B for A of [count * n][k], its rows side by side, B from row `begin` of the weight on, and C the outputs of
//: end
 * `count` positions from `first` on. Those of a full batch are one product. */
static void @(name)_product(const struct @(name)_arguments *a, int first, int count, int group, int o, int begin, int k,
                            const @(real) *from, int beta)
{
    const @(real) *const weight = a->weight[group][o / @(width)][begin];
    int columns = count, images = a->n;
    if (images == BATCH) {
        images *= columns;
        columns = 1;
    }
    for (int j = 0; j < columns; j++) {
        @(pointer(t.out, " + " .. start_of(t.out, "(first + j)") .. " + group * " .. og .. " + o"));
//: if direct then
        gemm(NULL, images, @(made), k, from + (ptrdiff_t)j * BATCH * @(from_channels), @(from_channels), 1, weight, @(width), @(k), weight, beta,
             out, @(channels));
//: else
        gemm(NULL, images, @(made), k, from + (ptrdiff_t)j * images * k, k, 1, weight, @(width), @(k), weight, beta, out, @(channels));
//: end
    }
}

static void @(name)_unit(const void *argument, int unit, void *scratch)
{
    const struct @(name)_arguments *const a = argument;
    const int first = unit / @(parts) * @(rows), count = at_most(@(positions) - first, @(rows));
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
//: if direct then
    (void)scratch;
    @(pointer(t.x, " + " .. start_of(t.x, "first"), "from"));
//:   if begins then
    @(name)_product(a, first, count, 0, o, 0, @(k), from, 1);
//:   else
    @(name)_product(a, first, count, 0, o, 0, @(k), from, 0);
//:   end
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
//:   if begins then
            @(name)_product(a, first, count, group, o, block * @(block * cg), taps * @(cg), gathered, 1);
//:   else
            @(name)_product(a, first, count, group, o, block * @(block * cg), taps * @(cg), gathered, block > 0);
//:   end
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
//:   if constant then
                out[i * @(channels) + c] = @(called)(value, @(f32(constant)));
//:   else
                out[i * @(channels) + c] = @(called)(value);
//:   end
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
