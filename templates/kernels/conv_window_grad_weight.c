//- Convolution of few channels a group, gradient of the weight.
/* @(title)
 *
 * d_weight of a tap, of the k-th input of a group and of output o is the sum over outputs of x, as the tap reads it, times
 * d_out; by tiles of @(columns) columns, each input of whose window is read once. A unit sums @(of_part); the
 * parts are added up afterwards. */
struct @(name)_arguments {
@(fields)
//: if shares_inputs then
    int inputs, blocks; /* of a group for a unit; units of all of them */
//: end
};

//: for _, phase in ipairs(phases) do
//:   for _, tile in ipairs(phase.tiles) do
/* Adds what n images of a tile give to channels @(tile.first) to @(tile.last). */
//:     if shares_inputs then
static void @(name)_tile@(tile.suffix)(const @(real) *const *from, const @(real) *const *of, int n, int begin, int end, @(real) *sum)
//:     else
static void @(name)_tile@(tile.suffix)(const @(real) *const *from, const @(real) *const *of, int n, @(real) *sum)
//:     end
{
//:     if tile.is_ordered then
    static const int places[LANES] = {@(tile.order)};
    const order_type order = order_of(places);
//:     end
//:     if shares_inputs then
    for (int k = begin; k < end; k++) {
//:     else
    for (int k = 0; k < @(from_group); k++) {
//:     end
        for (int v = 0; v < @(tile.count); v++) {
            const int o = @(tile.first) + v * LANES;
            @(real) *const to = sum + k * @(to_channels) + o;
            vector total[@(n_taps)];
//:     for place = 0, n_taps - 1 do
            total[@(place)] = spread(0);
//:     end
            for (int i = 0; i < n; i++) {
                const ptrdiff_t at = (ptrdiff_t)i * @(t.x.stride.image) + o / @(to_group) * @(from_group) + k;
                const ptrdiff_t of_at = (ptrdiff_t)i * @(t.d_out.stride.image) + o;
                vector d[@(columns)], x;
//:     for column = 0, columns - 1 do
//:       if tile.is_part then
                d[@(column)] = load_part(of[@(column)] + of_at, @(tile.part));
//:       else
                d[@(column)] = load(of[@(column)] + of_at);
//:       end
//:     end
//:     for j, input in ipairs(phase.inputs) do
//:       if tile.kind == "one" then
                x = spread(*(from[@(j - 1)] + at));
//:       elseif tile.kind == "as they are" and tile.is_part then
                x = load_part(from[@(j - 1)] + at, @(tile.part));
//:       elseif tile.kind == "as they are" then
                x = load(from[@(j - 1)] + at);
//:       elseif tile.kind == "gathered" then
                x = gather(from[@(j - 1)] + at, order);
//:       elseif tile.is_short then
                x = arrange(load_part(from[@(j - 1)] + at, @(tile.span)), order);
//:       else
                x = arrange(load(from[@(j - 1)] + at), order);
//:       end
//:       for _, use in ipairs(input.uses) do
                total[@(use.place)] = multiply_add(x, d[@(use.column)], total[@(use.place)]);
//:       end
//:     end
            }
//:     for place = 0, n_taps - 1 do
//:       if tile.is_part then
            store_part(to + @(place * from_group * to_channels), add(load_part(to + @(place * from_group * to_channels), @(tile.part)), total[@(place)]), @(tile.part));
//:       else
            store(to + @(place * from_group * to_channels), add(load(to + @(place * from_group * to_channels)), total[@(place)]));
//:       end
//:     end
        }
    }
}

//:   end
//: end
//: if shares_inputs then
/* Adds what a block, @(rows) rows of @(images) images, gives for inputs k0 .. k1 - 1 of each group. */
static void @(name)_block(const struct @(name)_arguments *a, int block, int k0, int k1, @(real) *sum)
//: else
/* Adds what a block, @(rows) rows of @(images) images, gives. */
static void @(name)_block(const struct @(name)_arguments *a, int block, @(real) *sum)
//: end
{
    static const struct {
        int y, x;
    } window[] = {@(initialisers(phases[1].inputs, "y", "x"))};
    const int first = block % @(iblocks) * @(images), n = at_most(a->n - first, @(images));
    const int begin = block / @(iblocks) * @(rows), end = @(end_of("begin", rows, height));
    for (int y = begin; n > 0 && y < end; y++) {
        for (int x = 0; x < @(width); x += @(columns)) {
            const @(real) *from[@(most)], *of[@(columns)];
            for (int j = 0; j < @(columns); j++)
                of[j] = x + j < @(width) ? a->d_out[y][x + j][first] : outside;
            for (int j = 0; j < @(most); j++) {
                const int from_y = y * @(sy) + window[j].y, from_x = x * @(sx) + window[j].x;
                const int inside = from_y >= 0 && from_y < @(from_height) && from_x >= 0 && from_x < @(from_width);
                from[j] = inside ? a->x[from_y][from_x][first] : outside;
            }
//: for _, tile in ipairs(phases[1].tiles) do
//:   if shares_inputs then
            @(name)_tile@(tile.suffix)(from, of, n, k0, k1, sum);
//:   else
            @(name)_tile@(tile.suffix)(from, of, n, sum);
//:   end
//: end
        }
    }
}

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
//: if shares_inputs then
    const int part = unit / a->blocks, k0 = unit % a->blocks * a->inputs, k1 = at_most(@(from_group), k0 + a->inputs);
    @(real) *const sum = a->workspace[part][0][0];
    for (int tap = 0; tap < @(n_taps); tap++)
        memset(a->workspace[part][tap][k0], 0, (size_t)(k1 - k0) * sizeof a->workspace[0][0][0]);
//: else
    const int part = unit;
    @(real) *const sum = a->workspace[part][0][0];
    memset(sum, 0, @(floats) * sizeof *sum);
//: end
//: if parts < units then
    for (int block = part * @(units) / @(parts); block < (part + 1) * @(units) / @(parts); block++)
//:   if shares_inputs then
        @(name)_block(a, block, k0, k1, sum);
//:   else
        @(name)_block(a, block, sum);
//:   end
//: elseif shares_inputs then
    @(name)_block(a, part, k0, k1, sum);
//: else
    @(name)_block(a, part, sum);
//: end
}

/* Adds up what the parts have for some channels of one tap and one input of each group. */
static void @(name)_add(const void *argument, int unit, void *scratch)
{
    const struct @(name)_arguments *const a = argument;
//: if pieces > 1 then
    const int tap = unit / @(from_group * pieces), k = unit / @(pieces) % @(from_group);
    const int begin = unit % @(pieces) * @(piece), count = @(size_of("begin", piece, to_channels));
//: else
    enum { begin = 0, count = @(to_channels) };
    const int tap = unit / @(from_group), k = unit % @(from_group);
//: end
    @(real) *const sum = kernel_scratch(scratch);
    sum_rows(@(parts), count, a->workspace[0][tap][k] + begin, @(floats), sum);
    for (int o = begin; o < begin + count; o++)
        a->d_weight[tap][o / @(to_group)][k][o % @(to_group)] = sum[o - begin];
}

void @(name)(@(signature))
{
//: if shares_inputs then
    const int inputs = share_of_unit(host, @(parts), @(from_group), @(from_group), 1), blocks = (@(from_group) + inputs - 1) / inputs;
    const struct @(name)_arguments a = {@(pack), inputs, blocks};
    run(host, @(parts) * blocks, @(name)_unit, &a);
//: else
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(parts), @(name)_unit, &a);
//: end
    run_with_scratch(host, @(n_taps * from_group * pieces), @(name)_add, &a);
}
