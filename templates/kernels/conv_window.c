//- Convolution of few channels a group, forward and gradient of the input: a window of inputs for a tile of outputs.
/* @(title)
 *
 * @(to)[y][x][i][o] @(t[to].assign) the sum of taps and of the channels of o's group (@(from_group)), weight times @(from). Tiles of
 * @(columns) columns; each input of a tile's window is read once for all that it gives to.
//: if has_store then
 *
 *     @(to) = @(formula)
//: end
 *
 * A unit is @(rows) rows of @(images) images. */
struct @(name)_arguments {
@(fields)
};

//: if turned then
/* The weight of one tap as [@(from_group)][@(to_channels)]: the channels of a group, then those of the other side. */
static void @(name)_turn(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
//:   if turn_pieces > 1 then
    const int tap = unit / @(turn_pieces), begin = unit % @(turn_pieces) * @(turn_groups), end = @(end_of("begin", turn_groups, groups));
//:   else
    enum { begin = 0, end = @(groups) };
    const int tap = unit;
//:   end
    for (int group = begin; group < end; group++)
        for (int from = 0; from < @(from_group); from++)
            for (int to = 0; to < @(to_group); to++)
//:   if is_backward then
                a->turned[tap][from][group * @(to_group) + to] = a->weight[tap][group][to][from];
//:   else
                a->turned[tap][from][group * @(to_group) + to] = a->weight[tap][group][from][to];
//:   end
}

//: end
//: for _, phase in ipairs(phases) do
//:   for _, tile in ipairs(phase.tiles) do
/* Channels @(tile.first) to @(tile.last) of a tile, n images. */
static void @(name)_tile@(tile.suffix)(const struct @(name)_arguments *a, const @(real) *const *from, int n, @(real) *const *to)
{
//:     if tile.is_ordered then
    static const int places[LANES] = {@(tile.order)};
    const order_type order = order_of(places);
//:     end
//:     if #phase.inputs > 0 and turned then
    const @(real) *const weight = a->turned[0][0];
//:     elseif #phase.inputs > 0 then
    const @(real) *const weight = (const @(real) *)a->weight;
//:     else
    (void)a, (void)from;
//:     end
    for (int i = 0; i < n; i++) {
        for (int v = 0; v < @(tile.count); v++) {
            const int o = @(tile.first) + v * LANES;
            const ptrdiff_t to_at = (ptrdiff_t)i * @(t[to].stride.image) + o;
            vector sum[@(columns)];
//:     for column = 0, columns - 1 do
//:       if adds == "always" and tile.is_part then
            sum[@(column)] = load_part(to[@(column)] + to_at, @(tile.part));
//:       elseif adds == "always" then
            sum[@(column)] = load(to[@(column)] + to_at);
//:       elseif adds == "sometimes" and tile.is_part then
            sum[@(column)] = a->add ? load_part(to[@(column)] + to_at, @(tile.part)) : spread(0);
//:       elseif adds == "sometimes" then
            sum[@(column)] = a->add ? load(to[@(column)] + to_at) : spread(0);
//:       elseif has.bias and tile.is_part then
            sum[@(column)] = load_part(a->bias + o, @(tile.part));
//:       elseif has.bias then
            sum[@(column)] = load(a->bias + o);
//:       else
            sum[@(column)] = spread(0);
//:       end
//:     end
//:     if #phase.inputs > 0 then
            for (int k = 0; k < @(from_group); k++) {
                const ptrdiff_t at = (ptrdiff_t)i * @(t[from].stride.image) + o / @(to_group) * @(from_group) + k;
                const @(real) *const w = weight + k * @(to_channels) + o;
                vector x;
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
//:         if tile.is_part then
                sum[@(use.column)] = multiply_add(x, load_part(w + @(use.weight), @(tile.part)), sum[@(use.column)]);
//:         else
                sum[@(use.column)] = multiply_add(x, load(w + @(use.weight)), sum[@(use.column)]);
//:         end
//:       end
//:     end
            }
//:     end
//:     for column = 0, columns - 1 do
//:       if tile.is_part then
            store_part(to[@(column)] + to_at, sum[@(column)], @(tile.part));
//:       else
            store(to[@(column)] + to_at, sum[@(column)]);
//:       end
//:     end
        }
    }
}

//:   end
//: end
//: for _, phase in ipairs(phases) do
/* The tile from output y, x on, of n images from `first` on. */
static void @(name)_at@(phase.suffix)(const struct @(name)_arguments *a, int y, int x, int first, int n, @(real) *const *to)
{
    const @(real) *from[@(most)];
//:   if #phase.inputs > 0 then
    static const struct {
        int y, x;
    } window[] = {@(initialisers(phase.inputs, "y", "x"))};
    for (int j = 0; j < @(#phase.inputs); j++) {
//:     if is_backward then
        const int from_y = y / @(sy) + window[j].y, from_x = x / @(sx) + window[j].x;
//:     else
        const int from_y = y * @(sy) + window[j].y, from_x = x * @(sx) + window[j].x;
//:     end
        const int inside = from_y >= 0 && from_y < @(from_height) && from_x >= 0 && from_x < @(from_width);
        from[j] = inside ? a->@(from)[from_y][from_x][first] : outside;
    }
//:   else
    (void)y, (void)x, (void)first;
//:   end
//:   for _, tile in ipairs(phase.tiles) do
    @(name)_tile@(tile.suffix)(a, from, n, to);
//:   end
}

//: end
//: if is_cut_off then
static void @(name)_unit(const void *argument, int unit, void *scratch)
//: else
static void @(name)_unit(const void *argument, int unit)
//: end
{
    const struct @(name)_arguments *const a = argument;
    const int first = unit % @(iblocks) * @(images), n = at_most(a->n - first, @(images));
    const int begin = unit / @(iblocks) * @(rows), end = @(end_of("begin", rows, height));
//: if is_cut_off then
    @(real) *const beyond = kernel_scratch(scratch);
//: end
    for (int y = begin; n > 0 && y < end; y++) {
        for (int x = 0; x < @(width); x += @(columns)) {
            @(real) *to[@(columns)];
            for (int j = 0; j < @(columns); j++)
//: if is_cut_off then
                to[j] = x + j < @(width) ? a->@(to)[y][x + j][first] : beyond;
//: else
                to[j] = a->@(to)[y][x + j][first];
//: end
//: for _, phase in ipairs(phases) do
//:   if #phases > 1 then
            if (y % @(#phases) == @(phase.number))
                @(name)_at@(phase.suffix)(a, y, x, first, n, to);
//:   else
            @(name)_at@(phase.suffix)(a, y, x, first, n, to);
//:   end
//: end
        }
//: if has_store then
        for (int x = 0; x < @(width); x++) {
            @(pointer(t[to], "[y][x][first]", "row"));
            INDEPENDENT
            for (int j = 0; j < n * @(to_channels); j++) {
                const @(real) value = row[j];
                row[j] = @(apply(called, constant, "value"));
            }
        }
//: end
    }
}

//: if has.statistics then
@(include "kernels/parts/position_statistics.c")

@(include "kernels/parts/join_statistics.c")
//: end
void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
//: if turned then
    run(host, @(n_taps * turn_pieces), @(name)_turn, &a);
//: end
//: if is_cut_off then
    run_with_scratch(host, @(units), @(name)_unit, &a);
//: else
    run(host, @(units), @(name)_unit, &a);
//: end
//: if has.statistics then
@(include "kernels/parts/call_position_statistics.c")
@(include "kernels/parts/call_join.c")
//: end
}
