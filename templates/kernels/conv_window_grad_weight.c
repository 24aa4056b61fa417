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
//:     if tile.ordered then
    static const int places[LANES] = {@(tile.places)};
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
//:     for column, gradient in ipairs(tile.gradients) do
                d[@(column - 1)] = @(gradient);
//:     end
//:     for _, line in ipairs(tile.lines) do
                @(line)
//:     end
            }
//:     for _, line in ipairs(tile.stores) do
            @(line)
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
    } window[] = {@(phases[1].places)};
    static const @(real) outside[@(largest)] = {0};
    const struct @(name)_arguments *const a = argument;
    const int first = unit % @(iblocks) * @(images), n = at_most(a->n - first, @(images));
    const int begin = unit / @(iblocks) * @(rows), end = at_most(begin + @(rows), @(height));
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
