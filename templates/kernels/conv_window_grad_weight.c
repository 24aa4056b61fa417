//- Convolution of few channels a group, gradient of the weight.
/* @(title)
 *
 * d_weight of a tap, of the k-th input of a group and of output o is the sum over outputs of x, as the tap reads it, times
 * d_out; by tiles of @(columns) columns, each input of whose window is read once. A unit sums @(rows) rows of @(images) images; the
 * units are added up afterwards. */
struct @(name)_arguments {
@(fields)
};

//: for _, phase in ipairs(phases) do
//:   for _, tile in ipairs(phase.tiles) do
/* Adds what n images of a tile give to channels @(tile.first) to @(tile.last). */
static void @(name)_tile@(tile.suffix)(const @(real) *const *from, const @(real) *const *of, int n, @(real) *sum)
{
//:     if tile.is_ordered then
    static const int places[LANES] = {@(tile.order)};
    const order_type order = order_of(places);
//:     end
    for (int k = 0; k < @(from_group); k++) {
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
static void @(name)_unit(const void *argument, int unit)
{
    static const struct {
        int y, x;
    } window[] = {@(initialisers(phases[1].inputs, "y", "x"))};
    const struct @(name)_arguments *const a = argument;
    const int first = unit % @(iblocks) * @(images), n = at_most(a->n - first, @(images));
    const int begin = unit / @(iblocks) * @(rows), end = @(end_of("begin", rows, height));
    @(real) *const sum = a->workspace[unit][0][0];
    memset(sum, 0, @(floats) * sizeof *sum);
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
            @(name)_tile@(tile.suffix)(from, of, n, sum);
//: end
        }
    }
}

/* Adds up what the units have for one tap and one input of each group. */
static void @(name)_add(const void *argument, int index, void *scratch)
{
    const struct @(name)_arguments *const a = argument;
    const int tap = index / @(from_group), k = index % @(from_group);
    @(real) *const sum = kernel_scratch(scratch);
    sum_rows(@(units), @(to_channels), a->workspace[0][tap][k], @(floats), sum);
    for (int o = 0; o < @(to_channels); o++)
        a->d_weight[tap][o / @(to_group)][k][o % @(to_group)] = sum[o];
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(units), @(name)_unit, &a);
    run_with_scratch(host, @(n_taps * from_group), @(name)_add, &a);
}
